"""Whoever makes a file of the register is killed in its midst: nobody is ever sent a half."""

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest

from app import clock
from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.files.filing import filing_of
from app.main import create_app
from app.register.renditions import FOLDER, keep_files
from tests.databases import ROLE_PREFIX
from tests.factories.providers import make_provider, put_on_register

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = 4
LARGE = """
    INSERT INTO register_search SELECT n, 'listed', 'x', '', '{}', '{}'
      FROM generate_series(1000, 40000) n;
    INSERT INTO register_documents SELECT n, 'X' || n, 1, 3, '{}',
      convert_to('{"number":"' || repeat('x', 4000) || '"}', 'UTF8')
      FROM generate_series(1000, 40000) n;
"""
"""A read model of 160 MB that nobody published; what stands in it is not looked at."""


def begin(settings: Settings) -> "subprocess.Popen[bytes]":
    assert settings.database_url is not None
    assert settings.database_read_url is not None
    addresses = [
        one.get_secret_value() for one in (settings.database_url, settings.database_read_url)
    ]
    return subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        [
            *(sys.executable, "-m", "tests.heavy.rendition_program", *addresses, ROLE_PREFIX),
            str(settings.data_dir),
        ],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


async def kill_in_its_midst(settings: Settings, number: int) -> None:
    """Kill the maker once a half of another file has grown, ever larger with each number."""
    folder = settings.data_dir / "files" / FOLDER
    before = set(folder.glob("*#*"))
    maker = begin(settings)
    try:
        while not any(
            half.stat().st_size > number * 10_000_000 for half in set(folder.glob("*#*")) - before
        ):
            assert maker.poll() is None, "it ended before it was killed"
            await asyncio.sleep(0.005)
    finally:
        maker.kill()
        maker.wait()


async def test_a_file_is_sent_whole_or_made_while_it_is_sent(
    settings: Settings, database: Database, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await put_on_register(database, make_provider("A"))
    await owner.execute(LARGE)
    small = settings.model_copy(update={"data_dir": tmp_path, "download_kept_from": 2})
    for number in range(KILLS):
        await kill_in_its_midst(small, number)
    halves = list((tmp_path / "files" / FOLDER).iterdir())
    assert len(halves) == KILLS
    assert await owner.fetchval("SELECT count(*) FROM register_renditions") == 0

    app = create_app(small)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x.test") as client,
    ):
        made = await client.get("/v1/register/download")
        assert begin(small).wait(timeout=60) == 0
        kept = await client.get("/v1/register/download")
    assert ("Content-Length" in made.headers, "Content-Length" in kept.headers) == (False, True)
    assert made.content == kept.content

    with clock.at(clock.now() + timedelta(days=2)):
        async with transaction(database, WORKER) as session:
            await keep_files(small, filing_of(small))(session, {})
    assert not any(half.exists() for half in halves)
    assert len(list((tmp_path / "files" / FOLDER).iterdir())) == 1
