"""Who can do what to which table, found out by trying, each attempt undone.

A cell says, for one role and one table: `r` reads every row, `r2/3` two of three; `i` inserts; `u`
updates every column, `u(a b)` only these; `d` deletes; `t` empties the table. A letter in brackets
means that the right is held and a trigger refuses it all the same; `.` means nothing at all.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import asyncpg

REFUSED_BY_TRIGGER = "23000"
"""What `refuse_change()` raises; a violated constraint has a code of its own."""


@dataclass(frozen=True)
class Who:
    """Somebody who is logged in, in a role and for a local authority or in none."""

    name: str
    connection: asyncpg.Connection
    role: str | None = None
    la_code: str = ""


@dataclass(frozen=True)
class Table:
    """A table as a superuser sees it."""

    name: str
    columns: tuple[str, ...]
    rows: int
    example: str


async def look(owner: asyncpg.Connection, names: Iterable[str]) -> list[Table]:
    """Look at tables; each must hold a row, or trying would prove nothing."""
    found = []
    for name in names:
        row = await owner.fetchrow(f"SELECT to_jsonb(t) AS row, count(*) OVER () FROM {name} t")
        assert row is not None, f"{name} holds no row to try with"
        example = json.loads(row["row"])
        found.append(Table(name, tuple(example), row["count"], row["row"]))
    return found


Matrix: TypeAlias = dict[tuple[str, str], str]
"""What each person (second) can do to each table (first)."""


async def matrix(tables: list[Table], people: list[Who]) -> Matrix:
    """Try everything."""
    return {(table.name, who.name): await _cell(table, who) for table in tables for who in people}


def written(found: Matrix) -> str:
    """Write a matrix: a line for each table, a column for each person."""
    names = list(dict.fromkeys(name for name, _ in found))
    people = list(dict.fromkeys(who for _, who in found))
    lines = [["", *people], *[[name, *(found[name, who] for who in people)] for name in names]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


async def _cell(table: Table, who: Who) -> str:
    transaction = who.connection.transaction()
    await transaction.start()
    try:
        if who.role is not None:
            await who.connection.execute(
                "SELECT set_config('role', $1, true), set_config('app.la_code', $2, true)",
                who.role,
                who.la_code,
            )
        parts = [
            await _reads(table, who),
            await _attempt(who, "i", _insertion(table), table.example),
            await _updates(table, who),
            await _attempt(who, "d", f"DELETE FROM {table.name}"),
            await _attempt(who, "t", f"TRUNCATE {table.name}"),
        ]
    finally:
        await transaction.rollback()
    return " ".join(filter(None, parts)) or "."


def _insertion(table: Table) -> str:
    return f"INSERT INTO {table.name} SELECT * FROM jsonb_populate_record(null::{table.name}, $1)"


async def _reads(table: Table, who: Who) -> str:
    try:
        async with who.connection.transaction():
            seen = await who.connection.fetchval(f"SELECT count(*) FROM {table.name}")
    except asyncpg.InsufficientPrivilegeError:
        return ""
    return "r" if seen == table.rows else f"r{seen}/{table.rows}"


async def _updates(table: Table, who: Who) -> str:
    """Try each column twice: with its own value, and without reading anything."""
    tried = {}
    for column in table.columns:
        tried[column] = await _attempt(
            who, "u", f'UPDATE {table.name} SET "{column}" = "{column}"'
        ) or await _attempt(who, "u", f'UPDATE {table.name} SET "{column}" = DEFAULT')
    outcomes = set(tried.values())
    if len(outcomes) == 1:
        return outcomes.pop()
    allowed = " ".join(column for column, outcome in tried.items() if outcome)
    return f"u({allowed})"


async def _attempt(who: Who, letter: str, statement: str, *values: object) -> str:
    """Say whether a statement gets past every right, and past every trigger too.

    A violated constraint comes after both, so it counts as getting past.
    """
    attempt = who.connection.transaction()
    await attempt.start()
    try:
        done = await who.connection.execute(statement, *values)
    except asyncpg.InsufficientPrivilegeError:
        return ""
    except asyncpg.IntegrityConstraintViolationError as error:
        return f"({letter})" if error.sqlstate == REFUSED_BY_TRIGGER else letter
    except asyncpg.FeatureNotSupportedError:
        return letter  # only that other tables refer to this one stood in the way of emptying it
    else:
        return letter if done.split()[-1] != "0" else ""
    finally:
        await attempt.rollback()
