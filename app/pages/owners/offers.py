"""The pages on which an owner says what a provider offers at a site, and whether it has places."""

import uuid
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import RECORD, RECORDS, Number, Own, Reference
from app.pages.owners.offers_view import offer_asked, offer_end_asked, offer_stated, places_asked
from app.pages.owners.sites import own_site
from app.pages.owners.sites_view import SITES
from app.pages.signed_in import RecordsManager, SentOnce, SentVersion, own_router, understood
from app.providers.errors import PartNotFoundError
from app.providers.schemas.offers import (
    AvailabilityStated,
    Ending,
    OfferChange,
    OfferStated,
    PrivateOffer,
)
from app.providers.schemas.sites import PrivateSite
from app.providers.service import offers as service

router = own_router()

_OFFERS = f"{RECORD}/{SITES}/{{reference}}/offers"
_OFFER = f"{_OFFERS}/{{offer_id}}"


@router.get(f"{_OFFERS}/add")
async def show_add(
    request: Request, session: Reading, actor: RecordsManager, number: Number, reference: Reference
) -> Response:
    """Offer the form on which an offer is added."""
    return await show_form(request, offer_asked(*await own_site(session, actor, number, reference)))


@router.post(f"{_OFFERS}/add")
async def add_offer(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Say what is offered at a site."""

    async def ask(session: ReadSession) -> FormAsked:
        return offer_asked(*await own_site(session, actor, number, reference))

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(OfferStated, offer_stated(answers))
        await service.add_offer(session, actor, (number, reference), new)
        return f"{_at(number, reference)}?done=offer-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_OFFER}/change")
async def show_change(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
) -> Response:
    """Offer the form on which an offer is changed."""
    found = await _own_offer(session, actor, (number, reference), offer_id)
    return await show_form(request, offer_asked(*found))


@router.post(f"{_OFFER}/change")
async def change_offer(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Change an offer."""
    at = (number, reference)

    async def ask(session: ReadSession) -> FormAsked:
        return offer_asked(*await _own_offer(session, actor, at, offer_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        change = understood(OfferChange, offer_stated(answers))
        await service.change_offer(session, actor, at, offer_id, change, sent.version)
        return f"{_at(*at)}?done=offer-changed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_OFFER}/places")
async def show_places(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
) -> Response:
    """Offer the form on which somebody says whether there are places."""
    found = await _own_offer(session, actor, (number, reference), offer_id)
    return await show_form(request, places_asked(*found))


@router.post(f"{_OFFER}/places")
async def confirm_places(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Say whether there are places today."""
    at = (number, reference)

    async def ask(session: ReadSession) -> FormAsked:
        return places_asked(*await _own_offer(session, actor, at, offer_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        stated = understood(AvailabilityStated, answers)
        await service.confirm_availability(session, actor, at, offer_id, stated)
        return f"{_at(*at)}?done=places"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_OFFER}/end")
async def show_end(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
) -> Response:
    """Offer the form on which an offer is ended."""
    found = await _own_offer(session, actor, (number, reference), offer_id)
    return await show_form(request, offer_end_asked(*found))


@router.post(f"{_OFFER}/end")
async def end_offer(
    request: Request,
    actor: RecordsManager,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """End an offer from a day on."""
    at = (number, reference)

    async def ask(session: ReadSession) -> FormAsked:
        return offer_end_asked(*await _own_offer(session, actor, at, offer_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        ending = understood(Ending, answers)
        await service.end_offer(session, actor, at, offer_id, ending, sent.version)
        return f"{_at(*at)}?done=offer-ended"

    return await take_form(request, actor, sent, ask, act)


async def _own_offer(
    session: ReadSession, actor: Actor, at: tuple[str, int], offer_id: uuid.UUID
) -> tuple[Own, PrivateSite, PrivateOffer]:
    own, site = await own_site(session, actor, *at)
    for offer in site.offers:
        if offer.id == offer_id:
            return own, site, offer
    raise PartNotFoundError(f"{site.name} has no such offer. Go back to see what it has.")


def _at(number: str, reference: int) -> str:
    return f"{RECORDS}/{number}/{SITES}/{reference}"
