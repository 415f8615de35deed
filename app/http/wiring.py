"""Puts the plumbing on an application, in the one right order."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Depends, FastAPI, params
from fastapi.dependencies.utils import get_parameterless_sub_dependant
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from app.config import Environment, Settings
from app.errors import AppError
from app.http.answer_cache import answer_from_cache
from app.http.bounds import limit_body, limit_time
from app.http.headers import secure, share_public_answers
from app.http.health import add_health
from app.http.kept_answers import AnswerCache
from app.http.metrics import add_metrics, make_meters, measure
from app.http.middleware import answer_failures, answer_head, identify_and_log
from app.http.openapi import add_openapi, document_problems
from app.http.origins import refuse_cross_site
from app.http.problems import RenderPage, install_problem_handlers
from app.http.rate_limits import BoundedStorage, limit_rate, parse_limits
from app.http.repeats import RepeatedRequest, answer_again
from app.http.strict import refuse_unknown_parameters
from app.http.uploads import most_upload_bytes

BEFORE_EVERY_ROUTE = (Depends(refuse_cross_site), Depends(refuse_unknown_parameters))
"""What every route needs, whoever made it."""


def install(
    app: FastAPI,
    settings: Settings,
    *,
    constraint_errors: Mapping[str, type[AppError]],
    render_page: RenderPage | None,
) -> None:
    """Put ids, logs, metrics, headers, limits, problems, health and OpenAPI on an application.

    Args:
        app: an application without routes: `FastAPI(openapi_url=None)`; `strict_routes` are for it.
            Middleware that it has already stays innermost, inside everything added here.
        settings: the limits, the metrics token, and whether this is production.
        constraint_errors: the refusal that breaking each named database constraint stands for.
        render_page: shows a problem to people, at addresses that are not for programs.

    Raises:
        RuntimeError: the application has routes already.
        ConfigurationError: `RATE_LIMIT` cannot be read.
    """
    if app.routes:
        raise RuntimeError(
            "install() comes before any route, or routes would escape the checks it adds. "
            "Create the application as FastAPI(openapi_url=None) and call install() on it first."
        )
    limits = parse_limits(settings.rate_limit)
    meters = make_meters()
    app.state.settings = settings
    app.state.metrics = meters
    app.state.readiness_checks = {}
    app.state.answer_cache = AnswerCache(settings.answer_cache_bytes, meters.registry)
    install_problem_handlers(app, constraint_errors=constraint_errors, render_page=render_page)
    app.add_exception_handler(RepeatedRequest, answer_again)
    # A redirect to the address with or without a slash would repeat the Host header it was sent.
    app.router.redirect_slashes = False
    app.router.dependencies += BEFORE_EVERY_ROUTE
    app.user_middleware = [
        Middleware(identify_and_log),
        Middleware(measure, meters=meters),
        Middleware(answer_head),
        Middleware(secure, https_only=settings.environment is Environment.PRODUCTION),
        Middleware(share_public_answers),
        Middleware(limit_rate, limits=limits, storage=BoundedStorage()),
        Middleware(answer_from_cache, cache=app.state.answer_cache),
        Middleware(
            limit_body, most_bytes=settings.max_body_bytes, of_route=most_upload_bytes(settings)
        ),
        Middleware(limit_time, seconds=settings.request_timeout_seconds),
        Middleware(answer_failures),
        *app.user_middleware,
    ]
    add_health(app)
    add_metrics(app, meters, settings.metrics_token)
    add_openapi(app)
    document_problems(app)


def strict_routes(*routers: APIRouter) -> list[BaseRoute]:
    """Return the routes of routers, in their order, to be added to applications after `install`.

    Applications of one process share them. Each route is given what comes before it where it
    stands: to include the routers in one that has it would make every route ready to serve a
    second time, which costs every start of the service most of a second.

    Raises:
        TypeError: something is not a route of FastAPI's own, and would escape the checks.
    """
    routes = [route for router in routers for route in router.routes]
    for route in routes:
        if not isinstance(route, APIRoute):
            raise TypeError(f"{route!r} cannot be checked; give it by a router's own decorators.")
        _come_before(route, BEFORE_EVERY_ROUTE)
    return routes


def _come_before(route: APIRoute, needs: Sequence[params.Depends]) -> None:
    """Let a route that is ready to serve need more, first; what it needs already stays once."""
    more = [need for need in needs if need not in route.dependencies]
    route.dependencies[:0] = more
    route.dependant.dependencies[:0] = [
        get_parameterless_sub_dependant(depends=need, path=route.path_format) for need in more
    ]
