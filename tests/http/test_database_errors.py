from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.errors import ConflictError
from app.http.database_errors import refusal_for
from tests.databases import TestServer, execute


class TakenError(ConflictError):
    """Taken."""


KNOWN = {"uq_name": TakenError}


def postgres_error(state: str, constraint: str = "") -> asyncpg.PostgresError:
    fields = {"C": state, "M": "message"} | ({"n": constraint} if constraint else {})
    return asyncpg.PostgresError.new(fields)


def adapted(cause: BaseException) -> Exception:
    """Wrap an error as SQLAlchemy's asyncpg dialect does."""
    orig = RuntimeError("adapted")
    orig.__cause__ = cause
    return DBAPIError("SELECT", {}, orig)


@pytest.mark.parametrize("state", ["23505", "23514", "23503", "23P01", "23502"])
def test_a_known_constraint_is_found_in_either_wrapping(state: str) -> None:
    plain = postgres_error(state, "uq_name")

    assert isinstance(refusal_for(plain, KNOWN), TakenError)
    assert isinstance(refusal_for(adapted(plain), KNOWN), TakenError)


def test_a_pool_with_no_connection_free_is_for_later() -> None:
    refusal = refusal_for(PoolTimeoutError(), KNOWN)

    assert refusal is not None
    assert (refusal.status, refusal.headers) == (503, {"Retry-After": "5"})
    assert "busier" in refusal.detail


def test_an_unknown_or_unnamed_constraint_is_our_fault() -> None:
    assert refusal_for(postgres_error("23505", "uq_other"), KNOWN) is None
    assert refusal_for(postgres_error("23502"), KNOWN) is None
    assert refusal_for(IntegrityError("INSERT", {}, RuntimeError()), KNOWN) is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("57014", "took longer"),
        ("25P03", "took longer"),
        ("57P01", "cannot reach"),
        ("57P03", "cannot reach"),
        ("08006", "cannot reach"),
        ("08003", "cannot reach"),
        ("53300", "cannot reach"),
        ("40001", "Someone else"),
        ("40P01", "Someone else"),
        ("55P03", "Someone else"),
    ],
)
def test_what_passes_by_itself_is_unavailable(state: str, words: str) -> None:
    for error in (postgres_error(state), adapted(postgres_error(state))):
        refusal = refusal_for(error, KNOWN)
        assert refusal is not None
        assert refusal.status == 503
        assert words in refusal.detail
        assert refusal.headers == {"Retry-After": "5"}


class TestWhatTheDriversReallyRaise:
    async def test_a_broken_constraint_carries_its_name(self, postgres: TestServer) -> None:
        async with connected(postgres) as connection:
            await connection.execute(text("CREATE TEMP TABLE t (a int CONSTRAINT uq_name UNIQUE)"))
            await connection.execute(text("INSERT INTO t VALUES (1)"))
            with pytest.raises(IntegrityError) as raised:
                await connection.execute(text("INSERT INTO t VALUES (1)"))

        assert isinstance(refusal_for(raised.value, KNOWN), TakenError)

    async def test_a_statement_that_takes_too_long_is_unavailable(
        self, postgres: TestServer
    ) -> None:
        async with connected(postgres) as connection:
            await connection.execute(text("SET LOCAL statement_timeout = 10"))
            with pytest.raises(DBAPIError) as raised:
                await connection.execute(text("SELECT pg_sleep(60)"))

        assert_unavailable(raised.value, "took longer")

    async def test_a_connection_that_was_cut_is_unavailable(self, postgres: TestServer) -> None:
        async with connected(postgres) as connection:
            own = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            await execute(postgres, "postgres", f"SELECT pg_terminate_backend({own})")
            with pytest.raises(DBAPIError) as raised:
                await connection.execute(text("SELECT 1"))

        assert_unavailable(raised.value, "cannot reach")


@asynccontextmanager
async def connected(postgres: TestServer) -> AsyncIterator[AsyncConnection]:
    """Open a connection through SQLAlchemy, as the service does; nothing done on it stays."""
    address = postgres.connection.url("postgres")
    engine = create_async_engine(address.replace("postgresql://", "postgresql+asyncpg://", 1))
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def assert_unavailable(error: Exception, words: str) -> None:
    refusal = refusal_for(error, KNOWN)
    assert refusal is not None
    assert refusal.status == 503
    assert words in refusal.detail


@pytest.mark.parametrize("error", [ConnectionRefusedError, ConnectionResetError, BrokenPipeError])
def test_a_server_that_does_not_listen_or_hangs_up_is_unavailable(error: type[OSError]) -> None:
    refusal = refusal_for(error(111, "10.0.0.5:5432"), KNOWN)

    assert refusal is not None
    assert refusal.status == 503
    assert "10.0.0.5" not in refusal.detail


@pytest.mark.parametrize(
    "error",
    [postgres_error("42501"), postgres_error("42P01"), postgres_error("99999"), ValueError()],
)
def test_everything_else_is_our_fault(error: Exception) -> None:
    assert refusal_for(error, KNOWN) is None
    assert refusal_for(adapted(error), KNOWN) is None
