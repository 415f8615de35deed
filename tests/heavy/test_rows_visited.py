"""How many rows searches visit, at 10,000 providers and at 100,000: bounds that no machine moves.

Seconds differ from machine to machine; rows of tables that a plan looks at do not.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import asyncpg
import pytest

from app.access import OPERATOR
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.db.transactions import transaction
from app.demo.plan import plan
from app.demo.writing import write_in_bulk
from app.places.models import Postcode
from app.register.searching.memory import Memory
from app.register.searching.present import search
from tests.benchmarks import plans
from tests.benchmarks.inspected_searches import BASES, say_outcomes, ways, with_way
from tests.benchmarks.multiplying import multiply
from tests.benchmarks.two_hundred_searches import TWO_HUNDRED, query_of
from tests.databases import TestServer, copied_database, opened_database

pytestmark = pytest.mark.heavy

FIRST = 2_000
TIMES = {10_000: 5, 100_000: 10}
"""How many times as large each size is as the one before it."""
MOST_AT_ALL = {10_000: 4_000, 100_000: 30_000}
MOST_BY_KIND = {
    "words": 1_000,
    "misspelt": 1_000,
    "near": 300,
    "filters": 400,
    "mixtures": 1_500,
    **dict.fromkeys(ways(), 900),
}
"""Of the middle search of a kind, at either size: what is rare is found through an index, and what
is common fills its page at once.
"""
EXECUTIONS = 7
"""PostgreSQL settles on a plan after the fifth."""


@dataclass(frozen=True)
class Visit:
    """What one search did."""

    asked: str
    rows: float
    scanned: list[str]
    statements: int


@pytest.fixture
async def demonstration(postgres: TestServer) -> AsyncIterator[Settings]:
    async with copied_database(postgres) as settings:
        async with opened_database(settings) as database:
            await write_in_bulk(database, plan(FIRST, 1), lambda *_: None)
            async with transaction(database, OPERATOR) as session:
                session.add(Postcode(postcode="CV34 5JB", easting=429_900, northing=264_800))
        yield settings


async def test_no_search_visits_more_rows_than_its_kind_may(demonstration: Settings) -> None:
    assert demonstration.database_owner_url is not None
    assert demonstration.database_read_url is not None
    owner = await asyncpg.connect(demonstration.database_owner_url.get_secret_value())
    read_url = demonstration.database_read_url.get_secret_value()
    await say_outcomes(owner)
    inspected = {name: tuple(with_way(base, way) for base in BASES) for name, way in ways().items()}
    for size, times in TIMES.items():
        assert await multiply(owner, times) > size * 0.85
        pool = await open_read_pool(read_url, size=1, timeout_ms=60_000)
        async with pool.acquire() as connection:
            memory = Memory()
            await memory.bring_up_to_date(connection)
            for kind, queries in (TWO_HUNDRED | inspected).items():
                visits = [await _visit(connection, memory, query) for query in queries]
                worst = max(visits, key=lambda one: one.rows)
                assert worst.rows <= MOST_AT_ALL[size], (size, kind, worst)
                middle = median(one.rows for one in visits)
                assert middle <= MOST_BY_KIND[kind], (size, kind, middle)
                assert [one for one in visits if one.scanned] == []
                assert {one.statements for one in visits} == {1}
        await pool.close()
    await owner.close()


async def test_a_table_read_from_end_to_end_would_be_seen(demonstration: Settings) -> None:
    assert demonstration.database_read_url is not None
    connection = await asyncpg.connect(demonstration.database_read_url.get_secret_value())
    statement = "SELECT id FROM register_search WHERE length(sort_name) > 3"
    await connection.fetch(statement)

    found = await plans.explain(connection, statement, ())

    assert plans.scanned_whole(found) == ["register_search"]
    assert plans.rows_visited(found) == await connection.fetchval(
        "SELECT count(*) FROM register_search"
    )
    await connection.close()


async def _visit(connection: asyncpg.Connection, memory: Memory, asked: str) -> Visit:
    sent: list[Any] = []
    query = query_of(asked)
    with connection.query_logger(sent.append):
        await search(connection, query, memory)
        await asyncio.sleep(0)  # the driver tells of a statement when the loop comes round
    searches = [one for one in sent if "ledger_head" in one.query]
    for _ in range(EXECUTIONS):
        await search(connection, query, memory)
    (last,) = searches[-1:]
    found = await plans.explain(connection, last.query, last.args)
    return Visit(asked, plans.rows_visited(found), plans.scanned_whole(found), len(searches))
