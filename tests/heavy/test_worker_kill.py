"""Workers are killed and paused under load, again and again: every job has its effect once."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from tests.databases import ROLE_PREFIX, opened_database
from tests.heavy.worker_program import LEASE
from tests.outbox.effects import ask, make_effects, until

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
WORKERS = 3
KILLS = 50
PAUSES = 3
BATCH = 1_000
AT_FIRST = 3 * BATCH
LEAST_WAITING = 500
"""Fewer would not be load; more are asked for."""


@dataclass
class Crew:
    """The workers at work, and what befell those before them."""

    address: str
    chance: random.Random
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    killed: int = 0
    paused: int = 0

    def hire(self) -> None:
        """Start one more."""
        self.workers.append(
            subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [sys.executable, "-m", "tests.heavy.worker_program", self.address, ROLE_PREFIX],
                cwd=REPOSITORY,
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                stderr=subprocess.DEVNULL,
            )
        )

    def kill_one(self) -> None:
        """Kill one at random, and start another in its place."""
        worker = self.workers.pop(self.chance.randrange(len(self.workers)))
        assert worker.poll() is None, "a worker ended by itself"
        worker.kill()
        worker.wait()
        self.killed += 1
        self.hire()

    async def pause_one(self) -> None:
        """Stop the one that has worked longest for longer than its lease, then let it go on."""
        worker = self.workers[0]
        worker.send_signal(signal.SIGSTOP)
        await asyncio.sleep(LEASE.total_seconds() * 1.5)
        worker.send_signal(signal.SIGCONT)
        self.paused += 1

    def dismiss(self) -> list[int]:
        """Tell all to stop, and return their exit codes."""
        for worker in self.workers:
            worker.terminate()
        return [worker.wait(30) for worker in self.workers]


@contextmanager
def working(address: str) -> Iterator[Crew]:
    """Keep workers at work until the block ends, and leave none behind."""
    crew = Crew(address, random.Random(7))  # noqa: S311 - nothing here is secret
    try:
        for _ in range(WORKERS):
            crew.hire()
        yield crew
    finally:
        for worker in crew.workers:
            worker.kill()
            worker.wait()


async def test_killed_fifty_times_and_paused_beyond_its_lease_every_effect_is_there_once(
    settings: Settings, owner: asyncpg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.database_url is not None
    began = time.monotonic()
    await make_effects(owner)
    asked = await _ask_for_more(settings, 0, AT_FIRST)
    with working(settings.database_url.get_secret_value()) as crew:
        await until(partial(_some_effects, owner))
        pauses = {KILLS * (n + 1) // (PAUSES + 1) for n in range(PAUSES)}
        while crew.killed < KILLS:
            await asyncio.sleep(crew.chance.uniform(0.02, 1.0))
            crew.kill_one()
            if crew.killed in pauses:
                await crew.pause_one()
            if await _count(owner, "waiting") < LEAST_WAITING:
                asked = await _ask_for_more(settings, asked, BATCH)
        under_fire = await owner.fetchval("SELECT count(*) FROM effects")
        await until(partial(_nothing_waits, owner))
        codes = crew.dismiss()

    rows = await owner.fetchrow("SELECT count(*) AS n, count(DISTINCT name) AS d FROM effects")
    jobs = await owner.fetchrow(
        "SELECT count(*) FILTER (WHERE state = 'done') AS done, "
        "count(*) FILTER (WHERE state = 'dead') AS dead, "
        "count(*) FILTER (WHERE lease IS NOT NULL) AS leased, "
        "count(*) FILTER (WHERE attempts > 1) AS again, max(attempts) AS most FROM jobs"
    )
    assert rows is not None
    assert jobs is not None
    with capsys.disabled():
        sys.stdout.write(
            f"\n{crew.killed} kills, {crew.paused} pauses of {LEASE.total_seconds() * 1.5:.0f} s, "
            f"{asked} jobs, {under_fire} of them done under fire; {jobs['again']} were begun again "
            f"(at most {jobs['most']} times); {rows['n']} effects, {rows['d']} distinct; "
            f"{jobs['dead']} dead, {jobs['leased']} leased; {time.monotonic() - began:.0f} s\n"
        )
    assert (crew.killed, crew.paused) == (KILLS, PAUSES)
    assert codes == [0] * WORKERS
    assert jobs["again"] > 0, "nobody was ever killed at work"
    assert (jobs["done"], jobs["dead"], jobs["leased"]) == (asked, 0, 0)
    assert (rows["n"], rows["d"]) == (asked, asked)


async def _ask_for_more(settings: Settings, asked: int, more: int) -> int:
    async with opened_database(settings) as database:
        await ask(database, *(f"job {number:06}" for number in range(asked, asked + more)))
    return asked + more


async def _count(owner: asyncpg.Connection, state: str) -> int:
    return int(await owner.fetchval("SELECT count(*) FROM jobs WHERE state = $1", state))


async def _some_effects(owner: asyncpg.Connection) -> bool:
    return bool(await owner.fetchval("SELECT count(*) > 50 FROM effects"))


async def _nothing_waits(owner: asyncpg.Connection) -> bool:
    return await _count(owner, "waiting") == 0
