"""The pages on who pays: what waits for a signature, what is disputed, of one placement, of one."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.errors import FieldFault, InvalidRequestError
from app.funding.queries.lists import paying_organisations
from app.funding.router import arrangements as api
from app.funding.router import lists as lists_api
from app.funding.service import arranging
from app.funding.terms import FundingListed
from app.http.security import Requires
from app.http.sessions import Looking
from app.pages.commissioning import funding_view as view
from app.pages.commissioning.forms import COMMISSIONING, Cursor, Done, at_of, page_of, show_page
from app.pages.commissioning.placement_done import DONE
from app.pages.commissioning.placements import PLACEMENT
from app.pages.signed_in import own_router
from app.placements.queries.placements import get_placement
from app.placements.service import recording

router = own_router()

FUNDING = f"{COMMISSIONING}/funding"
ARRANGEMENT = f"{FUNDING}/{{arrangement_id}}"
OF_PLACEMENT = f"{PLACEMENT}/funding"
PURPOSE = Purpose.FINANCE
"""What the pages of funding are read for; it is written down."""
READS_FUNDING = Requires(Permission.FUNDING_READ)

FundingReader = Annotated[Actor, Depends(READS_FUNDING)]


@router.get(FUNDING)
async def show_list(
    request: Request,
    session: Looking,
    actor: FundingReader,
    state: Annotated[str, Query(max_length=40)] = "",
    cursor: Cursor = None,
) -> Response:
    """List what one's organisation pays for or commissions, the newest first."""
    if state and state not in {*FundingListed}:
        words = "Choose from the list."
        raise InvalidRequestError(words, errors=(FieldFault(words, parameter="state"),))
    page = page_of(FUNDING, cursor, (("state", state),) if state else ())
    wanted = FundingListed(state) if state else None
    found = await lists_api.list_funding(session, actor, Response(), page, PURPOSE, state=wanted)
    part = view.list_part(actor, state, found, further=cursor is not None)
    return await show_page(request, part)


@router.get(f"{FUNDING}/gaps")
async def show_gaps(
    request: Request, session: Looking, actor: FundingReader, cursor: Cursor = None
) -> Response:
    """List placements with days that nobody pays for."""
    page = page_of(f"{FUNDING}/gaps", cursor)
    found = await lists_api.list_gaps(session, actor, Response(), page, PURPOSE)
    return await show_page(request, view.gaps_part(actor, found, further=cursor is not None))


@router.get(ARRANGEMENT)
async def show_arrangement(
    request: Request, session: Looking, actor: FundingReader, done: Done = None
) -> Response:
    """Show an arrangement: who pays which part, who signed, what is disputed, what was before."""
    at = at_of(request, actor)
    arrangement_id = at.id("arrangement_id")
    told = await api.get_arrangement(session, actor, Response(), at.ring, arrangement_id, PURPOSE)
    held = await arranging.look_at(session, arrangement_id)
    seen = None
    if Permission.PLACEMENTS_READ in actor.permissions:
        seen = await get_placement(session, told.placement.id)
    read = view.Read(
        told,
        await arranging.holds(session, actor, held),
        frozenset(await paying_organisations(session)),
        placement_seen=seen is not None,
    )
    return await show_page(request, view.arrangement_part(actor, read), DONE.get(done or ""))


@router.get(OF_PLACEMENT)
async def show_of_placement(
    request: Request, session: Looking, actor: FundingReader, done: Done = None
) -> Response:
    """Show who pays for a placement by the rule and as agreed, and which days lack a payer."""
    at = at_of(request, actor)
    placement_id = at.id("placement_id")
    row = await recording.look_at(session, placement_id)
    told = await api.get_of_placement(session, actor, Response(), at.ring, placement_id, PURPOSE)
    return await show_page(request, view.placement_part(actor, row, told), DONE.get(done or ""))
