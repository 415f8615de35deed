# ruff: noqa: S608 - tables and columns come from the catalogue
"""A marker of its own in every column that the public's read role may not see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import asyncpg
from typing_extensions import override

HALLMARK = "zqjxzq"
"""What every marker begins with, and nothing else in a register holds."""

HIDDEN_ROWS: Mapping[str, str] = {
    "inspections": "state <> 'published'",
    "standards_versions": "state <> 'published'",
    "published_policies": "state <> 'published'",
    "criteria": "version_id IN (SELECT id FROM standards_versions WHERE state <> 'published')",
    "criteria_crosswalk": "to_criterion_id IN (SELECT c.id FROM criteria c JOIN "
    "standards_versions v ON v.id = c.version_id WHERE v.state <> 'published')",
}
"""Tables of which the public may read some rows, and which rows it may not."""


CLOSED_IN_THE_SERVICE = {
    "offers.needs": "needs of pupils, by their codes",
    "listings.needs": "the same",
    "listings.programmes": "programmes of the site's own offers",
    "sites.location_precision": "how exact a point is",
    "provider_identifiers.scheme": "registers of other bodies",
    "site_outcomes.decided_by": "numbers of criteria, judgements and why, from closed lists",
    "site_outcomes.due_kind": "kinds of inspection",
}
"""Columns that hold words of a list which no check of the database knows, all of them public."""


PUBLISHED: Mapping[str, str] = {
    "inspection_publications": "what a second officer published of an inspection",
    "inspection_replies": "what the provider says to a finding that is published",
    "withheld_replies": "that a reply is not shown, and why, from a closed list",
    "inspection_actions": "which finding is mended by when, not how",
    "inspection_appeals": "that somebody appealed, by when it is decided, and what came of it",
    "inspection_revisits": "that a revisit was asked for",
}
"""Tables of which what the public's role may read is written to be published, of any provider that
is public; their other columns are private."""


@dataclass(frozen=True, order=True)
class Column:
    """A column that can hold words or bytes."""

    table: str
    name: str

    @override
    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


@dataclass
class Planted:
    """What came of planting.

    Attributes:
        markers: which marker was planted in which column.
        refused: columns of which the database refused every form of a marker, and its words.
    """

    markers: dict[str, Column] = field(default_factory=dict)
    refused: dict[Column, str] = field(default_factory=dict)


async def private_columns(owner: asyncpg.Connection) -> dict[Column, str]:
    """Return every column of words or bytes that is private, or in rows that are, with its type."""
    rows = await owner.fetch(
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, NULL) AS type
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
          JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT a.attisdropped AND a.attgenerated = ''
          AND coalesce(e.typcategory, t.typcategory) IN ('S', 'U')
          AND coalesce(e.typname, t.typname) <> 'uuid'
          AND (NOT has_column_privilege('ap_read', c.oid, a.attnum, 'SELECT')
               OR (c.relrowsecurity AND c.relname <> ALL ($1::text[])))
        ORDER BY 1, 2
        """,
        list(PUBLISHED),
    )
    found = {Column(row["relname"], row["attname"]): row["type"] for row in rows}
    return {
        column: kind for column, kind in found.items() if str(column) not in CLOSED_IN_THE_SERVICE
    }


async def plant(owner: asyncpg.Connection) -> Planted:
    """Fill every private column with a marker, in whatever form its constraints let in.

    Triggers of the register's own are switched off meanwhile: what may never be changed could hold
    a marker from the beginning. Checks, keys and types are not.
    """
    columns, planted = await private_columns(owner), Planted()
    tables = sorted({column.table for column in columns})
    async with owner.transaction():
        for table in tables:
            await owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for number, (column, kind) in enumerate(columns.items(), start=100):
            marker = f"{HALLMARK}{number}"
            refusal = await _plant_one(owner, column, kind, marker)
            if refusal is None:
                planted.markers[marker] = column
            else:
                planted.refused[column] = refusal
        await owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            await owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return planted


async def private_keys(owner: asyncpg.Connection) -> set[str]:
    """Return every key of a person, a record or a thing in columns that are private."""
    rows = await owner.fetch(
        """
        SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND a.atttypid = 'uuid'::regtype
          AND NOT has_column_privilege('ap_read', c.oid, a.attnum, 'SELECT')
        """
    )
    united = " UNION ".join(f"SELECT {row['attname']}::text FROM {row['relname']}" for row in rows)
    return {row[0] for row in await owner.fetch(united) if row[0]}


async def keys_and_closed_lists(owner: asyncpg.Connection) -> set[Column]:
    """Return the columns whose values are keys of other tables, or of a list that a check holds."""
    rows = await owner.fetch(
        """
        SELECT c.relname, a.attname FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid AND c.relnamespace = 'public'::regnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
        WHERE k.contype = 'f' OR (k.contype = 'c' AND cardinality(k.conkey) = 1
          AND pg_get_constraintdef(k.oid) ~ '(= ANY \\(|<@ )ARRAY\\[')
        """
    )
    return {Column(row["relname"], row["attname"]) for row in rows}


async def _plant_one(
    owner: asyncpg.Connection, column: Column, kind: str, marker: str
) -> str | None:
    """Plant a marker in the private rows of a column; return why the database refused it.

    Where not every row can hold one, those that say something already are tried.
    """
    private, refusal = HIDDEN_ROWS.get(column.table, "true"), "there is no row"
    for where in (private, f"({private}) AND {column.name} IS NOT NULL"):
        for value in _forms(kind, column.name, marker):
            statement = f"""
                UPDATE {column.table} t SET {column.name} = {value} FROM (
                  SELECT ctid AS place, row_number() OVER () AS n FROM {column.table}
                  WHERE {where}) each WHERE t.ctid = each.place
                """
            try:
                async with owner.transaction():
                    done = await owner.execute(statement)
            except asyncpg.PostgresError as error:
                refusal = f"{type(error).__name__}: {error}"
                continue
            if done != "UPDATE 0":
                return None
    return refusal


def _forms(kind: str, name: str, marker: str) -> Iterator[str]:
    """Yield a marker as SQL, in the forms that columns of a type ask for; `n` numbers the rows."""
    if kind == "bytea":
        yield f"convert_to('{marker}' || each.n, 'UTF8')"
        for size in (12, 16, 32, 64):
            yield f"convert_to(rpad('{marker}x' || each.n || 'x', {size}, 'x'), 'UTF8')"
    elif kind in {"json", "jsonb"}:
        added = f"jsonb_build_object('{marker}', '{marker}')"
        yield f"""CASE jsonb_typeof(t.{name}) WHEN 'object' THEN t.{name} || {added}
          WHEN 'array' THEN (SELECT jsonb_agg(e || {added}) FROM jsonb_array_elements(t.{name}) e
            WHERE jsonb_typeof(e) = 'object') END"""
        yield f"jsonb_build_array('{marker}')"
        yield f"to_jsonb('{marker}'::text)"
    elif kind.endswith("[]"):
        yield f"ARRAY['{marker}']::{kind}"
    else:
        yield f"'{marker}x' || each.n"
        yield f"'{marker}'"
        yield f"'{marker}x' || each.n || '@example.org'"
        yield f"'https://{marker}x' || each.n || '.example.org'"
        yield f"'Upper' || upper('{marker}')"
