"""Whether what people do leaves an entry: read off the source for every route, and seen in tests.

Read off the source: the function of a route must refer, through functions of ours however deep, to
one that writes entries down. That holds for every route there is, also those nobody tested. It
proves that it can write one, not that it always does.

Seen in tests: after every successful request of a test's client, the entry with that request's id
must be there. That proves that it did, for every route a test calls successfully.
"""

import ast
import inspect
import textwrap
from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.audit import service
from app.config import Settings
from app.http.repeats import REPLAYED
from app.http.request_ids import HEADER
from app.http.routes import SAFE_METHODS, operations_of
from app.http.security import current_actor
from app.http.sessions import looking_session
from tests.contracts.routes import Route

WRITERS = frozenset(
    {service.record, service.record_many, service.record_read, service.record_refusal}
)

EXCUSED: dict[Route, str] = {}
"""Routes that leave no entry though somebody known calls them, and why none is owed."""


def owing(app: FastAPI) -> dict[Route, Callable[..., Any]]:
    """Return every route that owes an entry: somebody known changes something, or looks closely."""
    functions = {
        (method, str(route.path_format)): route.endpoint
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if route.endpoint is not None
    }
    return {
        (found.method, found.path): functions[found.method, found.path]
        for found in operations_of(app)
        if current_actor in found.needs
        and (found.method not in SAFE_METHODS or looking_session in found.needs)
    }


def writes_nothing(app: FastAPI, excused: Mapping[Route, str] = EXCUSED) -> set[Route]:
    """Return every route that owes an entry and never comes to a function that writes one."""
    return {
        route
        for route, function in owing(app).items()
        if route not in excused and WRITERS.isdisjoint(reached_from(function))
    }


def reached_from(function: Callable[..., Any]) -> set[Any]:
    """Return a function and every function of ours that it refers to, however deep."""
    reached: set[Any] = set()
    waiting: list[Any] = [inspect.unwrap(function)]
    while waiting:
        here = waiting.pop()
        if here in reached:
            continue
        reached.add(here)
        waiting += _referred_to(here)
    return reached


def leaves_a_trail(
    app: FastAPI, settings: Settings, excused: Mapping[Route, str] = EXCUSED
) -> Callable[[httpx.Response], Awaitable[None]]:
    """Return a hook for a test's client: what succeeds and owes an entry must have left one."""
    patterns = [
        (route.path_regex, (method, str(route.path_format)))
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if getattr(route, "path_regex", None) is not None
    ]
    owes = owing(app).keys() - excused.keys()

    async def check(answer: httpx.Response) -> None:
        at_the_door = answer.request.method == "GET" and answer.is_redirect  # led to sign in
        if answer.is_error or at_the_door or REPLAYED in answer.headers:
            return
        asked = answer.request
        met = next(
            (
                route
                for pattern, route in patterns
                if route[0] == asked.method and pattern.match(asked.url.path)
            ),
            None,
        )
        if met in owes:
            held = await _entries_of(settings, answer.headers[HEADER])
            assert held, f"{met[0]} {met[1]} succeeded and left no entry in the record of acts"

    return check


async def _entries_of(settings: Settings, request_id: str) -> int:
    assert settings.database_owner_url is not None
    owner = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    try:
        count: int = await owner.fetchval(
            "SELECT count(*) FROM audit_entries WHERE request_id = $1", request_id
        )
    finally:
        await owner.close()
    return count


def _referred_to(function: FunctionType) -> Iterator[Any]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    names = function.__globals__ | _handed_in(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            found = _meaning(node, names)
            if isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
                plain = inspect.unwrap(found)
                if plain.__module__.startswith(("app.", "tests.")):
                    yield plain


def _handed_in(function: FunctionType) -> dict[str, Any]:
    """Return what the function around this one was called with, by the names it has there."""
    cells = function.__closure__ or ()
    return {
        name: cell.cell_contents
        for name, cell in zip(function.__code__.co_freevars, cells, strict=True)
    }


def _meaning(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Return what a name, or a name in a module, stands for where it is written."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _meaning(node.value, names)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None
