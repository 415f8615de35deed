"""The pages on settings that may have to register as a school: listed, read and closed."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access import Permission
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.terms import OrganisationKind
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.oversight import cases_view as view
from app.pages.oversight.forms import (
    CLOSES_CASES,
    At,
    CaseReader,
    Cursor,
    Done,
    add_form,
    at_of,
    caption_of,
    page_of,
    show_page,
)
from app.pages.oversight.start_view import CASES
from app.pages.signed_in import own_router, understood
from app.placements.errors import CaseNotYoursError
from app.placements.router import cases as api
from app.placements.schemas import CaseClosure
from app.placements.service import cases

router = own_router()


_ONE = f"{CASES}/{{case_id}}"


@router.get(CASES)
async def show_cases(
    request: Request,
    session: Reading,
    actor: CaseReader,
    still: Annotated[str, Query(pattern="^(open|closed)?$")] = "",
    cursor: Cursor = None,
) -> Response:
    """List settings that may have to register as a school, the newest case first."""
    page = page_of(CASES, cursor, (("still", still),) if still else ())
    open_ = still == "open" if still else None
    found = await api.list_cases(session, actor, Response(), page, open_)
    part = view.cases_part(caption_of(actor), still, found, further=cursor is not None)
    return await show_page(request, part)


@router.get(_ONE)
async def show_case(
    request: Request, session: Reading, actor: CaseReader, done: Done = None
) -> Response:
    """Show a case: what was counted, and what was found."""
    which = at_of(request, actor).id("case_id")
    told = await api.get_case(session, actor, Response(), which)
    looks = actor.organisation_kind == OrganisationKind.DEPARTMENT
    closes = Permission.REGISTRATION_CASES_CLOSE in actor.permissions
    return await show_page(request, view.case_part(told, looks=looks, closes=closes), done)


async def _closing(session: ReadSession, at: At) -> FormAsked:
    row = await cases.look_at(session, at.id("case_id"))
    if at.actor.organisation_kind != OrganisationKind.DEPARTMENT:
        raise CaseNotYoursError(
            "Only the department says whether a setting reaches the limit. Tell it what you know."
        )
    return view.close_form(row)


async def _close(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("case_id")
    await cases.close(session, at.actor, (which, at.version), understood(CaseClosure, answers))
    return f"{CASES}/{which}?done=closed"


add_form(router, f"{_ONE}/close", CLOSES_CASES, _closing, _close)
