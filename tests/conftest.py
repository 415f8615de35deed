"""Fixtures everybody uses."""

import gc
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest

from app import log
from app.config import Settings
from app.db.transactions import Database
from app.main import create_app
from tests.audit.trails import leaves_a_trail
from tests.databases import (
    TestServer,
    opened_database,
    roomy_folder,
    running_server,
)
from tests.kept_databases import KeptDatabases, kept_databases

gc.disable()  # until all is loaded, and stays: a fifth of the time of loading was its


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave be what stays to the end: a tenth of the time was its."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """Logs as the service writes them; the library's own way draws each failure in a frame."""
    log.set_up("text", "WARNING")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestServer]:
    """One server for this worker."""
    usual = tmp_path_factory.mktemp("postgres")
    with roomy_folder(usual) as folder, running_server(folder) as made:
        yield made


@pytest.fixture(scope="session")
async def databases(postgres: TestServer) -> AsyncIterator[KeptDatabases]:
    """This worker's copies of the template, each for one test at a time."""
    async with kept_databases(postgres) as made:
        yield made


@pytest.fixture
async def settings(databases: KeptDatabases) -> AsyncIterator[Settings]:
    """Settings of a service on an empty register of this test's own."""
    async with databases.lent() as made:
        yield made


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """This test's register, opened as the service opens it."""
    async with opened_database(settings) as opened:
        yield opened


@pytest.fixture
async def owner(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's look at this test's register, past every rule."""
    assert settings.database_owner_url is not None
    connection = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    yield connection
    await connection.close()


@pytest.fixture
async def public(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """The public's look at this test's register: the read role, which may see little."""
    assert settings.database_read_url is not None
    connection = await asyncpg.connect(settings.database_read_url.get_secret_value())
    yield connection
    await connection.close()


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """An ordinary client of the service on this test's register."""
    app = create_app(settings)
    async with app.router.lifespan_context(app), leaves_a_trail(app, settings) as hook:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport,
            base_url="http://register.test",
            event_hooks={"response": [hook]},
        ) as made:
            yield made
