"""The worker is killed again and again while the day turns: every change happens once."""

import asyncio
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import pytest

from app import clock
from app.access import OPERATOR
from app.config import Settings
from app.db.events import announce
from app.db.transactions import Database, reading, transaction
from app.ledger import service as ledger
from app.outbox.service import enqueue
from app.providers.events import ProviderChanged
from app.providers.service.turning import TURN
from app.register.verifying import stale_documents
from tests.databases import ROLE_PREFIX
from tests.factories.providers import make_provider, put_on_register
from tests.heavy.midnight_program import BATCH

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
PROVIDERS = 400
LEAST_KILLS = 5
MOST_SECONDS = 300


def hire(address: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        [sys.executable, "-m", "tests.heavy.midnight_program", address, ROLE_PREFIX],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


async def turned(owner: asyncpg.Connection) -> int:
    return int(await owner.fetchval("SELECT count(*) FROM listings WHERE state = 'closed'"))


async def make_all_due(database: Database, owner: asyncpg.Connection, day: date) -> int:
    """Let every provider's site close on a day, and ask for it to turn; return the last entry."""
    held = await put_on_register(
        database, *(make_provider(f"Example {number}") for number in range(PROVIDERS))
    )
    await owner.execute("UPDATE sites SET closed_on = $1", day)
    async with transaction(database, OPERATOR) as session:
        for one in held:
            announce(session, ProviderChanged(one.id))
        await enqueue(session, OPERATOR, TURN, {})
    return int(await owner.fetchval("SELECT entry FROM ledger_head"))


async def kill_until_turned(owner: asyncpg.Connection, address: str) -> int:
    """Kill the worker in the midst of a batch, after each that it did; return how often."""
    chance, killed, ends = random.Random(11), 0, time.monotonic() + MOST_SECONDS  # noqa: S311
    while (seen := await turned(owner)) < PROVIDERS:
        worker = hire(address)
        try:
            while await turned(owner) < min(seen + BATCH, PROVIDERS):
                assert worker.poll() is None, "the worker ended by itself"
                assert time.monotonic() < ends, "the day never turned"
                await asyncio.sleep(0.01)
            await asyncio.sleep(chance.uniform(0, 0.3))
        finally:
            worker.kill()
            worker.wait()
        killed += 1
    return killed


async def test_a_day_that_turns_under_kills_turns_once(
    settings: Settings,
    database: Database,
    owner: asyncpg.Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert settings.database_url is not None
    tomorrow, began = clock.today() + timedelta(days=1), time.monotonic()
    entries = await make_all_due(database, owner, tomorrow)

    killed = await kill_until_turned(owner, settings.database_url.get_secret_value())

    again = await owner.fetchval("SELECT count(*) FROM jobs WHERE attempts > 1")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{killed} kills while {PROVIDERS} providers turned, {BATCH} at a time; {again} "
            f"batches were begun again; {time.monotonic() - began:.0f} s\n"
        )
    assert killed >= LEAST_KILLS
    assert again > 0, "nobody was ever killed at work"
    moves = await owner.fetch(
        "SELECT count(*) AS n FROM listing_moves WHERE to_state = 'closed' AND effective_on = $1 "
        "GROUP BY listing_id",
        tomorrow,
    )
    assert [row["n"] for row in moves] == [1] * PROVIDERS
    assert await owner.fetchval("SELECT entry FROM ledger_head") == entries + PROVIDERS
    statuses = await owner.fetch("SELECT DISTINCT status, status_since FROM providers")
    assert [tuple(row) for row in statuses] == [("closed", tomorrow)]
    async with reading(database, OPERATOR) as session:
        assert await ledger.broken_entries(session) == []
        assert await stale_documents(session) == []
