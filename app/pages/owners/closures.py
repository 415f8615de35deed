"""The pages on which a provider says on which days nobody is expected."""

from fastapi import Request, Response

from app.attendance.errors import ClosureNotFoundError
from app.attendance.queries import alerts as queries
from app.attendance.router import alerts as api
from app.attendance.schemas.asked import NewClosure
from app.attendance.service import deciding
from app.attendance.terms import ClosureScope
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.form_routes import At, add_form
from app.pages.owners import closures_view as view
from app.pages.owners.attendance import REPORTS, AttendanceReader
from app.pages.owners.attendance_view import CLOSURES
from app.pages.owners.held_records import RECORD, Done, Number, own_held, own_record, show_part
from app.pages.signed_in import RECORDS_PART, own_router, understood

router = own_router()

_HERE = f"{RECORD}/{CLOSURES}"
_MOST = 50


@router.get(_HERE)
async def show_closures(
    request: Request, session: Reading, actor: AttendanceReader, number: Number, done: Done = None
) -> Response:
    """Show what was said of days on which nobody is expected, the newest first."""
    held = await own_held(session, number)
    page = Page(f"/records/{held.number}/{CLOSURES}", (), _MOST, None)
    found = await api.list_closures(session, actor, Response(), page)
    sites = await queries.list_site_ids(session, held.id)
    own = await queries.closed_at(session, sites)
    items = [one for one in found.items if one.scope is not ClosureScope.SITE or one.id in own]
    return await show_part(request, view.closures_page(held, items), done)


async def _adding(session: ReadSession, at: At) -> FormAsked:
    own = await own_record(session, at.actor, at.number)
    return view.add_closure_form(own.held, own.told.sites, at.query.get("placement", ""))


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    held = await own_held(session, at.number)
    of = {"scope": ClosureScope.SITE, "provider": held.number, "site": answers.pop("site", None)}
    if placement := at.query.get("placement"):
        of = {"scope": ClosureScope.PLACEMENT, "placement": placement}
    new = understood(NewClosure, answers | of)
    await deciding.close_days(session, at.actor, new)
    return f"/records/{held.number}/{CLOSURES}?done=days-closed"


async def _withdrawing(session: ReadSession, at: At) -> FormAsked:
    held = await own_held(session, at.number)
    found = await queries.get_closure(session, at.id("closure_id"))
    if found is None or found.organisation_id != at.actor.organisation_id:
        raise ClosureNotFoundError("No closure has this id, or none that your organisation stated.")
    return view.withdraw_form(held, found)


async def _withdraw(session: WriteSession, at: At, _: Answers) -> str:
    held = await own_held(session, at.number)
    await deciding.withdraw_closure(session, at.actor, at.id("closure_id"))
    return f"/records/{held.number}/{CLOSURES}?done=days-opened"


add_form(router, f"{_HERE}/add", REPORTS, _adding, _add, here=RECORDS_PART)
add_form(
    router, f"{_HERE}/{{closure_id}}/withdraw", REPORTS, _withdrawing, _withdraw, here=RECORDS_PART
)
