"""The pages on the dates of terms: which school years are stated, and one of them to fill in."""

from fastapi import Request, Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.queries import calendars as queries
from app.organisations.router.calendars import calendar_out
from app.organisations.schemas.calendars import SchoolCalendarStated
from app.organisations.service import calendars as service
from app.pages.commissioning import calendars_view as view
from app.pages.commissioning.forms import (
    COMMISSIONING,
    RECORDS,
    At,
    Done,
    Reader,
    add_form,
    show_page,
)
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import acted_for, own_router, understood
from app.rules.school_days import school_year_of

router = own_router()

TERMS = f"{COMMISSIONING}/terms"


@router.get(TERMS)
async def show_terms(
    request: Request, session: Reading, actor: Reader, done: Done = None
) -> Response:
    """Show the school years that the organisation acted for has stated, and what holds for it."""
    own = await queries.list_calendars(session, acted_for(actor))
    holding = await queries.calendars_for(session, acted_for(actor))
    stated = [calendar_out(row) for row in own]
    years = [row.school_year for row in holding]
    part = view.terms_part(actor, stated, years, school_year_of(clock.today()))
    return await show_page(request, part, view.DONE.get(done or ""))


async def _asking(session: ReadSession, at: At) -> FormAsked:
    year = int(at.text("year", "20[0-9]{2}"))
    own = await queries.list_calendars(session, acted_for(at.actor))
    held = next((calendar_out(row) for row in own if row.school_year == year), None)
    return view.terms_asked(year, held)


async def _state(session: WriteSession, at: At, answers: Answers) -> str:
    stated = understood(SchoolCalendarStated, view.stated_of(answers))
    of = (acted_for(at.actor), int(at.text("year", "20[0-9]{2}")), at.version)
    await service.state_calendar(session, at.actor, of, stated)
    return f"{TERMS}?done=stated"


add_form(router, f"{TERMS}/{{year}}", RECORDS, _asking, _state)
