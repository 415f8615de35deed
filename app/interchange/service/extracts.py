"""What the three extracts of GIAS have in common: how they are read, compared and landed.

A file adds and corrects; it removes nothing. What it has no column for is left as it is held, and
so is whatever is held and gone from it: GIAS keeps closed schools, so a missing one is a question
for a person.
"""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile, Table, open_table
from app.interchange.errors import OptionsNotRightError
from app.interchange.faults import FaultLog
from app.interchange.gias_cells import NoticeLog, RowReading, refuse_wrong_width
from app.interchange.gias_columns import GiasColumns, understand
from app.interchange.queries import runs as run_queries
from app.interchange.queries.schools import Comparison
from app.interchange.schemas import (
    Advance,
    Conditions,
    Counts,
    ExtractReport,
    Fault,
    FaultsFound,
    Steps,
)
from app.interchange.service import runs
from app.interchange.terms import ImportKind, Outcome
from app.values.uuid7 import uuid7

SOURCE = "Department for Education, Get Information about Schools"
LICENCE = "Open Government Licence v3.0"
LOOKS_FULL = 0.9
"""Of what is held; a file that has so much of it is taken for a full extract."""
_EVERY = 2_000
"""Rows between two looks at whether the operator has interrupted."""


@dataclass(frozen=True, slots=True)
class Extract:
    """How one of the extracts is done.

    Attributes:
        kind: of import.
        columns: it may have.
        holds: what a row of it is, in the plural, for messages.
        key: which fields name a row, and the column to point at; a second row of that name must be
            the same.
        read: what a row says, why it is left out, or nothing if it has faults.
        unsaid_by: the fields that its columns say nothing about.
        stage: takes rows into tables of the transaction.
        compare: counts what they would change.
        find_missing: the first that are held but not in the file.
        merge: makes what is held what was compared.
    """

    kind: ImportKind
    columns: type[StrEnum]
    holds: str
    key: tuple[tuple[str, ...], StrEnum]
    read: Callable[[RowReading], Any]
    unsaid_by: Callable[[GiasColumns], list[str]]
    stage: Callable[[WriteSession, AsyncIterator[tuple[Any, uuid.UUID]]], Awaitable[None]]
    compare: Callable[[WriteSession, Sequence[str]], Awaitable[Comparison]]
    find_missing: Callable[[WriteSession], Awaitable[list[str]]]
    merge: Callable[[WriteSession, datetime], Awaitable[None]]


@dataclass(slots=True)
class _Work:
    """An import under way, and what became of its rows."""

    extract: Extract
    columns: GiasColumns
    log: FaultLog
    notices: NoticeLog = field(default_factory=NoticeLog)
    skipped: Counter[str] = field(default_factory=Counter)
    seen: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    read: int = 0
    taken: int = 0
    refused: int = 0
    repeated: int = 0


async def import_extract(
    session: WriteSession,
    actor: Actor,
    extract: Extract,
    file: ExaminedFile,
    conditions: Conditions,
    steps: Steps,
) -> ExtractReport:
    """Validate an extract, report, and make what is held what it says.

    Args:
        session: the transaction in which it lands, as the operator.
        actor: who imports.
        extract: which of the three.
        file: examined already.
        conditions: how it is to be done.
        steps: is told how the work advances.

    Raises:
        ImportRunningError: another import that touches the same has not ended.
        ColumnsNotRightError: a needed column is missing.
        FileNotReadableError: it breaks off being CSV, or was written to meanwhile.
        OptionsNotRightError: no row could be taken, or the faults cannot be written.
    """
    await runs.begin(session, extract.kind)
    latest = await run_queries.get_latest_run(session, extract.kind)
    if latest is not None and latest.sha256 == file.sha256 and not conditions.again:
        return ExtractReport(
            Outcome.ALREADY_LANDED, file.path.name, file.sha256, earlier=runs.earlier(latest)
        )
    with FaultLog(conditions.faults_path, file.path) as log, open_table(file) as table:
        work = _Work(extract, understand(table.headings, extract.columns), log)
        with steps(f"Reading {extract.holds}") as advance:
            await extract.stage(session, _rows(work, table, advance))
        file.refuse_if_changed()
        faults = log.write()
    with steps("Comparing with what is held"):
        found = await extract.compare(session, extract.unsaid_by(work.columns))
        missing = await extract.find_missing(session) if _looks_full(found) else []
    conditions = replace(
        conditions, source=conditions.source or SOURCE, licence=conditions.licence or LICENCE
    )
    report = _report(file, work, found)
    report = replace(
        report,
        outcome=_outcome(faults, conditions, work),
        faults=faults,
        not_in_file_first=tuple(missing),
        source=str(conditions.source),
        licence=str(conditions.licence),
    )
    if report.outcome is Outcome.LANDED:
        with steps("Recording"):
            await extract.merge(session, clock.now())
            await _write_down(session, actor, extract, file, conditions, report)
    return report


