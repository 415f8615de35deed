"""Statements on whom recent local checks may list."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.db.events import ReadSession, WriteSession
from app.providers.models.listings import Listing, ListingProposal
from app.providers.models.ownership import ProviderOwner
from app.providers.models.providers import Provider, ProviderKnownBy
from app.providers.models.sites import Site
from app.providers.terms import APPLYING, ON_REGISTER
from app.standards.models import PublishedPolicy
from app.standards.terms import PolicyCode, State

AnySession = ReadSession | WriteSession


async def find_checked(
    session: AnySession, la_code: str, numbers: Collection[str]
) -> dict[str, Any]:
    """Return by number the providers with when an authority last checked them, as far as seen.

    Each row: `id`, `number`, `name`, `checked_on`, `owner_id`, and whether the actor `judges`.
    """
    checked_on = (
        select(func.max(ProviderKnownBy.local_result_on))
        .where(ProviderKnownBy.provider_id == Provider.id, ProviderKnownBy.la_code == la_code)
        .scalar_subquery()
    )
    owner_id = (
        select(ProviderOwner.organisation_id)
        .where(ProviderOwner.provider_id == Provider.id, ProviderOwner.ended_at.is_(None))
        .scalar_subquery()
    )
    statement = select(
        Provider.id,
        Provider.number,
        Provider.name,
        checked_on.label("checked_on"),
        owner_id.label("owner_id"),
        func.answers_for_provider(Provider.id).label("answers"),
        func.judges_provider(Provider.id).label("judges"),
    ).where(Provider.number.in_(numbers))
    return {row.number: row for row in await session.execute(statement)}


async def find_unlisted_sites(
    session: AnySession, provider_id: uuid.UUID, la_code: str, day: date
) -> Sequence[Any]:
    """Return (id, reference) of open sites of an area that neither apply nor are listed."""
    taken = (
        select(Listing.id)
        .where(Listing.site_id == Site.id, Listing.state.in_(APPLYING | ON_REGISTER))
        .exists()
    )
    statement = (
        select(Site.id, Site.reference)
        .where(
            Site.provider_id == provider_id,
            Site.la_code == la_code,
            or_(Site.closed_on.is_(None), Site.closed_on > day),
            ~taken,
        )
        .order_by(Site.reference)
    )
    return (await session.execute(statement)).all()


async def policy_ended_on(session: AnySession, day: date) -> date | None:
    """Return the first day on which listing by transition held no more, where it ended."""
    upper = func.upper(PublishedPolicy.in_force)
    statement = select(func.max(upper)).where(
        PublishedPolicy.code == PolicyCode.TRANSITION_LISTING.value,
        PublishedPolicy.state == State.PUBLISHED.value,
        PublishedPolicy.parameters.is_not(None),
        upper <= day,
    )
    found: date | None = (await session.scalars(statement)).one()
    return found


async def find_proposals(
    session: AnySession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID]]:
    """Return by proposal its listing and that listing's provider, as far as the actor sees them."""
    statement = (
        select(ListingProposal.id, Listing.id, Listing.provider_id)
        .join(Listing, Listing.id == ListingProposal.listing_id)
        .where(ListingProposal.id.in_(ids))
    )
    return {row[0]: (row[1], row[2]) for row in await session.execute(statement)}
