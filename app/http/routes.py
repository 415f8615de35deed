"""Which route a request met: its template, its query parameters, its methods.

FastAPI 0.165 no longer flattens included routers. The route object in the scope is the one its own
router holds, without the prefix and the dependencies of the routers around it; the whole picture is
the "effective route context" beside it. That corner is private to FastAPI, so it is read in this
file only, FastAPI is pinned exactly, and `tests/http/test_strict.py` proves it with nested routers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi._compat import ModelField, field_annotation_is_sequence
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import _get_flat_fields_from_params, _get_param_aliases
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.types import Scope

UNMATCHED = "unmatched"
"""Stands for the template of a request that met no route; raw paths are never recorded."""

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


def query_parameters_of(scope: Scope) -> list[QueryParameter]:
    """Return the query parameters that the met route and all its dependencies read."""
    met = _met_route(scope)
    dependant = getattr(met, "dependant", None)
    if dependant is None:
        return []
    return [
        QueryParameter(
            names=tuple(key for _, key in _get_param_aliases(field)),
            repeatable=field_annotation_is_sequence(field.field_info.annotation),
        )
        for field in _get_flat_fields_from_params(list(_query_fields(dependant)))
    ]


def success_status_of(scope: Scope) -> int:
    """Return the status the met route answers with when all goes well."""
    return int(getattr(_met_route(scope), "status_code", None) or 200)


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
