"""A real standby, held up: it answers nothing behind what was told, and a promoted one is heard."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import asyncpg
import pytest
from pydantic import SecretStr

from app.config import Settings
from app.db.embedded.connection import Connection
from app.db.read_pool import open_read_pool
from app.db.transactions import Database
from app.errors import UnavailableError
from app.register.heads import KnownHead, admit, is_standby, see_head
from app.register.watching import Pace, watch
from tests.databases import TestServer, opened_database
from tests.factories.providers import make_provider, put_on_register
from tests.heavy.standbys import address_on, standby_of

pytestmark = pytest.mark.heavy


@pytest.fixture
async def standby(postgres: TestServer, settings: Settings) -> AsyncIterator[Connection]:
    """A standby of this worker's server, with this test's register in it."""
    async with standby_of(postgres) as made:
        yield made


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - a thing of this process, not an event
            await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(address: str, look_seconds: float) -> AsyncIterator[KnownHead]:
    """Watch a head, and look at it so often by itself."""
    known, stop = KnownHead(), asyncio.Event()
    task = asyncio.create_task(watch(known, address, stop, pace=Pace(look_seconds=look_seconds)))
    await until(lambda: known.present() is not None)
    yield known
    stop.set()
    await task


def knows(known: KnownHead, entry: int) -> Callable[[], bool]:
    """Return whether this entry is known for sure."""
    return lambda: (now := known.present()) is not None and now.entry == entry


async def test_a_standby_that_lags_answers_nothing_behind_what_was_told(
    postgres: TestServer, settings: Settings, database: Database, standby: Connection
) -> None:
    read_url = _on(standby, settings.database_read_url).get_secret_value()
    both = address_on([standby, postgres.connection], read_url)
    replay = await asyncpg.connect(standby.url(read_url.rpartition("/")[2]))
    async with watched(both, 600) as known, watched(read_url, 0.1) as alone:
        await replay.execute("SELECT pg_wal_replay_pause()")
        await put_on_register(database, make_provider())
        # Of both hosts the primary is listened to, though it is named last.
        await until(knows(known, 1))
        assert knows(alone, 0)()

        async with await open_read_pool(read_url, size=2, admit=partial(admit, known)) as pool:
            async with pool.acquire() as connection:
                assert is_standby(connection)
                assert (await see_head(connection))[0].entry == 0
            known.tell(1)
            alone.tell(1)
            with pytest.raises(UnavailableError):
                await pool.fetchval("SELECT 1")
            assert alone.present() is None

            await replay.execute("SELECT pg_wal_replay_resume()")
            async with pool.acquire() as connection:
                assert (await see_head(connection))[0].entry == 1
        await until(knows(alone, 1))
    await replay.close()


async def test_a_standby_that_is_promoted_is_listened_to(
    settings: Settings, standby: Connection
) -> None:
    promoted = settings.model_copy(
        update={"database_url": _on(standby, settings.database_url), "database_read_url": None}
    )
    read_url = _on(standby, settings.database_read_url).get_secret_value()
    commands = await asyncpg.connect(standby.url(read_url.rpartition("/")[2]))
    async with watched(read_url, 0.1) as known:
        assert is_standby(commands)
        await commands.fetchval("SELECT pg_promote()")
        async with opened_database(promoted) as elsewhere:
            await put_on_register(elsewhere, make_provider())
        await until(knows(known, 1))
        assert not is_standby(commands)
    await commands.close()


def _on(host: Connection, like: SecretStr | None) -> SecretStr:
    assert like is not None
    return SecretStr(address_on([host], like.get_secret_value()))
