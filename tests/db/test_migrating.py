import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from pydantic import SecretStr

from app.config import DEFAULT_DATABASE, ConfigurationError, Settings
from app.db.migrating import held_revision, migrate, newest_revision, role_prefix_of
from app.db.roles import LOGIN, OWNER, READ, TAKEN_ROLES, role_name
from tests.databases import TestServer, execute

SUFFIXES = (OWNER, LOGIN, READ, *TAKEN_ROLES)
CATALOGUE = """
    SELECT 'table', oid, xmin::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'policy', oid, xmin::text FROM pg_policy
    UNION ALL SELECT 'trigger', oid, xmin::text FROM pg_trigger
    UNION ALL SELECT 'revision', NULL, xmin::text FROM alembic_version ORDER BY 1, 2
"""


@asynccontextmanager
async def empty_database(on: TestServer, name: str, owner: str = "postgres") -> AsyncIterator[str]:
    await execute(on, "postgres", f"CREATE DATABASE {name} OWNER {owner}")
    try:
        yield on.connection.url(name)
    finally:
        await execute(on, "postgres", f"DROP DATABASE {name} WITH (FORCE)")
        await execute(
            on, "postgres", *(f"DROP ROLE IF EXISTS {role_name(name, one)}" for one in SUFFIXES)
        )


async def migrated(dsn: str, name: str) -> tuple[str | None, str]:
    done = await migrate(dsn, role_prefix=name, login_password="it's", read_password='r"%\\')
    return done.before, done.after


class TestMigrate:
    async def test_makes_everything_in_an_empty_database(self, postgres: TestServer) -> None:
        async with empty_database(postgres, "fresh") as dsn:
            assert await migrated(dsn, "fresh") == (None, newest_revision())

            login = await asyncpg.connect(postgres.connection.url("fresh", "fresh_login", "it's"))
            read = await asyncpg.connect(postgres.connection.url("fresh", "fresh_read", 'r"%\\'))
            assert await held_revision(read) == newest_revision()
            await login.close()
            await read.close()

    async def test_a_second_time_changes_nothing(self, postgres: TestServer) -> None:
        async with empty_database(postgres, "twice") as dsn:
            await migrated(dsn, "twice")
            connection = await asyncpg.connect(dsn)
            before = await connection.fetch(CATALOGUE)

            assert await migrated(dsn, "twice") == (newest_revision(), newest_revision())

            assert await connection.fetch(CATALOGUE) == before
            await connection.close()

    async def test_several_at_once_all_succeed_and_one_of_them_does_it(
        self, postgres: TestServer
    ) -> None:
        async with empty_database(postgres, "crowded") as dsn:
            done = await asyncio.gather(*(migrated(dsn, "crowded") for _ in range(3)))

        newest = newest_revision()
        assert sorted(done, key=str) == [(newest, newest), (newest, newest), (None, newest)]

    async def test_needs_no_superuser(self, postgres: TestServer) -> None:
        await execute(postgres, "postgres", "CREATE ROLE builder LOGIN CREATEROLE PASSWORD 'b'")
        async with empty_database(postgres, "built", owner="builder"):
            dsn = postgres.connection.url("built", "builder", "b")

            assert await migrated(dsn, "built") == (None, newest_revision())
            assert await migrated(dsn, "built") == (newest_revision(), newest_revision())
        await execute(postgres, "postgres", "DROP ROLE builder")

    async def test_a_login_that_may_not_do_this_is_told_why(self, postgres: TestServer) -> None:
        await execute(postgres, "postgres", "CREATE ROLE nobody LOGIN PASSWORD 'n'")
        async with empty_database(postgres, "refused"):
            dsn = postgres.connection.url("refused", "nobody", "n")
            with pytest.raises(ConfigurationError, match=r"could not be prepared: .*permission"):
                await migrated(dsn, "refused")
        await execute(postgres, "postgres", "DROP ROLE nobody")

    async def test_two_registers_on_one_server_share_no_role(self, postgres: TestServer) -> None:
        async with empty_database(postgres, "north") as north, empty_database(postgres, "south"):
            await migrated(north, "north")
            await migrated(postgres.connection.url("south"), "south")
            stranger = await asyncpg.connect(
                postgres.connection.url("south", "north_read", 'r"%\\')
            )
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await stranger.fetch("SELECT * FROM register_search")
            await stranger.close()


class TestRoles:
    """What the roles are, beside what they may do to tables."""

    async def test_nobody_who_serves_is_more_than_an_ordinary_role(
        self, owner: asyncpg.Connection
    ) -> None:
        rows = await owner.fetch(
            "SELECT rolname, rolcanlogin, rolinherit FROM pg_roles WHERE rolname ~ '^ap_' "
            "AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
        )

        assert {row["rolname"]: (row["rolcanlogin"], row["rolinherit"]) for row in rows} == {
            "ap_owner": (False, True),
            "ap_app": (False, True),
            "ap_matcher": (False, True),
            "ap_overseer": (False, True),
            "ap_threshold": (False, True),
            "ap_operator": (False, True),
            "ap_publisher": (False, True),
            "ap_sign_in": (False, True),
            "ap_worker": (False, True),
            "ap_login": (True, False),
            "ap_read": (True, False),
        }

    async def test_the_login_may_take_eight_roles_and_nobody_else_may_take_any(
        self, owner: asyncpg.Connection
    ) -> None:
        rows = await owner.fetch(
            "SELECT m.rolname AS member, r.rolname AS role FROM pg_auth_members a "
            "JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid "
            "WHERE m.rolname ~ '^ap_'"
        )

        assert {(row["member"], row["role"]) for row in rows} == {
            ("ap_login", "ap_app"),
            ("ap_login", "ap_matcher"),
            ("ap_login", "ap_overseer"),
            ("ap_login", "ap_threshold"),
            ("ap_login", "ap_operator"),
            ("ap_login", "ap_publisher"),
            ("ap_login", "ap_sign_in"),
            ("ap_login", "ap_worker"),
        }

    async def test_only_the_owner_may_make_tables(self, owner: asyncpg.Connection) -> None:
        rows = await owner.fetch(
            "SELECT rolname FROM pg_roles WHERE rolname ~ '^ap_' "
            "AND has_schema_privilege(oid, 'public', 'CREATE')"
        )

        assert [row["rolname"] for row in rows] == ["ap_owner"]


class TestRolePrefixOf:
    @pytest.fixture(autouse=True)
    def no_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DATABASE_URL", "ROLE_PREFIX"):
            monkeypatch.delenv(name, raising=False)

    @pytest.mark.parametrize(
        ("url", "prefix", "expected"),
        [
            (None, None, DEFAULT_DATABASE),
            (None, "mine", "mine"),
            ("postgresql://a:b@h/register", None, "register"),
            ("postgresql://a:b@h/register", "mine", "mine"),
            ("postgresql://a:b@h1:1,h2:2/north%20west?sslmode=require", None, "north west"),
            ("postgresql://a:b@h", None, DEFAULT_DATABASE),
        ],
    )
    def test_is_the_one_set_or_the_name_of_the_database(
        self, url: str | None, prefix: str | None, expected: str
    ) -> None:
        settings = Settings(database_url=SecretStr(url) if url else None, role_prefix=prefix)

        assert role_prefix_of(settings) == expected


async def test_a_database_of_somebody_else_holds_no_revision(postgres: TestServer) -> None:
    connection = await asyncpg.connect(postgres.connection.url("postgres"))

    assert await held_revision(connection) is None
    await connection.close()
