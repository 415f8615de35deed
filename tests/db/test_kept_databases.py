"""A database that a test has used is as the template is when the next is lent it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from app.config import Settings
from tests.databases import TEMPLATE, TestServer
from tests.kept_databases import KeptDatabases, kept_databases

AT_REST = """
SELECT 'table ' || c.oid::regclass || ' ' || coalesce(c.relacl::text, '') || c.relrowsecurity
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'column ' || attrelid::regclass || attname || attnotnull || atttypid::regtype
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT attisdropped
UNION ALL SELECT 'trigger ' || tgrelid::regclass || tgname || tgenabled::text FROM pg_trigger
UNION ALL SELECT 'constraint ' || conrelid || conname || pg_get_constraintdef(oid)
FROM pg_constraint
UNION ALL SELECT 'function ' || oid::regprocedure || prosrc FROM pg_proc
UNION ALL SELECT 'policy ' || polrelid::regclass || polname FROM pg_policy
UNION ALL SELECT 'statistics ' || count(*) FROM pg_statistic
UNION ALL SELECT 'sequence ' || sequencename || ' ' || coalesce(last_value::text, 'not drawn from')
FROM pg_sequences
ORDER BY 1
"""
NOTED = """
INSERT INTO audit_entries (id, recorded_at, actor_kind, actor_name, roles, act, outcome)
VALUES (gen_random_uuid(), now(), 'operator', 'Op', ARRAY[]::text[], 'x', 'done')
"""
GONE = "DELETE FROM audit_entries"
ROWS = {
    "nothing": "SELECT 1",
    "a changed row of the template's": "UPDATE organisations SET name = name || ' (changed)'",
    "rows removed": "DELETE FROM postcode_areas",
    "what is not for changing": "INSERT INTO alembic_version VALUES ('x')",
    "numbers drawn": "SELECT nextval(oid) FROM pg_class WHERE relkind = 'S'",
    "what was rolled back": "BEGIN; UPDATE postcode_areas SET area = area || 'x'; ROLLBACK",
}
BESIDE_ROWS = {
    "a table": "CREATE TABLE more (id int)",
    "a temporary table": "CREATE TEMPORARY TABLE more (id int)",
    "a trigger put off": "ALTER TABLE audit_entries DISABLE TRIGGER USER",
    "a constraint": "ALTER TABLE organisations ADD CHECK (name <> '')",
    "a right": "GRANT SELECT ON providers TO PUBLIC",
    "a policy put off": "ALTER TABLE providers DISABLE ROW LEVEL SECURITY",
    "a function": "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a table emptied": "TRUNCATE postcode_districts",
    "what the planner knows": "ANALYZE organisations",
    "a setting": "ALTER DATABASE {name} SET work_mem = '64kB'",
}


@pytest.fixture
async def kept(postgres: TestServer) -> AsyncIterator[KeptDatabases]:
    """Databases of this test's own, so that it knows which comes next."""
    async with kept_databases(postgres) as made:
        yield made


async def held(connection: asyncpg.Connection) -> dict[str, Any]:
    """Return all that a database holds."""
    tables = await connection.fetch(
        "SELECT oid::regclass::text AS name FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    found = {
        name: await connection.fetch(f"SELECT t::text FROM {name} t ORDER BY 1")  # noqa: S608
        for (name,) in tables
    }
    return {**found, "at rest": await connection.fetch(AT_REST)}


def owner_url(settings: Settings) -> str:
    assert settings.database_owner_url is not None
    return settings.database_owner_url.get_secret_value()


async def looked_at(url: str) -> dict[str, Any]:
    connection = await asyncpg.connect(url)
    try:
        return await held(connection)
    finally:
        await connection.close()


async def oid_of(settings: Settings) -> int:
    connection = await asyncpg.connect(owner_url(settings))
    try:
        found: int = await connection.fetchval(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        )
        return found
    finally:
        await connection.close()


async def used(kept: KeptDatabases, statement: str) -> int:
    """Use a database as a test would, and return which it was."""
    async with kept.lent() as settings:
        connection = await asyncpg.connect(owner_url(settings))
        name = await connection.fetchval("SELECT current_database()")
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(statement.format(name=name))
        await connection.close()
        return await oid_of(settings)


@pytest.mark.parametrize("statement", ROWS.values(), ids=ROWS)
async def test_changed_rows_are_put_back(
    kept: KeptDatabases, postgres: TestServer, statement: str
) -> None:
    before = await looked_at(postgres.connection.url(TEMPLATE))

    for _ in range(2):  # what was put back is counted too, and must not hide what comes after it
        first = await used(kept, statement)
        async with kept.lent() as settings:
            assert await oid_of(settings) == first
            assert await looked_at(owner_url(settings)) == before


@pytest.mark.parametrize("statement", BESIDE_ROWS.values(), ids=BESIDE_ROWS)
async def test_whatever_else_was_changed_is_not_met_again(
    kept: KeptDatabases, postgres: TestServer, statement: str
) -> None:
    before = await looked_at(postgres.connection.url(TEMPLATE))

    first = await used(kept, statement)
    async with kept.lent() as settings:
        assert await oid_of(settings) != first
        assert await looked_at(owner_url(settings)) == before


async def test_history_that_nobody_may_delete_is_put_back_and_stays_guarded(
    kept: KeptDatabases, postgres: TestServer
) -> None:
    before = await looked_at(postgres.connection.url(TEMPLATE))
    first = await used(kept, NOTED)
    async with kept.lent() as settings:
        assert await oid_of(settings) == first
        assert await looked_at(owner_url(settings)) == before
        connection = await asyncpg.connect(owner_url(settings))
        await connection.execute(NOTED)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await connection.execute(GONE)
        await connection.close()


async def test_whoever_stayed_connected_is_put_out_and_finds_nothing_under_the_old_name(
    kept: KeptDatabases,
) -> None:
    async with kept.lent() as settings:
        stays = await asyncpg.connect(owner_url(settings))
        await stays.execute("BEGIN; UPDATE organisations SET name = name || ' (unfinished)'")
    async with kept.lent() as following:
        with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError)):
            await stays.execute("SELECT 1")
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await asyncpg.connect(owner_url(settings))
        connection = await asyncpg.connect(owner_url(following))
        changed = "SELECT count(*) FROM organisations WHERE name LIKE '%(unfinished)'"
        assert await connection.fetchval(changed) == 0
        await connection.close()


async def test_two_at_once_are_two(kept: KeptDatabases) -> None:
    async with kept.lent() as one, kept.lent() as other:
        found = await asyncio.gather(oid_of(one), oid_of(other))

    assert found[0] != found[1]
