"""Whether what people do leaves an entry: read off the source for every route, and seen in tests.

Read off the source: the function of a route must refer, through functions of ours however deep, to
one that writes entries down. That holds for every route there is, also those nobody tested. It
proves that it can write one, not that it always does.

Seen in tests: after every successful request of a test's client, the entry with that request's id
must be there. That proves that it did, for every route a test calls successfully.
"""

import ast
import asyncio
import inspect
import re
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from app.audit import service
from app.config import Settings
from app.http.repeats import REPLAYED
from app.http.request_ids import HEADER
from app.http.routes import SAFE_METHODS, calls
from app.http.security import current_actor
from app.http.sessions import looking_session
from app.main import ROUTES
from tests.contracts.routes import Route

WRITERS = frozenset(
    {service.record, service.record_many, service.record_read, service.record_refusal}
)

EXCUSED: dict[Route, str] = {
    ("POST", "/commissioning/exports"): "leads to the download, which reads and writes the entry",
}
"""Routes that leave no entry though somebody known calls them, and why none is owed."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a route does at one method: its address as a pattern, and whether it owes an entry."""

    route: Route
    function: Callable[..., Any] | None
    pattern: re.Pattern[str] | None
    owes: bool


_SHARED: dict[int, list[Met] | None] = dict.fromkeys(map(id, ROUTES))
"""What was read off the routes that all applications of this process share."""


def owing(app: FastAPI) -> dict[Route, Callable[..., Any]]:
    """Return every route that owes an entry: somebody known changes something, or looks closely."""
    return {met.route: met.function for met in _methods(app) if met.owes and met.function}


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


@asynccontextmanager
async def leaves_a_trail(
    app: FastAPI, settings: Settings, excused: Mapping[Route, str] = EXCUSED
) -> AsyncIterator[Callable[[httpx.Response], Awaitable[None]]]:
    """Give a hook for a test's client: what succeeds and owes an entry must have left one."""
    methods = _methods(app)
    owner: asyncpg.Connection | None = None
    one_at_a_time = asyncio.Lock()

    async def entries_of(request_id: str) -> int:
        nonlocal owner
        async with one_at_a_time:
            if owner is None or owner.is_closed():
                assert settings.database_owner_url is not None
                owner = await asyncpg.connect(settings.database_owner_url.get_secret_value())
            count: int = await owner.fetchval(
                "SELECT count(*) FROM audit_entries WHERE request_id = $1", request_id
            )
        return count

    async def check(answer: httpx.Response) -> None:
        at_the_door = answer.request.method == "GET" and answer.is_redirect  # led to sign in
        if answer.is_error or at_the_door or REPLAYED in answer.headers:
            return
        method, path = answer.request.method, answer.request.url.path
        met = next(
            (
                one
                for one in methods
                if one.route[0] == method and one.pattern and one.pattern.match(path)
            ),
            None,
        )
        if met is not None and met.owes and met.route not in excused:
            held = await entries_of(answer.headers[HEADER])
            assert held, (
                f"{method} {met.route[1]} succeeded and left no entry in the record of acts"
            )

    yield check
    if owner is not None:
        await owner.close()


def _methods(app: FastAPI) -> list[Met]:
    """Return what each route of an application does, in the order in which they are tried."""
    found: list[Met] = []
    for route in app.routes:
        known = _SHARED.get(id(route))
        if known is None:
            known = list(_read(route))
            if id(route) in _SHARED:
                _SHARED[id(route)] = known
        found += known
    return found


def _read(route: BaseRoute) -> Iterator[Met]:
    for one in iter_route_contexts([route]):
        dependant: Dependant | None = getattr(one, "dependant", None)
        needs = tuple(calls(dependant)) if dependant is not None else ()
        for method in sorted(one.methods or ()):
            close = method not in SAFE_METHODS or looking_session in needs
            yield Met(
                (method, str(one.path_format)),
                one.endpoint,
                getattr(one, "path_regex", None),
                owes=current_actor in needs and close,
            )


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
