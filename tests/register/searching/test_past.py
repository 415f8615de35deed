"""Searches as the register stood: whatever is asked, what its log told then, and no more."""

from datetime import timedelta

import asyncpg

from app import clock
from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.register.schemas.search import Include, SearchQuery
from tests.factories.inspections import inspect_some
from tests.factories.providers import make_provider, put_on_register
from tests.factories.worlds import change_something, make_register
from tests.register import oracle
from tests.register.asking import rename, search
from tests.register.looking import entries, head
from tests.register.queries.test_search import Chance, answered, asked_of


async def test_every_search_finds_what_the_log_told_then(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    world = await make_register(database, seed=3, providers=25)
    await inspect_some(owner, database, world.chance)
    for _ in range(8):
        async with transaction(database, OPERATOR) as session:
            await change_something(world, session)
    told = await entries(owner)
    chance = Chance(2, [record for *_, record in told])
    sizes = set()
    for entry in chance.random.sample(range(1, len(told) + 1), 12):
        records = list({number: record for _, number, record in told[:entry]}.values())
        for _ in range(5):
            query = {**chance.query(), "near": None, "within_miles": None, "sort": "name"}
            query = {name: value for name, value in query.items() if value is not None}
            asked = SearchQuery(**query, as_at=entry, limit=100, include=(Include.TOTAL,))
            found = await search(public, asked)

            expected = oracle.answer(records, asked_of(query))
            assert answered(found) == expected, (entry, query)
            assert (found.entry, found.total) == (entry, len(expected))
            sizes.add(len(expected))
    assert len(sizes) > 4


async def test_pages_of_the_past_stay_as_they_were_whatever_is_published_meanwhile(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    held = await put_on_register(database, *map(make_provider, ["Ash", "Elm", "Oak"]))
    then = await head(owner)
    first = await search(public, SearchQuery(as_at=then, limit=2))
    await rename(database, held[2], "Aspen")

    second = await search(public, SearchQuery(as_at=then, limit=2, cursor=first.cursor))

    assert [hit["k2"] for hit in (*first.hits, *second.hits)] == ["ash", "elm", "oak"]
    assert second.entry == second.first_entry == then
    now = await search(public, SearchQuery())
    assert [hit["k2"] for hit in now.hits] == ["ash", "aspen", "elm"]


async def test_misspelt_words_are_corrected_by_those_of_that_time(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider("Forest School"))
    then = await head(owner)
    await rename(database, held, "Forge School")

    found = await search(public, SearchQuery(q="forrest schol", as_at=then))

    assert found.corrections == {"forrest": "forest", "schol": "school"}
    assert [hit["k2"] for hit in found.hits] == ["forest school"]
    other = await search(public, SearchQuery(q="forrest", as_at=then, la="330"))
    assert (other.corrections, other.hits) == ({"forrest": "forest"}, [])
    assert not (await search(public, SearchQuery(q="school", as_at=then, la="330"))).corrections


async def test_by_a_day_it_is_what_was_known_at_its_end(
    database: Database, public: asyncpg.Connection
) -> None:
    await put_on_register(database, make_provider("Oak"))
    today = clock.today()

    assert len((await search(public, SearchQuery(as_at=today))).hits) == 1
    before = await search(public, SearchQuery(as_at=today - timedelta(days=1)))
    assert (before.hits, before.entry, before.recorded_at) == ([], 0, None)
