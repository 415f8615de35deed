"""`ap-register migrate`: bringing the database up to this release."""

import asyncio
from typing import Annotated

import asyncpg
import typer
from pydantic import SecretStr

from app.access import OPERATOR
from app.cli.output import result
from app.cli.surroundings import address, bring_up_to_date, database, opened
from app.config import ConfigurationError, Settings
from app.db.migrating import Migrated, held_revision, newest_revision
from app.db.transactions import transaction
from app.register.publishing import rebuild as rebuild_read_model
from app.register.publishing import rebuild_if_stale


def migrate(
    *,
    rebuild: Annotated[
        bool, typer.Option(help="Also write the read model anew from the log.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Make the roles, bring the tables to this release, and load its facts and standards.

    Needs DATABASE_OWNER_URL, and gives the roles the passwords in DATABASE_URL and
    DATABASE_READ_URL. Safe to run again, and while the release before this one is serving.
    """
    with database(Settings.load()) as reached:
        migrated = asyncio.run(_migrate(reached.settings, rebuild=rebuild))
    before = migrated.before or "an empty database"
    same = "It was up to date." if migrated.before == migrated.after else f"It was {before}."
    result(
        {"before": migrated.before, "after": migrated.after},
        as_json=as_json,
        text=f"The database is at revision {migrated.after}. {same}",
    )


async def refuse_old_tables(settings: Settings) -> None:
    """Refuse to serve on tables of another release.

    Raises:
        ConfigurationError: `migrate` has not been run, or the database cannot be reached.
    """
    work = await _connect(settings.database_url, "DATABASE_URL")
    await work.close()
    connection = await _connect(settings.database_read_url, "DATABASE_READ_URL")
    try:
        held = await held_revision(connection)
    finally:
        await connection.close()
    if held != newest_revision():
        message = (
            f"The database is at revision {held or 'none'} and this release needs "
            f"{newest_revision()}. Run `ap-register migrate` first."
        )
        raise ConfigurationError(message)


async def _connect(url: SecretStr | None, name: str) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(address(url, name))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        message = f"{name} cannot be connected to: {error}"
        raise ConfigurationError(message) from error


async def _migrate(settings: Settings, *, rebuild: bool) -> Migrated:
    migrated = await bring_up_to_date(settings)
    async with opened(settings) as held, transaction(held, OPERATOR) as session:
        await (rebuild_read_model(session) if rebuild else rebuild_if_stale(session))
    return migrated
