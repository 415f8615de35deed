"""Coming to the register by way of an OpenID provider, as a browser does."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
from pydantic import SecretStr

from app import clock
from app.access import Role
from app.config import Settings
from app.main import create_app
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.openid.issuer import AUDIENCE, CLIENT_ID, CLIENT_SECRET, Issuer

OURS = "http://register.test"
SAME_ORIGIN = {"Origin": OURS}


@asynccontextmanager
async def register(
    settings: Settings, issuer: str, **changes: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the register with a provider set up, to a browser that follows nothing by itself."""
    told = {
        "public_url": OURS,
        "openid_issuer": issuer,
        "openid_client_id": CLIENT_ID,
        "openid_client_secret": SecretStr(CLIENT_SECRET),
        "openid_token_audience": AUDIENCE,
    }
    app = create_app(settings.model_copy(update=told | changes))
    async with app.router.lifespan_context(app), browser(app) as client:
        yield client


@asynccontextmanager
async def browser(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of its own, with no cookie yet."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=OURS, headers=SAME_ORIGIN) as client:
        yield client


def app_of(client: httpx.AsyncClient) -> Any:
    """Return the application a client speaks to."""
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    return transport.app


async def begin(client: httpx.AsyncClient, address: str = "/sign-in/openid") -> dict[str, str]:
    """Begin a visit; return what the provider is asked."""
    response = await client.get(address)
    assert response.status_code == 303, response.text
    query = parse_qs(urlsplit(response.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


async def come_back(client: httpx.AsyncClient, issuer: Issuer, **answer: str) -> httpx.Response:
    """Come back from the chosen provider with a code, or with whatever is said instead."""
    return await client.get("/sign-in/return", params={"iss": issuer.address, **answer})


async def sign_in(
    client: httpx.AsyncClient, issuer: Issuer, subject: str = "somebody", **claims: Any
) -> httpx.Response:
    """Go to the chosen provider and come back signed in."""
    asked = await begin(client)
    issuer.give("a-code", issuer.id_token(asked["nonce"], subject, **claims))
    return await come_back(client, issuer, state=asked["state"], code="a-code")


async def known(
    owner: asyncpg.Connection,
    issuer: str,
    subject: str = "somebody",
    *,
    member: Member | None = None,
) -> Member:
    """Let somebody at a provider be a member here, or a new one."""
    who = member or await add_member(
        owner, await add_organisation(owner), Role.ADMINISTRATOR, name="Example Person"
    )
    row = {"issuer": issuer, "subject": subject, "person_id": who.person_id}
    await insert(owner, "person_identities", row | {"linked_at": clock.now()})
    return who


async def add_urn(owner: asyncpg.Connection, organisation_id: uuid.UUID, urn: str) -> None:
    """Give an organisation a URN."""
    row = {"organisation_id": organisation_id, "scheme": "urn", "value": urn}
    await insert(owner, "organisation_identifiers", row)


async def sessions_of(owner: asyncpg.Connection, person_id: uuid.UUID) -> list[asyncpg.Record]:
    """Return somebody's sessions, in the order they began."""
    statement = "SELECT * FROM sign_in_sessions WHERE person_id = $1 ORDER BY id"
    return list(await owner.fetch(statement, person_id))


async def acts(owner: asyncpg.Connection, like: str = "session.%") -> list[str]:
    """Return the acts on record, in their order."""
    rows = await owner.fetch(
        "SELECT act FROM audit_entries WHERE act LIKE $1 ORDER BY recorded_at", like
    )
    return [row["act"] for row in rows]
