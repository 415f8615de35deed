"""The pages on who came to a placement: sessions, codes, whom to call, and what a call told."""

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from app import clock
from app.access import Actor, Permission
from app.attendance.errors import AttendanceNotYoursError, CodeForbiddenError
from app.attendance.queries import sessions as queries
from app.attendance.router import facts as api
from app.attendance.schemas.asked import AgreedContact, NewCode
from app.attendance.schemas.told import AttendanceSession
from app.attendance.service import deciding, reporting, telling
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, NotFoundError
from app.http.security import Requires
from app.http.sessions import Looking
from app.organisations.queries.members import list_members
from app.pages.attendance_forms import Asked, facts_of, refuse_wrong
from app.pages.commissioning import attendance_view as view
from app.pages.commissioning.forms import (
    PLACEMENTS,
    PURPOSE,
    RECORDS,
    AnySession,
    At,
    Done,
    add_form,
    at_of,
    show_page,
)
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import acted_for, own_router, understood
from app.placements.errors import PlacementNotFoundError, PlacementNotYoursError
from app.placements.queries.placements import get_placement
from app.rules.attendance.codes import Code

router = own_router()

ATTENDS = Requires(Permission.ATTENDANCE_READ)
REPORTS = Requires(Permission.ATTENDANCE_REPORT)
CODES = Requires(Permission.ATTENDANCE_CODE)
AttendanceReader = Annotated[Actor, Depends(ATTENDS)]
_HERE = f"{PLACEMENTS}/{{placement_id}}/attendance"
_WEEK = timedelta(days=6)
_MOST = 100


@router.get(_HERE)
async def show_attendance(
    request: Request,
    session: Looking,
    actor: AttendanceReader,
    since: Annotated[date | None, Query()] = None,
    done: Done = None,
) -> Response:
    """Show a week of a placement: what was reported, the codes, and whom to call."""
    which = at_of(request, actor).id("placement_id")
    monday = view.monday_of(since or clock.today())
    told = await api.get_attendance(
        session, actor, Response(), which, PURPOSE, since=monday, until=monday + _WEEK
    )
    placement, may = await get_placement(session, which), actor.permissions
    own = placement is not None and placement.commissioner_id == actor.organisation_id
    acts = view.Acts(
        reports=own and Permission.ATTENDANCE_REPORT in may,
        codes=Permission.ATTENDANCE_CODE in may and await queries.may_register(session, which),
        agrees=own and Permission.PLACEMENTS_RECORD in may,
    )
    reference = placement.reference if placement else "Placement"
    part = view.attendance_part(reference, told, acts)
    return await show_page(request, part, view.DONE.get(done or ""))


def _day(at: At) -> date:
    try:
        return date.fromisoformat(at.text("day", "[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    except ValueError:
        raise NotFoundError("There is no such day. Go back, and choose another.") from None


async def _sessions(session: AnySession, at: At, since: date, until: date) -> Any:
    which = at.id("placement_id")
    if not await queries.may_see(session, which):
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    return (await telling.tell(session, which, since, until)).sessions


async def _week(session: AnySession, at: At) -> list[AttendanceSession]:
    monday = view.monday_of(_day(at))
    found: list[AttendanceSession] = await _sessions(session, at, monday, monday + _WEEK)
    return found


async def _look_at_week(session: WriteSession, at: At) -> None:
    monday = view.monday_of(_day(at))
    until = monday + _WEEK
    await api.get_attendance(
        session, at.actor, Response(), at.id("placement_id"), PURPOSE, since=monday, until=until
    )


async def _coding(session: ReadSession, at: At) -> FormAsked:
    week = await _week(session, at)
    if not await queries.may_register(session, at.id("placement_id")):
        raise AttendanceNotYoursError(
            "The register is the home school's: the one on whose roll the child is enters codes."
        )
    return view.codes_form(at.id("placement_id"), view.monday_of(_day(at)), week)


async def _code(session: WriteSession, at: At, answers: Answers) -> str:
    which, monday = at.id("placement_id"), view.monday_of(_day(at))
    faults = []
    for name, on, half, decided in view.halves_of(await _week(session, at)):
        code = answers.get(name)
        if not code or (decided and decided.code == code):
            continue
        new = NewCode(on=on, half=half, code=Code(str(code)))
        try:
            await deciding.enter_code(session, at.actor, which, new)
        except CodeForbiddenError as refused:
            faults.append(FieldFault(refused.detail, f"/{name}"))
    if faults:
        raise InvalidRequestError("The law forbids some of these.", errors=tuple(faults))
    return view.week_at(which, monday, "codes")


async def _noting(session: ReadSession, at: At) -> FormAsked:
    day, which = _day(at), at.id("placement_id")
    found = await _sessions(session, at, day, day)
    if not await queries.may_report(session, which):
        raise AttendanceNotYoursError("Whoever placed the child notes what it was told of it.")
    return view.call_form(which, day, found)


async def _note(session: WriteSession, at: At, answers: Answers) -> str:
    day, which = _day(at), at.id("placement_id")
    rows = [Asked(which, one.on, one.starts) for one in await _sessions(session, at, day, day)]
    said = facts_of([one for one in rows if f"{one.name}-kind" in answers], answers)
    outcomes = await reporting.report(session, at.actor, [fact for _, fact in said])
    refuse_wrong([asked for asked, _ in said], outcomes)
    return view.week_at(which, view.monday_of(day), "noted")


async def _agreeing(session: ReadSession, at: At) -> FormAsked:
    which = at.id("placement_id")
    placement = await get_placement(session, which)
    if placement is None:
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    if placement.commissioner_id != at.actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is names a contact.")
    people = await list_members(session, acted_for(at.actor), None, _MOST)
    present = await telling.contact_of(session, which)
    return view.contact_form(which, people, present)


async def _agree(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("placement_id")
    agreed = understood(AgreedContact, answers)
    await deciding.agree_contact(session, at.actor, which, agreed)
    return view.week_at(which, view.monday_of(clock.today()), "contact")


_OF_DAY = f"{_HERE}/{{day}}"
add_form(router, f"{_HERE}/contact", RECORDS, _agreeing, _agree)
add_form(router, f"{_OF_DAY}/codes", CODES, _coding, _code, looks=_look_at_week)
add_form(router, f"{_OF_DAY}/call", REPORTS, _noting, _note, looks=_look_at_week)
