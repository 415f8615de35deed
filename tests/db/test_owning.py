import asyncpg
import pytest

from app.config import Settings
from app.db.owning import as_owner, create_database
from tests.databases import TestServer, execute

NAMED = "SELECT count(*) FROM pg_database WHERE datname = $1"


def address(settings: Settings) -> str:
    assert settings.database_owner_url is not None
    return settings.database_owner_url.get_secret_value()


class TestCreateDatabase:
    async def test_makes_a_database_once_whatever_it_is_called(
        self, postgres: TestServer, owner: asyncpg.Connection
    ) -> None:
        name = 'north "west"'
        for _ in range(2):
            await create_database(postgres.connection.url("postgres"), name)

        assert await owner.fetchval(NAMED, name) == 1
        await execute(postgres, "postgres", 'DROP DATABASE "north ""west"""')


class TestAsOwner:
    async def test_works_as_the_owner_and_commits(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async with as_owner(address(settings), "ap") as connection:
            assert await connection.fetchval("SELECT current_user") == "ap_owner"
            await connection.execute("CREATE TABLE made ()")

        found = await owner.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'made'")
        assert found == "ap_owner"

    async def test_an_error_undoes_everything(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        async def fail() -> None:
            async with as_owner(address(settings), "ap") as connection:
                await connection.execute("CREATE TABLE made ()")
                raise RuntimeError("planted")

        with pytest.raises(RuntimeError, match="planted"):
            await fail()

        assert await owner.fetchval("SELECT to_regclass('made')") is None