async def _rows(
    work: _Work, table: Table, advance: Advance
) -> AsyncIterator[tuple[Any, uuid.UUID]]:
    for line, cells in table.rows:
        work.read += 1
        row = _row(work, line, cells)
        if row is not None:
            work.taken += 1
            yield row, uuid7()
        if work.read % _EVERY == 0:
            advance(work.read, None)
            await asyncio.sleep(0)  # where an interruption by the operator is noticed
    advance(work.read, work.read)


def _row(work: _Work, line: int, cells: Sequence[str]) -> Any | None:
    """Return what a row says, or `None` if it was refused, left out or said before."""
    if wrong := refuse_wrong_width(line, cells, work.columns):
        _refuse(work, [wrong])
        return None
    reading = RowReading(line, work.columns, cells)
    row = work.extract.read(reading)
    if isinstance(row, str):
        work.skipped[row] += 1
        return None
    if row is None:
        _refuse(work, reading.faults)
        return None
    return row if _is_first(work, reading, row) else None


def _is_first(work: _Work, reading: RowReading, row: Any) -> bool:
    """Say whether nothing of this name stood in the file before; one that differs is refused."""
    fields, column = work.extract.key
    key, said = tuple(getattr(row, name) for name in fields), hash(tuple(reading.cells))
    first, said_first = work.seen.setdefault(key, (reading.line, said))
    if first == reading.line:
        work.notices.add(reading, getattr(row, "name", " ".join(key)))
        return True
    if said == said_first:
        work.repeated += 1
        return False
    problem = f"It stands on line {first} of the file already, and says something else there."
    reading.fault(column, problem, "Leave only the right row.")
    _refuse(work, reading.faults)
    return False


def _refuse(work: _Work, faults: Sequence[Fault]) -> None:
    work.refused += 1
    for fault in faults:
        work.log.add(fault)


def _looks_full(found: Comparison) -> bool:
    return found.missing > 0 and found.known >= (found.known + found.missing) * LOOKS_FULL


def _outcome(faults: FaultsFound, conditions: Conditions, work: _Work) -> Outcome:
    if faults.count and not conditions.accept_good:
        return Outcome.REFUSED
    if not work.taken:
        left_out = {**work.skipped, "refused": work.refused}
        counted = "; ".join(f"{reason}: {count:,}" for reason, count in left_out.items() if count)
        raise OptionsNotRightError(
            f"The file holds no {work.extract.holds} that could be taken "
            f"({counted or 'it has no rows'}). Nothing was changed."
        )
    return Outcome.WOULD_LAND if conditions.dry_run else Outcome.LANDED


def _report(file: ExaminedFile, work: _Work, found: Comparison) -> ExtractReport:
    return ExtractReport(
        outcome=Outcome.REFUSED,
        file=file.path.name,
        sha256=file.sha256,
        counts=Counts(
            read=work.read, added=found.added, changed=found.changed, refused=work.refused
        ),
        unchanged=found.known - found.changed,
        repeated=work.repeated,
        groups_named=found.groups_named,
        groups_unknown=found.groups_unknown,
        not_in_file=found.missing,
        skipped=dict(work.skipped.most_common()),
        notices=work.notices.all(),
        columns=len(work.columns.at),
        columns_ignored=work.columns.width - len(work.columns.at),
    )


async def _write_down(
    session: WriteSession,
    actor: Actor,
    extract: Extract,
    file: ExaminedFile,
    conditions: Conditions,
    report: ExtractReport,
) -> None:
    """Record the run; the file says what became of each row."""
    more = {
        "unchanged": report.unchanged,
        "groups_named": report.groups_named,
        "left_out": sum(report.skipped.values()),
    }
    landed = (extract.kind, file, runs.options_text({}))
    await runs.record(session, actor, landed, conditions, report.counts, more)
