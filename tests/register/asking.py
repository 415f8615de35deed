"""Asking the register over HTTP, and changing it meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI

from app.access import OPERATOR
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.db.transactions import Database, transaction
from app.http import wiring
from app.providers.service import recording as service
from app.providers.service.recording import Recorded, Rename
from app.register.router.providers import router
from app.register.schemas.search import SearchQuery
from app.register.searching import present
from app.register.searching.asked import Found
from app.register.searching.memory import Memory
from tests.factories.providers import LISTED_ON

SEARCH = "/v1/providers"


@asynccontextmanager
async def client_of(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Open a client of the register's JSON alone, without pages around it."""
    assert settings.database_read_url is not None
    app = FastAPI(openapi_url=None)
    wiring.install(app, settings, constraint_errors={}, render_page=None)
    app.include_router(router)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        await open_read_pool(settings.database_read_url.get_secret_value(), size=2) as pool,
        httpx.AsyncClient(transport=transport, base_url="http://register.test") as made,
    ):
        app.state.read_pool = pool
        app.state.memory = Memory()
        yield made


async def search(connection: asyncpg.Connection, query: SearchQuery) -> Found:
    """Answer a search as a worker does that has answered none before."""
    return await present.search(connection, query, Memory())


async def rename(database: Database, held: Recorded, name: str) -> None:
    """Give a provider another name, in a transaction of its own."""
    async with transaction(database, OPERATOR) as session:
        await service.rename_providers(session, OPERATOR, [Rename(held.id, name, LISTED_ON)])


def problem(answer: httpx.Response) -> dict[str, Any]:
    """Return the body of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == answer.status_code
    return body


def names(answer: httpx.Response) -> list[str]:
    """Return the names of the providers found, in order."""
    assert answer.status_code == 200, answer.text
    return [item["provider"]["name"] for item in answer.json()["items"]]
