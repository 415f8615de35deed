"""The record of acts as a file that others keep.

It says at its head whose acts, which period, when made, by whom and what for; at its end how many
entries it holds and the SHA-256 of all bytes before that line. CSV, for people: the head is rows
that begin with `#`, the end a row `#end`; between them headings and one row an entry. JSON Lines,
for programs: the head is the first line, the end the last, and an entry is as the API gives it.
"""

import csv
import hashlib
import io
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from app.access import Actor
from app.audit.queries import stream_entries
from app.audit.terms import Entry, ExportFormat, Purpose, Wanted
from app.clock import LONDON
from app.db.transactions import Database, reading
from app.values.cells import safe_cell

CSV_COLUMNS = (
    *("recorded_at", "london_time", "who", "who_kind", "who_id", "for_whom", "for_whom_id"),
    *("under_roles", "did", "outcome", "to_what", "to_what_id", "to_what_name"),
    *("whose_record", "whose_record_id", "why", "purpose", "before", "after", "request", "entry"),
)
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
"""Without it Excel takes the accents in a name for something else."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself before anything else.

    Attributes:
        audit_of: whose acts: an organisation's name, or everybody.
        organisation_id: that organisation's.
        first_day: of the period, in London.
        last_day: of the period.
        made_at: when.
        made_by: by whom.
        purpose: what for.
    """

    audit_of: str
    organisation_id: str | None
    first_day: date
    last_day: date
    made_at: datetime
    made_by: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some bytes of the file, and how many entries it holds so far."""

    data: bytes
    entries: int


async def export(
    database: Database, actor: Actor, wanted: Wanted, heading: Heading, shape: ExportFormat
) -> AsyncGenerator[Chunk, None]:
    """Write everything wanted that the actor may see, oldest first, from one snapshot.

    Only a batch of it is ever in memory. That it was exported is for the caller to write down, in a
    transaction that is committed before this begins.
    """
    begin, lines, end = _SHAPES[shape]
    data, count = begin(heading), 0
    digest = hashlib.sha256(data)
    async with reading(database, actor) as session:
        async for batch in stream_entries(session, wanted):
            more = lines(batch)
            digest.update(more)
            count += len(batch)
            yield Chunk(data + more, count)
            data = b""
    yield Chunk(data + end(count, digest.hexdigest()), count)


def entry_out(entry: Entry) -> dict[str, Any]:
    """Return an entry as the API tells it, in the shape of `schemas.AuditEntryOut`."""
    subject = None
    if entry["subject_kind"] is not None:
        subject = {
            "kind": entry["subject_kind"],
            "id": entry["subject_id"],
            "label": entry["subject_label"],
            "organisation": _organisation(entry, "subject_organisation"),
        }
    return {
        "id": entry["id"],
        "recorded_at": entry["recorded_at"],
        "actor": {
            "kind": entry["actor_kind"],
            "id": entry["actor_id"],
            "name": entry["actor_name"],
        },
        "organisation": _organisation(entry, "organisation"),
        "roles": entry["roles"],
        "act": entry["act"],
        "outcome": entry["outcome"],
        "subject": subject,
        **{name: entry[name] for name in ("reason", "purpose", "before", "after", "request_id")},
    }


def made_by(actor: Actor) -> str:
    """Return who makes a file, as its head says it: the name, and for whom or with which id."""
    known_as = ", ".join(filter(None, (actor.organisation_name, str(actor.id or ""))))
    return f"{actor.name} ({known_as})" if known_as else actor.name


def _organisation(entry: Entry, which: str) -> dict[str, Any] | None:
    held = entry[f"{which}_id"]
    return None if held is None else {"id": held, "name": entry[f"{which}_name"]}


def _csv_begin(heading: Heading) -> bytes:
    rows = [(f"#{name}", value) for name, value in _told(heading).items()]
    times = ("#times", "recorded_at is in UTC; london_time is what a clock on the wall showed")
    return BYTE_ORDER_MARK + _csv_rows([*rows, times]) + _csv_rows([CSV_COLUMNS])


def _csv_lines(batch: Sequence[Entry]) -> bytes:
    return _csv_rows(map(_cells, batch))


def _csv_end(count: int, digest: str) -> bytes:
    return _csv_rows([("#end", count, digest)])


def _cells(entry: Entry) -> tuple[Any, ...]:
    recorded_at: datetime = entry["recorded_at"]
    return (
        _utc(recorded_at),
        recorded_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S"),
        entry["actor_name"],
        entry["actor_kind"],
        entry["actor_id"],
        entry["organisation_name"],
        entry["organisation_id"],
        "|".join(entry["roles"]),
        entry["act"],
        entry["outcome"],
        entry["subject_kind"],
        entry["subject_id"],
        entry["subject_label"],
        entry["subject_organisation_name"],
        entry["subject_organisation_id"],
        entry["reason"],
        entry["purpose"],
        _fields(entry["before"]),
        _fields(entry["after"]),
        entry["request_id"],
        entry["id"],
    )


def _fields(fields: dict[str, Any] | None) -> str | None:
    return None if fields is None else orjson.dumps(fields).decode()


def _csv_rows(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _json_begin(heading: Heading) -> bytes:
    return _json_line(_told(heading))


def _json_lines(batch: Sequence[Entry]) -> bytes:
    lines = ({**entry_out(entry), "recorded_at": _utc(entry["recorded_at"])} for entry in batch)
    return b"".join(map(_json_line, lines))


def _json_end(count: int, digest: str) -> bytes:
    return _json_line({"count": count, "sha256": digest})


def _json_line(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, default=str) + b"\n"  # the driver's UUIDs are of its own kind


def _told(heading: Heading) -> dict[str, str | None]:
    return {
        "audit_of": heading.audit_of,
        "organisation_id": heading.organisation_id,
        "from": heading.first_day.isoformat(),
        "until": heading.last_day.isoformat(),
        "made_at": _utc(heading.made_at),
        "made_by": heading.made_by,
        "purpose": heading.purpose.value,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_SHAPES: dict[
    ExportFormat,
    tuple[
        Callable[[Heading], bytes], Callable[[Sequence[Entry]], bytes], Callable[[int, str], bytes]
    ],
] = {
    ExportFormat.CSV: (_csv_begin, _csv_lines, _csv_end),
    ExportFormat.JSONL: (_json_begin, _json_lines, _json_end),
}
