"""Copies of the template that are put back after a test and given to the next, under a new name.

Making a copy takes longer than most tests; putting back what a test wrote takes a tenth of that.
What PostgreSQL counts tells which tables were written to, by whom and whether it was committed or
not. Rows in tables of ours, and sequences, are put back. After anything else (a new table, a
dropped trigger, a right, `TRUNCATE`, gathered statistics), and after some use, a copy is dropped.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO

import asyncpg

from app.config import Settings
from tests.databases import TEMPLATE, TestServer, new_name

MOST_USES = 200
"""What was deleted still takes room in tables and indexes; more and more of it."""

_END_ALL_ELSE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_MARKS = """
SELECT c.oid::regclass::text AS name, n.nspname = 'public' AND c.relkind = 'r' AS ours,
  pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid)
    + pg_stat_get_tuples_deleted(c.oid) + pg_stat_get_analyze_count(c.oid)
    + pg_stat_get_autoanalyze_count(c.oid) AS written
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm', 'p') AND (NOT c.relisshared OR c.relname = 'pg_db_role_setting')
"""
_SEQUENCES = """
SELECT format('SELECT setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
  coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences ORDER BY 1
"""
"""What puts each sequence where it is now: told of as a statement that does it again."""
_GUARDS = """
SELECT tgrelid::regclass::text AS name, array_agg(quote_ident(tgname)) AS triggers
FROM pg_trigger WHERE tgenabled = 'A' GROUP BY tgrelid
"""
"""Triggers that no setting of a session silences, such as those that keep history."""
_TABLES = """
SELECT attrelid::regclass::text AS name, array_agg(attname::text ORDER BY attnum) AS columns
FROM pg_attribute
JOIN pg_class c ON c.oid = attrelid AND c.relkind = 'r' AND relnamespace = 'public'::regnamespace
WHERE attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY attrelid
"""


@dataclass
class _Copy:
    """A copy that nobody uses just now, and what PostgreSQL has counted in it so far."""

    name: str
    marks: Mapping[str, int]
    uses: int = 0


@dataclass(frozen=True, slots=True)
class _Rows:
    columns: list[str]
    data: bytes


@dataclass
class KeptDatabases:
    """The copies on one server, and what the template holds."""

    on: TestServer
    link: asyncpg.Connection
    rows: Mapping[str, _Rows]
    guards: Mapping[str, list[str]]
    sequences: list[str]
    idle: list[_Copy] = field(default_factory=list)

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Settings]:
        """Lend a database that is as the template is."""
        copy = await self._ready()
        try:
            yield self.on.settings(copy.name)
        finally:
            await self._take_back(copy)

    async def _ready(self) -> _Copy:
        name = new_name()
        if self.idle:
            copy = self.idle.pop()
            # Whoever still has the address of the former test's database finds nothing there.
            await self.link.execute(f"ALTER DATABASE {copy.name} RENAME TO {name}")
            copy.name = name
            return copy
        await self.link.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        link = await asyncpg.connect(self.on.connection.url(name))
        try:
            marks, _ = await _marks(link)
        finally:
            await link.close()
        return _Copy(name, marks)

    async def _take_back(self, copy: _Copy) -> None:
        copy.uses += 1
        if copy.uses < MOST_USES and await self._put_back(copy):
            self.idle.append(copy)
        else:
            await self.link.execute(f"DROP DATABASE {copy.name} WITH (FORCE)")

    async def _put_back(self, copy: _Copy) -> bool:
        """Put back the rows that a test changed; return whether all is as in the template then."""
        link = await asyncpg.connect(self.on.connection.url(copy.name))
        try:
            await link.execute(_END_ALL_ELSE)  # which also brings in what they counted
            marks, ours = await _marks(link)
            written = [name for name, mark in marks.items() if mark != copy.marks.get(name)]
            if marks.keys() != copy.marks.keys() or not ours.issuperset(written):
                return False
            if await _sequences(link) != self.sequences:
                await link.execute(";".join(self.sequences))
            if written:
                await self._write_back(link, written)
                copy.marks, _ = await _marks(link)
        finally:
            await link.close()
        return True

    async def _write_back(self, link: asyncpg.Connection, written: list[str]) -> None:
        async with link.transaction():
            await link.execute("SET LOCAL session_replication_role = replica")  # few triggers
            await link.execute(self._guards(written, "DISABLE") + _each("DELETE FROM {}", written))
            for name in written:
                if rows := self.rows.get(name):
                    await link.copy_to_table(
                        name, source=BytesIO(rows.data), columns=rows.columns, format="binary"
                    )
            await link.execute(
                self._guards(written, "ENABLE ALWAYS") + "SELECT pg_stat_force_next_flush()"
            )

    def _guards(self, written: list[str], how: str) -> str:
        return "".join(
            _each(f"ALTER TABLE {name} {how} TRIGGER {{}}", self.guards.get(name, ()))
            for name in written
        )


@asynccontextmanager
async def kept_databases(on: TestServer) -> AsyncIterator[KeptDatabases]:
    """Keep copies of a server's template until the block ends; the server is stopped then."""
    template = await asyncpg.connect(on.connection.url(TEMPLATE))
    try:
        rows = {}
        for table in await template.fetch(_TABLES):
            data = BytesIO()
            said = await template.copy_from_table(
                table["name"], output=data, columns=table["columns"], format="binary"
            )
            if said != "COPY 0":
                rows[table["name"]] = _Rows(table["columns"], data.getvalue())
        sequences = await _sequences(template)
        guards = {row["name"]: row["triggers"] for row in await template.fetch(_GUARDS)}
    finally:
        await template.close()
    link = await asyncpg.connect(on.connection.url("postgres"))
    try:
        yield KeptDatabases(on, link, rows, guards, sequences)
    finally:
        await link.close()


def _each(statement: str, names: Iterable[str]) -> str:
    return "".join(statement.format(name) + ";" for name in names)


async def _marks(link: asyncpg.Connection) -> tuple[dict[str, int], set[str]]:
    """Return what was counted of writing to each table, and which tables are ours."""
    found = await link.fetch(_MARKS)
    return {r["name"]: r["written"] for r in found}, {r["name"] for r in found if r["ours"]}


async def _sequences(link: asyncpg.Connection) -> list[str]:
    return [row[0] for row in await link.fetch(_SEQUENCES)]
