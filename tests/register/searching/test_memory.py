"""What a worker holds in memory is what the read model says, however it came there."""

import asyncio
import random

import asyncpg
import orjson

from app.access import OPERATOR
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.db.transactions import Database, transaction
from app.providers.service import recording
from app.register.publishing import rebuild
from app.register.schemas.search import Include, SearchQuery
from app.register.searching import memory as memories
from app.register.searching import present
from app.register.searching.memory import Memory, memory_of
from tests.factories.providers import LISTED_ON, make_provider, make_site, put_on_register
from tests.factories.worlds import make_register
from tests.register.asking import rename

COUNTED = SearchQuery(include=(Include.TOTAL, Include.FACETS))


def same(one: Memory, other: Memory) -> bool:
    """Whether two hold the same; rows of a provider that changed stand elsewhere."""
    for name in ("sites", "providers"):
        if getattr(one.columns, name).as_set() != getattr(other.columns, name).as_set():
            return False
    words = [(held.version, held.vocabulary.counts()) for held in (one, other)]
    return words[0] == words[1]


async def test_it_follows_the_register_step_by_step_to_what_a_fresh_one_reads(
    database: Database, public: asyncpg.Connection
) -> None:
    chance, held = random.Random(4), Memory()  # noqa: S311 - nothing here is secret
    recorded = list(await put_on_register(database, *map(make_provider, ["Oak", "Forge", "Elm"])))
    for step in range(8):
        await held.bring_up_to_date(public)
        assert same(held, await memory_of(public))
        if step == 3:
            await make_register(database, seed=step, providers=12)
        elif step == 5:
            async with transaction(database, OPERATOR) as session:
                await recording.close_site(session, OPERATOR, (recorded[0].id, 1), on=LISTED_ON)
        elif step % 2:
            recorded += await put_on_register(database, make_provider(f"Birch {step}"))
        else:
            await rename(database, chance.choice(recorded), f"Ash {step}")


async def test_more_changes_than_are_read_one_by_one_are_read_anew(
    database: Database, public: asyncpg.Connection
) -> None:
    held = Memory()
    await put_on_register(database, make_provider("Oak"))
    await held.bring_up_to_date(public)
    await put_on_register(database, *map(make_provider, "ABCDEFG"))

    most, memories.MOST_CHANGED = memories.MOST_CHANGED, 3
    try:
        await held.bring_up_to_date(public)
    finally:
        memories.MOST_CHANGED = most

    assert same(held, await memory_of(public))


async def test_counts_and_corrections_are_of_the_entry_the_answer_states(
    database: Database, public: asyncpg.Connection
) -> None:
    """Providers appear and change names while they are searched; memory is always behind."""
    held = Memory()
    site = make_site("Hall", town="Kenilworth")
    (first,) = await put_on_register(database, make_provider("Forest", site))
    for step in range(1, 6):
        found = await present.search(public, COUNTED, held)
        assert (found.entry, found.total) == (held.entry, step)
        assert found.facets is not None
        assert found.facets["status"] == [{"value": "listed", "count": step}]
        await put_on_register(database, make_provider(f"Oak {step}"))

    asked = SearchQuery(q="kenilwurth")
    assert (await present.search(public, asked, held)).corrections == {"kenilwurth": "kenilworth"}
    async with transaction(database, OPERATOR) as session:
        await recording.close_site(session, OPERATOR, (first.id, 1), on=LISTED_ON)
    found = await present.search(public, asked, held)
    assert (found.corrections, found.hits) == ({}, [])
    await rename(database, first, "Heath")
    found = await present.search(public, SearchQuery(q="heeath"), held)
    assert [orjson.loads(hit["summary"])["name"] for hit in found.hits] == ["Heath"]


async def test_an_answer_of_a_standby_that_lags_is_counted_as_it_stands_there(
    database: Database, public: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    """Its snapshot is older than what memory holds of the primary."""
    await put_on_register(database, make_provider("Oak"))
    async with public.transaction(isolation="repeatable_read", readonly=True):
        assert await public.fetchval("SELECT entry FROM ledger_head") == 1
        await put_on_register(database, make_provider("Elm"))
        held = await memory_of(owner)
        assert held.entry == 2

        found = await present.search(public, COUNTED, held)

    assert (found.entry, found.total) == (1, 1)


async def test_many_that_ask_at_once_bring_it_up_to_date_once(
    database: Database, settings: Settings
) -> None:
    held = Memory()
    await put_on_register(database, make_provider("Oak"))
    assert settings.database_read_url is not None
    pool = await open_read_pool(settings.database_read_url.get_secret_value(), size=4)

    async def ask() -> int | None:
        async with pool.acquire() as connection:
            return (await present.search(connection, COUNTED, held)).total

    assert await asyncio.gather(*(ask() for _ in range(12))) == [1] * 12
    await pool.close()


async def test_a_rebuilt_read_model_is_read_anew_though_no_entry_was_added(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    await put_on_register(database, make_provider("Oak"))
    held = await memory_of(public)
    async with transaction(database, OPERATOR) as session:
        await rebuild(session)
    await owner.execute(
        "UPDATE register_sites SET place_bits = 2, tags = tags || ARRAY['places:soon']"
    )

    found = await present.search(public, COUNTED, held)

    assert found.facets is not None
    assert found.facets["places"] == [{"value": "soon", "count": 1}]
