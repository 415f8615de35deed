"""The public register as a file, whole, at one entry, saying at its end what it holds.

JSON Lines: one record a line as the API gives it, then one line with `register`, `count` and the
SHA-256 of all bytes before that line. CSV: one row a provider, then a row that begins with `#end`.
"""

import csv
import hashlib
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from app.register.queries.documents import stream_register
from app.register.rendering import utc
from app.values.cells import safe_cell

CSV_COLUMNS = (
    "number",
    "name",
    "other_names",
    "status",
    "status_since",
    "la_codes",
    "local_authorities",
    "towns",
    "programmes",
    "age_from",
    "age_to",
    "key_stages",
    "needs",
    "sites",
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some bytes of the file, and how many providers it holds so far."""

    data: bytes
    providers: int


async def as_json_lines(connection: asyncpg.Connection) -> AsyncIterator[Chunk]:
    """Write the register as JSON Lines, by number, from one snapshot."""
    digest, count, head = hashlib.sha256(), 0, None
    async for row in stream_register(connection):
        head = row
        if row["document"] is not None:
            count += 1
            line = row["document"] + b"\n"
            digest.update(line)
            yield Chunk(line, count)
    end = {**_state(head), "count": count, "sha256": digest.hexdigest()}
    yield Chunk(orjson.dumps(end) + b"\n", count)


async def as_csv(connection: asyncpg.Connection) -> AsyncIterator[Chunk]:
    """Write the register as CSV, by number, from one snapshot; lists are joined by `|`."""
    digest, count, head = hashlib.sha256(), 0, None
    data = _csv_line(CSV_COLUMNS)
    digest.update(data)
    yield Chunk(data, 0)
    async for row in stream_register(connection):
        head = row
        if row["summary"] is not None:
            count += 1
            data = _csv_line(_cells(orjson.loads(row["summary"])))
            digest.update(data)
            yield Chunk(data, count)
    state = _state(head)["register"]
    yield Chunk(_csv_line(("#end", count, state["entry"], digest.hexdigest())), count)


def _state(head: asyncpg.Record | None) -> dict[str, Any]:
    if head is None:
        message = "The ledger has no head; the database was not migrated."
        raise LookupError(message)
    recorded_at = head["recorded_at"]
    return {
        "register": {
            "entry": head["entry"],
            "recorded_at": utc(recorded_at) if recorded_at else None,
        }
    }


def _cells(summary: dict[str, Any]) -> tuple[Any, ...]:
    ages = summary["ages"] or {"from": None, "to": None}
    return (
        summary["number"],
        summary["name"],
        "|".join(summary["other_names"]),
        summary["status"]["code"],
        summary["status"]["since"],
        "|".join(la["la_code"] for la in summary["local_authorities"]),
        "|".join(la["name"] for la in summary["local_authorities"]),
        "|".join(summary["towns"]),
        "|".join(summary["programmes"]),
        ages["from"],
        ages["to"],
        "|".join(map(str, summary["key_stages"])),
        "|".join(summary["needs"]),
        summary["site_count"],
    )


def _csv_line(cells: tuple[Any, ...]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue().encode()
