"""The pages on which a provider is heard: the draft, letters, answers, and asking for the check."""

from enum import StrEnum
from typing import Any

from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.inspections.schemas.hearing import (
    CheckDecided,
    CheckRequested,
    CommentAnswered,
    LetterStated,
)
from app.inspections.service import checking, commenting, drafting
from app.inspections.terms import CheckDecision
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.officers.quality import hearing_view as view
from app.pages.officers.quality.forms import (
    CHECKS_LATELY,
    INSPECTION,
    INSPECTIONS,
    SUBMITS,
    At,
    add_form,
)
from app.pages.officers.quality.read import read_inspection
from app.pages.signed_in import own_router, understood

router = own_router()


class Step(StrEnum):
    """What is done with a draft; each is the last part of an address."""

    SEND = "send"
    LETTER = "letter"
    ASK_CHECK = "ask-check"


async def _drafting(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    step = _step(at)
    if step is Step.SEND:
        return view.draft_form(read)
    return view.letter_form(read) if step is Step.LETTER else view.ask_check_form(read)


async def _draft(session: WriteSession, at: At, answers: Answers) -> str:
    step, here = _step(at), f"{INSPECTIONS}/{at.reference}"
    if step is Step.SEND:
        await drafting.send_draft(session, at.actor, at.reference, at.version)
        return f"{here}?done=draft-sent"
    if step is Step.LETTER:
        letter = understood(LetterStated, _letter(answers))
        received = (letter.comments, letter.received_on)
        await commenting.write_down(session, at.actor, at.reference, *received)
        return f"{here}?done=letter"
    asked = understood(CheckRequested, answers)
    await checking.request_check(session, at.actor, at.reference, asked, at.version)
    return f"{here}?done=check-asked"


def _letter(answers: Answers) -> dict[str, Any]:
    about = str(answers["comments"]).partition(":")
    said = {"site": about[0], "criterion": about[2], "comment": answers["comment"]}
    return {"received_on": answers["received_on"], "comments": [said]}


async def _answering(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.answer_form(read, read.comment(at.id("comment_id")))


async def _answer(session: WriteSession, at: At, answers: Answers) -> str:
    stated = understood(CommentAnswered, answers)
    await commenting.answer(session, at.actor, at.reference, at.id("comment_id"), stated)
    return f"{INSPECTIONS}/{at.reference}?done=answered"


async def _checking(session: ReadSession, at: At) -> FormAsked:
    return view.check_form(await read_inspection(session, at.actor, at.reference))


async def _check(session: WriteSession, at: At, answers: Answers) -> str:
    decided = understood(CheckDecided, answers)
    await checking.check(session, at.actor, at.reference, decided, at.version)
    done = "published" if decided.decision is CheckDecision.PUBLISHED else "returned"
    return f"{INSPECTIONS}/{at.reference}?done={done}"


def _step(at: At) -> Step:
    try:
        return Step(at.text("step", "[a-z-]{1,40}"))
    except ValueError:
        raise NotFoundError("There is no such step. Go back, and follow the link again.") from None


_COMMENT = f"{INSPECTION}/comments/{{comment_id}}"
add_form(router, f"{INSPECTION}/draft/{{step}}", SUBMITS, _drafting, _draft)
add_form(router, f"{_COMMENT}/answer", SUBMITS, _answering, _answer)
add_form(router, f"{INSPECTION}/check", CHECKS_LATELY, _checking, _check)
