"""`ap-register import`: postcodes, lists of providers, schools and groups, inspections' results."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TypeAlias, TypeVar

import asyncpg
import typer
from sqlalchemy.exc import SQLAlchemyError

from app.access import OPERATOR, Actor
from app.cli import result_imports
from app.cli.import_reports import extract_in_words, postcodes_in_words, providers_in_words
from app.cli.output import Exit, progress, result, stop
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import transaction
from app.interchange.csv_files import ExaminedFile, examine
from app.interchange.provider_lines import Defaults, plain_day
from app.interchange.schemas import (
    Conditions,
    ExtractReport,
    PostcodesReport,
    ProvidersReport,
    Steps,
)
from app.interchange.service.groups import import_groups
from app.interchange.service.postcodes import import_postcodes
from app.interchange.service.provider_lists import ListFiles, import_providers
from app.interchange.service.school_links import import_links
from app.interchange.service.schools import import_schools
from app.interchange.terms import Outcome
from app.places.facts import find_la

app = typer.Typer(help="Take in files: each lands whole, or changes nothing.", no_args_is_help=True)
app.command("results")(result_imports.results)

Report = TypeVar("Report", PostcodesReport, ProvidersReport, ExtractReport)
ImportExtract: TypeAlias = Callable[
    [WriteSession, Actor, ExaminedFile, Conditions, Steps], Awaitable[ExtractReport]
]

File = Annotated[Path, typer.Argument(help="CSV, plain or compressed with gzip.")]
AcceptGood = Annotated[
    bool, typer.Option("--accept-good", help="Land the good rows although others are refused.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Report only; change nothing.")]
Again = Annotated[
    bool, typer.Option("--again", help="Go through it even if this very file landed before.")
]
Faults = Annotated[
    Path | None,
    typer.Option("--faults", help="Where to write what is wrong; NAME.faults.csv here if unsaid."),
]
Source = Annotated[str | None, typer.Option("--source", help="Who published the file.")]
SourceDate = Annotated[
    str | None, typer.Option("--source-date", help="The day, month or year it speaks of.")
]
Licence = Annotated[str | None, typer.Option("--licence", help="Its terms of use.")]
AsJson = Annotated[bool, typer.Option("--json", help="Report as JSON, with everything in it.")]


@app.command()
def postcodes(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    accept_good: AcceptGood = False,
    accept_removals: Annotated[
        bool,
        typer.Option("--accept-removals", help="Let more than a tenth of what is held go."),
    ] = False,
    dry_run: DryRun = False,
    again: Again = False,
    faults: Faults = None,
    source: Source = None,
    source_date: SourceDate = None,
    licence: Licence = None,
    as_json: AsJson = False,
) -> None:
    """Make the postcodes held what a file says: OS Code-Point Open, ONSPD, or with lat and lon.

    No site is moved: those that now lie away from their postcode are listed.
    """
    examined = examine(file)
    conditions = Conditions(
        faults_path=faults,
        accept_good=accept_good,
        dry_run=dry_run,
        again=again,
        source=source,
        source_date=_day(source_date, "--source-date"),
        licence=licence,
    )

    async def work(session: WriteSession) -> PostcodesReport:
        return await import_postcodes(
            session, OPERATOR, examined, conditions, progress, accept_removals=accept_removals
        )

    _report(_in_one_transaction(work), postcodes_in_words, as_json=as_json)


@app.command()
def providers(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    la: Annotated[
        str | None, typer.Option("--la", help="Whose list it is, where a row does not say.")
    ] = None,
    list_name: Annotated[
        str | None, typer.Option("--list", help="What it is called, where a row does not say.")
    ] = None,
    list_date: Annotated[
        str | None, typer.Option("--list-date", help="Its date, where a row does not say.")
    ] = None,
    schools: Annotated[
        list[Path] | None,
        typer.Option("--schools", help="A file of GIAS to tell schools by; may be repeated."),
    ] = None,
    accept_good: AcceptGood = False,
    dry_run: DryRun = False,
    again: Again = False,
    faults: Faults = None,
    source: Source = None,
    licence: Licence = None,
    as_json: AsJson = False,
) -> None:
    """Record the providers on a local authority's list as known: not listed, not public.

    Lines held already are recognised; likely duplicates are reported, never merged; schools are
    refused, with their URN.
    """
    day = _day(list_date, "--list-date")
    defaults = Defaults(find_la(la).la_code if la else None, list_name, day)
    files = ListFiles(examine(file), tuple(examine(school) for school in schools or []))
    conditions = Conditions(
        faults_path=faults,
        accept_good=accept_good,
        dry_run=dry_run,
        again=again,
        source=source,
        source_date=day,
        licence=licence,
    )

    async def work(session: WriteSession) -> ProvidersReport:
        return await import_providers(session, OPERATOR, files, defaults, conditions, progress)

    _report(_in_one_transaction(work), providers_in_words, as_json=as_json)


@app.command()
def schools(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    accept_good: AcceptGood = False,
    dry_run: DryRun = False,
    again: Again = False,
    faults: Faults = None,
    source: Source = None,
    source_date: SourceDate = None,
    licence: Licence = None,
    as_json: AsJson = False,
) -> None:
    """Hold the establishments of England as an extract of GIAS says, closed ones too.

    Columns may stand in any order; what a file has no column for stays as it is held. Nothing is
    removed. Establishments in Wales and abroad are left out and counted.
    """
    conditions = Conditions(
        faults_path=faults,
        accept_good=accept_good,
        dry_run=dry_run,
        again=again,
        source=source,
        source_date=_day(source_date, "--source-date"),
        licence=licence,
    )
    _extract(import_schools, file, conditions, as_json=as_json)


@app.command("school-groups")
def school_groups(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    accept_good: AcceptGood = False,
    dry_run: DryRun = False,
    again: Again = False,
    faults: Faults = None,
    source: Source = None,
    source_date: SourceDate = None,
    licence: Licence = None,
    as_json: AsJson = False,
) -> None:
    """Hold the trusts and federations of GIAS's extract of groups; other groups are left out.

    It does not matter whether schools or groups are imported first.
    """
    conditions = Conditions(
        faults_path=faults,
        accept_good=accept_good,
        dry_run=dry_run,
        again=again,
        source=source,
        source_date=_day(source_date, "--source-date"),
        licence=licence,
    )
    _extract(import_groups, file, conditions, as_json=as_json)


@app.command("school-links")
def school_links(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    accept_good: AcceptGood = False,
    dry_run: DryRun = False,
    again: Again = False,
    faults: Faults = None,
    source: Source = None,
    source_date: SourceDate = None,
    licence: Licence = None,
    as_json: AsJson = False,
) -> None:
    """Hold which establishment followed, joined or came out of which, from GIAS's extract of links.

    Nothing is removed; URNs that are not held are no fault.
    """
    conditions = Conditions(
        faults_path=faults,
        accept_good=accept_good,
        dry_run=dry_run,
        again=again,
        source=source,
        source_date=_day(source_date, "--source-date"),
        licence=licence,
    )
    _extract(import_links, file, conditions, as_json=as_json)


def _extract(land: ImportExtract, file: Path, conditions: Conditions, *, as_json: bool) -> None:
    examined = examine(file)

    async def work(session: WriteSession) -> ExtractReport:
        return await land(session, OPERATOR, examined, conditions, progress)

    _report(_in_one_transaction(work), extract_in_words, as_json=as_json)


def _in_one_transaction(work: Callable[[WriteSession], Awaitable[Report]]) -> Report:
    """Reach the database and do the work; whatever it raises, nothing has happened."""

    async def run(settings: Settings) -> Report:
        async with opened(settings) as held, transaction(held, OPERATOR) as session:
            return await work(session)

    with database(Settings.load()) as reached:
        try:
            return asyncio.run(run(reached.settings))
        except SQLAlchemyError as error:
            message = getattr(error, "orig", None) or error
            stop(Exit.SURROUNDINGS, f"The database refused: {message}. Nothing was changed.")
        except asyncpg.PostgresError as error:
            stop(Exit.SURROUNDINGS, f"The database refused: {error}. Nothing was changed.")


def _report(report: Report, in_words: Callable[[Report], str], *, as_json: bool) -> None:
    result(asdict(report), as_json=as_json, text=in_words(report))
    if report.outcome is Outcome.REFUSED:
        raise typer.Exit(int(Exit.REFUSED))


def _day(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    try:
        return plain_day(text)
    except ValueError as error:
        message = f"{error} Write 2026, 2026-09 or 2026-09-30."
        raise typer.BadParameter(message, param_hint=option) from None
