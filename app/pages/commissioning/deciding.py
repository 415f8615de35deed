"""The pages on which a place is decided on, and on which a decision is read ever after."""

from typing import Any, NoReturn

from fastapi import Request, Response

from app.assessments.errors import AssessmentIncompleteError, StatuteStandsAgainstError
from app.assessments.router import decisions as api
from app.assessments.schemas.decisions import DecisionStated
from app.assessments.service import assessing, deciding
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault
from app.http.errors import NotPermittedError
from app.http.sessions import Looking
from app.ledger.queries import get_head
from app.pages.commissioning import decision_view as view
from app.pages.commissioning.assessments_view import DONE, in_words
from app.pages.commissioning.forms import (
    DECIDES,
    PURPOSE,
    At,
    Done,
    Reader,
    add_form,
    at_of,
    show_page,
)
from app.pages.commissioning.read import ASSESSMENT, ASSESSMENTS, Whole, look, read_assessment
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood

router = own_router()


async def _asking(session: ReadSession, at: At) -> FormAsked:
    whole = await read_assessment(session, at)
    assessing.check_own(at.actor, whole.row)
    assessing.check_open(whole.row)
    if why := whole.why_not_decide():
        raise NotPermittedError(f"You cannot decide on this: {why}")
    return view.decide_form(whole)


async def _decide(session: WriteSession, at: At, answers: Answers) -> str:
    whole = await read_assessment(session, at)
    stated = understood(DecisionStated, view.decision_in(whole, answers))
    of = (whole.told.id, at.version)
    try:
        await deciding.decide(session, at.actor, at.ring, of, stated)
    except (AssessmentIncompleteError, StatuteStandsAgainstError) as refused:
        _refuse_by_question(whole, refused)
    return f"{ASSESSMENTS}/{whole.told.id}/decision?done=decided"


add_form(
    router,
    f"{ASSESSMENT}/decide",
    DECIDES,
    _asking,
    _decide,
    looks=look,
)


@router.get(f"{ASSESSMENT}/decision")
async def show_decision(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show a decision as it was made, whether its hash holds, and what has changed since."""
    at = at_of(request, actor)
    which = at.id("assessment_id")
    found = await api.get_decision(session, actor, Response(), at.ring, which, PURPOSE)
    whole = await read_assessment(session, at)
    head = await get_head(session)
    part = view.decision_part(whole, found, head.entry)
    return await show_page(request, part, DONE.get(done or ""))


def _refuse_by_question(whole: Whole, refused: AppError) -> NoReturn:
    """Say of each thing that stands against it where it is departed from, or that it cannot be."""
    asked = {one.code for one in whole.found if one.may_be_overridden}
    found: list[dict[str, Any]] = refused.facts["found"]
    faults = tuple(
        FieldFault(
            f"{in_words(one['because'])} Give a reason to depart from it, or mend it.",
            f"/{view.departure(one['code'])}",
        )
        if one["code"] in asked
        else FieldFault(in_words(one["because"]))
        for one in found
    )
    raise type(refused)(refused.detail, errors=faults, **refused.facts) from None
