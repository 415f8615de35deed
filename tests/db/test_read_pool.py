import asyncpg
import pytest

from app.config import Settings
from app.db.read_pool import check_pool, open_read_pool


def address(settings: Settings) -> str:
    assert settings.database_read_url is not None
    return settings.database_read_url.get_secret_value()


async def test_nothing_can_be_written_through_it(settings: Settings) -> None:
    async with await open_read_pool(address(settings)) as pool:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await pool.execute("INSERT INTO register_words VALUES ('a', 1)")


async def test_nothing_can_be_written_by_its_role_even_when_writing_is_turned_on(
    public: asyncpg.Connection,
) -> None:
    await public.execute("SET default_transaction_read_only = off")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await public.execute("INSERT INTO register_words VALUES ('a', 1)")


async def test_a_statement_that_takes_too_long_is_stopped(settings: Settings) -> None:
    async with await open_read_pool(address(settings), timeout_ms=50) as pool:
        with pytest.raises(asyncpg.QueryCanceledError, match="statement timeout"):
            await pool.execute("SELECT pg_sleep(5)")
        assert await pool.fetchval("SELECT 1") == 1


async def test_a_pool_of_one_is_allowed(settings: Settings) -> None:
    async with await open_read_pool(address(settings), size=1) as pool:
        assert pool.get_max_size() == 1
        await check_pool(pool)


async def test_it_takes_no_role_and_cannot_take_one(public: asyncpg.Connection) -> None:
    assert await public.fetchval("SELECT current_user") == "ap_read"

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await public.execute("SET ROLE ap_operator")
