"""The public register as a file, whole, as it was with one entry, saying at its end what it holds.

JSON Lines: one record a line as the API gives it, then one line with `register`, `count`, the
SHA-256 of all bytes before that line, and where the log is followed from there. CSV: one row a
provider, site or offer, then a row that begins with `#end`: how many, the entry, the SHA-256 of all
bytes before that row, the entry's time and the log's epoch.
"""

import csv
import hashlib
import io
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg
import orjson

from app.register import rendering
from app.register.columns import COLUMNS, CSV_FORMAT, KEYS, Column
from app.register.feed import ENTRIES
from app.register.queries.downloads import Snapshot, stream_known, stream_present
from app.register.rendering import render, utc
from app.register.terms import DownloadFormat, Table
from app.values.cells import safe_cell

MEMBERS = (*rendering.WHOLE, "sites", "register", "links")
"""Of a record as the API gives it, and so of a line."""
_OF_LOG, _OF_DOCUMENTS, _OF_LINES = 50, 100, 500
"""How many providers are written at a time: what must be parsed keeps others waiting."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file of the register.

    Attributes:
        format: its shape.
        table: what a row of a CSV file is; JSON Lines have providers alone.
        fields: members of each record, or columns, in the order wanted; `None` for all.
    """

    format: DownloadFormat
    table: Table = Table.PROVIDERS
    fields: tuple[str, ...] | None = None

    @property
    def held(self) -> tuple[str, ...]:
        """Members or columns that the file will have: what is wanted, and always the key."""
        known = known_fields(self.format, self.table)
        keys = KEYS[self.table]
        return tuple(dict.fromkeys((*keys, *(self.fields if self.fields is not None else known))))

    @property
    def rendering(self) -> int:
        """Which way of writing the file has; another one makes other bytes of the same records."""
        is_csv = self.format is DownloadFormat.CSV
        return rendering.FORMAT * 100 + (CSV_FORMAT if is_csv else 0)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some bytes of the file, and how many providers it holds so far."""

    data: bytes
    providers: int


Pair: TypeAlias = tuple[bytes, bytes]
"""A provider's summary and whole document, as they are rendered."""


def known_fields(shape: DownloadFormat, table: Table) -> tuple[str, ...]:
    """Return the members or columns that a file can have."""
    if shape is DownloadFormat.JSONL:
        return MEMBERS
    return tuple(column.name for column in COLUMNS[table])


async def write(
    connection: asyncpg.Connection, state: Snapshot, wanted: Wanted
) -> AsyncGenerator[Chunk, None]:
    """Write a file of the register, by number; a part of it at a time is in memory.

    Args:
        connection: the public's, in the transaction of the snapshot.
        state: the state of the register to write.
        wanted: which file.
    """
    is_csv = wanted.format is DownloadFormat.CSV
    begin, lines = _csv(wanted) if is_csv else _json(wanted)
    digest, providers, rows = hashlib.sha256(begin), 0, 0
    if begin:
        yield Chunk(begin, 0)
    at_a_time = _OF_DOCUMENTS if is_csv or wanted.fields is not None else _OF_LINES
    batches = _batches(connection, state, at_a_time)
    async for pairs in batches:
        data, count = lines(pairs)
        digest.update(data)
        providers += len(pairs)
        rows += count
        if data:
            yield Chunk(data, providers)
    end = _csv_end if is_csv else _json_end
    yield Chunk(end(state, rows, digest.hexdigest()), providers)


async def _batches(
    connection: asyncpg.Connection, state: Snapshot, at_a_time: int
) -> AsyncGenerator[list[Pair], None]:
    if state.is_present:
        async for rows in stream_present(connection, at_a_time):
            yield [(row["summary"], row["document"]) for row in rows]
        return
    async for rows in stream_known(connection, state.entry, _OF_LOG):
        rendered = (
            render(orjson.loads(row["record"]), row["entry"], row["recorded_at"]) for row in rows
        )
        yield [(one.summary, one.document) for one in rendered]


Lines: TypeAlias = Callable[[Sequence[Pair]], tuple[bytes, int]]


def _json(wanted: Wanted) -> tuple[bytes, Lines]:
    members = wanted.held

    def whole(pairs: Sequence[Pair]) -> tuple[bytes, int]:
        return b"".join([part for _, one in pairs for part in (one, b"\n")]), len(pairs)

    def chosen(pairs: Sequence[Pair]) -> tuple[bytes, int]:
        records = (orjson.loads(document) for _, document in pairs)
        return b"".join(
            orjson.dumps({name: record[name] for name in members}) + b"\n" for record in records
        ), len(pairs)

    return b"", whole if wanted.fields is None else chosen


def _csv(wanted: Wanted) -> tuple[bytes, Lines]:
    by_name = {column.name: column for column in COLUMNS[wanted.table]}
    columns = [by_name[name] for name in wanted.held]

    def lines(pairs: Sequence[Pair]) -> tuple[bytes, int]:
        rows = [row for pair in pairs for row in _rows(wanted.table, columns, pair)]
        return _csv_rows(rows), len(rows)

    return _csv_rows([[column.name for column in columns]]), lines


def _rows(table: Table, columns: Sequence[Column], pair: Pair) -> list[list[Any]]:
    record = orjson.loads(pair[1])
    if table is Table.PROVIDERS:
        summary = orjson.loads(pair[0])
        return [[column.cell(record, summary) for column in columns]]
    if table is Table.SITES:
        return [[column.cell(record, site) for column in columns] for site in record["sites"]]
    return [
        [column.cell({**record, "site": site}, offer) for column in columns]
        for site in record["sites"]
        for offer in site["offers"]
    ]


def _json_end(state: Snapshot, count: int, digest: str) -> bytes:
    told = {
        "register": {
            "entry": state.entry,
            "recorded_at": utc(state.recorded_at) if state.recorded_at else None,
            "epoch": str(state.epoch),
            "demonstration": state.demonstration,
            "tombstones": state.tombstones,
        },
        "count": count,
        "sha256": digest,
        "links": {"next": next_entries(state.entry, str(state.epoch))},
    }
    return orjson.dumps(told) + b"\n"


def next_entries(entry: int, epoch: str) -> str:
    """Return where the log goes on, without a gap, after what a file holds."""
    return f"{ENTRIES}?after={entry}&epoch={epoch}"


def _csv_end(state: Snapshot, count: int, digest: str) -> bytes:
    recorded_at = utc(state.recorded_at) if state.recorded_at else None
    return _csv_rows([("#end", count, state.entry, digest, recorded_at, state.epoch)])


def _csv_rows(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([map(safe_cell, row) for row in rows])
    return text.getvalue().encode()
