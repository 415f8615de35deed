"""Importing a local authority's list of providers.

Each line becomes a provider that is known and nothing more: not listed, not public. The list is
additive. A line that is held already (same local authority, list and reference, or same name where
there is no reference) is recognised, not added again. A newer result of the authority's own check
is taken over; if the line says something else now, that is reported and left for a person, and what
is held stays. Likely duplicates are reported, never merged and never refused. Rows that are really
schools are refused (`app.interchange.schools`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from app.access import Actor
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile, open_table
from app.interchange.errors import OptionsNotRightError
from app.interchange.faults import FaultLog
from app.interchange.known_lines import recognise, reference_key
from app.interchange.local_results import in_words
from app.interchange.provider_columns import Columns, understand
from app.interchange.provider_lines import Defaults, ListLine, read_line
from app.interchange.queries import provider_lists as queries
from app.interchange.queries import runs as run_queries
from app.interchange.schemas import (
    Conditions,
    Counts,
    Fault,
    FaultsFound,
    NewerResult,
    ProvidersReport,
    Remark,
    Steps,
)
from app.interchange.schools import Schools, read_schools
from app.interchange.service import runs
from app.interchange.service.new_providers import find_duplicates, place
from app.interchange.terms import Column, ImportKind, Outcome
from app.providers.service import recording as providers
from app.providers.service.local_results import LocalResult, take_local_results

FACTS_ONLY = "none granted: facts only"
"""The terms of most lists: nobody licensed them, and only facts are taken."""
_HOSTS_NAMED = 3


@dataclass(frozen=True, slots=True)
class ListFiles:
    """The files of one import.

    Attributes:
        list: the provider list.
        schools: files of GIAS to compare it with; may be empty.
    """

    list: ExaminedFile
    schools: tuple[ExaminedFile, ...] = ()


@dataclass(slots=True)
class _Work:
    """An import under way."""

    columns: Columns
    schools: int
    lines: list[ListLine] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    read: int = 0
    refused: int = 0


async def import_providers(
    session: WriteSession,
    actor: Actor,
    files: ListFiles,
    defaults: Defaults,
    conditions: Conditions,
    steps: Steps,
) -> ProvidersReport:
    """Validate a provider list, report, and record its new lines as known providers.

    Args:
        session: the transaction in which it lands, as the operator.
        actor: who imports.
        files: examined already.
        defaults: what the operator said of the whole list.
        conditions: how it is to be done.
        steps: is told how the work advances.

    Raises:
        ImportRunningError: another import of providers has not ended.
        ColumnsNotRightError: a needed column is missing.
        FileNotReadableError: a file breaks off being CSV, or was written to meanwhile.
        OptionsNotRightError: no line could be taken, or the faults cannot be written.
    """
    await runs.begin(session, ImportKind.PROVIDERS)
    options = _options(files, defaults)
    before = await run_queries.get_run_of(session, ImportKind.PROVIDERS, files.list.sha256, options)
    name, sha256 = files.list.path.name, files.list.sha256
    if before is not None and not conditions.again:
        return ProvidersReport(Outcome.ALREADY_LANDED, name, sha256, earlier=runs.earlier(before))
    with FaultLog(conditions.faults_path, files.list.path) as log:
        with steps("Reading the list") as advance:
            work = _read(files, defaults, log)
            advance(work.read, work.read)
        files.list.refuse_if_changed()
        faults = log.write()
    with steps("Comparing with what is held"):
        recognised = recognise(work.lines, await _held_lines(session, work.lines))
        new, remarks = await place(session, recognised.new)
        duplicates = await find_duplicates(session, recognised.new, new)
    conditions = _with_source(conditions, files.list.path, work)
    report = ProvidersReport(
        outcome=_outcome(faults, conditions, work),
        file=name,
        sha256=sha256,
        counts=Counts(
            read=work.read, added=len(new), changed=len(recognised.newer), refused=work.refused
        ),
        unchanged=recognised.unchanged,
        redated=recognised.redated,
        newer_results=tuple(_newer_result(line, held) for line, held in recognised.newer),
        changed_lines=tuple(recognised.changed),
        duplicates=tuple(duplicates),
        remarks=tuple(sorted([*work.remarks, *remarks], key=lambda remark: remark.line)),
        ignored_columns=work.columns.ignored,
        columns_not_kept=work.columns.not_kept,
        schools=work.schools,
        source=str(conditions.source),
        licence=str(conditions.licence),
        faults=faults,
    )
    if report.outcome is not Outcome.LANDED:
        return report
    with steps("Recording"):
        recorded = await providers.record_providers(session, actor, new)
        taken = [_to_take(line, held) for line, held in recognised.newer]
        await take_local_results(session, actor, taken)
        landed = (ImportKind.PROVIDERS, files.list, options)
        await runs.record(session, actor, landed, conditions, report.counts)
    return replace(report, numbers=tuple(provider.number for provider in recorded))


def _options(files: ListFiles, defaults: Defaults) -> str:
    return runs.options_text(
        {
            "la_code": defaults.la_code,
            "list_name": defaults.list_name,
            "list_date": defaults.list_date,
            "schools": sorted(file.sha256 for file in files.schools),
        }
    )


def _read(files: ListFiles, defaults: Defaults, log: FaultLog) -> _Work:
    """Read every line; what is wrong goes to the log, under the file's own headings."""
    schools = read_schools(files.schools)
    with open_table(files.list) as table:
        columns = understand(
            table.headings,
            la_chosen=defaults.la_code is not None,
            list_named=defaults.list_name is not None,
        )
        work = _Work(columns, len(schools.by_urn))
        references: dict[tuple[str, str, str], int] = {}
        for line, cells in table.rows:
            work.read += 1
            found, faults, remarks = _read_row(line, cells, (columns, defaults, schools))
            repeated = _repeats(found, references) if found else None
            if found is None or repeated:
                work.refused += 1
                for fault in [*faults, *([repeated] if repeated else [])]:
                    log.add(replace(fault, column=columns.heading(fault.column)))
            else:
                work.lines.append(found)
                work.remarks += remarks
    return work


