"""What others ask for of placements and of one child, over HTTP; each asking is written down."""

import uuid
from datetime import date
from typing import Annotated, Any, NoReturn

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import ExportFormat, Subject
from app.children.errors import ChildNotFoundError, ChildNotYoursError
from app.children.router import StatedPurpose
from app.children.service.keeping import subject_of
from app.errors import FieldFault, InvalidRequestError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking
from app.oversight.schemas import Everything
from app.oversight.service import everything as holding
from app.oversight.service import exporting
from app.oversight.terms import ExportKind
from app.providers.router.answering import ASKED, Ring, private

MOST_DAYS = 732

router = APIRouter(tags=["placements"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
ChildReader = Annotated[Actor, Depends(Requires(Permission.CHILDREN_READ))]

_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSONL: "application/x-ndjson",
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {kind: {"schema": {"type": "string"}} for kind in _TYPES.values()},
    }
}


@router.get(
    "/v1/placements/export",
    operation_id="exportPlacements",
    response_class=Response,
    responses=_FILES | problems(*ASKED),
)
async def export_placements(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    ring: Ring,
    purpose: StatedPurpose,
    kind: Annotated[ExportKind, Query(description="For whom.")],
    format_: Annotated[
        ExportFormat, Query(alias="format", description="In which shape.")
    ] = ExportFormat.CSV,
    on: Annotated[
        date | None, Query(description="Of a planning call: the day; today if not given.")
    ] = None,
    since: Annotated[date | None, Query(description="Of a census: its first day.")] = None,
    until: Annotated[date | None, Query(description="Of a census: its last day.")] = None,
) -> Response:
    """Download your organisation's placements: for an inspector's planning call, or the census.

    The planning call asks for those that run on a day: who, where, why, hours, since when, who
    checked the setting and when. The census asks for those within some days. A cell is empty where
    the register does not hold what it asks, and `notes` says what a person has to look at.
    """
    if kind is ExportKind.CENSUS:
        first, last = _within(since, until, on)
        rows = await exporting.census(session, ring, first, last)
    else:
        if since is not None or until is not None:
            _refuse("A planning call is of one day: send `on`.", "since")
        first = last = on or clock.today()
        rows = await exporting.planning_call(session, ring, first)
    subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
    asked = {"kind": kind, "since": first, "until": last, "rows": len(rows)}
    await record_read(session, actor, "placements.exported", subject, purpose, asked=asked)
    write = exporting.as_csv if format_ is ExportFormat.CSV else exporting.as_lines
    name = f"placements-{kind}-{last}.{format_}"
    return Response(
        write(kind, rows),
        media_type=_TYPES[format_],
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


@router.get(
    "/v1/children/{child_id}/everything",
    operation_id="getEverythingOnChild",
    responses=problems(*ASKED, ChildNotFoundError, ChildNotYoursError),
)
async def get_everything(
    session: Looking,
    actor: ChildReader,
    response: Response,
    ring: Ring,
    child_id: uuid.UUID,
    purpose: StatedPurpose,
) -> Everything:
    """Read everything that your organisation holds on one child, as one document.

    For whoever asks what is held on them (UK GDPR Article 15). It holds nothing of other children,
    nor of who raised a concern. Of an erased child it says that, and what had to remain.
    """
    held = await holding.look_at(session, child_id)
    subject = subject_of(held.id, held.commissioner_id)
    await record_read(session, actor, "child.everything_read", subject, purpose)
    private(response)
    return await holding.tell(session, ring, held)


def _within(since: date | None, until: date | None, on: date | None) -> tuple[date, date]:
    if on is not None:
        _refuse("A census is of several days: send `since` and `until`.", "on")
    if since is None or until is None:
        _refuse("Send the first and the last day of the census.", "since")
    if not 0 <= (until - since).days < MOST_DAYS:
        _refuse(f"Ask for 1 to {MOST_DAYS} days, the first before the last.", "until")
    return since, until


def _refuse(detail: str, parameter: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter=parameter),))
