"""Who answers for a placed child, over HTTP: one body for each duty, handed over between two.

Whoever reads it says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.errors import ChildErasedError
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.organisations.router.pages import AskedPage
from app.placements.errors import PlacementEndedError, PlacementNotFoundError
from app.placements.service.recording import subject_of
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, Ring, located, private
from app.safeguarding.errors import (
    DutyNotYoursError,
    DutyOfferAnsweredError,
    DutyOfferNotFoundError,
    DutyOfferOpenError,
    DutyOfferOverError,
)
from app.safeguarding.queries import duties as queries
from app.safeguarding.schemas import (
    DutyAcceptance,
    NewDutyOffer,
    NewDutyPerson,
    PlacementDuties,
    WaitingDutyOfferList,
)
from app.safeguarding.service import handing, telling

LEAD = "/v1/placements/{placement_id}/lead-contact"
OFFERS = f"{LEAD}/offers"
OFFER = f"{OFFERS}/{{offer_id}}"
WAITING = "/v1/lead-contact-offers"

router = APIRouter(tags=["safeguarding"])

Reader = Annotated[Actor, Depends(Requires(Permission.SAFEGUARDING_READ))]
Hander = Annotated[Actor, Depends(Requires(Permission.SAFEGUARDING_HAND_OVER))]
CHANGED = (*ASKED, KeyReusedError, PersonNeededError, PlacementNotFoundError, DutyNotYoursError)
ANSWERED = (*CHANGED, DutyOfferNotFoundError, DutyOfferAnsweredError)


@router.get(LEAD, operation_id="getLeadContact", responses=problems(*ASKED, PlacementNotFoundError))
async def get_lead_contact(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementDuties:
    """Read who answers for a placed child, and who follows up attendance.

    For the commissioner, the bodies with duties to the child, and the provider where it is.
    """
    held = await handing.look_at(session, placement_id)
    subject = subject_of(placement_id, held.commissioner_id)
    await record_read(session, actor, "safeguarding.contacts_read", subject, purpose)
    private(response)
    return await telling.tell(session, ring, placement_id, held)


@router.get(WAITING, operation_id="listWaitingDutyOffers", responses=problems(*ASKED))
async def list_waiting_offers(
    session: Looking, actor: Reader, response: Response, page: AskedPage, purpose: StatedPurpose
) -> WaitingDutyOfferList:
    """List the duties that others ask your organisation to take over, the latest first."""
    key = page.after((str,))
    bodies = list(await queries.bodies_acted_as(session))
    before = key[0] if key else None
    found = await queries.list_waiting_offers(session, bodies, before, page.limit + 1)
    subject = Subject("duty-offers", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "safeguarding.offers_listed", subject, purpose)
    private(response)
    items = await telling.tell_waiting(session, found[: page.limit])
    return WaitingDutyOfferList(items=items, links=page.links(found, "id"))


@router.post(
    f"{LEAD}/people",
    operation_id="nameLeadContact",
    responses=problems(*CHANGED, PlacementEndedError, ChildErasedError),
)
async def name_person(
    session: Writing,
    actor: Hander,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    new: NewDutyPerson,
) -> PlacementDuties:
    """Name another person of your organisation, where it is the one that answers."""
    await handing.name_person(session, actor, ring, placement_id, new)
    return await _told(session, response, ring, placement_id)


@router.post(
    OFFERS,
    status_code=201,
    operation_id="offerDuty",
    responses=problems(*CHANGED, PlacementEndedError, DutyOfferOpenError),
)
async def offer(
    session: Writing,
    actor: Hander,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    new: NewDutyOffer,
) -> PlacementDuties:
    """Ask another body to take a duty over from a day; until it accepts, you go on."""
    await handing.offer(session, actor, placement_id, new)
    return await _told(session, response, ring, placement_id)


@router.post(
    f"{OFFER}/acceptance",
    operation_id="acceptDuty",
    responses=problems(*ANSWERED, PlacementEndedError, DutyOfferOverError, ChildErasedError),
)
async def accept(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Hander,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    offer_id: uuid.UUID,
    said: DutyAcceptance,
) -> PlacementDuties:
    """Take the duty over for your organisation, and say who answers there."""
    await handing.accept(session, actor, ring, (placement_id, offer_id), said)
    return await _told(session, response, ring, placement_id)


@router.post(f"{OFFER}/refusal", operation_id="refuseDuty", responses=problems(*ANSWERED))
async def refuse(
    session: Writing,
    actor: Hander,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    offer_id: uuid.UUID,
) -> PlacementDuties:
    """Say that your organisation does not take the duty over; the other goes on."""
    await handing.refuse(session, actor, (placement_id, offer_id))
    return await _told(session, response, ring, placement_id)


@router.post(f"{OFFER}/withdrawal", operation_id="withdrawDutyOffer", responses=problems(*ANSWERED))
async def withdraw(
    session: Writing,
    actor: Hander,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    offer_id: uuid.UUID,
) -> PlacementDuties:
    """Take back what nobody has answered yet."""
    await handing.withdraw(session, actor, (placement_id, offer_id))
    return await _told(session, response, ring, placement_id)


async def _told(
    session: WriteSession, response: Response, ring: Ring, placement_id: uuid.UUID
) -> PlacementDuties:
    address = f"/v1/placements/{placement_id}/lead-contact?purpose={Purpose.SAFEGUARDING}"
    located(response, address)
    private(response)
    held = await handing.look_at(session, placement_id)
    return await telling.tell(session, ring, placement_id, held)