def _read_row(
    line: int, cells: Sequence[str], reading: tuple[Columns, Defaults, Schools]
) -> tuple[ListLine | None, list[Fault], list[Remark]]:
    columns, defaults, schools = reading
    if len(cells) < columns.width or any(cell.strip() for cell in cells[columns.width :]):
        problem = f"The row has {len(cells)} cells, and there are {columns.width} headings."
        cure = "Look for a missing or superfluous comma or quotation mark."
        return None, [Fault(line, "row", ",".join(cells), problem, cure)], []
    return read_line(line, columns.cells(cells), defaults, schools)


def _repeats(found: ListLine, references: dict[tuple[str, str, str], int]) -> Fault | None:
    """Refuse a reference that stands on the list already: it names a line, so it can name one."""
    reference = found.known_by.list_reference
    if reference is None:
        return None
    first = references.setdefault(reference_key(found.known_by, reference), found.line)
    if first == found.line:
        return None
    problem = f"The reference stands on line {first} of the same list already."
    cure = "Give each line a reference of its own, or remove one of them."
    return Fault(found.line, Column.REFERENCE, reference, problem, cure)


def _newer_result(line: ListLine, held: queries.HeldLine) -> NewerResult:
    before, after = in_words(held), in_words(line.known_by)
    return NewerResult(line.line, held.number, held.name, before, after)


def _to_take(line: ListLine, held: queries.HeldLine) -> LocalResult:
    known = line.known_by
    assert known.local_result is not None  # noqa: S101 - there is a newer one
    return LocalResult(held.id, known.local_result, known.local_result_on)


async def _held_lines(session: WriteSession, lines: Sequence[ListLine]) -> list[queries.HeldLine]:
    return await queries.find_held_lines(session, {line.known_by.la_code for line in lines})


def _with_source(conditions: Conditions, path: Path, work: _Work) -> Conditions:
    """Fill in what the operator did not say: the hosts the lines were published on, or the file."""
    urls = [line.known_by.source_url for line in work.lines]
    hosts = sorted({urlsplit(url).netloc.lower() for url in urls if url})
    further = f" and {len(hosts) - _HOSTS_NAMED} more" if len(hosts) > _HOSTS_NAMED else ""
    shown = ", ".join(hosts[:_HOSTS_NAMED]) + further
    dates = sorted({line.known_by.list_date for line in work.lines if line.known_by.list_date})
    return replace(
        conditions,
        source=conditions.source or shown or path.name,
        source_date=conditions.source_date or (dates[-1] if dates else None),
        licence=conditions.licence or FACTS_ONLY,
    )


def _outcome(faults: FaultsFound, conditions: Conditions, work: _Work) -> Outcome:
    if faults.count and not conditions.accept_good:
        return Outcome.REFUSED
    if not work.lines:
        raise OptionsNotRightError(
            f"Not one of the {work.read} lines could be taken. Nothing was changed."
            if work.read
            else "The list holds no lines below its headings. Nothing was changed."
        )
    return Outcome.WOULD_LAND if conditions.dry_run else Outcome.LANDED
