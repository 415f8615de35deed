import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.access import OPERATOR
from app.config import Settings
from app.db.engine import open_engine
from app.db.transactions import Database, reading

PID = text("SELECT pg_backend_pid()")


def login(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value()


async def test_a_parameter_never_stands_in_an_error(settings: Settings) -> None:
    engine = open_engine(login(settings))
    with pytest.raises(DBAPIError) as failed:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1 / 0 WHERE :name <> ''"), {"name": "Jo Bloggs"})
    await engine.dispose()

    assert "Jo Bloggs" not in str(failed.value)


async def test_a_host_that_does_not_answer_is_passed_over(settings: Settings) -> None:
    several = login(settings).replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:")
    engine = open_engine(several)

    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    await engine.dispose()


async def test_an_ended_connection_is_replaced_before_it_is_used(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    engine = open_engine(login(settings), pool_size=1)
    async with engine.connect() as connection:
        first = (await connection.execute(PID)).scalar_one()
    await owner.execute("SELECT pg_terminate_backend($1)", first)

    async with engine.connect() as connection:
        second = (await connection.execute(PID)).scalar_one()
    await engine.dispose()

    assert first != second


async def test_a_connection_to_a_server_that_became_read_only_is_not_kept(
    settings: Settings,
) -> None:
    """After a failover the old primary still answers, but refuses to write."""
    engine = open_engine(login(settings), pool_size=1)
    pids = []

    async def write() -> None:
        async with engine.connect() as connection:
            pids.append((await connection.execute(PID)).scalar_one())
            await connection.execute(text("SELECT set_config('transaction_read_only', 'on', true)"))
            await connection.execute(text("CREATE TABLE refused_before_any_privilege (id int)"))

    for _ in range(2):
        with pytest.raises(DBAPIError, match="read-only") as refused:
            await write()
        assert refused.value.connection_invalidated
    await engine.dispose()

    assert pids[0] != pids[1]


async def test_a_connection_that_we_asked_not_to_write_is_kept_though_somebody_tried(
    settings: Settings,
) -> None:
    """It is a fault of ours, and no failover."""
    engine = open_engine(login(settings), pool_size=1)
    database, pids = Database(engine, "ap", {}), []

    async def write() -> None:
        async with reading(database, OPERATOR) as session:
            pids.append((await session.execute(PID)).scalar_one())
            await session.execute(text("INSERT INTO providers DEFAULT VALUES"))

    for _ in range(2):
        with pytest.raises(DBAPIError, match="read-only") as refused:
            await write()
        assert not refused.value.connection_invalidated
    await engine.dispose()

    assert pids[0] == pids[1]
