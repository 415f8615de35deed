"""The pages on whom a provider expects, and on which it reports a whole day."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app import clock
from app.access import Actor, Permission
from app.attendance.queries.alerts import list_site_ids
from app.attendance.schemas.told import ExpectedChild
from app.attendance.service import reporting, telling
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.http.security import Requires
from app.http.sessions import Looking
from app.pages.attendance_forms import Asked, facts_of, refuse_wrong
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.form_routes import At, add_form
from app.pages.owners import attendance_view as view
from app.pages.owners.held_records import RECORD, Done, Number, own_held, show_part
from app.pages.signed_in import RECORDS_PART, Ring, own_router

router = own_router()

READS_ATTENDANCE = Requires(Permission.ATTENDANCE_READ)
REPORTS = Requires(Permission.ATTENDANCE_REPORT)
AttendanceReader = Annotated[Actor, Depends(READS_ATTENDANCE)]
PURPOSE = Purpose.SAFEGUARDING
"""What a provider reads whom it expects for: so that somebody notices who is missing."""
_HERE = f"{RECORD}/{view.ATTENDANCE}"


@router.get(_HERE)
async def show_attendance(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    request: Request,
    session: Looking,
    actor: AttendanceReader,
    ring: Ring,
    number: Number,
    on: Annotated[date | None, Query()] = None,
    done: Done = None,
) -> Response:
    """Show whom the provider expects on a day, and what was reported of them."""
    held, day = await own_held(session, number), on or clock.today()
    sites = await list_site_ids(session, held.id)
    found = await telling.read_expected(session, actor, ring, PURPOSE, (day, day), sites)
    may = Permission.ATTENDANCE_REPORT in actor.permissions
    return await show_part(request, view.day_page(held, day, found.items, may_report=may), done)


def _day(at: At) -> date:
    text = at.text("day", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFoundError("There is no such day. Go back, and choose another.") from None


async def _look(session: WriteSession, at: At) -> None:
    held = await own_held(session, at.number)
    sites, day = await list_site_ids(session, held.id), _day(at)
    await telling.read_expected(session, at.actor, at.ring, PURPOSE, (day, day), sites)


async def _expected(session: ReadSession | WriteSession, at: At) -> list[ExpectedChild]:
    held, day = await own_held(session, at.number), _day(at)
    sites = await list_site_ids(session, held.id)
    return (await telling.expected(session, at.ring, day, day, sites)).items


async def _asking(session: ReadSession, at: At) -> FormAsked:
    held = await own_held(session, at.number)
    return view.report_form(held, _day(at), await _expected(session, at))


async def _report(session: WriteSession, at: At, answers: Answers) -> str:
    rows = [Asked(one.placement, one.on, one.starts) for one in await _expected(session, at)]
    named = [one for one in rows if f"{one.name}-kind" in answers]
    said = facts_of(named, answers)
    outcomes = await reporting.report(session, at.actor, [fact for _, fact in said])
    refuse_wrong([asked for asked, _ in said], outcomes)
    return f"/records/{at.number}/{view.ATTENDANCE}?on={_day(at)}&done=reported"


add_form(
    router, f"{_HERE}/{{day}}/report", REPORTS, _asking, _report, here=RECORDS_PART, looks=_look
)
