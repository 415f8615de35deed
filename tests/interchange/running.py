"""Imports run as the command line runs them: one transaction, as the operator."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.interchange.csv_files import examine
from app.interchange.provider_lines import Defaults
from app.interchange.schemas import Advance, Conditions, PostcodesReport, ProvidersReport
from app.interchange.service.postcodes import import_postcodes
from app.interchange.service.provider_lists import ListFiles, import_providers

SAID_NOTHING = Defaults()
TABLES = (
    "postcodes",
    "import_runs",
    "providers",
    "provider_names",
    "provider_identifiers",
    "provider_known_by",
    "sites",
    "offers",
    "register_search",
    "register_sites",
    "ledger_entries",
)
"""Whatever an import could touch."""


@contextmanager
def silently(_: str) -> Iterator[Advance]:
    """Open a step nobody watches."""

    def ignore(done: int, total: int | None) -> None:
        """Do nothing with how far it is."""

    yield ignore


async def bring_postcodes(
    database: Database, path: Path, *, accept_removals: bool = False, **conditions: Any
) -> PostcodesReport:
    """Import a file of postcodes; faults go beside it."""
    conditions = {"faults_path": path.with_suffix(".faults.csv")} | conditions
    async with transaction(database, OPERATOR) as session:
        return await import_postcodes(
            session,
            OPERATOR,
            examine(path),
            Conditions(**conditions),
            silently,
            accept_removals=accept_removals,
        )


async def bring_providers(
    database: Database,
    path: Path,
    *,
    defaults: Defaults = SAID_NOTHING,
    schools: Sequence[Path] = (),
    **conditions: Any,
) -> ProvidersReport:
    """Import a provider list; faults go beside it."""
    conditions = {"faults_path": path.with_suffix(".faults.csv")} | conditions
    files = ListFiles(examine(path), tuple(examine(school) for school in schools))
    async with transaction(database, OPERATOR) as session:
        return await import_providers(
            session, OPERATOR, files, defaults, Conditions(**conditions), silently
        )


async def everything(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Return all rows an import could touch, to be compared with a later look."""
    found = {}
    for table in TABLES:
        rows = await owner.fetch(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608 - ours
        found[table] = [str(row[0]) for row in rows]
    return found
