"""`ap-register doctor`: is everything as it should be, and if not, what to do."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

import asyncpg
import typer
from rich.table import Table

from app.access import OPERATOR
from app.cli.output import Exit, people, result
from app.cli.surroundings import address, database, opened
from app.config import Settings
from app.db.embedded.binaries import find_binaries
from app.db.events import ReadSession
from app.db.migrating import held_revision, newest_revision
from app.db.transactions import reading
from app.ledger import service as ledger
from app.pages import assets
from app.register.queries import checks
from app.register.verifying import stale_documents

LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        about: what was looked at.
        fine: whether it is as it should be.
        detail: what was found, and how to mend it.
    """

    about: str
    fine: bool
    detail: str


UNMEASURED = Finding("documents", fine=False, detail="not looked at: mend the log first")


def doctor(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Look at the settings, the disk, the database, the log and the read model.

    Recomputes every hash of the log, so it takes longer the more entries there are.
    """
    settings = Settings.load()
    findings = [_disk(settings), _programs(settings), _front_end()]
    with database(settings) as reached:
        findings += asyncio.run(_database(reached.settings))
    facts = [{"about": f.about, "fine": f.fine, "detail": f.detail} for f in findings]
    if as_json:
        result({"findings": facts}, as_json=True, text="")
    else:
        table = Table("", "Looked at", "Found")
        for finding in findings:
            table.add_row("✓" if finding.fine else "✗", finding.about, finding.detail)
        people.print(table)
    if not all(finding.fine for finding in findings):
        raise typer.Exit(int(Exit.REFUSED))


def _disk(settings: Settings) -> Finding:
    folder = (
        settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    )
    free = shutil.disk_usage(folder).free
    return Finding("disk", free >= LEAST_FREE_BYTES, f"{free // 1_000_000} MB free in {folder}")


def _programs(settings: Settings) -> Finding:
    if settings.database_url is not None:
        return Finding("server", fine=True, detail="a server of its own, as configured")
    found = find_binaries(settings)
    return Finding("server", fine=True, detail=f"embedded PostgreSQL {found.version}")


def _front_end() -> Finding:
    fine = assets.is_current(assets.FRONTEND, assets.STATIC)
    cure = "" if fine else "; run `python -m app.pages.assets`"
    return Finding("front-end files", fine, ("in place" if fine else "missing or changed") + cure)


async def _database(settings: Settings) -> list[Finding]:
    connection = await asyncpg.connect(address(settings.database_read_url, "DATABASE_READ_URL"))
    looks: list[Callable[[asyncpg.Connection], Awaitable[Finding]]] = [_read_role, _read_model]
    try:
        findings = [await _tables(connection)]
        if not findings[0].fine:  # the rest asks of tables as this release has them
            return findings
        findings += [await look(connection) for look in looks]
    finally:
        await connection.close()
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        log = await _log(session)
        # What a broken log says is no measure of what was rendered from it.
        documents = await _documents(session) if log.fine else UNMEASURED
    return [*findings, log, documents]


async def _log(session: ReadSession) -> Finding:
    broken = await ledger.broken_entries(session)
    told = f"entries {broken[:10]} do not give their hash: restore them from a backup"
    return Finding("log", not broken, told if broken else "every hash holds")


async def _documents(session: ReadSession) -> Finding:
    stale = await stale_documents(session)
    told = f"{stale[:10]} differ from the log: run `ap-register migrate --rebuild`"
    return Finding("documents", not stale, told if stale else "as the log has them")


async def _tables(connection: asyncpg.Connection) -> Finding:
    held, newest = await held_revision(connection), newest_revision()
    cure = "" if held == newest else f"; this release needs {newest}: run `ap-register migrate`"
    return Finding("tables", held == newest, f"revision {held or 'none'}{cure}")


async def _read_role(connection: asyncpg.Connection) -> Finding:
    """The public's login must see the read model and places, and nothing else."""
    beyond = await checks.find_tables_beyond_the_public(connection)
    told = f"it can read {', '.join(beyond)}: revoke that" if beyond else "reads nothing private"
    return Finding("public role", not beyond, told)


async def _read_model(connection: asyncpg.Connection) -> Finding:
    behind = await checks.count_words_that_differ(connection)
    cure = f"{behind} words are miscounted: run `ap-register migrate --rebuild`"
    return Finding("read model", behind == 0, cure if behind else "true to itself")
