from collections.abc import AsyncIterator

import asyncpg
import orjson
import pytest

from app.cli.migrating import refuse_old_tables
from app.cli.output import Exit
from app.config import ConfigurationError, Settings
from app.db.migrating import newest_revision
from app.db.transactions import Database
from tests.cli.running import Here, addresses
from tests.databases import TestServer, execute
from tests.demo.registers import whole_register
from tests.factories.providers import make_provider, put_on_register

BARE = "bare"


@pytest.fixture
async def bare(postgres: TestServer) -> AsyncIterator[Settings]:
    """A database that nothing was ever made in."""
    await execute(postgres, "postgres", f"CREATE DATABASE {BARE}")
    yield postgres.settings(BARE)
    await execute(postgres, "postgres", f"DROP DATABASE {BARE} WITH (FORCE)")


class TestMigrate:
    async def test_an_empty_database_becomes_a_register_and_then_stays_as_it_is(
        self, bare: Settings, here: Here
    ) -> None:
        looked = await here("doctor", "--json", **addresses(bare))
        tables = orjson.loads(looked.out)["findings"][-1]
        assert (looked.code, tables["about"], tables["fine"]) == (Exit.REFUSED, "tables", False)
        assert "revision none" in tables["detail"]
        assert "run `ap-register migrate`" in tables["detail"]

        first = await here("migrate", "--json", **addresses(bare))
        made = await whole_register(bare)
        second = await here("migrate", "--json", **addresses(bare))

        newest = newest_revision()
        assert orjson.loads(first.out) == {"before": None, "after": newest}
        assert orjson.loads(second.out) == {"before": newest, "after": newest}
        assert (first.code, second.code) == (Exit.DONE, Exit.DONE)
        assert await whole_register(bare) == made
        assert (await here("doctor", **addresses(bare))).code == Exit.DONE

    async def test_says_in_words_that_nothing_had_to_be_done_and_keeps_the_data(
        self, settings: Settings, database: Database, here: Here
    ) -> None:
        await put_on_register(database, make_provider())
        before = await whole_register(settings)

        ended = await here("migrate", **addresses(settings))

        assert ended.code == Exit.DONE
        assert ended.out == f"The database is at revision {newest_revision()}. It was up to date.\n"
        assert await whole_register(settings) == before

    @pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READ_URL"])
    async def test_an_address_without_a_password_is_refused_before_anything_is_done(
        self, bare: Settings, here: Here, name: str
    ) -> None:
        given = addresses(bare)
        login, _, rest = given[name].rpartition("@")
        given[name] = f"{login.rpartition(':')[0]}@{rest}"

        ended = await here("migrate", **given)

        assert ended.code == Exit.SURROUNDINGS
        assert f"{name} carries no password" in ended.err


class TestRefuseOldTables:
    async def test_present_tables_are_let_through_and_left_as_they_are(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        before = await whole_register(settings)

        await refuse_old_tables(settings)

        revision = await owner.fetchval("SELECT version_num FROM alembic_version")
        assert revision == newest_revision()
        assert await whole_register(settings) == before

    @pytest.mark.parametrize("revision", ["0001", "9999"])
    async def test_tables_of_another_release_are_refused_with_both_revisions(
        self, settings: Settings, owner: asyncpg.Connection, revision: str
    ) -> None:
        await owner.execute("UPDATE alembic_version SET version_num = $1", revision)

        message = f"at revision {revision} and this release needs {newest_revision()}. Run `ap-reg"
        with pytest.raises(ConfigurationError, match=message):
            await refuse_old_tables(settings)

    async def test_a_database_without_tables_is_refused(self, bare: Settings) -> None:
        with pytest.raises(ConfigurationError, match="at revision none"):
            await refuse_old_tables(bare)
