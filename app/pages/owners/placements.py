"""The pages on the children placed with a provider: what it may see, and what it says of them."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from fastapi import Request, Response

from app import clock
from app.access import Permission
from app.attendance.queries.alerts import list_site_ids
from app.attendance.schemas.told import ExpectedChild
from app.attendance.service import telling
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Looking
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.form_routes import At, add_form, at_of
from app.pages.owners import placements_view as view
from app.pages.owners.attendance import PURPOSE, AttendanceReader
from app.pages.owners.attendance_view import PLACEMENTS
from app.pages.owners.held_records import RECORD, Done, Number, own_held, show_part
from app.pages.signed_in import RECORDS_PART, Ring, own_router, understood
from app.placements.errors import PlacementNotFoundError
from app.providers.service.records import Held
from app.reviews.schemas import ReviewContributed
from app.reviews.service import keeping
from app.safeguarding.router import duties

router = own_router()

AHEAD = timedelta(days=27)
"""How far ahead sessions are looked at, to tell who is placed and when: four weeks."""
_KEEPS = Requires(Permission.PROVIDER_RECORDS_MANAGE)
_HERE = f"{RECORD}/{PLACEMENTS}"
_ONE = f"{_HERE}/{{placement_id}}"


@router.get(_HERE)
async def show_placements(
    request: Request, session: Looking, actor: AttendanceReader, ring: Ring, number: Number
) -> Response:
    """Show which children are placed with the provider in the coming four weeks."""
    held, today = await own_held(session, number), clock.today()
    sites = await list_site_ids(session, held.id)
    within = (today, today + AHEAD)
    found = await telling.read_expected(session, actor, ring, PURPOSE, within, sites)
    return await show_part(request, view.placements_page(held, found.items))


@router.get(_ONE)
async def show_placement(
    request: Request, session: Looking, actor: AttendanceReader, ring: Ring, done: Done = None
) -> Response:
    """Show one placement: the week, and whom to call."""
    at = at_of(request, actor)
    held, today, which = await own_held(session, at.number), clock.today(), at.id("placement_id")
    sites = await list_site_ids(session, held.id)
    within = (today, today + AHEAD)
    found = await telling.read_expected(session, actor, ring, PURPOSE, within, sites)
    items = _of(found.items, which)
    told = None
    if Permission.SAFEGUARDING_READ in actor.permissions:
        told = await duties.get_lead_contact(session, actor, Response(), ring, which, PURPOSE)
    keeps = Permission.PROVIDER_RECORDS_MANAGE in actor.permissions
    return await show_part(request, view.placement_page(held, items, told, keeps=keeps), done)


def _of(items: Collection[ExpectedChild], which: UUID) -> list[ExpectedChild]:
    found = [one for one in items if one.placement == which]
    if not found:
        raise PlacementNotFoundError(
            "Nobody is placed with you under this address in the coming four weeks."
        )
    return found


async def _placed(session: ReadSession, at: At) -> tuple[Held, ExpectedChild]:
    held, today = await own_held(session, at.number), clock.today()
    sites = await list_site_ids(session, held.id)
    found = await telling.expected(session, at.ring, today, today + AHEAD, sites)
    return held, _of(found.items, at.id("placement_id"))[0]


async def _contributing(session: ReadSession, at: At) -> FormAsked:
    return view.contribution_form(*await _placed(session, at))


async def _contribute(session: WriteSession, at: At, answers: Answers) -> str:
    which, said = at.id("placement_id"), understood(ReviewContributed, answers)
    await keeping.contribute(session, at.actor, at.ring, which, said)
    return f"/records/{at.number}/{PLACEMENTS}/{which}?done=contributed"


add_form(router, f"{_ONE}/review", _KEEPS, _contributing, _contribute, here=RECORDS_PART)
