"""The worker is killed again and again while the day turns: every change happens once."""

import asyncio
import os
import random
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import asyncpg
import pytest

from app import clock
from app.access import OPERATOR, WORKER
from app.config import Settings
from app.db.events import announce
from app.db.transactions import Database, reading, transaction
from app.inspections.service.turning import TURN as OUTCOMES_TURN
from app.inspections.service.turning import turn_outcomes
from app.inspections.terms import Judgement
from app.ledger import service as ledger
from app.outbox.service import enqueue
from app.providers.events import ProviderChanged
from app.providers.evidence import add_months
from app.providers.service.turning import TURN
from app.register.verifying import stale_documents
from tests.databases import ROLE_PREFIX
from tests.factories.inspections import add_published_inspection, settle
from tests.factories.providers import make_provider, put_on_register
from tests.heavy.midnight_program import BATCH

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
PROVIDERS = 400
LEAST_KILLS = 5
MOST_SECONDS = 300
MONTHS = 14
"""For how many a judgement of a critical criterion counts, by the policy that ships."""


def hire(address: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        [sys.executable, "-m", "tests.heavy.midnight_program", address, ROLE_PREFIX],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


LISTINGS = "SELECT count(*) FROM listings WHERE state = 'closed'"
OUTCOMES = "SELECT count(*) FROM site_outcomes WHERE outcome = 'not-yet-assessed'"
"""How many have turned."""


async def make_outcomes_due(database: Database, owner: asyncpg.Connection, day: date) -> int:
    """Let what was found at every site count for the last time on the day before a day."""
    held = await put_on_register(
        database, *(make_provider(f"Example {number}") for number in range(PROVIDERS))
    )
    last = day - timedelta(days=1)
    days = (add_months(last, -MONTHS) + timedelta(days=more) for more in range(4))
    seen = next(one for one in days if add_months(one, MONTHS) == last)
    found = {"1.1a": Judgement.NOT_MET}
    for row in await owner.fetch("SELECT id FROM sites"):
        await add_published_inspection(owner, {row["id"]: found}, seen)
    await settle(database, *(one.id for one in held))
    async with transaction(database, OPERATOR) as session:
        await enqueue(session, OPERATOR, OUTCOMES_TURN, {})
    return int(await owner.fetchval("SELECT entry FROM ledger_head"))


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


async def kill_until_turned(owner: asyncpg.Connection, address: str, counted: str) -> int:
    """Kill the worker in the midst of a batch, after each that it did; return how often."""
    chance, killed, ends = random.Random(11), 0, time.monotonic() + MOST_SECONDS  # noqa: S311
    while (seen := await owner.fetchval(counted)) < PROVIDERS:
        worker = hire(address)
        try:
            while await owner.fetchval(counted) < min(seen + BATCH, PROVIDERS):
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

    killed = await kill_until_turned(owner, settings.database_url.get_secret_value(), LISTINGS)

    await say_kills(owner, capsys, killed, time.monotonic() - began)
    moves = await owner.fetch(
        "SELECT count(*) AS n FROM listing_moves WHERE to_state = 'closed' AND effective_on = $1 "
        "GROUP BY listing_id",
        tomorrow,
    )
    assert [row["n"] for row in moves] == [1] * PROVIDERS
    assert await owner.fetchval("SELECT entry FROM ledger_head") == entries + PROVIDERS
    statuses = await owner.fetch("SELECT DISTINCT status, status_since FROM providers")
    assert [tuple(row) for row in statuses] == [("closed", tomorrow)]
    await assert_whole(database)


async def test_outcomes_that_turn_under_kills_turn_once_and_are_published_once(
    settings: Settings,
    database: Database,
    owner: asyncpg.Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert settings.database_url is not None
    tomorrow, began = clock.today() + timedelta(days=1), time.monotonic()
    entries = await make_outcomes_due(database, owner, tomorrow)

    killed = await kill_until_turned(owner, settings.database_url.get_secret_value(), OUTCOMES)

    await say_kills(owner, capsys, killed, time.monotonic() - began)
    with clock.at(datetime.combine(tomorrow, time_of_day(0, 5), clock.LONDON)):
        async with transaction(database, WORKER) as session:
            await turn_outcomes(session, {})  # once more, whole: nothing is left to turn
    stands = await owner.fetch("SELECT outcome, since, count(*) FROM site_outcomes GROUP BY 1, 2")
    assert [tuple(row) for row in stands] == [("not-yet-assessed", tomorrow, PROVIDERS)]
    published = await owner.fetch(
        "SELECT number, min(effective_on) AS day, count(*) AS n FROM ledger_entries "
        "WHERE entry > $1 GROUP BY number",
        entries,
    )
    assert len(published) == PROVIDERS
    assert {(row["day"], row["n"]) for row in published} == {(tomorrow, 1)}
    await assert_whole(database)


async def say_kills(
    owner: asyncpg.Connection, capsys: pytest.CaptureFixture[str], killed: int, seconds: float
) -> None:
    """Say how often the worker was killed, and see that it was killed at work."""
    again = await owner.fetchval("SELECT count(*) FROM jobs WHERE attempts > 1")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{killed} kills while {PROVIDERS} providers turned, {BATCH} at a time; {again} "
            f"batches were begun again; {seconds:.0f} s\n"
        )
    assert killed >= LEAST_KILLS
    assert again > 0, "nobody was ever killed at work"


async def assert_whole(database: Database) -> None:
    """See that the log holds, and that the read model says what it should."""
    async with reading(database, OPERATOR) as session:
        assert await ledger.broken_entries(session) == []
        assert await stale_documents(session) == []
