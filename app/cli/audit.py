"""`ap-register export audit`: what one organisation's people did, or everybody's, as a file."""

import asyncio
import uuid
from datetime import date, datetime
from pathlib import Path
from typing import IO, Annotated

import typer

from app import clock
from app.access import OPERATOR, Actor, DbRole
from app.audit import exporting, service
from app.audit.schemas import FIRST_DAY, LAST_DAY, beginning_of, end_of
from app.audit.terms import ExportFormat, Purpose, Subject, Wanted
from app.cli.files import written
from app.cli.output import Advance, Exit, progress, result, stop
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.organisations.queries.members import get_organisation

EVERYBODY = Subject(service.AUDIT, "all", "every organisation")


def export_audit(  # noqa: PLR0913 - each is an option of the command
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day, London time.")
    ],
    last: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day, London time.")
    ],
    purpose: Annotated[Purpose, typer.Option(help="What for; it is written down.")],
    *,
    organisation: Annotated[
        uuid.UUID | None, typer.Option(help="What its own people would be shown.")
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Every organisation's.")] = False,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A file; `-` is standard output.")
    ] = Path("-"),
    shape: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.CSV,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Write who did what to what in a period; that it was exported is written down first."""
    if everybody == (organisation is not None):
        stop(Exit.USAGE, "Say whose acts: --organisation and an id, or --all.")
    period = _period(first.date(), last.date())
    with (
        database(Settings.load()) as reached,
        written(output) as file,
        progress("Writing the record of acts") as advance,
    ):
        count = asyncio.run(
            _export(reached.settings, organisation, period, (purpose, shape), file, advance)
        )
    if str(output) != "-":
        text = f"{count} entries written to {output}."
        result({"entries": count, "file": str(output)}, as_json=as_json, text=text)


def _period(first: date, last: date) -> tuple[date, date]:
    if not FIRST_DAY <= first <= last <= LAST_DAY:
        stop(Exit.USAGE, f"--until must be --from or later, and both from {FIRST_DAY} on.")
    return first, last


async def _export(
    settings: Settings,
    organisation: uuid.UUID | None,
    period: tuple[date, date],
    how: tuple[Purpose, ExportFormat],
    file: IO[bytes],
    advance: Advance,
) -> int:
    purpose, shape = how
    first, last = period
    async with opened(settings) as held:
        subject, reader = await _whose(held, organisation)
        async with transaction(held, OPERATOR) as session:
            asked = {"from": first, "until": last, "format": shape}
            await service.note_export(session, OPERATOR, subject, purpose, asked)
        heading = exporting.Heading(
            audit_of=subject.label or "",
            organisation_id=str(organisation) if organisation else None,
            first_day=first,
            last_day=last,
            made_at=clock.now(),
            made_by=exporting.made_by(OPERATOR),
            purpose=purpose,
        )
        wanted = Wanted(since=beginning_of(first), before=end_of(last))
        count = 0
        async for chunk in exporting.export(held, reader, wanted, heading, shape):
            file.write(chunk.data)
            count = chunk.entries
            advance(count)
    return count


async def _whose(held: Database, organisation: uuid.UUID | None) -> tuple[Subject, Actor]:
    """Return whose acts are looked at, and who may see just those.

    What one organisation is shown is decided where it always is, by row security: the file holds
    what its own people could have downloaded.
    """
    if organisation is None:
        return EVERYBODY, OPERATOR
    async with reading(held, OPERATOR) as session:
        found = await get_organisation(session, organisation, administered=False)
    if found is None:
        stop(Exit.REFUSED, f"No organisation has the id {organisation}.")
    reader = Actor(
        name=OPERATOR.name,
        role=DbRole.APP,
        kind=OPERATOR.kind,
        organisation_id=organisation,
        organisation_name=found.name,
    )
    return service.audit_of(reader), reader
