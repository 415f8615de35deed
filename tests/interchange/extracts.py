"""Small extracts of GIAS, and imports of them as the command line does them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import asyncpg

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.interchange.csv_files import examine
from app.interchange.gias_cells import RowReading
from app.interchange.gias_columns import understand
from app.interchange.schemas import Conditions, ExtractReport
from app.interchange.service.groups import import_groups
from app.interchange.service.school_links import import_links
from app.interchange.service.schools import import_schools
from app.interchange.terms import GroupColumn, LinkColumn, SchoolColumn
from tests.interchange.running import silently
from tests.interchange.tables import as_csv

TABLES = ("organisations", "organisation_identifiers", "schools", "school_links", "import_runs")
"""Whatever an import of an extract could touch, but for the record of acts."""

SCHOOL = {
    "URN": "100001",
    "LA (code)": "331",
    "EstablishmentName": "Anvil School",
    "TypeOfEstablishment (code)": "01",
    "EstablishmentStatus (name)": "Open",
}
GROUP = {"Group UID": "2044", "Group Name": "Anvil Trust", "Group Type (code)": "06"}
LINK = {"URN": "100001", "LinkURN": "100002", "LinkType": "Successor"}


def school(urn: str = "100001", name: str = "Anvil School", **cells: str) -> dict[str, str]:
    """An open community school in Coventry; other cells by their headings."""
    return SCHOOL | {"URN": urn, "EstablishmentName": name} | cells


def group(uid: str = "2044", name: str = "Anvil Trust", **cells: str) -> dict[str, str]:
    """An open multi-academy trust."""
    return GROUP | {"Group UID": uid, "Group Name": name} | cells


def link(urn: str = "100001", linked: str = "100002", **cells: str) -> dict[str, str]:
    """One school's successor."""
    return LINK | {"URN": urn, "LinkURN": linked} | cells


def extract(folder: Path, *rows: Mapping[str, str], name: str = "gias.csv") -> Path:
    """Write rows as GIAS does, in Windows-1252 with CRLF; columns in order of first mention."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    cells = [[row.get(heading, "") for heading in headings] for row in rows]
    path = folder / name
    path.write_bytes(as_csv(headings, *cells).replace("\n", "\r\n").encode("cp1252"))
    return path


def reading(
    cells: Mapping[str, str],
    kind: type[SchoolColumn] | type[GroupColumn] | type[LinkColumn] = SchoolColumn,
) -> RowReading:
    """One row by itself, on line 2 of a file that has these columns."""
    return RowReading(2, understand(list(cells), kind), list(cells.values()))


async def bring_schools(database: Database, path: Path, **conditions: Any) -> ExtractReport:
    """Import an extract of establishments; faults go beside it."""
    async with transaction(database, OPERATOR) as session:
        return await import_schools(
            session, OPERATOR, examine(path), _conditions(path, conditions), silently
        )


async def bring_groups(database: Database, path: Path, **conditions: Any) -> ExtractReport:
    """Import an extract of groups; faults go beside it."""
    async with transaction(database, OPERATOR) as session:
        return await import_groups(
            session, OPERATOR, examine(path), _conditions(path, conditions), silently
        )


async def bring_links(database: Database, path: Path, **conditions: Any) -> ExtractReport:
    """Import an extract of links; faults go beside it."""
    async with transaction(database, OPERATOR) as session:
        return await import_links(
            session, OPERATOR, examine(path), _conditions(path, conditions), silently
        )


async def held_school(owner: asyncpg.Connection, urn: str = "100001") -> dict[str, Any]:
    """Return everything held of a school: its facts, its parent's name and its numbers."""
    row = await owner.fetchrow(
        "SELECT o.*, s.*, p.name AS parent, p.kind AS parent_kind FROM schools s "
        "JOIN organisations o ON o.id = s.organisation_id "
        "LEFT JOIN organisations p ON p.id = o.parent_id WHERE s.urn = $1",
        urn,
    )
    assert row is not None
    return dict(row) | await numbers(owner, row["id"])


async def held_group(owner: asyncpg.Connection, uid: str = "2044") -> dict[str, Any]:
    """Return everything held of a group: its facts and its numbers."""
    row = await owner.fetchrow(
        "SELECT o.* FROM organisations o JOIN organisation_identifiers i "
        "ON i.organisation_id = o.id WHERE i.scheme = 'gias-group-uid' AND i.value = $1",
        uid,
    )
    assert row is not None
    return dict(row) | await numbers(owner, row["id"])


async def numbers(owner: asyncpg.Connection, organisation_id: object) -> dict[str, str]:
    """Return an organisation's numbers by scheme."""
    rows = await owner.fetch(
        "SELECT scheme, value FROM organisation_identifiers WHERE organisation_id = $1",
        organisation_id,
    )
    return {row["scheme"]: row["value"] for row in rows}


async def everything_held(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Return all rows an extract could touch, to be compared with a later look."""
    found = {}
    for table in TABLES:
        rows = await owner.fetch(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608 - ours
        found[table] = [str(row[0]) for row in rows]
    return found


def _conditions(path: Path, said: Mapping[str, Any]) -> Conditions:
    return Conditions(**({"faults_path": path.with_suffix(".faults.csv")} | dict(said)))
