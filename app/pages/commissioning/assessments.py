"""The pages of assessments: listed, shown as a list of steps, and withdrawn."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.assessments.errors import AssessmentClosedError
from app.assessments.router import assessments as api
from app.assessments.schemas.assessments import AssessmentWithdrawal
from app.assessments.service import assessing
from app.assessments.terms import AssessmentState
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Looking
from app.pages.commissioning import assessments_view as view
from app.pages.commissioning.forms import (
    PURPOSE,
    RECORDS,
    At,
    Cursor,
    Done,
    Reader,
    add_form,
    at_of,
    page_of,
    show_page,
)
from app.pages.commissioning.read import ASSESSMENT, ASSESSMENTS, look, read_assessment
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood

router = own_router()


@router.get(ASSESSMENTS)
async def show_assessments(
    request: Request,
    session: Looking,
    actor: Reader,
    state: Annotated[str, Query(max_length=20)] = "",
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """List the assessments of an organisation, the newest first."""
    if state and state not in {*AssessmentState}:
        words = "Choose from the list."
        raise InvalidRequestError(words, errors=(FieldFault(words, parameter="state"),))
    page = page_of(ASSESSMENTS, cursor, (("state", state),) if state else ())
    wanted = AssessmentState(state) if state else None
    found = await api.list_assessments(session, actor, Response(), page, PURPOSE, state=wanted)
    part = view.assessments_part(actor, found, state, further=cursor is not None)
    return await show_page(request, part, view.DONE.get(done or ""))


@router.get(ASSESSMENT)
async def show_assessment(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show an assessment: each step done, missing or blocking, on what authority, and the next."""
    at = at_of(request, actor)
    await look(session, at)
    part = view.overview_part(await read_assessment(session, at))
    return await show_page(request, part, view.DONE.get(done or ""))


@router.get(f"{ASSESSMENT}/everything")
async def show_everything(request: Request, session: Looking, actor: Reader) -> Response:
    """Show everything that was said in an assessment, question by question."""
    at = at_of(request, actor)
    await look(session, at)
    return await show_page(request, view.everything_part(await read_assessment(session, at)))


async def _withdrawing(session: ReadSession, at: At) -> FormAsked:
    whole = await read_assessment(session, at)
    assessing.check_own(at.actor, whole.row)
    assessing.check_open(whole.row)
    return view.withdraw_form(whole)


async def _withdraw(session: WriteSession, at: At, answers: Answers) -> str:
    which, said = at.id("assessment_id"), understood(AssessmentWithdrawal, answers)
    await assessing.withdraw(session, at.actor, (which, at.version), said)
    return f"{ASSESSMENTS}/{which}?done=withdrawn"


add_form(
    router,
    f"{ASSESSMENT}/withdraw",
    RECORDS,
    _withdrawing,
    _withdraw,
    mendable=(AssessmentClosedError,),
    looks=look,
)
