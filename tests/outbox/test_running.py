import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app import clock
from app.access import OPERATOR
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.outbox import running
from app.outbox.errors import GiveUpError
from app.outbox.service import enqueue
from app.outbox.terms import (
    LEASE,
    MOST_ATTEMPTS,
    Attempt,
    Ended,
    Ending,
    JobHandler,
    JobHandlers,
    Payload,
)
from tests.outbox.effects import KIND, ask, effects, job, make_effects, write_effect

NO_TIME = timedelta(microseconds=1)
"""A lease that has run out before anybody can look."""
SECRET = "person@example.org"

pytestmark = pytest.mark.usefixtures("table")


@pytest.fixture
async def table(owner: asyncpg.Connection) -> None:
    await make_effects(owner)


async def claimed(database: Database, lease: timedelta = LEASE) -> Attempt:
    attempt = await running.claim(database, lease)
    assert attempt is not None
    return attempt


async def run(
    database: Database, attempt: Attempt, handler: JobHandler, lease: timedelta = LEASE
) -> Ended:
    return await running.run(database, {KIND: handler}, attempt, lease)


async def write_and_fail(session: WriteSession, payload: Payload) -> None:
    await write_effect(session, payload)
    raise ValueError(f"there is no {SECRET} here")


class TestClaiming:
    async def test_nothing_is_claimed_where_nothing_is_due(self, database: Database) -> None:
        await ask(database, "later", run_after=clock.now() + timedelta(minutes=1))

        assert await running.claim(database, LEASE) is None

    async def test_the_job_due_longest_is_claimed_first(self, database: Database) -> None:
        present = clock.now()
        for name, minutes in (("second", 2), ("third", 1), ("first", 3)):
            await ask(database, name, run_after=present - timedelta(minutes=minutes))

        order = [(await claimed(database)).payload["name"] for _ in range(3)]

        assert order == ["first", "second", "third"]
        assert await running.claim(database, LEASE) is None

    async def test_a_claim_is_committed_before_the_work_begins(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        attempt = await claimed(database)

        row = await job(owner, "one")
        assert (row["lease"], row["attempts"], row["state"]) == (attempt.lease, 1, "waiting")
        left = await owner.fetchval("SELECT leased_until - now() FROM jobs")
        assert timedelta() < left <= LEASE

    async def test_leases_go_by_the_databases_clock_alone(self, database: Database) -> None:
        await ask(database, "one")
        await claimed(database)

        with clock.at(clock.now() + timedelta(days=1)):
            assert await running.claim(database, LEASE) is None

    async def test_twenty_who_claim_at_once_get_twenty_jobs(self, database: Database) -> None:
        await ask(database, *(f"job {number:02}" for number in range(15)))

        got = await asyncio.gather(*(running.claim(database, LEASE) for _ in range(20)))

        names = sorted(attempt.payload["name"] for attempt in got if attempt)
        assert names == [f"job {number:02}" for number in range(15)]

    async def test_a_job_whose_lease_ran_out_is_claimed_again(self, database: Database) -> None:
        await ask(database, "one")
        first = await claimed(database, NO_TIME)
        second = await claimed(database)

        assert (second.job_id, second.number) == (first.job_id, 2)
        assert second.lease != first.lease

    async def test_the_request_that_asked_for_it_is_known(self, database: Database) -> None:
        actor = replace(OPERATOR, request_id="request-1")
        async with transaction(database, OPERATOR) as session:
            await enqueue(session, actor, KIND, {})

        assert (await claimed(database)).request_id == "request-1"


class TestDoing:
    async def test_the_effect_and_being_done_are_one_transaction(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")

        ended = await run(database, await claimed(database), write_effect)

        assert ended == Ended(Ending.DONE)
        row = await job(owner, "one")
        assert (row["state"], row["lease"], row["leased_until"]) == ("done", None, None)
        assert row["ended_at"] is not None
        assert await effects(owner) == ["one"]
        assert await owner.fetchval("SELECT e.xmin = j.xmin FROM effects e, jobs j")

    async def test_a_done_job_is_not_claimed_again(self, database: Database) -> None:
        await ask(database, "one")
        await run(database, await claimed(database), write_effect)

        assert await running.claim(database, LEASE) is None

    async def test_what_the_handler_asks_for_exists_only_if_it_ends_well(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def ask_and_fail(session: WriteSession, payload: Payload) -> None:
            await enqueue(session, OPERATOR, KIND, payload, key="consequence")
            raise ValueError

        await ask(database, "one")
        await run(database, await claimed(database), ask_and_fail)

        assert await owner.fetchval("SELECT count(*) FROM jobs") == 1


class TestFailing:
    async def test_its_effects_are_undone_and_it_waits(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        before = clock.now()
        ended = await run(database, await claimed(database), write_and_fail)

        assert ended == Ended(Ending.FAILED, "ValueError")
        assert await effects(owner) == []
        row = await job(owner, "one")
        assert (row["state"], row["attempts"], row["lease"]) == ("waiting", 1, None)
        assert row["run_after"] >= before + running.FIRST_WAIT / 2
        assert await running.claim(database, LEASE) is None
        with clock.at(row["run_after"]):
            assert (await claimed(database)).number == 2

    async def test_the_kind_and_place_of_a_failure_are_kept_and_no_value(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        await run(database, await claimed(database), write_and_fail)

        error = (await job(owner, "one"))["last_error"]
        assert error.startswith("builtins.ValueError\n")
        assert "write_and_fail" in error
        assert SECRET not in error

    async def test_what_postgresql_says_of_a_row_is_not_kept(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def break_a_rule(session: WriteSession, payload: Payload) -> None:
            await session.execute(text("INSERT INTO effects VALUES (NULL)"))

        await owner.execute("ALTER TABLE effects ADD secret text DEFAULT 'person@example.org'")
        await ask(database, "one")
        ended = await run(database, await claimed(database), break_a_rule)

        assert ended == Ended(Ending.FAILED, "IntegrityError")
        error = (await job(owner, "one"))["last_error"]
        assert "NotNullViolationError" in error
        assert SECRET not in error

    async def test_an_error_that_the_handler_hid_from_us_is_a_failure_too(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def go_on_regardless(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            with pytest.raises(Exception, match="division by zero"):
                await session.execute(text("SELECT 1 / 0"))

        await ask(database, "one")
        ended = await run(database, await claimed(database), go_on_regardless)

        assert ended.how is Ending.FAILED
        assert await effects(owner) == []

    async def test_the_last_attempt_is_the_end_of_it(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        present = clock.now()
        endings = []
        for number in range(MOST_ATTEMPTS):
            with clock.at(present + timedelta(days=number)):
                attempt = await claimed(database)
                endings.append(await run(database, attempt, write_and_fail))
        row = await job(owner, "one")

        assert endings[:-1] == [Ended(Ending.FAILED, "ValueError")] * (MOST_ATTEMPTS - 1)
        assert endings[-1] == Ended(Ending.DEAD, "ValueError")
        assert (row["state"], row["lease"], row["attempts"]) == ("dead", None, MOST_ATTEMPTS)
        assert "write_and_fail" in row["last_error"]
        with clock.at(present + timedelta(days=30)):
            assert await running.claim(database, LEASE) is None

    async def test_what_no_further_try_would_mend_is_dead_at_once(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def give_up(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            raise GiveUpError

        await ask(database, "one")
        ended = await run(database, await claimed(database), give_up)

        assert ended == Ended(Ending.DEAD, "GiveUpError")
        assert (await job(owner, "one"))["state"] == "dead"
        assert await effects(owner) == []

    async def test_a_job_that_kills_its_worker_each_time_dies_without_another_try(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        for _ in range(MOST_ATTEMPTS):  # each killed on the spot: only the claim remains
            await claimed(database, NO_TIME)

        ended = await run(database, await claimed(database), write_effect)

        assert ended == Ended(Ending.DEAD)
        assert await effects(owner) == []
        assert "ended without a word" in (await job(owner, "one"))["last_error"]

    async def test_a_kind_that_nobody_does_is_kept_for_an_operator(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one", kind="of.another_release")
        nobody: JobHandlers = {}

        ended = await running.run(database, nobody, await claimed(database), LEASE)

        assert ended == Ended(Ending.DEAD)
        row = await job(owner, "one")
        assert (row["state"], row["attempts"]) == ("dead", 1)
        assert "No handler is called of.another_release" in row["last_error"]

    async def test_one_that_takes_too_long_is_ended_before_its_lease_is(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def take_for_ever(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            await asyncio.sleep(3_600)

        await ask(database, "one")
        lease = timedelta(seconds=1)
        ended = await run(database, await claimed(database, LEASE), take_for_ever, lease)

        assert ended == Ended(Ending.FAILED, "TimeoutError")
        assert await effects(owner) == []
        assert "take_for_ever" in (await job(owner, "one"))["last_error"]

    async def test_one_that_cancels_itself_is_a_failure_and_not_the_workers_end(
        self, database: Database
    ) -> None:
        async def cancel(session: WriteSession, payload: Payload) -> None:
            raise asyncio.CancelledError

        await ask(database, "one")
        ended = await run(database, await claimed(database), cancel)

        assert ended == Ended(Ending.FAILED, "CancelledError")


class TestBeingBrokenOff:
    async def test_a_worker_told_to_end_at_once_leaves_nothing_but_its_lease(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        began = asyncio.Event()

        async def hang(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            began.set()
            await asyncio.sleep(3_600)

        await ask(database, "one")
        attempt = await claimed(database)
        task = asyncio.create_task(run(database, attempt, hang))
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await effects(owner) == []
        row = await job(owner, "one")
        assert (row["state"], row["lease"], row["last_error"]) == ("waiting", attempt.lease, None)

    async def test_paused_before_it_began_it_finds_its_lease_gone_and_does_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await ask(database, "one")
        paused = await claimed(database, NO_TIME)
        other = await claimed(database)
        assert (await run(database, other, write_effect)).how is Ending.DONE

        assert await run(database, paused, write_effect) == Ended(Ending.TAKEN)
        assert await effects(owner) == ["one"]

    async def test_nobody_begins_while_the_owner_of_a_lease_that_ran_out_still_works(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        claims: list[Attempt | None] = []

        async def look(session: WriteSession, payload: Payload) -> None:
            claims.append(await running.claim(database, LEASE))
            await write_effect(session, payload)

        await ask(database, "one")
        ended = await run(database, await claimed(database, NO_TIME), look)

        assert claims == [None]
        assert ended.how is Ending.DONE
        assert await effects(owner) == ["one"]

    async def test_paused_while_it_worked_it_loses_its_transaction_and_then_its_job(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def pause(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            time.sleep(1.5)  # noqa: ASYNC251 - as a stopped process does, the whole loop stands

        await ask(database, "one")
        lease = timedelta(milliseconds=500)
        ended = await run(database, await claimed(database, lease), pause, lease)

        assert ended.how is Ending.FAILED
        assert await effects(owner) == []
        with clock.at(clock.now() + timedelta(days=1)):
            again = await claimed(database)
            assert (await run(database, again, write_effect)).how is Ending.DONE
        assert await effects(owner) == ["one"]

    async def test_whoever_lost_the_job_does_not_write_over_who_has_it(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        others: list[Attempt] = []

        async def lose_connection(session: WriteSession, payload: Payload) -> None:
            pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            await owner.execute("SELECT pg_terminate_backend($1, 5000)", pid)
            others.append(await claimed(database))
            await write_effect(session, payload)

        await ask(database, "one")
        ended = await run(database, await claimed(database, NO_TIME), lose_connection)

        assert ended.how is Ending.TAKEN
        row = await job(owner, "one")
        assert (row["state"], row["lease"], row["attempts"]) == ("waiting", others[0].lease, 2)
        assert row["last_error"] is None


class TestWaiting:
    @given(attempt=st.integers(1, MOST_ATTEMPTS))
    def test_it_is_ever_longer_and_at_most_an_hour(self, attempt: int) -> None:
        longest = min(timedelta(seconds=10 * 4 ** (attempt - 1)), timedelta(hours=1))

        assert longest / 2 <= running.wait_before(attempt) <= longest

    def test_jobs_that_failed_together_come_back_apart(self) -> None:
        assert len({running.wait_before(4) for _ in range(50)}) > 40
