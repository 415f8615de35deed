"""The head is watched on a real database: told of, lost, found again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from app.access import OPERATOR
from app.config import Settings
from app.db.transactions import Database, transaction
from app.register.heads import KnownHead
from app.register.publishing import rebuild
from app.register.watching import Pace, watch
from tests.factories.providers import make_provider, put_on_register
from tests.interchange.running import bring_postcodes

NEVER = Pace(look_seconds=600)
"""Only what is told counts."""
MINE = "application_name = 'ap-register head' AND datname = current_database()"


@pytest.fixture
async def known(settings: Settings) -> AsyncIterator[KnownHead]:
    """What a worker knows that hears only what it is told."""
    made, stop = KnownHead(), asyncio.Event()
    task = asyncio.create_task(watch(made, read_url(settings), stop, pace=NEVER))
    await until(lambda: made.present() is not None)
    yield made
    stop.set()
    await task


def read_url(settings: Settings) -> str:
    assert settings.database_read_url is not None
    return settings.database_read_url.get_secret_value()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - a thing of this process, not an event
            await asyncio.sleep(0.005)


async def moves(known: KnownHead, change: Callable[[], Awaitable[object]]) -> int:
    """Make a change, wait until another version is known for sure, and return its entry."""
    before = known.present()
    assert before is not None
    await change()
    await until(lambda: (now := known.present()) is not None and now.version != before.version)
    after = known.present()
    assert after is not None
    return after.entry


async def test_it_hears_of_whatever_changes_public_answers(
    known: KnownHead, database: Database, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    postcodes = tmp_path / "postcodes.csv"
    postcodes.write_text("postcode,la_code,lat,lon\nCV1 2WT,331,52.41,-1.51\n")

    async def rebuilt() -> None:
        async with transaction(database, OPERATOR) as session:
            await rebuild(session)

    published = await moves(known, lambda: put_on_register(database, make_provider()))
    assert published == 1
    assert await moves(known, rebuilt) == 1
    assert await moves(known, lambda: bring_postcodes(database, postcodes)) == 1


async def test_a_lost_connection_is_doubted_at_once_and_made_anew(
    known: KnownHead, database: Database, owner: asyncpg.Connection
) -> None:
    sure = known.present()
    ended = await owner.fetchval(
        f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {MINE}"  # noqa: S608
    )
    await put_on_register(database, make_provider())
    await until(lambda: (now := known.present()) is not None and now.entry == 1)

    assert (ended, sure is not None) == (1, True)


async def test_it_looks_by_itself_where_nobody_tells(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> None:
    known, stop = KnownHead(), asyncio.Event()
    pace = Pace(look_seconds=0.02)
    task = asyncio.create_task(watch(known, read_url(settings), stop, pace=pace))
    await until(lambda: known.present() is not None)
    await owner.execute("UPDATE ledger_head SET entry = entry + 3, recorded_at = now()")

    await until(lambda: (now := known.present()) is not None and now.entry == 3)
    stop.set()
    await task
    assert known.present() is None, "nobody watches any more"


async def test_a_database_that_is_away_is_waited_for(settings: Settings) -> None:
    known, stop = KnownHead(), asyncio.Event()
    task = asyncio.create_task(watch(known, "postgresql://nobody@127.0.0.1:1/none", stop))
    await asyncio.sleep(0.05)
    stop.set()
    await task

    assert known.present() is None
