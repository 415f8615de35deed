"""Sites of a provider and what is offered there, over HTTP."""

import uuid
from typing import Any

from fastapi import APIRouter, Response

from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.providers.errors import PartEndedError, PartNotFoundError, SiteNotFoundError
from app.providers.queries import parts
from app.providers.record_terms import VerifiedSubject
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader, Reference
from app.providers.router.showing import site_told, told_to
from app.providers.schemas.offers import (
    AvailabilityStated,
    Ending,
    OfferChange,
    OfferStated,
    PrivateOffer,
)
from app.providers.schemas.sites import Closing, PrivateSite, SiteChange, SiteStated
from app.providers.service import offers as offer_service
from app.providers.service import sites as service
from app.providers.service.records import Held, look_at

router = APIRouter(prefix=f"{answers.RECORD}/sites", tags=["provider records"])

_OFFER = "/{reference}/offers/{offer_id}"
_SITE_KEPT = (*answers.KEPT, SiteNotFoundError, PartEndedError)
_OFFER_KEPT = (*_SITE_KEPT, PartNotFoundError)


@router.post("", status_code=201, operation_id="addSite", responses=problems(*answers.KEPT))
async def add_site(
    session: Writing, actor: Manager, response: Response, number: Number, new: SiteStated
) -> PrivateSite:
    """Add a site. Where it lies follows from its postcode, unless you say."""
    reference = await service.add_site(session, actor, number, new)
    return await _site(session, response, number, reference)


@router.get(
    "/{reference}",
    operation_id="getSite",
    responses=problems(*answers.LOOKED, SiteNotFoundError),
)
async def get_site(
    session: Reading, _: Reader, response: Response, number: Number, reference: Reference
) -> PrivateSite:
    """Look at a site as its owner and the authorities see it."""
    return await _site(session, response, number, reference)


@router.patch(
    "/{reference}",
    operation_id="changeSite",
    responses=problems(*_SITE_KEPT, *answers.EDITED),
)
async def change_site(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    change: SiteChange,
    expected: ExpectedVersion,
) -> PrivateSite:
    """Change a site that is open."""
    await service.change_site(session, actor, number, reference, change, expected)
    return await _site(session, response, number, reference)


@router.post(
    "/{reference}/closing",
    operation_id="closeSite",
    responses=problems(*_SITE_KEPT, *answers.EDITED),
)
async def close_site(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    closing: Closing,
    expected: ExpectedVersion,
) -> PrivateSite:
    """Close a site from a day on. What has closed is never reopened."""
    await service.close_site(session, actor, number, reference, closing, expected)
    return await _site(session, response, number, reference)


@router.post(
    "/{reference}/offers",
    status_code=201,
    operation_id="addOffer",
    responses=problems(*_SITE_KEPT),
)
async def add_offer(
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    new: OfferStated,
) -> PrivateOffer:
    """Say what is offered at a site: for whom, when, how much of it, at what price."""
    offer_id = await offer_service.add_offer(session, actor, (number, reference), new)
    return await _offer(session, response, (number, reference), offer_id)


@router.get(
    _OFFER,
    operation_id="getOffer",
    responses=problems(*answers.LOOKED, SiteNotFoundError, PartNotFoundError),
)
async def get_offer(
    session: Reading,
    _: Reader,
    response: Response,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
) -> PrivateOffer:
    """Look at an offer, ended or not."""
    return await _offer(session, response, (number, reference), offer_id)


@router.patch(_OFFER, operation_id="changeOffer", responses=problems(*_OFFER_KEPT, *answers.EDITED))
async def change_offer(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    change: OfferChange,
    expected: ExpectedVersion,
) -> PrivateOffer:
    """Change an offer; what it was stays in the public history."""
    at = (number, reference)
    await offer_service.change_offer(session, actor, at, offer_id, change, expected)
    return await _offer(session, response, at, offer_id)


@router.post(
    f"{_OFFER}/ending",
    operation_id="endOffer",
    responses=problems(*_OFFER_KEPT, *answers.EDITED),
)
async def end_offer(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    ending: Ending,
    expected: ExpectedVersion,
) -> PrivateOffer:
    """End an offer from a day on; it stays on record."""
    at = (number, reference)
    await offer_service.end_offer(session, actor, at, offer_id, ending, expected)
    return await _offer(session, response, at, offer_id)


@router.post(
    f"{_OFFER}/availability",
    operation_id="confirmAvailability",
    responses=problems(*_OFFER_KEPT),
)
async def confirm_availability(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    reference: Reference,
    offer_id: uuid.UUID,
    stated: AvailabilityStated,
) -> PrivateOffer:
    """Say whether there are places today; quick, for people and machines, without a version."""
    at = (number, reference)
    await offer_service.confirm_availability(session, actor, at, offer_id, stated)
    return await _offer(session, response, at, offer_id)


async def _site(
    session: answers.AnySession, response: Response, number: str, reference: int
) -> PrivateSite:
    held, site = await _found(session, number, reference)
    verified = await parts.newest_verifications(session, held.id)
    confirmed = await parts.newest_confirmation(session, held.id)
    answers.located(response, f"{answers.RECORDS}/{held.number}/sites/{reference}")
    answers.private(response, site.version)
    return site_told(
        site,
        await parts.list_offers(session, [site.id]),
        told_to(held, verified.get((VerifiedSubject.SITE, site.id))),
        confirmed.confirmed_on if confirmed else None,
    )


async def _offer(
    session: answers.AnySession, response: Response, at: tuple[str, int], offer_id: uuid.UUID
) -> PrivateOffer:
    held, site = await _found(session, *at)
    offer = await parts.get_offer(session, site.id, offer_id)
    if offer is None:
        raise PartNotFoundError(f"{site.name} has no offer of that id. Read the site again.")
    address = f"{answers.RECORDS}/{held.number}/sites/{site.reference}/offers/{offer.id}"
    answers.located(response, address)
    answers.private(response, offer.version)
    return PrivateOffer.model_validate(offer)


async def _found(session: answers.AnySession, number: str, reference: int) -> tuple[Held, Any]:
    held = await look_at(session, number)
    site = await parts.get_site(session, held.id, reference)
    if site is None:
        raise service.no_site(held, reference)
    return held, site
