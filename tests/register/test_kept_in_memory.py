"""What changes public answers without an entry of its own is never hidden by memory."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.register.heads import see_head
from tests.factories.providers import make_provider, put_on_register
from tests.factories.records import add_civil_servant, add_officer
from tests.interchange.running import bring_postcodes
from tests.organisations.asking import browsers
from tests.register.redacting import HOME, propose, publish_a_home


@pytest.fixture
async def two(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[Sequence[httpx.AsyncClient]]:
    """An authority's assessor, and a second officer of the department, at one worker."""
    officer = await add_officer(owner)
    second = await add_civil_servant(owner, Role.SECOND_OFFICER)
    async with browsers(settings, owner, officer, second) as made:
        yield made


def anybody_at(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Return a client without credentials at the same worker."""
    return httpx.AsyncClient(transport=client._transport, base_url=client.base_url)


async def look(client: httpx.AsyncClient, public: asyncpg.Connection) -> None:
    """Let the worker look at the head, as it does every second."""
    known = client._transport.app.state.known_head  # type: ignore[attr-defined]
    begun = known.begin_look()
    seen, standby = await see_head(public)
    known.end_look(begun, seen, standby=standby)


def hits(client: httpx.AsyncClient) -> float:
    cache = client._transport.app.state.answer_cache  # type: ignore[attr-defined]
    counted: float = cache.hits._value.get()
    return counted


async def from_memory(
    client: httpx.AsyncClient, public: asyncpg.Connection, address: str
) -> httpx.Response:
    """Ask until an answer comes from memory; the worker's own watch may bring a doubt between."""
    before = hits(client)
    async with asyncio.timeout(10):
        while True:
            await look(client, public)
            answer = await client.get(address)
            if hits(client) > before:
                return answer


async def test_a_fact_that_is_taken_out_is_gone_at_once(
    database: Database,
    owner: asyncpg.Connection,
    public: asyncpg.Connection,
    two: Sequence[httpx.AsyncClient],
) -> None:
    held = await publish_a_home(database, owner)
    anybody = anybody_at(two[0])
    addresses = [f"/v1/providers/{held.number}/history", "/v1/register/entries"]
    where = await propose(two[0], held)
    before = [await from_memory(anybody, public, address) for address in addresses]
    assert all(HOME in answer.text for answer in before)

    confirmed = await two[1].post(f"{where}/confirmation")
    after = [
        await anybody.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        for address, answer in zip(addresses, before, strict=True)
    ]
    after += [await from_memory(anybody, public, address) for address in addresses]

    assert confirmed.status_code == 200, confirmed.text
    assert [answer.status_code for answer in after] == [200] * 4
    assert not any(HOME in answer.text for answer in after)


async def test_a_place_that_moves_without_the_register_is_found_anew(
    client: httpx.AsyncClient,
    database: Database,
    public: asyncpg.Connection,
    tmp_path: Path,
) -> None:
    await put_on_register(database, make_provider())
    address = "/v1/providers?near=CV1+2WT"
    postcodes = tmp_path / "postcodes.csv"
    postcodes.write_text("postcode,la_code,lat,lon\nCV1 2WT,331,52.41,-1.51\n")
    before = await from_memory(client, public, address)
    await bring_postcodes(database, postcodes)
    after = await from_memory(client, public, address)

    precisions = [answer.json()["near"]["precision"] for answer in (before, after)]
    assert precisions == ["postcode-district", "postcode"]
