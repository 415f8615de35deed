"""Statements on what an application rests on."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.db.events import ReadSession, WriteSession
from app.providers.models.listings import ListingQuestion
from app.providers.models.ownership import ProviderConfirmation, ProviderOwner
from app.providers.models.providers import Provider
from app.providers.models.sites import Offer, Site
from app.providers.queries.records import newest_consents, present_owner_said

AnySession = ReadSession | WriteSession


async def get_subject(
    session: AnySession, provider_id: uuid.UUID, site_id: uuid.UUID
) -> tuple[Provider, Site]:
    """Return the provider and the site that an application is for."""
    statement = (
        select(Provider, Site)
        .join(Site, Site.provider_id == Provider.id)
        .where(Provider.id == provider_id, Site.id == site_id)
        .execution_options(populate_existing=True)
    )
    provider, site = (await session.execute(statement)).one()
    return provider, site


async def is_consented(session: AnySession, provider_id: uuid.UUID) -> bool:
    """Say whether the present owner's newest word is that the record may be published."""
    consent = (await newest_consents(session, [provider_id])).get(provider_id)
    return consent is not None and consent.given


async def confirmed_on(session: AnySession, provider_id: uuid.UUID) -> Any | None:
    """Return the day on which the present owner last confirmed the whole record."""
    statement = (
        select(func.max(ProviderConfirmation.confirmed_on))
        .join(ProviderOwner, present_owner_said(ProviderConfirmation))
        .where(ProviderConfirmation.provider_id == provider_id)
    )
    return (await session.scalars(statement)).one()


async def count_offers(session: AnySession, listing: Any, day: Any) -> int:
    """Return how many offers of a listing's site lie within its scope on a day.

    An empty part of the scope narrows nothing.
    """
    statement = select(func.count()).where(
        Offer.site_id == listing.site_id, or_(Offer.ended_on.is_(None), Offer.ended_on > day)
    )
    if listing.age_from is not None:
        statement = statement.where(Offer.age_to >= listing.age_from)
    if listing.age_to is not None:
        statement = statement.where(Offer.age_from <= listing.age_to)
    if listing.programmes:
        statement = statement.where(Offer.programme.in_(listing.programmes))
    return int((await session.execute(statement)).scalar_one())


async def visited_on(session: AnySession, site_id: uuid.UUID) -> date | None:
    """Return the day of the last visit of a whole site that is published, whoever visited."""
    found: date | None = await session.scalar(select(func.last_visited_on(site_id)))
    return found


async def count_unanswered(session: AnySession, listing_id: uuid.UUID) -> int:
    """Return how many questions on an application wait for an answer."""
    statement = select(func.count()).where(
        ListingQuestion.listing_id == listing_id, ListingQuestion.answer.is_(None)
    )
    return int((await session.execute(statement)).scalar_one())
