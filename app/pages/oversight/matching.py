"""The pages on which an entitled person says whether two records are of one child."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.children import router as api
from app.children.schemas import MatchAnswered
from app.children.service import questions
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Looking, Reading
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.oversight import matching_view as view
from app.pages.oversight.forms import (
    MATCHES,
    PURPOSE,
    At,
    Cursor,
    Done,
    Matcher,
    add_form,
    at_of,
    caption_of,
    page_of,
    show_page,
)
from app.pages.oversight.start_view import MATCH_QUESTIONS
from app.pages.signed_in import Ring, own_router, understood

router = own_router()

QUESTIONS = MATCH_QUESTIONS
_ONE = f"{QUESTIONS}/{{question_id}}"


@router.get(QUESTIONS)
async def show_questions(
    request: Request,
    session: Reading,
    actor: Matcher,
    still: Annotated[str, Query(pattern="^(answered)?$")] = "",
    cursor: Cursor = None,
) -> Response:
    """List questions; who they are about is told where one is opened."""
    page = page_of(QUESTIONS, cursor, (("still", still),) if still else ())
    found = await api.list_questions(session, actor, Response(), page, open_=not still)
    part = view.questions_part(caption_of(actor), still, found, further=cursor is not None)
    return await show_page(request, part)


@router.get(_ONE)
async def show_question(
    request: Request, session: Looking, actor: Matcher, ring: Ring, done: Done = None
) -> Response:
    """Show both records side by side; that they were looked at is written down."""
    which = at_of(request, actor).id("question_id")
    told = await api.get_question(session, actor, Response(), ring, which, PURPOSE)
    return await show_page(request, view.question_part(caption_of(actor), told), done)


async def _asking(session: ReadSession, at: At) -> FormAsked:
    return view.answer_form(await questions.look_at(session, at.id("question_id")))


async def _answer(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("question_id")
    said = understood(MatchAnswered, answers)
    await questions.answer(session, at.actor, (which, at.version), said)
    return f"{QUESTIONS}/{which}?done=answered"


add_form(router, f"{_ONE}/answer", MATCHES, _asking, _answer)
