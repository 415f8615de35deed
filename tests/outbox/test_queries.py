from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import WORKER
from app.db.transactions import Database, reading, transaction
from app.outbox import queries, running
from app.outbox.terms import LEASE, Attempt, JobState
from app.values.uuid7 import uuid7
from tests.outbox.effects import ask, job, until


async def test_postgresql_ends_the_transaction_of_a_worker_that_falls_silent(
    database: Database, owner: asyncpg.Connection
) -> None:
    await ask(database, "one")
    silent = await running.claim(database, timedelta(microseconds=1))
    assert silent is not None
    idle = timedelta(milliseconds=100)

    others: list[Attempt] = []

    async def claimed_by_another() -> bool:
        found = await running.claim(database, LEASE)
        others.extend([found] if found else [])
        return bool(others)

    async def work_in_silence() -> None:
        async with transaction(database, WORKER) as session:
            assert await queries.hold(session, silent.job_id, silent.lease, idle)
            await until(claimed_by_another)  # its row is locked until PostgreSQL gives it up
            await queries.finish(session, silent.job_id, clock.now())

    with pytest.raises(DBAPIError):
        await work_in_silence()

    row = await job(owner, "one")
    assert (row["state"], row["lease"]) == (JobState.WAITING, others[0].lease)


async def test_a_job_can_be_held_under_its_own_lease_alone(database: Database) -> None:
    await ask(database, "one")
    attempt = await running.claim(database, LEASE)
    assert attempt is not None

    async with transaction(database, WORKER) as session:
        assert not await queries.hold(session, attempt.job_id, uuid7(), LEASE)
        assert await queries.hold(session, attempt.job_id, attempt.lease, LEASE)


async def test_jobs_are_shown_in_the_order_they_are_due_or_newest_first(
    database: Database, owner: asyncpg.Connection
) -> None:
    present = clock.now()
    for name, minutes in (("b", 1), ("a", 2), ("c", 3)):
        await ask(database, name, run_after=present + timedelta(minutes=minutes))
    dead = "UPDATE jobs SET state = 'dead', ended_at = run_after WHERE key = ANY ($1)"

    async with reading(database, WORKER) as session:
        waiting = await queries.find_jobs(session, JobState.WAITING, 2)
    await owner.execute(dead, ["a", "b", "c"])
    async with reading(database, WORKER) as session:
        died = await queries.find_jobs(session, JobState.DEAD, 2)
        counts = [tuple(row) for row in await queries.count_jobs(session)]

    assert [one.key for one in waiting] == ["b", "a"]
    assert [one.key for one in died] == ["c", "a"]
    assert counts == [("effect.write", "dead", 3)]
