"""The pages on who has not arrived: listed, read, and taken by somebody."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access import Permission
from app.attendance.errors import AlertAcknowledgedError
from app.attendance.router import alerts as api
from app.attendance.schemas.asked import AlertAcknowledgement
from app.attendance.service import deciding
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Looking
from app.pages.commissioning import alerts_view as view
from app.pages.commissioning.attendance import AttendanceReader
from app.pages.commissioning.forms import (
    RECORDS,
    At,
    Cursor,
    Done,
    add_form,
    at_of,
    page_of,
    show_page,
)
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.placements.errors import PlacementNotYoursError

router = own_router()

PURPOSE = Purpose.SAFEGUARDING
ALERTS = view.ALERTS
_ONE = f"{ALERTS}/{{alert_id}}"


@router.get(ALERTS)
async def show_alerts(
    request: Request,
    session: Looking,
    actor: AttendanceReader,
    still: Annotated[str, Query(pattern="^(taken)?$")] = "",
    cursor: Cursor = None,
) -> Response:
    """List who was expected and has not arrived, the newest first."""
    page = page_of(ALERTS, cursor, (("still", still),) if still else ())
    found = await api.list_alerts(session, actor, Response(), page, PURPOSE, open_=not still)
    part = view.alerts_part(actor, still, found, further=cursor is not None)
    return await show_page(request, part)


@router.get(_ONE)
async def show_alert(
    request: Request, session: Looking, actor: AttendanceReader, done: Done = None
) -> Response:
    """Show an alert; that it was read is written down."""
    which = at_of(request, actor).id("alert_id")
    told = await api.get_alert(session, actor, Response(), which, PURPOSE)
    row = await deciding.look_at_alert(session, which)
    takes = (
        Permission.PLACEMENTS_RECORD in actor.permissions
        and row.commissioner_id == actor.organisation_id
    )
    return await show_page(request, view.alert_part(told, takes=takes), view.DONE.get(done or ""))


async def _taking(session: ReadSession, at: At) -> FormAsked:
    row = await deciding.look_at_alert(session, at.id("alert_id"))
    if row.commissioner_id != at.actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is takes an alert.")
    if row.answered_at is not None:
        raise AlertAcknowledgedError("Somebody took it already; read it to see who.")
    return view.take_form(row)


async def _take(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("alert_id")
    said = understood(AlertAcknowledgement, answers)
    await deciding.answer_alert(session, at.actor, which, said)
    return f"{ALERTS}/{which}?done=taken"


add_form(router, f"{_ONE}/take", RECORDS, _taking, _take)
