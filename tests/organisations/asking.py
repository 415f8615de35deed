"""Asking the service about members and invitations, as several browsers at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx

from app.config import Settings
from app.main import create_app
from tests.factories.people import Member, sign_in


def address(of: Member, *further: str) -> str:
    return "/".join(
        (f"/v1/organisations/{of.organisation_id}/members/{of.membership_id}", *further)
    )


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rsplit("/", 1)[1]


@asynccontextmanager
async def browsers(
    settings: Settings, owner: asyncpg.Connection, *members: Member
) -> AsyncIterator[list[httpx.AsyncClient]]:
    """One service, and a browser for each of them."""
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
