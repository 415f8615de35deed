"""Every route of an application, however deep its router lies."""

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

MOUNTED = "*"
"""Stands for the method of a mounted application, which takes what it likes."""

Route = tuple[str, str]
"""A method and a path template."""


def routes_of(app: FastAPI) -> set[Route]:
    """Return every method and path that the application answers.

    `app.routes` alone does not do: since FastAPI 0.165 it holds no route of an included router.
    """
    found: set[Route] = set()
    for route in iter_route_contexts(app.routes):
        for method in route.methods or {MOUNTED}:
            found.add((method, str(route.path)))
    return found


def documented_routes(app: FastAPI) -> set[Route]:
    """Return every method and path in the application's OpenAPI document."""
    paths: dict[str, dict[str, object]] = app.openapi()["paths"]
    return {(method.upper(), path) for path, methods in paths.items() for method in methods}
