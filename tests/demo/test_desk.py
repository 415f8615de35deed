"""What waits for whoever signs in to a demonstration."""

from collections import Counter

import asyncpg

from app import clock
from app.db.transactions import Database, reading
from app.demo.desk import add_work
from app.demo.garage import MANAGER, add_garage
from app.demo.people import acting, add_people
from app.inspections.queries.hearing import who_could_check
from app.inspections.service.looking import look_at

_STATES = "SELECT state FROM inspections"


async def test_coventry_has_visits_to_make_and_to_check_and_the_garage_a_draft(
    database: Database, owner: asyncpg.Connection, garage: str
) -> None:
    assert await add_work(database, garage)

    states = Counter(row["state"] for row in await owner.fetch(_STATES))
    assert states == {"planned": 2, "judging": 1, "to-check": 1, "with-provider": 1}
    manager, second = acting(MANAGER), acting("Nia Example")
    drafts = "SELECT reference FROM inspections WHERE state = 'with-provider'"
    reference = await owner.fetchval(drafts)
    waiting = await owner.fetchval("SELECT id FROM inspections WHERE state = 'to-check'")
    async with reading(database, manager) as session:
        mine = await look_at(session, reference)
        assert mine.owns
        assert mine.provider_number == garage
        assert mine.comments_closed_at is None
        assert mine.comments_due_on > clock.today()
    async with reading(database, second) as session:
        assert [one.own for one in await who_could_check(session, waiting) if one.own] == [True]


async def test_it_is_there_once(database: Database, owner: asyncpg.Connection, garage: str) -> None:
    await add_work(database, garage)
    before = await owner.fetch("SELECT to_jsonb(i) FROM inspections i ORDER BY id")

    assert not await add_work(database, garage)
    assert await owner.fetch("SELECT to_jsonb(i) FROM inspections i ORDER BY id") == before


async def test_where_coventry_lists_nobody_the_garage_has_its_draft_all_the_same(
    database: Database, owner: asyncpg.Connection
) -> None:
    await add_people(database)
    assert await add_work(database, await add_garage(database))
    assert [row["state"] for row in await owner.fetch(_STATES)] == ["with-provider"]
