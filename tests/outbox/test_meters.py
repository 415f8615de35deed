import asyncio
from datetime import timedelta
from functools import partial

import asyncpg
import httpx
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from app import clock
from app.db.transactions import Database
from app.outbox import running
from app.outbox.meters import JobMeters, add_job_meters, read_backlog, watch_jobs
from app.outbox.terms import LEASE, Backlog
from tests.outbox.effects import ask, until

LATE = 300.0
GAUGES = ("jobs_known", "jobs_waiting", "jobs_dead", "jobs_oldest_waiting_seconds", "jobs_late")


def made() -> tuple[CollectorRegistry, JobMeters]:
    registry = CollectorRegistry()
    return registry, add_job_meters(registry, LATE)


def shown(registry: CollectorRegistry) -> list[float | None]:
    return [registry.get_sample_value(name) for name in GAUGES]


class TestBacklog:
    async def test_an_empty_one_is_nothing_at_all(self, database: Database) -> None:
        assert await read_backlog(database) == Backlog(0, 0, 0.0)

    async def test_the_oldest_that_nobody_has_begun_counts(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        present = clock.now()
        for name, minutes in (("begun", 40), ("oldest", 30), ("old", 10), ("dead", 60), ("no", -5)):
            await ask(database, name, run_after=present - timedelta(minutes=minutes))
        dead = "UPDATE jobs SET state = 'dead', ended_at = now() WHERE key = 'dead'"
        await owner.execute(dead)
        begun = await running.claim(database, LEASE)
        assert begun is not None
        with clock.at(present):
            backlog = await read_backlog(database)

        assert begun.payload["name"] == "begun"
        assert backlog == Backlog(waiting=4, dead=1, oldest_seconds=1_800.0)


class TestCollector:
    def test_before_the_first_look_only_that_nothing_is_known_is_shown(self) -> None:
        registry, _ = made()

        assert shown(registry) == [0, None, None, None, None]

    def test_a_backlog_is_late_when_its_oldest_job_waits_too_long(self) -> None:
        registry, meters = made()

        meters.collector.backlog = Backlog(3, 1, LATE)
        in_time = shown(registry)
        meters.collector.backlog = Backlog(3, 1, LATE + 1)
        late = shown(registry)

        assert in_time == [1, 3, 1, LATE, 0]
        assert late == [1, 3, 1, LATE + 1, 1]


class TestWatching:
    async def test_the_backlog_is_read_again_and_again(self, database: Database) -> None:
        registry, meters = made()
        stop = asyncio.Event()

        async def one_more(than: int) -> bool:
            return registry.get_sample_value("jobs_waiting") == than + 1

        watching = asyncio.create_task(watch_jobs(database, meters, stop, every_seconds=0.05))
        for number in range(3):
            await ask(database, f"job {number}")
            await until(partial(one_more, number))
        stop.set()
        await watching

        assert shown(registry) == [0, None, None, None, None], "nobody looks, so nobody knows"

    async def test_a_database_that_refuses_is_told_of_once_and_ends_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        registry, meters = made()
        stop = asyncio.Event()

        async def refused() -> bool:
            return bool(logs)

        async def read() -> bool:
            return registry.get_sample_value("jobs_known") == 1

        with capture_logs() as logs:
            await owner.execute("REVOKE SELECT ON jobs FROM ap_worker")
            watching = asyncio.create_task(watch_jobs(database, meters, stop, every_seconds=0.01))
            await until(refused)
            await asyncio.sleep(0.3)
            away = shown(registry)
            await owner.execute("GRANT SELECT ON jobs TO ap_worker")
            await until(read)
            stop.set()
            await watching

        assert away == [0, None, None, None, None]
        told = [line["event"] for line in logs if line["log_level"] != "debug"]
        assert told == ["jobs.not_measured"]

    async def test_a_look_that_takes_too_long_is_given_up(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        registry, meters = made()
        stop = asyncio.Event()

        async def given_up() -> bool:
            return bool(logs)

        with capture_logs() as logs:
            async with owner.transaction():
                await owner.execute("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE")
                watching = asyncio.create_task(watch_jobs(database, meters, stop))
                await until(given_up)
            stop.set()
            await watching

        assert "QueryCanceledError" in logs[0]["stack"]
        assert shown(registry)[0] == 0


async def test_the_service_shows_the_backlog_beside_its_other_metrics(
    client: httpx.AsyncClient,
) -> None:
    async def known() -> bool:
        return "jobs_known 1.0" in (await client.get("/metrics")).text

    await until(known)

    text = (await client.get("/metrics")).text
    assert "jobs_dead 0.0" in text
    assert "jobs_late 0.0" in text
