from datetime import datetime, timedelta

import asyncpg

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.outbox import clearing
from app.outbox.terms import DONE_KEPT, JobHandler

SECOND = timedelta(seconds=1)
FULL = clearing.BATCH * clearing.MOST_BATCHES


async def run(database: Database, handler: JobHandler) -> None:
    async with transaction(database, WORKER) as session:
        await handler(session, {})


async def add_jobs(
    owner: asyncpg.Connection, state: str, ended_at: datetime | None, count: int = 1
) -> None:
    statement = """
        INSERT INTO jobs (id, kind, payload, run_after, state, attempts, made_at, made_by, ended_at)
        SELECT gen_random_uuid(), 'x.y', '{}', now(), $1, 1, now(), 'test', $2
        FROM generate_series(1, $3)
    """
    await owner.execute(statement, state, ended_at, count)


async def add_keys(owner: asyncpg.Connection, made_at: datetime, count: int = 1) -> None:
    statement = """
        INSERT INTO idempotency_keys (id, caller, key, fingerprint, made_at)
        SELECT gen_random_uuid(), 'person:1', gen_random_uuid()::text, sha256('x'), $1
        FROM generate_series(1, $2)
    """
    await owner.execute(statement, made_at, count)


class TestJobs:
    async def test_those_done_long_ago_go_and_no_others(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        old, young = clock.now() - DONE_KEPT - SECOND, clock.now() - DONE_KEPT + SECOND * 60
        await add_jobs(owner, "done", old, 1_500)
        await add_jobs(owner, "done", young)
        await add_jobs(owner, "dead", old)
        await add_jobs(owner, "waiting", None)

        await run(database, clearing.clear_jobs)

        left = await owner.fetch("SELECT state FROM jobs ORDER BY state")
        assert [row["state"] for row in left] == ["dead", "done", "waiting"]

    async def test_one_run_is_bounded_and_asks_for_the_next(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        old = clock.now() - DONE_KEPT - SECOND
        await add_jobs(owner, "done", old, FULL + 10)

        await run(database, clearing.clear_jobs)
        followed = await owner.fetch("SELECT kind FROM jobs WHERE state = 'waiting'")
        left = await owner.fetchval("SELECT count(*) FROM jobs WHERE state = 'done'")
        await run(database, clearing.clear_jobs)

        assert [row["kind"] for row in followed] == [clearing.JOBS_CLEAR]
        assert left == 10
        assert await owner.fetchval("SELECT count(*) FROM jobs") == 1


class TestIdempotencyKeys:
    async def test_those_older_than_two_days_go_and_no_others(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        two_days = clock.now() - timedelta(hours=48)
        await add_keys(owner, two_days - SECOND, 1_001)
        await add_keys(owner, two_days + SECOND * 60, 2)

        await run(database, clearing.clear_idempotency_keys)

        assert await owner.fetchval("SELECT count(*) FROM idempotency_keys") == 2
        assert await owner.fetchval("SELECT count(*) FROM jobs") == 0

    async def test_one_run_is_bounded_and_asks_for_the_next(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await add_keys(owner, clock.now() - timedelta(days=3), FULL + 1)

        await run(database, clearing.clear_idempotency_keys)

        assert await owner.fetchval("SELECT count(*) FROM idempotency_keys") == 1
        assert await owner.fetchval("SELECT kind FROM jobs") == clearing.IDEMPOTENCY_CLEAR
