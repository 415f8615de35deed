"""Which route a request met: its template, its query parameters, its methods.

FastAPI 0.165 no longer flattens included routers. The route object in the scope is the one its own
router holds, without the prefix and the dependencies of the routers around it; the whole picture is
the "effective route context" beside it. That corner is private to FastAPI, so it is read in this
file only, FastAPI is pinned exactly, and `tests/http/test_strict.py` proves it with nested routers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from fastapi import FastAPI
from fastapi._compat import ModelField, field_annotation_is_sequence, lenient_issubclass
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import (
    _get_flat_fields_from_params,
    _get_param_aliases,
    get_typed_return_annotation,
)
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from app.http.query_models import model_of

ANSWERED_TEMPLATE = "ap_register.template"
"""Where a layer that answers in a route's place leaves that route's template in the scope."""
UNMATCHED = "unmatched"
"""Stands for the template of a request that met no route; raw paths are never recorded."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110 §9.2.1)."""

_API_PREFIXES = (
    *("/v1", "/oauth", "/.well-known"),
    *("/healthz", "/readyz", "/metrics", "/openapi.json", "/static"),
)
_KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """One query parameter that a route takes.

    Attributes:
        names: every name it may be sent under, the documented one first.
        repeatable: whether it may be sent more than once.
    """

    names: tuple[str, ...]
    repeatable: bool


_MOST_PARAMETERS = 2_000
_PARAMETERS: dict[int, tuple[Dependant, tuple[QueryParameter, ...], frozenset[str]]] = {}
"""By a route's dependant, which does not change: FastAPI finds them anew at each asking, slowly."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A method at an address, and everything that is called before it is answered.

    Attributes:
        method: `GET`, `POST` and so on.
        path: the template of the address.
        status: of the answer when all goes well.
        needs: every dependency of the route, however deep.
        answers_itself: whether its function returns a response of its own making.
        documented: whether it is in the OpenAPI document.
    """

    method: str
    path: str
    status: int
    needs: tuple[Callable[..., Any], ...]
    answers_itself: bool
    documented: bool


def is_api_path(path: str) -> bool:
    """Say whether an address answers programs, so that its refusals are never pages."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _API_PREFIXES)


def method_label(scope: Scope) -> str:
    """Return the request's method for logs and metrics; whatever is uncommon becomes `other`."""
    method: str = scope["method"]
    return method if method in _KNOWN_METHODS else "other"


def template_of(scope: Scope) -> str:
    """Return the template of the route a request met, such as `/v1/providers/{number}`.

    Only known once the router has run; `unmatched` when it met none.
    """
    answered: str | None = scope.get(ANSWERED_TEMPLATE)
    if answered is not None:
        return answered
    met = _met_route(scope)
    if met is not None:
        own = getattr(met, "starlette_route", None) or met
        return str(own.path_format)
    endpoint = scope.get("endpoint")
    if endpoint is None:
        return UNMATCHED
    for route in iter_route_contexts(scope["app"].routes):
        if endpoint in (route.endpoint, getattr(route, "app", None)):
            return route.path_format or UNMATCHED
    return UNMATCHED


def query_parameters_of(scope: Scope) -> Sequence[QueryParameter]:
    """Return the query parameters that the met route and all its dependencies read."""
    return _known_of(scope)[0]


def plain_parameters_of(scope: Scope) -> frozenset[str]:
    """Return the names of those that have one name: sent once, nothing can be wrong with them."""
    return _known_of(scope)[1]


def _known_of(scope: Scope) -> tuple[Sequence[QueryParameter], frozenset[str]]:
    dependant = getattr(_met_route(scope), "dependant", None)
    if dependant is None:
        return (), frozenset()
    known = _PARAMETERS.get(id(dependant))
    if known is None or known[0] is not dependant:
        if len(_PARAMETERS) >= _MOST_PARAMETERS:
            _PARAMETERS.clear()
        found = tuple(_read_at_once(dependant)) + tuple(
            QueryParameter(
                names=tuple(key for _, key in _get_param_aliases(field)),
                repeatable=field_annotation_is_sequence(field.field_info.annotation),
            )
            for field in _get_flat_fields_from_params(list(_query_fields(dependant)))
        )
        plain = frozenset(one.names[0] for one in found if len(one.names) == 1)
        known = _PARAMETERS[id(dependant)] = (dependant, found, plain)
    return known[1], known[2]


