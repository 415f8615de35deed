import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from app import clock
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import Database
from app.outbox.meters import add_job_meters
from app.outbox.schedules import every
from app.outbox.terms import Payload, Schedule
from app.worker import Pace, beside, work
from tests.outbox.effects import KIND, ask, effects, make_effects, states, until, write_effect

QUICK = Pace(concurrency=3, poll_seconds=0.02)
NO_SCHEDULES: tuple[Schedule, ...] = ()
SECRET = "person@example.org"

pytestmark = pytest.mark.usefixtures("table")


@pytest.fixture
async def table(owner: asyncpg.Connection) -> None:
    await make_effects(owner)


async def fail(session: WriteSession, payload: Payload) -> None:
    raise ValueError(SECRET)


async def done(owner: asyncpg.Connection, count: int) -> bool:
    held = await owner.fetchval("SELECT count(*) FROM jobs WHERE state = 'done'")
    return bool(held == count)


class TestWork:
    async def test_every_job_is_done_once_however_many_work(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        names = [f"job {number:02}" for number in range(40)]
        await ask(database, *names)
        start = partial(work, database, {KIND: write_effect}, NO_SCHEDULES, pace=QUICK)
        async with beside(start), beside(start):
            await until(partial(done, owner, 40))

        assert await effects(owner) == names

    async def test_what_is_asked_for_later_and_what_comes_round_is_done_too(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def come_round(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, {"name": payload["due_at"]})

        handlers = {KIND: write_effect, "round.work": come_round}
        schedule = every("round.work", 30)
        due = schedule.latest_due(clock.now())
        with clock.at(due + timedelta(minutes=1)):
            start = partial(work, database, handlers, [schedule], pace=QUICK)
            async with beside(start):
                await until(partial(done, owner, 1))
                await ask(database, "later")
                await until(partial(done, owner, 2))

        assert await effects(owner) == [due.isoformat(), "later"]

    async def test_told_to_stop_it_finishes_what_it_began_and_begins_nothing_more(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        began, stop, go_on = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def take_a_while(session: WriteSession, payload: Payload) -> None:
            began.set()
            await go_on.wait()
            await write_effect(session, payload)

        await ask(database, "a", "b")
        pace = Pace(concurrency=1, poll_seconds=0.02)
        handlers = {KIND: take_a_while}
        working = asyncio.create_task(work(database, handlers, NO_SCHEDULES, stop, pace=pace))
        await began.wait()
        stop.set()
        await asyncio.sleep(0.1)
        assert not working.done()
        go_on.set()
        await working

        assert len(await effects(owner)) == 1
        assert sorted(state for _, state in await states(owner)) == ["done", "waiting"]

    async def test_one_line_is_logged_for_each_attempt_without_what_it_was_given(
        self, database: Database
    ) -> None:
        await ask(database, "good")
        await ask(database, "bad", kind="effect.fail", address=SECRET)
        await ask(database, "odd", kind="effect.unknown")

        async def all_ended() -> bool:
            return [line["event"] for line in logs].count("job.ended") == 3

        handlers = {KIND: write_effect, "effect.fail": fail}
        with capture_logs() as logs:
            async with beside(partial(work, database, handlers, NO_SCHEDULES, pace=QUICK)):
                await until(all_ended)

        told = {line["kind"]: line for line in logs}
        assert {kind: line["outcome"] for kind, line in told.items()} == {
            KIND: "done",
            "effect.fail": "failed",
            "effect.unknown": "dead",
        }
        assert [line["log_level"] for line in (told[KIND], told["effect.fail"])] == [
            "info",
            "warning",
        ]
        assert told["effect.unknown"]["log_level"] == "error"
        assert told["effect.fail"]["error"] == "ValueError"
        assert len(logs) == 3
        assert all(line["attempt"] == 1 and line["ms"] > 0 for line in logs)
        assert not re.search(f"{SECRET}|good", str(logs))

    async def test_endings_are_counted_by_kind(self, database: Database) -> None:
        registry = CollectorRegistry()
        meters = add_job_meters(registry, 300)
        await ask(database, "a", "b")
        await ask(database, "c", kind="effect.fail")

        def count(kind: str, outcome: str) -> float | None:
            labels = {"kind": kind, "outcome": outcome}
            return registry.get_sample_value("jobs_ended_total", labels)

        async def all_counted() -> bool:
            return (count(KIND, "done"), count("effect.fail", "failed")) == (2, 1)

        handlers = {KIND: write_effect, "effect.fail": fail}
        start = partial(work, database, handlers, NO_SCHEDULES, pace=QUICK, meters=meters)
        async with beside(start):
            await until(all_counted)


class TestALostDatabase:
    async def test_is_told_of_once_waited_for_and_gone_on_with(
        self, settings: Settings, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def told() -> bool:
            return "jobs.interrupted" in events(logs)

        async def resumed() -> bool:
            return "jobs.resumed" in events(logs)

        start = partial(work, database, {KIND: write_effect}, NO_SCHEDULES, pace=QUICK)
        await ask(database, "before")
        with capture_logs() as logs:
            async with beside(start):
                await until(partial(done, owner, 1))
                async with cut_off(settings, owner):
                    await until(told)
                    await asyncio.sleep(0.5)  # each lane finds out by itself, again and again
                    while_away = events(logs)
                await ask(database, "after")
                await until(partial(done, owner, 2))
                await until(resumed)

        assert while_away == ["job.ended", "jobs.interrupted"]
        assert sorted(events(logs)[2:]) == ["job.ended", "jobs.resumed"]
        assert await effects(owner) == ["after", "before"]


def events(logs: Sequence[Mapping[str, Any]]) -> list[str]:
    return [line["event"] for line in logs if line["log_level"] != "debug"]


@asynccontextmanager
async def cut_off(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[None]:
    """Let nobody into the database, and put everybody out but the test."""
    assert settings.database_owner_url is not None
    name = await owner.fetchval("SELECT current_database()")
    elsewhere = settings.database_owner_url.get_secret_value().replace(f"/{name}", "/postgres")
    superuser = await asyncpg.connect(elsewhere)
    try:
        await superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await superuser.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = $1 AND pid <> $2",
            name,
            owner.get_server_pid(),
        )
        yield
        await superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    finally:
        await superuser.close()


class TestBeside:
    async def test_what_does_not_end_by_itself_is_broken_off(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        began = asyncio.Event()

        async def hang(session: WriteSession, payload: Payload) -> None:
            await write_effect(session, payload)
            began.set()
            await asyncio.sleep(3_600)

        await ask(database, "one")
        start = partial(work, database, {KIND: hang}, NO_SCHEDULES, pace=QUICK)
        async with beside(start, patience_seconds=0.1):
            await began.wait()

        assert await effects(owner) == []
        assert await states(owner) == [("one", "waiting")]

    async def test_what_breaks_by_itself_is_heard_of_in_the_end(self) -> None:
        async def break_down(stop: asyncio.Event) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            async with beside(break_down):
                await asyncio.sleep(0)
