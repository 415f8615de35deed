"""The pages on children of whom nobody knows where they are: listed, looked for, found."""

import uuid
from typing import Annotated, Any

from fastapi import Query, Request, Response

from app.access import Permission
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Looking
from app.oversight.errors import (
    FollowUpNotYoursError,
    HandoverNotFoundError,
)
from app.oversight.queries.follow_ups import get_open_handover
from app.oversight.router import looking as api
from app.oversight.schemas import (
    FollowUpEnding,
    FollowUpStepStated,
    HandoverAnswered,
    HandoverOffered,
)
from app.oversight.service import closing, handing, working
from app.oversight.terms import HandoverAnswer
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.oversight import follow_ups_view as view
from app.pages.oversight.forms import (
    ENDS_SEARCH,
    PURPOSE,
    SEARCHES,
    At,
    Cursor,
    Done,
    SearchReader,
    add_form,
    at_of,
    caption_of,
    page_of,
    show_page,
)
from app.pages.signed_in import Ring, own_router, understood

router = own_router()

FOLLOW_UPS = view.FOLLOW_UPS
_ONE = f"{FOLLOW_UPS}/{{follow_up_id}}"


@router.get(FOLLOW_UPS)
async def show_follow_ups(
    request: Request,
    session: Looking,
    actor: SearchReader,
    still: Annotated[str, Query(pattern="^(ended)?$")] = "",
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """List who is looked for, the longest overdue first; or whose search has ended."""
    unsent = Response()
    if still:
        page = page_of(FOLLOW_UPS, cursor, (("still", still),))
        found = await api.list_follow_ups(session, actor, unsent, page, PURPOSE, open_=False)
    else:
        page = page_of(FOLLOW_UPS, cursor)
        found = await api.list_unaccounted(session, actor, unsent, page, PURPOSE)
    part = view.follow_ups_part(actor, still, found, further=cursor is not None)
    return await show_page(request, part, done)


@router.get(_ONE)
async def show_follow_up(
    request: Request, session: Looking, actor: SearchReader, ring: Ring, done: Done = None
) -> Response:
    """Show a search: why it is whose, what was tried, who looks, how it ended."""
    which = at_of(request, actor).id("follow_up_id")
    told = await api.get_follow_up(session, actor, Response(), ring, which, PURPOSE)
    row = await working.look_at(session, which)
    may = actor.permissions
    looks = working.looks_for(actor, row)
    own = actor.organisation_id == row.commissioner_id
    asked = actor.la_code is not None and actor.la_code == told.offered_to_la
    acts = view.Acts(
        steps=Permission.FOLLOW_UPS_RECORD in may and (looks or own),
        ends=Permission.FOLLOW_UPS_CLOSE in may and looks,
        answers=Permission.FOLLOW_UPS_CLOSE in may and asked,
    )
    return await show_page(request, view.follow_up_part(caption_of(actor), told, acts), done)


async def _sought(session: ReadSession, at: At) -> Any:
    return await working.look_at(session, at.id("follow_up_id"))


def _led(which: uuid.UUID, done: str) -> str:
    return f"{FOLLOW_UPS}/{which}?done={done}"


async def _stepping(session: ReadSession, at: At) -> FormAsked:
    row = await _sought(session, at)
    if row.commissioner_id != at.actor.organisation_id and not working.looks_for(at.actor, row):
        raise FollowUpNotYoursError("It is taken further by those who look for the child.")
    return view.step_form(row)


async def _step(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("follow_up_id")
    said = understood(FollowUpStepStated, answers)
    await working.add_step(session, at.actor, at.ring, (which, at.version), said)
    return _led(which, "step")


async def _looked_for(session: ReadSession, at: At) -> Any:
    row = await _sought(session, at)
    if not working.looks_for(at.actor, row):
        raise FollowUpNotYoursError("It is taken further by those who look for the child.")
    return row


async def _offering(session: ReadSession, at: At) -> FormAsked:
    return view.offer_form(await _looked_for(session, at))


async def _offer(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("follow_up_id")
    said = understood(HandoverOffered, answers)
    await handing.offer(session, at.actor, (which, at.version), said)
    return _led(which, "offered")


async def _answering(session: ReadSession, at: At) -> FormAsked:
    row = await _sought(session, at)
    offer = await get_open_handover(session, row.id)
    if offer is None or offer.to_la_code != at.actor.la_code:
        raise HandoverNotFoundError("Nobody asks your authority to take it over.")
    return view.answer_form(row, offer)


async def _answer(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("follow_up_id")
    said = understood(HandoverAnswered, answers)
    await handing.answer(session, at.actor, (which, at.version), said)
    if said.answer is HandoverAnswer.DECLINED:  # afterwards it is not theirs to see
        return f"{FOLLOW_UPS}?done=declined"
    return _led(which, "accepted")


async def _ending(session: ReadSession, at: At) -> FormAsked:
    return view.end_form(await _looked_for(session, at))


async def _end(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("follow_up_id")
    said = understood(FollowUpEnding, answers)
    await closing.close(session, at.actor, at.ring, (which, at.version), said)
    return _led(which, "ended")


add_form(router, f"{_ONE}/step", SEARCHES, _stepping, _step)
add_form(router, f"{_ONE}/handover", ENDS_SEARCH, _offering, _offer)
add_form(router, f"{_ONE}/handover/answer", ENDS_SEARCH, _answering, _answer)
add_form(router, f"{_ONE}/outcome", ENDS_SEARCH, _ending, _end, mendable=(FollowUpNotYoursError,))
