"""The pages on what keeps a placed child safe: the checklist, and an urgent start."""

from typing import Annotated

from fastapi import Depends, Request, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Looking
from app.pages.commissioning import safety_forms as asked
from app.pages.commissioning import safety_view as view
from app.pages.commissioning.forms import (
    COMMISSIONING,
    AnySession,
    At,
    Cursor,
    Done,
    add_form,
    at_of,
    page_of,
    show_page,
)
from app.pages.commissioning.placement_done import DONE
from app.pages.commissioning.placements import PLACEMENT, if_seen
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.placements.queries.placements import get_placement
from app.placements.service.recording import subject_of
from app.safeguarding.queries.duties import bodies_acted_as
from app.safeguarding.router import checklist as checklist_api
from app.safeguarding.router import duties as duties_api
from app.safeguarding.schemas import ItemStated, UrgentSafeguarding
from app.safeguarding.service import checklist, standing

router = own_router()

SAFETY = f"{PLACEMENT}/safeguarding"
OFFERS = f"{COMMISSIONING}/lead-contact-offers"
READS_SAFETY = Requires(Permission.SAFEGUARDING_READ)
RECORDS_SAFETY = Requires(Permission.SAFEGUARDING_RECORD)
PURPOSE = Purpose.SAFEGUARDING
"""What the pages of safeguarding are read for; it is written down."""
NUMBER = "SG([1-9]|1[0-9]|2[0-2])"

SafetyReader = Annotated[Actor, Depends(READS_SAFETY)]


@router.get(SAFETY)
async def show_safety(
    request: Request, session: Looking, actor: SafetyReader, done: Done = None
) -> Response:
    """Show how a placement stands, who answers for the child, and the checklist."""
    at, unsent = at_of(request, actor), Response()
    placement_id = at.id("placement_id")
    of = (session, actor, unsent, at.ring, placement_id, PURPOSE)
    duties = await duties_api.get_lead_contact(*of)
    safety = await if_seen(checklist_api.get_safeguarding(*of))
    held = await get_placement(session, placement_id)
    read = view.Read(
        placement_id,
        held,
        held is not None and held.commissioner_id == actor.organisation_id,
        duties,
        safety,
        await bodies_acted_as(session),
    )
    return await show_page(request, view.safety_part(actor, read), DONE.get(done or ""))


@router.get(OFFERS)
async def show_offers(
    request: Request, session: Looking, actor: SafetyReader, cursor: Cursor = None
) -> Response:
    """List the duties that other bodies ask one's organisation to take over."""
    page = page_of(OFFERS, cursor)
    found = await duties_api.list_waiting_offers(session, actor, Response(), page, PURPOSE)
    return await show_page(request, view.offers_part(actor, found, further=cursor is not None))


async def look(session: WriteSession, at: At) -> None:
    """Write down that somebody looks at what keeps a child safe, to add to it."""
    placement_id = at.id("placement_id")
    facts = await standing.look_at(session, placement_id)
    subject = subject_of(placement_id, facts.commissioner_id)
    await record_read(session, at.actor, "safeguarding.read", subject, PURPOSE)


async def _stated(session: AnySession, at: At) -> asked.Item:
    placement_id, number = at.id("placement_id"), at.text("number", NUMBER)
    facts = await standing.look_at(session, placement_id)
    told = await checklist.tell(session, at.ring, placement_id, facts)
    return asked.Item(placement_id, next(one for one in told.items if one.number == number))


async def _stating(session: ReadSession, at: At) -> FormAsked:
    return asked.item_form(await _stated(session, at))


async def _state(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id, number = at.id("placement_id"), at.text("number", NUMBER)
    said = understood(ItemStated, answers)
    of = (placement_id, number, at.version)
    await checklist.record_item(session, at.actor, at.ring, of, said)
    return f"{asked.safety_url(placement_id)}?done=item"


async def _hurrying(session: ReadSession, at: At) -> FormAsked:
    placement_id = at.id("placement_id")
    await standing.look_at(session, placement_id)
    return asked.urgent_form(placement_id)


async def _hurry(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id = at.id("placement_id")
    said = understood(UrgentSafeguarding, answers)
    await checklist.start_urgently(session, at.actor, at.ring, placement_id, said)
    return f"{asked.safety_url(placement_id)}?done=urgent"


add_form(router, f"{SAFETY}/items/{{number}}", RECORDS_SAFETY, _stating, _state, looks=look)
add_form(router, f"{SAFETY}/urgent-start", RECORDS_SAFETY, _hurrying, _hurry, looks=look)
