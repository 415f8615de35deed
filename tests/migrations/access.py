"""Who can do what to which table, found out by trying, each attempt undone.

A cell says, for somebody and one table: `r` reads every row, `r2/3` two of three, `r(a b)` only
these columns; `i` adds a row like each of them, `i1/3` like one of three; `u` changes every column,
`u(a b)` only these, `u1/3` of one row; `d` deletes; `t` empties the table. A letter in brackets
means that the right is held and a trigger refuses it all the same; `.` means nothing at all.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import asyncpg

MOST_TRIED = 6
"""Rows of a table, the newest, that are tried to be added; facts about places are thousands."""
REFUSED_BY_TRIGGER = "23000"
"""What `refuse_change()` raises; a violated constraint has a code of its own."""


@dataclass(frozen=True)
class Who:
    """Somebody who is logged in, in a role or in none, with what their transactions begin with."""

    name: str
    connection: asyncpg.Connection
    role: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table as a superuser sees it."""

    name: str
    columns: tuple[str, ...]
    rows: int
    examples: tuple[str, ...]


async def look(owner: asyncpg.Connection, names: Iterable[str]) -> list[Table]:
    """Look at tables; each must hold a row, or trying would prove nothing."""
    found = []
    for name in names:
        rows = await owner.fetch(
            f"SELECT to_jsonb(t) AS row, count(*) OVER () FROM {name} t "
            f"ORDER BY ctid DESC LIMIT {MOST_TRIED}"
        )
        assert rows, f"{name} holds no row to try with"
        examples = tuple(row["row"] for row in rows)
        found.append(
            Table(name, tuple(sorted(json.loads(examples[0]))), rows[0]["count"], examples)
        )
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
            for setting, value in {"role": who.role, **who.settings}.items():
                await who.connection.execute("SELECT set_config($1, $2, true)", setting, value)
        parts = [
            await _reads(table, who),
            await _inserts(table, who),
            await _updates(table, who),
            await _attempt(who, "d", f"DELETE FROM {table.name}", table.rows),
            await _attempt(who, "t", f"TRUNCATE {table.name}"),
        ]
    finally:
        await transaction.rollback()
    return " ".join(filter(None, parts)) or "."


async def _reads(table: Table, who: Who) -> str:
    """Count the rows seen, and try each column: a right may be to some of them alone."""
    seen, columns = 0, []
    for column in table.columns:
        try:
            async with who.connection.transaction():
                seen = await who.connection.fetchval(
                    f'SELECT count(*) FROM (SELECT "{column}" FROM {table.name}) t'
                )
        except asyncpg.InsufficientPrivilegeError:
            continue
        columns.append(column)
    if not columns:
        return ""
    return _of("r", seen, table.rows) + _named(columns, table)


async def _inserts(table: Table, who: Who) -> str:
    """Try to add each row once more; whoever may add only their own gets past with some."""
    statement = (
        f"INSERT INTO {table.name} SELECT * FROM jsonb_populate_record(null::{table.name}, $1)"
    )
    outcomes = [await _attempt(who, "i", statement, None, row) for row in table.examples]
    past = [outcome for outcome in outcomes if outcome]
    if len(set(outcomes)) == 1:
        return outcomes[0]
    return _of("i", len(past), len(outcomes), "")


async def _updates(table: Table, who: Who) -> str:
    """Try each column twice: with its own value, and without reading anything."""
    tried = {}
    for column in table.columns:
        tried[column] = await _attempt(
            who, "u", f'UPDATE {table.name} SET "{column}" = "{column}"', table.rows
        ) or await _attempt(who, "u", f'UPDATE {table.name} SET "{column}" = DEFAULT', table.rows)
    allowed = [column for column, outcome in tried.items() if outcome]
    if not allowed:
        return ""
    # Where one row of several breaks a constraint, how many were changed is not known.
    outcome = max({tried[column] for column in allowed}, key=len)
    return outcome + _named(allowed, table)


def _named(columns: list[str], table: Table) -> str:
    others = [column for column in table.columns if column not in columns]
    if not others:
        return ""
    named = columns if len(columns) <= len(others) else ["all but", *others]
    return f"({' '.join(named)})"


def _of(letter: str, count: int, rows: int, none: str | None = None) -> str:
    if count == rows:
        return letter
    return none if count == 0 and none is not None else f"{letter}{count}/{rows}"


async def _attempt(
    who: Who, letter: str, statement: str, rows: int | None = None, *values: object
) -> str:
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
        count = done.split()[-1]
        if not count.isdecimal() or rows is None:
            return "" if count == "0" else letter
        return _of(letter, int(count), rows, "")
    finally:
        await attempt.rollback()
