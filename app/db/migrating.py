"""Bringing a database up to this release: its extensions, its roles, its tables.

Safe to run at every start and by several processes at once: an advisory lock lets one through, and
what is already there is left alone.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.config import DEFAULT_DATABASE, ConfigurationError, Settings
from app.db.engine import open_engine
from app.db.roles import LOGIN, OWNER, READ, TAKEN_ROLES, quoted, role_name

REPOSITORY = Path(__file__).resolve().parents[2]
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
OLDEST_SERVER = 15
_LOCK = 7_216_010


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a run of `migrate` found and left.

    Attributes:
        before: the revision it found, or `None` in an empty database.
        after: the revision it left.
    """

    before: str | None
    after: str


def role_prefix_of(settings: Settings) -> str:
    """Return what comes before this database's role names."""
    if settings.role_prefix:
        return settings.role_prefix
    if settings.database_url is None:
        return DEFAULT_DATABASE
    name = unquote(urlsplit(settings.database_url.get_secret_value()).path.lstrip("/"))
    return name or DEFAULT_DATABASE


async def migrate(
    owner_dsn: str, *, role_prefix: str, login_password: str, read_password: str
) -> Migrated:
    """Make the roles and bring the tables to the newest revision.

    Args:
        owner_dsn: an address that may create roles, and owns the database or is a superuser.
        role_prefix: what comes before the role names.
        login_password: what the service will log in with.
        read_password: what the public read pool will log in with.

    Raises:
        ConfigurationError: the server is too old, or the login given may not do this.
    """
    engine = open_engine(owner_dsn)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            passwords = {LOGIN: login_password, READ: read_password}
            try:
                await _prepare(connection, role_prefix, passwords)
            except DBAPIError as error:
                message = f"The database could not be prepared: {error.orig}"
                raise ConfigurationError(message) from error
            await become_owner(connection, role_prefix)
            before = await connection.run_sync(current_revision)
            await connection.commit()
            await connection.run_sync(_upgrade, role_prefix)
            after = await connection.run_sync(current_revision)
            await connection.commit()
            if after is None:
                message = "No migrations were found beside the application."
                raise ConfigurationError(message)
            return Migrated(before, after)
    finally:
        await engine.dispose()


async def become_owner(connection: AsyncConnection, role_prefix: str) -> None:
    """Let everything that follows on this connection be made, and owned, by the owner role."""
    await connection.execute(text(f"SET ROLE {quoted(role_name(role_prefix, OWNER))}"))
    await connection.commit()


def current_revision(connection: Connection) -> str | None:
    """Return the revision the database is at, or `None` when it holds nothing of ours."""
    return MigrationContext.configure(connection).get_current_revision()


async def held_revision(connection: asyncpg.Connection) -> str | None:
    """Return the revision a login that may only read finds, or `None` before the first."""
    try:
        held: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    return held


def newest_revision() -> str | None:
    """Return the revision this release brings."""
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()


def alembic_config(role_prefix: str) -> Config:
    """Return Alembic's configuration for a database with these role names."""
    config = Config(REPOSITORY / "alembic.ini")
    config.attributes["role_prefix"] = role_prefix
    return config


def _upgrade(connection: Connection, role_prefix: str) -> None:
    config = alembic_config(role_prefix)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _prepare(connection: AsyncConnection, prefix: str, passwords: dict[str, str]) -> None:
    server = (await connection.execute(text("SHOW server_version_num"))).scalar_one()
    if int(server) // 10_000 < OLDEST_SERVER:
        message = f"PostgreSQL {OLDEST_SERVER} or newer is needed; this one is {server}."
        raise ConfigurationError(message)
    for extension in EXTENSIONS:
        await connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {extension}"))
    for suffix in (OWNER, *TAKEN_ROLES):
        await _create_role(connection, role_name(prefix, suffix), "NOLOGIN")
    for suffix, password in passwords.items():
        name = role_name(prefix, suffix)
        await _create_role(connection, name, "LOGIN NOINHERIT")
        await _set_password(connection, name, password)
    login = quoted(role_name(prefix, LOGIN))
    for suffix in TAKEN_ROLES:
        await connection.execute(
            text(f"GRANT {quoted(role_name(prefix, suffix))} TO {login}"),
        )
    await _let_owner_create(connection, prefix)
    await connection.commit()


async def _create_role(connection: AsyncConnection, name: str, attributes: str) -> None:
    exists = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    if (await connection.execute(exists, {"name": name})).scalar() is None:
        await connection.execute(text(f"CREATE ROLE {quoted(name)} {attributes}"))


async def _set_password(connection: AsyncConnection, name: str, password: str) -> None:
    """`ALTER ROLE` takes no parameters; PostgreSQL's own `format` does the quoting."""
    quoting = text("SELECT format('ALTER ROLE %I PASSWORD %L', :name ::text, :password ::text)")
    values = {"name": name, "password": password}
    statement = (await connection.execute(quoting, values)).scalar_one()
    await connection.exec_driver_sql(statement)


async def _let_owner_create(connection: AsyncConnection, prefix: str) -> None:
    owner = quoted(role_name(prefix, OWNER))
    database = quoted((await connection.execute(text("SELECT current_database()"))).scalar_one())
    await connection.execute(text(f"GRANT {owner} TO CURRENT_USER"))
    await connection.execute(text(f"GRANT CREATE, CONNECT ON DATABASE {database} TO {owner}"))
    await connection.execute(text(f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}"))
