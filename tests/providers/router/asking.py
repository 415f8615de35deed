"""Asking the service about private records, as several people at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx

from app.config import Settings
from app.main import create_app
from tests.factories.people import Member, sign_in


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the kind of a refusal."""
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


def pointers(answer: httpx.Response) -> list[str]:
    """Return where in the body a refusal finds faults."""
    return [fault["pointer"] for fault in answer.json()["errors"]]


def at_version(version: int) -> dict[str, str]:
    """Return the header that says which version is edited."""
    return {"If-Match": f'"{version}"'}


async def sent(
    client: httpx.AsyncClient, method: str, address: str, body: Any = None, **headers: str
) -> httpx.Response:
    """Send a body, and expect whatever comes."""
    return await client.request(method, address, json=body, headers=headers)


@asynccontextmanager
async def browsers(
    settings: Settings, owner: asyncpg.Connection, *members: Member
) -> AsyncIterator[list[httpx.AsyncClient]]:
    """One service, and a signed-in browser for each of them."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        made = [
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url="http://register.test",
            )
            for _ in members
        ]
        for client, member in zip(made, members, strict=True):
            await sign_in(client, owner, member)
        yield made
        for client in made:
            await client.aclose()
