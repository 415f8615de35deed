import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.access import OPERATOR, Actor
from app.db.events import Event, WriteSession, announce
from app.db.transactions import Database, transaction
from app.outbox import running, service
from app.outbox.errors import JobNotDeadError, JobNotFoundError
from app.outbox.models import Job
from app.outbox.terms import LEASE
from tests.outbox.effects import ask, job, states

Act = Callable[[WriteSession, Actor, uuid.UUID], Awaitable[Job]]


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something of a test's own."""

    subject_id: uuid.UUID
    words: str


async def kill(owner: asyncpg.Connection, *names: str) -> None:
    died = "UPDATE jobs SET state = 'dead', attempts = 8, ended_at = now(), last_error = 'E' "
    await owner.execute(died + "WHERE key = ANY ($1)", names)


class TestAsking:
    async def test_a_job_exists_only_if_its_transaction_commits(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def ask_and_fail() -> None:
            async with transaction(database, OPERATOR) as session:
                await service.enqueue(session, OPERATOR, "x.y", {})
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await ask_and_fail()

        assert await states(owner) == []

    async def test_a_second_job_with_the_same_key_is_no_job(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        await ask(database, "one", "two")

        assert await states(owner) == [("one", "waiting"), ("two", "waiting")]

    async def test_an_event_becomes_a_job_with_its_fields(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        reacting = Database(
            database.engine,
            database.role_prefix,
            {Happened: (service.enqueue_each("x.happened"),)},
        )
        subject = uuid.uuid4()
        async with transaction(reacting, OPERATOR) as session:
            announce(session, Happened(subject, "a"))
            announce(session, Happened(subject, "b"))

        rows = await owner.fetch("SELECT kind, payload ->> 'subject_id' AS s FROM jobs")
        assert [tuple(row) for row in rows] == [("x.happened", str(subject))] * 2


class TestSendingBack:
    async def test_a_dead_job_gets_fresh_attempts_at_once(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one", run_after=clock.now() - timedelta(days=1))
        await kill(owner, "one")
        before = clock.now()
        async with transaction(database, OPERATOR) as session:
            was = await service.retry_job(session, OPERATOR, (await job(owner, "one"))["id"])

        assert (was.key, was.attempts, was.state) == ("one", 8, "dead")
        row = await job(owner, "one")
        assert (row["state"], row["attempts"], row["ended_at"]) == ("waiting", 0, None)
        assert row["run_after"] >= before
        assert row["last_error"] == "E"
        attempt = await running.claim(database, LEASE)
        assert attempt is not None
        assert attempt.number == 1

    async def test_all_dead_jobs_are_sent_back_and_no_others(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "a", "b", "c", "d")
        await kill(owner, "b", "d")
        await owner.execute("UPDATE jobs SET state = 'done', ended_at = now() WHERE key = 'c'")
        async with transaction(database, OPERATOR) as session:
            sent = await service.retry_dead_jobs(session, OPERATOR)

        assert sorted(str(one.key) for one in sent) == ["b", "d"]
        assert [state for _, state in await states(owner)] == [
            "waiting",
            "waiting",
            "done",
            "waiting",
        ]


class TestDropping:
    async def test_a_dead_job_is_gone(self, database: Database, owner: asyncpg.Connection) -> None:
        await ask(database, "one", "two")
        await kill(owner, "one")
        async with transaction(database, OPERATOR) as session:
            await service.drop_job(session, OPERATOR, (await job(owner, "one"))["id"])

        assert await states(owner) == [("two", "waiting")]


@pytest.mark.parametrize("act", [service.retry_job, service.drop_job])
class TestRefusals:
    async def test_a_job_that_still_waits_is_left_to_the_worker(
        self, database: Database, owner: asyncpg.Connection, act: Act
    ) -> None:
        await ask(database, "one")
        with pytest.raises(JobNotDeadError, match="is waiting; only a dead one"):
            async with transaction(database, OPERATOR) as session:
                await act(session, OPERATOR, (await job(owner, "one"))["id"])

        assert await states(owner) == [("one", "waiting")]

    async def test_a_job_that_is_not_there_is_said_so(self, database: Database, act: Act) -> None:
        with pytest.raises(JobNotFoundError, match="`ap-register jobs list`"):
            async with transaction(database, OPERATOR) as session:
                await act(session, OPERATOR, uuid.uuid4())
