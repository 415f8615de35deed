"""Databases for tests: one server a test worker, one migrated template, a copy for whoever asks."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import asyncpg
from pydantic import SecretStr

from app import clock
from app.cli.surroundings import bring_up_to_date
from app.config import Settings
from app.db.embedded.connection import Connection
from app.db.embedded.supervisor import server
from app.db.engine import open_engine
from app.db.transactions import Database
from app.handlers import INSIDE
from app.keyring.ring import new_keyring
from app.keyring.ring import save as save_keyring

ROLE_PREFIX = "ap"
TEMPLATE = "ap"
PASSWORD = "for tests only"
ROOM_BYTES = 6_000_000_000
"""What a server's data and log may come to, twice over, with something to spare."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class TestServer:
    """A running PostgreSQL with the migrated template in it."""

    __test__ = False
    connection: Connection
    keyring_file: Path

    def settings(self, database: str) -> Settings:
        """Return the settings of a service on one of its databases."""

        def url(role: str) -> SecretStr:
            return SecretStr(self.connection.url(database, f"{ROLE_PREFIX}_{role}", PASSWORD))

        addresses = {
            "database_url": url("login"),
            "database_read_url": url("read"),
            "database_owner_url": SecretStr(self.connection.url(database)),
        }
        return self._settings.model_copy(update=addresses)

    @cached_property
    def _settings(self) -> Settings:
        """Checked once: the surroundings are read for each field, and do not change."""
        return Settings(
            database_url=SecretStr(self.connection.url(TEMPLATE)),
            database_read_url=SecretStr(self.connection.url(TEMPLATE)),
            role_prefix=ROLE_PREFIX,
            keyring_file=self.keyring_file,
            rate_limit="1000000/minute",
            log_level="WARNING",
        )


@contextmanager
def roomy_folder(usual: Path) -> Iterator[Path]:
    """Let a test server's files lie in memory where there is room, which halves the time of a copy.

    Args:
        usual: where they lie otherwise.
    """
    memory = Path("/dev/shm")  # noqa: S108 - one of our own is made in it
    usable = memory.is_dir() and os.access(memory, os.W_OK)
    if not usable or shutil.disk_usage(memory).free < ROOM_BYTES:
        yield usual
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="ap-register-tests-") as made:
        Path(made).chmod(0o755)  # the server may have to run as another user
        yield Path(made)


@contextmanager
def running_server(folder: Path) -> Iterator[TestServer]:
    """Start a server that need not survive a crash, and build the template."""
    with server(Settings(data_dir=folder), fast_and_unsafe=True) as connection:
        keyring_file = folder / "keyring.json"
        save_keyring(new_keyring(clock.now()), keyring_file)
        made = TestServer(connection, keyring_file)
        asyncio.run(execute(made, "postgres", f"CREATE DATABASE {TEMPLATE}"))
        asyncio.run(bring_up_to_date(made.settings(TEMPLATE)))
        yield made


async def execute(on: TestServer, database: str, *statements: str) -> None:
    """Run statements as the superuser, each by itself."""
    link = await asyncpg.connect(on.connection.url(database))
    try:
        for statement in statements:
            await link.execute(statement)
    finally:
        await link.close()


def new_name() -> str:
    """Return a name that no database has had."""
    return f"copy_{next(_numbers)}"


@asynccontextmanager
async def copied_database(on: TestServer, template: str = TEMPLATE) -> AsyncIterator[Settings]:
    """Copy a database for one test, and drop the copy afterwards."""
    name = new_name()
    await execute(on, "postgres", f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield on.settings(name)
    finally:
        await execute(on, "postgres", f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[Database]:
    """Open a database as the service does."""
    assert settings.database_url is not None
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=20)
    try:
        yield Database(engine, ROLE_PREFIX, INSIDE)
    finally:
        await engine.dispose()
