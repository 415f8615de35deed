import stat
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from app.cli.surroundings import (
    PASSWORDS,
    _embedded_passwords,
    address,
    bring_up_to_date,
    database,
    opened,
)
from app.config import ConfigurationError, Environment, Settings
from app.db.roles import LOGIN, READ
from app.places.facts import local_authorities
from tests.cli.running import SECRET


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://u:p@host/x",
            "postgresql://u:p@one:5432,two:5433,three/x?target_session_attrs=primary",
            "postgresql://u:p@[::1]:5432/x",
            "postgresql://u:p@[::1]/x",
            "postgresql://u:p%2Fq%40r@host:5432/x",
            "postgresql:///x?host=/run/postgresql",
        ],
    )
    def test_whatever_a_driver_can_read_is_returned_as_it_is(self, url: str) -> None:
        assert address(SecretStr(url), "DATABASE_URL") == url

    @pytest.mark.parametrize(
        "url",
        [
            f"postgresql://u:{SECRET}@host:abc/x",
            f"postgresql://u:{SECRET}@one:5432,two:/x",
            f"postgresql://u:{SECRET}/more@host:5432/x",
            f"postgresql://u:{SECRET}#more@host:5432/x",
            f"postgresql://u:{SECRET}?more@host:5432/x",
        ],
        ids=["port", "no port", "slash", "hash", "question mark"],
    )
    def test_any_other_is_refused_without_showing_it(self, url: str) -> None:
        with pytest.raises(ConfigurationError, match="DATABASE_URL cannot be read") as refused:
            address(SecretStr(url), "DATABASE_URL")

        assert SECRET not in str(refused.value)
        assert "%2F" in str(refused.value)

    def test_one_that_is_not_set_is_named(self) -> None:
        with pytest.raises(ConfigurationError, match=r"^DATABASE_OWNER_URL is not set\.$"):
            address(None, "DATABASE_OWNER_URL")


class TestDatabase:
    def test_one_that_is_configured_is_used_as_it_is(self, tmp_path: Path) -> None:
        url = SecretStr("postgresql://u:p@127.0.0.1:1/x")
        settings = Settings(database_url=url, database_read_url=url, data_dir=tmp_path / "data")

        with database(settings) as reached:
            assert (reached.settings, reached.embedded) == (settings, False)

        assert not settings.data_dir.exists()

    def test_production_never_falls_back_to_the_embedded_one(self, tmp_path: Path) -> None:
        settings = Settings(environment=Environment.PRODUCTION, data_dir=tmp_path / "data")

        with (
            pytest.raises(ConfigurationError, match="DATABASE_URL must be set"),
            database(settings),
        ):
            pass

        assert not settings.data_dir.exists()


class TestBringUpToDate:
    async def test_brings_back_facts_about_places_that_were_lost(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        count = "SELECT count(*) FROM local_authorities"
        # As a replica: what refers to them is left alone, and so are those who would refuse.
        await owner.execute("SET session_replication_role = replica; DELETE FROM local_authorities")

        migrated = await bring_up_to_date(settings)

        assert migrated.before == migrated.after
        assert await owner.fetchval(count) == len(local_authorities())

    async def test_gives_the_roles_the_passwords_in_the_addresses(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        assert settings.database_read_url is not None
        assert settings.role_prefix is not None
        role = f"{settings.role_prefix}_read"
        former = await owner.fetchval("SELECT rolpassword FROM pg_authid WHERE rolname = $1", role)

        await bring_up_to_date(settings)

        assert former != await owner.fetchval(
            "SELECT rolpassword FROM pg_authid WHERE rolname = $1", role
        )
        session = await asyncpg.connect(settings.database_read_url.get_secret_value())
        await session.close()


class TestOpened:
    async def test_an_address_must_be_there(self) -> None:
        with pytest.raises(ConfigurationError, match="DATABASE_URL is not set"):
            async with opened(Settings(database_url=None)):
                pass


class TestEmbeddedPasswords:
    def test_are_made_once_and_kept_for_this_user_alone(self, tmp_path: Path) -> None:
        made = _embedded_passwords(tmp_path)

        assert _embedded_passwords(tmp_path) == made
        assert made.keys() == {LOGIN, READ}
        assert made[LOGIN] != made[READ]
        assert min(map(len, made.values())) >= 32
        assert [path.name for path in tmp_path.iterdir()] == [PASSWORDS]
        assert stat.S_IMODE((tmp_path / PASSWORDS).stat().st_mode) == 0o600