def dependencies_of(scope: Scope) -> Sequence[Dependant]:
    """Return what the met route and the routers around it depend on, in the order of calling."""
    found: Sequence[Dependant] = _met_route(scope).dependant.dependencies
    return found


def success_status_of(scope: Scope) -> int:
    """Return the status the met route answers with when all goes well."""
    return int(getattr(_met_route(scope), "status_code", None) or 200)


def answers_itself(scope: Scope) -> bool:
    """Say whether the met route's function returns a response of its own making.

    What such a response will say is not known before it leaves, so nothing can be noted of it.
    """
    return _answers_itself(_met_route(scope))


def operations_of(app: FastAPI) -> Iterator[Operation]:
    """Yield every operation of an application, however deep its router lies."""
    for route in iter_route_contexts(app.routes):
        dependant: Dependant | None = getattr(route, "dependant", None)
        if dependant is None:
            continue  # not FastAPI's own: a mounted application, or a plain route of Starlette's
        for method in sorted(route.methods or ()):
            yield Operation(
                method=method,
                path=str(route.path_format),
                status=int(getattr(route, "status_code", None) or 200),
                needs=tuple(calls(dependant)),
                answers_itself=_answers_itself(route),
                documented=bool(getattr(route, "include_in_schema", False)),
            )


def needs_at(scope: Scope) -> tuple[Callable[..., Any], ...]:
    """Return what the route that a request is going to meet calls first; nothing, if there is none.

    For what must be known before the router has run.
    """
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    for route in iter_route_contexts(scope["app"].routes):
        pattern = getattr(route, "path_regex", None)
        if pattern is None or scope["method"] not in (route.methods or ()):
            continue
        dependant: Dependant | None = getattr(route, "dependant", None)
        if pattern.match(path):
            return tuple(calls(dependant)) if dependant is not None else ()
    return ()


def allowed_methods(app: FastAPI, scope: Scope) -> list[str]:
    """Return every method that some route takes at the request's address, in alphabetical order.

    The router itself names only those of the first route that matches.
    """
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    methods: set[str] = set()
    for route in iter_route_contexts(app.routes):
        pattern = getattr(route, "path_regex", None)
        if pattern is not None and route.methods and pattern.match(path):
            methods |= route.methods
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)


def _met_route(scope: Scope) -> Any:
    """Return the effective context of an included route, or the route itself, or `None`."""
    context = scope.get("fastapi", {}).get("effective_route_context")
    if context is not None:
        return context
    route = scope.get("route")
    return route if isinstance(route, APIRoute) else None


def _query_fields(dependant: Dependant) -> Iterator[ModelField]:
    yield from dependant.query_params
    for inner in dependant.dependencies:
        yield from _query_fields(inner)


def _read_at_once(dependant: Dependant) -> Iterator[QueryParameter]:
    """Yield the parameters that a dependency reads into a model at once."""
    for call in calls(dependant):
        model = model_of(call)
        for name, field in model.model_fields.items() if model else ():
            yield QueryParameter((name,), field_annotation_is_sequence(field.annotation))


def query_models_of(app: FastAPI) -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Yield path, method and model of every operation that reads its query at once."""
    for operation in operations_of(app):
        for call in operation.needs:
            if (model := model_of(call)) is not None:
                yield operation.path, operation.method, model


def calls(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """Yield every function that is called before a route's own, and what those call first."""
    for inner in dependant.dependencies:
        if inner.call is not None:
            yield inner.call
        yield from calls(inner)


def _answers_itself(route: Any) -> bool:
    made_by = getattr(route, "response_class", None)
    if isinstance(made_by, DefaultPlaceholder):
        made_by = made_by.value
    if lenient_issubclass(made_by, RedirectResponse):
        return True
    return _may_be_response(get_typed_return_annotation(route.endpoint))


def _may_be_response(annotation: Any) -> bool:
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return any(map(_may_be_response, get_args(annotation)))
    return annotation is Any or lenient_issubclass(annotation, Response)
