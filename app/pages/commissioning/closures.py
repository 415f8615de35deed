"""The pages on which a commissioner says on which days nobody is expected."""

from fastapi import Request, Response

from app.attendance.errors import AttendanceNotYoursError, ClosureNotFoundError
from app.attendance.queries import alerts as queries
from app.attendance.queries.sessions import may_report
from app.attendance.router import alerts as api
from app.attendance.schemas.asked import NewClosure
from app.attendance.service import deciding
from app.attendance.terms import ClosureScope
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.terms import PLACING_KINDS
from app.pages.attendance_closures import taken_back
from app.pages.commissioning import closures_view as view
from app.pages.commissioning.attendance import REPORTS, AttendanceReader
from app.pages.commissioning.attendance_view import CLOSURES
from app.pages.commissioning.forms import At, Cursor, Done, add_form, page_of, show_page
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.placements.errors import PlacementNotFoundError

router = own_router()


@router.get(CLOSURES)
async def show_closures(
    request: Request,
    session: Reading,
    actor: AttendanceReader,
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """Show what was said of days on which nobody is expected, the newest first."""
    page = page_of(CLOSURES, cursor)
    found = await api.list_closures(session, actor, Response(), page)
    part = view.closures_part(actor, found, further=cursor is not None)
    return await show_page(request, part, view.DONE.get(done or ""))


def _placement(at: At) -> str:
    return at.query.get("placement", "")


async def _adding(session: ReadSession, at: At) -> FormAsked:
    if at.actor.organisation_kind not in PLACING_KINDS:
        raise AttendanceNotYoursError("A provider closes its sites on the pages of its record.")
    if named := _placement(at):
        new = understood(view.Named, {"placement": named})
        if not await may_report(session, new.placement):
            raise PlacementNotFoundError("No placement has this id, or none of yours.")
    return view.add_closure_form(_placement(at))


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    of: dict[str, object] = {"scope": ClosureScope.COMMISSIONER}
    if named := _placement(at):
        of = {"scope": ClosureScope.PLACEMENT, "placement": named}
    await deciding.close_days(session, at.actor, understood(NewClosure, answers | of))
    return f"{CLOSURES}?done=closed"


async def _withdrawing(session: ReadSession, at: At) -> FormAsked:
    found = await queries.get_closure(session, at.id("closure_id"))
    if found is None or found.organisation_id != at.actor.organisation_id:
        raise ClosureNotFoundError("No closure has this id, or none that your organisation stated.")
    return taken_back(found, view.BACK)


async def _withdraw(session: WriteSession, at: At, _: Answers) -> str:
    await deciding.withdraw_closure(session, at.actor, at.id("closure_id"))
    return f"{CLOSURES}?done=opened"


add_form(router, f"{CLOSURES}/add", REPORTS, _adding, _add)
add_form(router, f"{CLOSURES}/{{closure_id}}/withdraw", REPORTS, _withdrawing, _withdraw)
