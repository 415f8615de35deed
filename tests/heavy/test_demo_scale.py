import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import orjson
import pytest

from app.access import OPERATOR
from app.config import Settings
from app.db.transactions import Database, reading
from app.demo.plan import plan
from app.demo.writing import write_in_bulk
from app.ledger import service as ledger
from app.register.verifying import stale_documents
from tests.databases import TestServer, copied_database, opened_database
from tests.demo.registers import whole_register
from tests.demo.running import COMMAND, REPOSITORY, environment
from tests.heavy.memory import output_and_megabytes

pytestmark = pytest.mark.heavy

MANY, SEVERAL = 10_000, 3_000
MOST_MEGABYTES = 400
SOON = 0.05


@contextmanager
def demo(settings: Settings, providers: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command in a process of its own; whatever happens, it does not outlive the block."""
    process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        [*COMMAND, "--providers", str(providers), "--json"],
        cwd=REPOSITORY,
        env=environment(settings),
        stdout=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def result_of(settings: Settings, providers: int) -> tuple[dict[str, Any], int]:
    """Run the command to its end; return what it said and the most memory it held, megabytes."""
    with demo(settings, providers) as process:
        said, megabytes = output_and_megabytes(process)
    assert process.returncode == 0
    return orjson.loads(said), megabytes


async def faults(database: Database) -> list[Any]:
    """Return entries whose hashes are wrong, and providers whose read model is."""
    async with reading(database, OPERATOR) as session:
        return [*await ledger.broken_entries(session), *await stale_documents(session)]


async def kill_when(
    settings: Settings, owner: asyncpg.Connection, question: str, least: int
) -> None:
    """Kill a run once a number in its register is large enough."""
    with demo(settings, SEVERAL) as process:
        while await owner.fetchval(question) < least:
            assert process.poll() is None, "it ended before it could be killed"
            await asyncio.sleep(SOON)
        process.kill()
        process.wait()


async def test_ten_thousand_are_written_whole_in_bounded_memory(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> None:
    facts, megabytes = await asyncio.to_thread(result_of, settings, MANY)

    assert facts["providers"] == MANY
    assert await owner.fetchval("SELECT count(*) FROM register_search") == facts["public"]
    assert await owner.fetchval("SELECT count(*) FROM ledger_entries") == facts["entries"]
    assert await faults(database) == []
    assert megabytes < MOST_MEGABYTES


@pytest.mark.parametrize("entries", [1, 1_000, 3_000])
async def test_a_killed_run_is_continued_to_the_register_it_would_have_been(
    entries: int,
    settings: Settings,
    database: Database,
    owner: asyncpg.Connection,
    postgres: TestServer,
) -> None:
    await kill_when(settings, owner, "SELECT entry FROM ledger_head", entries)

    facts, _ = await asyncio.to_thread(result_of, settings, SEVERAL)

    assert facts["continued_after"] >= SEVERAL + entries
    assert await faults(database) == []
    async with copied_database(postgres) as others:
        async with opened_database(others) as whole:
            await write_in_bulk(whole, plan(SEVERAL, 1), lambda *_: None)
        assert await whole_register(settings) == await whole_register(others)


async def test_a_run_killed_while_it_records_is_continued(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> None:
    await kill_when(settings, owner, "SELECT count(*) FROM providers", 1)

    facts, _ = await asyncio.to_thread(result_of, settings, SEVERAL)

    assert facts["continued_after"] >= 1_000
    assert await owner.fetchval("SELECT count(*) FROM providers") == SEVERAL
    assert await owner.fetchval("SELECT entry FROM ledger_head") == facts["entries"]
    assert await faults(database) == []
