"""The pages on which placements are listed, and one of them is read."""

import uuid
from collections.abc import Awaitable
from datetime import timedelta
from typing import Annotated, TypeVar

from fastapi import Query, Request, Response

from app import clock
from app.access import Permission
from app.attendance.router import facts as attendance_api
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.funding.router import arrangements as funding_api
from app.http.sessions import Looking
from app.pages.commissioning import placement_view as page_view
from app.pages.commissioning import placements_view as view
from app.pages.commissioning.forms import (
    PLACEMENTS,
    PURPOSE,
    At,
    Cursor,
    Done,
    Reader,
    at_of,
    page_of,
    show_page,
)
from app.pages.commissioning.placement_done import DONE
from app.pages.signed_in import own_router
from app.placements.errors import PlacementNotFoundError
from app.placements.queries.placements import list_sites
from app.placements.router import placements as api
from app.placements.service import recording
from app.placements.terms import PlacementState
from app.reviews.router import reviews as reviews_api
from app.safeguarding.router import checklist as checklist_api
from app.safeguarding.router import duties as duties_api

router = own_router()

PLACEMENT = f"{PLACEMENTS}/{{placement_id}}"
ATTENDANCE_SINCE = timedelta(days=27)
"""How far back the page looks at who came: four weeks, today included."""
OVERDUE = "overdue"
_Found = TypeVar("_Found")


@router.get(PLACEMENTS)
async def show_placements(  # noqa: PLR0913, PLR0917 - each narrows the list
    request: Request,
    session: Looking,
    actor: Reader,
    state: Annotated[str, Query(max_length=40)] = "",
    provider: Annotated[str, Query(pattern="^ *[A-Za-z0-9]{0,20} *$")] = "",
    child: Annotated[uuid.UUID | None, Query()] = None,
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """List the placements of an organisation and of those within it, the newest first."""
    if state and state not in {*PlacementState, OVERDUE}:
        words = "Choose from the list."
        raise InvalidRequestError(words, errors=(FieldFault(words, parameter="state"),))
    shown = view.Shown(state, provider.strip().upper(), child)
    found = await api.list_placements(
        session,
        actor,
        Response(),
        page_of(PLACEMENTS, cursor, shown.narrowing),
        PURPOSE,
        provider=shown.provider or None,
        child=child,
        state=PlacementState(state) if state and state != OVERDUE else None,
        overdue=state == OVERDUE,
    )
    part = view.placements_part(actor, shown, found, further=cursor is not None)
    return await show_page(request, part, DONE.get(done or ""))


@router.get(PLACEMENT)
async def show_placement(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show a placement, and how everything of it stands; that it was read is written down."""
    found = await _gather(session, at_of(request, actor))
    part = page_view.placement_part(actor, found)
    return await show_page(request, part, DONE.get(done or ""))


async def _gather(session: WriteSession, at: At) -> page_view.Read:
    actor, unsent, placement_id = at.actor, Response(), at.id("placement_id")
    told = await api.get_placement(session, actor, unsent, at.ring, placement_id, PURPOSE)
    row = await recording.look_at(session, placement_id)
    sites = await list_sites(session, told.provider)
    of = (session, actor, unsent, at.ring, placement_id, PURPOSE)
    today, may = clock.today(), actor.permissions
    since = max(told.starts_on, today - ATTENDANCE_SINCE)
    until = min(today, told.ended_on or today)
    attended = since <= until and Permission.ATTENDANCE_READ in may
    return page_view.Read(
        told=told,
        standing=row.provider_status,
        site_name=next((one.name for one in sites if one.reference == told.site), None),
        own=row.commissioner_id == actor.organisation_id,
        reviews=await reviews_api.get_reviews(*of),
        funding=await if_seen(funding_api.get_of_placement(*of))
        if Permission.FUNDING_READ in may
        else None,
        safety=await if_seen(checklist_api.get_safeguarding(*of))
        if Permission.SAFEGUARDING_READ in may
        else None,
        duties=await if_seen(duties_api.get_lead_contact(*of))
        if Permission.SAFEGUARDING_READ in may
        else None,
        attendance=await if_seen(
            attendance_api.get_attendance(
                session, actor, unsent, placement_id, PURPOSE, since=since, until=until
            )
        )
        if attended
        else None,
    )


async def if_seen(asking: Awaitable[_Found]) -> _Found | None:
    """Return what was asked for, where whoever looks may see it."""
    try:
        return await asking
    except PlacementNotFoundError:
        return None
