"""The pages on reviews: which are due, what was found, holding one, acknowledging a change."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Looking
from app.pages.commissioning import reviews_view as view
from app.pages.commissioning.changing import held, look
from app.pages.commissioning.forms import (
    COMMISSIONING,
    PLACEMENTS,
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
from app.pages.commissioning.placement_done import DONE
from app.pages.commissioning.placements import PLACEMENT
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.placements.service import recording
from app.reviews.errors import NothingToAcknowledgeError
from app.reviews.queries import reviews as queries
from app.reviews.router import due as due_api
from app.reviews.router import reviews as api
from app.reviews.schemas import ReviewHeld
from app.reviews.service import keeping

router = own_router()

DUE = f"{COMMISSIONING}/reviews"
REVIEWS = f"{PLACEMENT}/reviews"


@router.get(DUE)
async def show_due(
    request: Request,
    session: Looking,
    actor: Reader,
    only: Annotated[str, Query(pattern="^(overdue|opened)?$")] = "",
    cursor: Cursor = None,
) -> Response:
    """List by when placements are reviewed next, the longest overdue first."""
    page = page_of(DUE, cursor, (("only", only),) if only else ())
    found = await due_api.list_reviews(
        session,
        actor,
        Response(),
        page,
        PURPOSE,
        overdue=only == "overdue",
        opened=only == "opened",
    )
    part = view.due_part(actor, only, found, further=cursor is not None)
    return await show_page(request, part)


@router.get(REVIEWS)
async def show_reviews(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show when a placement is reviewed next, what reviews found, and what opened one."""
    at = at_of(request, actor)
    placement_id = at.id("placement_id")
    row = await recording.look_at(session, placement_id)
    told = await api.get_reviews(session, actor, Response(), at.ring, placement_id, PURPOSE)
    return await show_page(request, view.reviews_part(actor, row, told), DONE.get(done or ""))


async def _holding(session: ReadSession, at: At) -> FormAsked:
    own = await held(session, at)
    return view.review_form(own, await queries.get_due(session, own.row.id))


async def _hold(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id = at.id("placement_id")
    reference = f"review-{answers['held_on']}"
    given = {name: one for name, one in answers.items() if one is not None}
    said = understood(ReviewHeld, given | {"reference": reference})
    await keeping.add_review(session, at.actor, at.ring, placement_id, said)
    return f"{PLACEMENTS}/{placement_id}/reviews?done=reviewed"


async def _knowing(session: ReadSession, at: At) -> FormAsked:
    own = await held(session, at)
    return view.acknowledge_form(own, await queries.list_openings(session, own.row.id))


async def _know(session: WriteSession, at: At, _: Answers) -> str:
    placement_id = at.id("placement_id")
    await keeping.acknowledge(session, at.actor, placement_id)
    return f"{PLACEMENTS}/{placement_id}/reviews?done=acknowledged"


add_form(router, f"{REVIEWS}/hold", RECORDS, _holding, _hold, looks=look)
add_form(
    router,
    f"{REVIEWS}/acknowledge",
    RECORDS,
    _knowing,
    _know,
    looks=look,
    mendable=(NothingToAcknowledgeError,),
)
