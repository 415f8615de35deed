import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg

from app import clock
from app.db.transactions import Database
from app.outbox.keeping import Reached, keep
from app.outbox.schedules import daily, every

NIGHTLY = daily("night.work", "03:15")
HOURLY = every("hour.work", 60)
NOON = datetime(2026, 7, 1, 11, tzinfo=UTC)
"""By the clock in London."""


async def jobs(owner: asyncpg.Connection) -> list[str]:
    return [row["key"] for row in await owner.fetch("SELECT key FROM jobs ORDER BY key")]


async def test_a_new_schedule_is_due_at_once_and_then_when_its_time_comes(
    database: Database, owner: asyncpg.Connection
) -> None:
    reached: Reached = {}
    made = []
    for later in (0, 1, 15, 15.25, 16, 39.25):
        with clock.at(NOON + timedelta(hours=later)):
            made.append(await keep(database, [NIGHTLY], reached))

    assert made == [1, 0, 0, 1, 0, 1]
    assert await jobs(owner) == [
        "night.work@2026-07-01T02:15:00+00:00",
        "night.work@2026-07-02T02:15:00+00:00",
        "night.work@2026-07-03T02:15:00+00:00",
    ]


async def test_the_job_is_of_the_schedules_kind_and_says_when_it_was_due(
    database: Database, owner: asyncpg.Connection
) -> None:
    with clock.at(NOON):
        await keep(database, [NIGHTLY], {})

    row = await owner.fetchrow("SELECT kind, payload, run_after, made_by FROM jobs")
    assert row is not None
    assert row["kind"] == "night.work"
    assert row["payload"] == '{"due_at": "2026-07-01T02:15:00+00:00"}'
    assert (row["run_after"], row["made_by"]) == (NOON, "worker")


async def test_a_stop_of_days_is_caught_up_with_once(
    database: Database, owner: asyncpg.Connection
) -> None:
    for later in (timedelta(), timedelta(days=9)):
        with clock.at(NOON + later):
            await keep(database, [NIGHTLY, HOURLY], {})

    assert await jobs(owner) == [
        "hour.work@2026-07-01T11:00:00+00:00",
        "hour.work@2026-07-10T11:00:00+00:00",
        "night.work@2026-07-01T02:15:00+00:00",
        "night.work@2026-07-10T02:15:00+00:00",
    ]


async def test_ten_workers_that_notice_at_once_make_one_job(
    database: Database, owner: asyncpg.Connection
) -> None:
    for later in (0, 24):
        with clock.at(NOON + timedelta(hours=later)):
            made = await asyncio.gather(*(keep(database, [NIGHTLY], {}) for _ in range(10)))
            assert sum(made) == 1

    assert len(await jobs(owner)) == 2


async def test_a_job_cleared_away_since_is_not_made_again(
    database: Database, owner: asyncpg.Connection
) -> None:
    with clock.at(NOON):
        await keep(database, [NIGHTLY], {})
        await owner.execute("DELETE FROM jobs")

        assert await keep(database, [NIGHTLY], {}) == 0


async def test_the_schedule_advances_in_the_transaction_that_makes_the_job(
    database: Database, owner: asyncpg.Connection
) -> None:
    with clock.at(NOON):
        await keep(database, [NIGHTLY], {})

    assert await owner.fetchval("SELECT j.xmin = s.xmin FROM jobs j, schedules s")
    due = await owner.fetchval("SELECT last_due_at FROM schedules")
    assert due == datetime(2026, 7, 1, 2, 15, tzinfo=UTC)


async def test_a_clock_that_was_set_back_makes_nothing_due_again(
    database: Database, owner: asyncpg.Connection
) -> None:
    for later in (48, 0, 24):
        with clock.at(NOON + timedelta(hours=later)):
            await keep(database, [NIGHTLY], {})

    assert len(await jobs(owner)) == 1
