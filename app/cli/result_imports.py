"""`ap-register import results`: results of inspections out of files, each landing by itself."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from app.access import DOORKEEPER, Actor, Permission
from app.cli import result_files
from app.cli.output import Advance, Exit, progress, result, stop
from app.cli.result_files import Found
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.transactions import Database, transaction
from app.errors import AppError
from app.inspections.service.results import Sent, submit
from app.organisations.service.machine_tokens import machine_of_id

REFUSED = "refused"
SHOWN_FAULTS = 5


class _Undone(Exception):  # noqa: N818 - not a failure; a way out of the transaction
    """A trial ends here."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one document.

    Attributes:
        file: its name.
        line: where the document is, in a file of lines.
        reference: the inspector's own.
        status: applied, kept or dismissed, as the service says; or refused.
        again: whether it had landed before.
        inspection: whose judgements it became.
        reasons: why it was kept, in closed codes.
        detail: why it was refused.
        errors: every fault: where in the document, and what.
    """

    file: str
    line: int | None
    reference: str | None
    status: str
    again: bool = False
    inspection: str | None = None
    reasons: list[str] = field(default_factory=list)
    detail: str | None = None
    errors: list[dict[str, str | None]] = field(default_factory=list)


def results(
    files: Annotated[
        list[Path],
        typer.Argument(help="JSON documents, or JSON Lines (.jsonl) of one document a line."),
    ],
    *,
    machine: Annotated[
        uuid.UUID,
        typer.Option(help="The id of the body's machine as which they are submitted."),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report only; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Take in whole results of inspections, as `POST /v1/inspection-results` does.

    Each lands, is kept or is refused by itself; what landed before is told again, so that a run
    that was broken off is simply repeated. The machine needs the scope inspections:submit.
    """
    documents = list(_documents(files))
    with database(Settings.load()) as reached, progress("Taking in results") as advance:
        came = asyncio.run(_land(reached.settings, machine, documents, advance, dry_run=dry_run))
    told = {"dry_run": dry_run, "counts": _counts(came), "results": [asdict(one) for one in came]}
    result(told, as_json=as_json, text=_in_words(came, dry_run=dry_run))
    if any(one.status == REFUSED for one in came):
        raise typer.Exit(int(Exit.REFUSED))


def _documents(files: list[Path]) -> Iterator[Found]:
    for path in files:
        try:
            yield from result_files.find(path)
        except OSError as error:
            stop(Exit.USAGE, f"{path} cannot be read: {error.strerror}. Nothing was changed.")


async def _land(
    settings: Settings,
    machine: uuid.UUID,
    documents: list[Found],
    advance: Advance,
    *,
    dry_run: bool,
) -> list[Came]:
    came = []
    async with opened(settings) as held:
        async with transaction(held, DOORKEEPER) as session:
            actor = await machine_of_id(session, machine)
        if Permission.INSPECTIONS_SUBMIT not in actor.permissions:
            stop(Exit.REFUSED, f"{actor.name} has not the scope {Permission.INSPECTIONS_SUBMIT}.")
        for number, one in enumerate(documents, start=1):
            try:
                sent = result_files.read(one, settings.max_body_bytes)
                came.append(await _land_one(held, actor, one, sent, dry_run=dry_run))
            except AppError as refused:
                came.append(_refused(one, refused))
            advance(number, len(documents))
    return came


async def _land_one(held: Database, actor: Actor, one: Found, sent: Sent, *, dry_run: bool) -> Came:
    told: Came | None = None
    with suppress(_Undone):
        async with transaction(held, actor) as session:
            row, first = await submit(session, actor, sent)
            told = _landed(one, row, first=first)
            if dry_run:
                raise _Undone
    assert told is not None  # noqa: S101 - otherwise something was raised
    return told


def _landed(one: Found, row: Any, *, first: bool) -> Came:
    return Came(
        file=one.file,
        line=one.line,
        reference=row.reference,
        status=row.status,
        again=not first,
        inspection=row.inspection_reference,
        reasons=list(row.reasons),
    )


def _refused(one: Found, refused: AppError) -> Came:
    return Came(
        file=one.file,
        line=one.line,
        reference=result_files.reference_in(one.body),
        status=REFUSED,
        detail=refused.detail,
        errors=[{"pointer": fault.pointer, "detail": fault.detail} for fault in refused.errors],
    )


def _counts(came: list[Came]) -> dict[str, int]:
    counts = dict.fromkeys(("applied", "kept", "dismissed", REFUSED), 0)
    for one in came:
        counts[one.status] += 1
    return counts | {"landed_before": sum(one.again for one in came)}


def _in_words(came: list[Came], *, dry_run: bool) -> str:
    lines = [
        ", ".join(f"{count} {what.replace('_', ' ')}" for what, count in _counts(came).items())
    ]
    if dry_run:
        lines.append("This was a trial, and nothing was changed.")
    for one in came:
        where = one.file if one.line is None else f"{one.file}, line {one.line}"
        if one.status == REFUSED:
            lines.append(f"{where}: {one.reference or 'a document'} is refused. {one.detail}")
            lines += [
                f"  {fault['pointer']}: {fault['detail']}" for fault in one.errors[:SHOWN_FAULTS]
            ]
            if len(one.errors) > SHOWN_FAULTS:
                lines.append(f"  and {len(one.errors) - SHOWN_FAULTS} more; --json has all")
        elif one.reasons:
            lines.append(f"{where}: {one.reference} is {one.status}: {', '.join(one.reasons)}.")
    return "\n".join(lines)
