"""Importing the postcodes of England from a published file.

The file says what is live: what it has and the register has not is added, what lies elsewhere is
moved, what it lacks is removed. A few things are beyond doubt mistakes and are refused:

* a row that cannot be read, lies outside England, or names an unknown local authority;
* two rows that put one postcode at different points;
* a file that would remove more than a tenth of what is held: it is hardly the whole of England.

When rows are refused and the good ones accepted all the same, nothing is removed, because a refused
row may be what the file says about a held postcode. No site is moved: those further than 100 m from
their postcode are reported.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

from app.access import Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.interchange.csv_files import ExaminedFile
from app.interchange.errors import OptionsNotRightError
from app.interchange.faults import FaultLog
from app.interchange.queries import postcodes as queries
from app.interchange.queries import runs as run_queries
from app.interchange.schemas import (
    Advance,
    Conditions,
    Counts,
    Fault,
    FaultsFound,
    PostcodesReport,
    Steps,
)
from app.interchange.service import runs
from app.interchange.terms import ImportKind, Outcome
from app.ledger import queries as ledger_queries
from app.places import postcode_files
from app.places.postcode_files import FileKind, PostcodeFile, open_postcode_file
from app.places.postcode_rows import Skipped

DISTANT_METRES = 100
"""A site further than this from its postcode is worth a look."""
MOST_REMOVED = 0.1
"""Of what is held; a file that would remove more is taken for a part of England only."""
_FEW = 1_000
"""Below so many held postcodes nobody has relied on them nationally yet."""
_EVERY = 5_000
"""Rows between two looks at whether the operator has interrupted."""
_KILOBYTE = 1_000

OGL = "Open Government Licence v3.0"
_RIGHTS = (
    "Contains OS data © Crown copyright and database right; Royal Mail data © Royal Mail copyright "
    "and database right; National Statistics data © Crown copyright and database right"
)
SOURCES: Mapping[FileKind, tuple[str, str]] = {
    FileKind.CODE_POINT_OPEN: ("Ordnance Survey, Code-Point Open", f"{OGL}. {_RIGHTS}"),
    FileKind.ONSPD: (
        "Office for National Statistics, ONS Postcode Directory",
        f"{OGL}. {_RIGHTS}",
    ),
    FileKind.LAT_LON: ("not stated", "not stated"),
}
"""Who publishes each shape of file, and under which terms, where the operator does not say."""


@dataclass(slots=True)
class _Work:
    """An import under way, and how many rows became what."""

    session: WriteSession
    opened: PostcodeFile
    log: FaultLog
    rows: int = 0
    refused: int = 0
    repeated: int = 0


async def import_postcodes(
    session: WriteSession,
    actor: Actor,
    file: ExaminedFile,
    conditions: Conditions,
    steps: Steps,
    *,
    accept_removals: bool = False,
) -> PostcodesReport:
    """Validate a file of postcodes, report, and make the postcodes held what it says.

    Args:
        session: the transaction in which it lands, as the operator.
        actor: who imports.
        file: examined already.
        conditions: how it is to be done.
        steps: is told how the work advances.
        accept_removals: more than a tenth of what is held may go.

    Raises:
        ImportRunningError: another import of postcodes has not ended.
        OptionsNotRightError: it would remove too much, or the faults cannot be written.
        PostcodeFileNotRecognisedError: the file has none of the known shapes.
        PostcodeFileDamagedError: it breaks off; nothing of it is kept.
        FileNotReadableError: it was written to meanwhile.
    """
    await runs.begin(session, ImportKind.POSTCODES)
    latest = await run_queries.get_latest_run(session, ImportKind.POSTCODES)
    if latest is not None and latest.sha256 == file.sha256 and not conditions.again:
        return PostcodesReport(
            Outcome.ALREADY_LANDED, file.path.name, file.sha256, earlier=runs.earlier(latest)
        )
    with (
        open_postcode_file(file.path) as opened,
        FaultLog(conditions.faults_path, file.path) as log,
    ):
        work = _Work(session, opened, log)
        with steps("Reading postcodes, kB") as advance:
            await queries.stage(session, _rows(work, advance))
        file.refuse_if_changed()
        with steps("Comparing with what is held"):
            await _refuse_differing(work)
            found = await queries.compare(session)
            distant = await queries.find_distant_sites(session, DISTANT_METRES)
        faults = log.write()
    if not work.refused or conditions.accept_good:
        _refuse_what_cannot_be_meant(work, found, accept_removals=accept_removals)
    conditions = _with_source(conditions, opened.kind)
    report = replace(
        _report(file, work, found),
        outcome=_outcome(faults, conditions),
        faults=faults,
        distant_sites=tuple(distant),
        source=str(conditions.source),
        licence=str(conditions.licence),
    )
    if report.outcome is Outcome.LANDED:
        with steps("Merging"):
            await queries.merge(session, found, removing=not report.kept)
        landed = (ImportKind.POSTCODES, file, runs.options_text({}))
        await runs.record(session, actor, landed, conditions, report.counts)
        async with acting_as(session, DbRole.PUBLISHER):  # where places are, answers tell
            await ledger_queries.stir(session)
    return report


async def _rows(work: _Work, advance: Advance) -> AsyncIterator[queries.StagedRow]:
    opened = work.opened
    size = opened.size_bytes // _KILOBYTE
    for row in opened:
        work.rows += 1
        if isinstance(row, postcode_files.Fault):
            work.refused += 1
            work.log.add(Fault(row.line, row.column, row.value, row.wrong, row.cure))
        else:
            yield (*row, opened.lines_read)
        if work.rows % _EVERY == 0:
            advance(opened.bytes_read // _KILOBYTE, size)
            await asyncio.sleep(0)  # where an interruption by the operator is noticed
    advance(size, size)


async def _refuse_differing(work: _Work) -> None:
    async for row in queries.find_differing(work.session):
        value = f"{row.postcode} {row.la_code or ''} {row.easting} {row.northing}"
        problem = (
            f"{row.postcode} stands in the file {row.lines} times, first on line {row.first_line}, "
            "and not always at the same point and in the same local authority."
        )
        work.log.add(Fault(row.line, "postcode", value, problem, "Leave only the right row."))
    differing, work.repeated = await queries.drop_repeated(work.session)
    work.refused += differing


def _refuse_what_cannot_be_meant(
    work: _Work, found: queries.Comparison, *, accept_removals: bool
) -> None:
    staying = found.held - found.missing
    if not found.added + staying:
        left_out = {**_skipped(work), "refused": work.refused}
        counted = ", ".join(f"{reason}: {count}" for reason, count in left_out.items() if count)
        raise OptionsNotRightError(
            f"The file holds no live postcode of England that could be taken "
            f"({counted or 'it has no rows'}). Nothing was changed."
        )
    too_many = found.held >= _FEW and found.missing > found.held * MOST_REMOVED
    if too_many and not work.refused and not accept_removals:
        raise OptionsNotRightError(
            f"The file lacks {found.missing:,} of the {found.held:,} postcodes held, and would "
            "remove them: is it the whole of England? Code-Point Open comes as one file for each "
            "postcode area: join them first. If it is right, say --accept-removals. "
            "Nothing was changed."
        )


def _outcome(faults: FaultsFound, conditions: Conditions) -> Outcome:
    if faults.count and not conditions.accept_good:
        return Outcome.REFUSED
    return Outcome.WOULD_LAND if conditions.dry_run else Outcome.LANDED


def _report(file: ExaminedFile, work: _Work, found: queries.Comparison) -> PostcodesReport:
    skipped = _skipped(work)
    removed = 0 if work.refused else found.missing
    return PostcodesReport(
        outcome=Outcome.REFUSED,
        file=file.path.name,
        sha256=file.sha256,
        shape=work.opened.kind,
        counts=Counts(
            read=work.rows + sum(skipped.values()),
            added=found.added,
            changed=found.changed,
            removed=removed,
            refused=work.refused,
        ),
        unchanged=found.held - found.missing - found.changed,
        repeated=work.repeated,
        kept=found.missing - removed,
        skipped=skipped,
    )


def _skipped(work: _Work) -> dict[str, int]:
    """Return how many sound rows were left out, by reason; a heading is no row."""
    return {
        str(reason): count
        for reason, count in work.opened.skipped.items()
        if reason is not Skipped.HEADING
    }


def _with_source(conditions: Conditions, kind: FileKind) -> Conditions:
    source, licence = SOURCES[kind]
    return replace(
        conditions,
        source=conditions.source or source,
        licence=conditions.licence or licence,
    )
