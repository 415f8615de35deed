"""Statements on whom recent local checks may list."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select, true

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


async def list_checked(
    session: AnySession, la_code: str, days: tuple[date, date], after: str | None, limit: int
) -> Sequence[Any]:
    """Return claimed providers that an authority checked between two days, by number.

    Those of which an open site in its area neither applies nor is listed, and of whose owners the
    actor never was. Each row: `number`, `name`, `local_result`, `checked_on`.
    """
    newest = (
        select(ProviderKnownBy.local_result, ProviderKnownBy.local_result_on)
        .where(
            ProviderKnownBy.provider_id == Provider.id,
            ProviderKnownBy.la_code == la_code,
            ProviderKnownBy.local_result_on.is_not(None),
        )
        .order_by(ProviderKnownBy.local_result_on.desc())
        .limit(1)
        .lateral("newest")
    )
    since, today = days
    unlisted = exists().where(
        Site.provider_id == Provider.id,
        Site.la_code == la_code,
        or_(Site.closed_on.is_(None), Site.closed_on > today),
        ~exists().where(Listing.site_id == Site.id, Listing.state.in_(APPLYING | ON_REGISTER)),
    )
    claimed = exists().where(
        ProviderOwner.provider_id == Provider.id, ProviderOwner.ended_at.is_(None)
    )
    statement = (
        select(
            Provider.number,
            Provider.name,
            newest.c.local_result,
            newest.c.local_result_on.label("checked_on"),
        )
        .join(newest, true())
        .where(
            newest.c.local_result_on.between(since, today),
            claimed,
            unlisted,
            Provider.merged_into.is_(None),
            func.judges_provider(Provider.id),
        )
        .order_by(Provider.number)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(Provider.number > after)
    return (await session.execute(statement)).all()


async def list_open_proposals(
    session: AnySession,
    la_code: str | None,
    besides: uuid.UUID | None,
    after: uuid.UUID | None,
    limit: int,
) -> Sequence[Any]:
    """Return proposals that wait for a second person, oldest first, after one of them.

    Each row: `id`, `to_state`, `effective_on`, `reason`, `proposed_by_name`, `number`, `name` and
    `site_name`.

    Args:
        session: the transaction.
        la_code: of the authority that decides; any, where none is named.
        besides: whose own proposals are left out.
        after: the last one before.
        limit: how many.
    """
    statement = (
        select(
            ListingProposal.id,
            ListingProposal.to_state,
            ListingProposal.effective_on,
            ListingProposal.reason,
            ListingProposal.proposed_by_name,
            Provider.number,
            Provider.name,
            Site.name.label("site_name"),
        )
        .join(Listing, Listing.id == ListingProposal.listing_id)
        .join(Provider, Provider.id == Listing.provider_id)
        .join(Site, Site.id == Listing.site_id)
        .where(ListingProposal.outcome.is_(None), ListingProposal.proposed_by != besides)
        .order_by(ListingProposal.id)
        .limit(limit)
    )
    if la_code is not None:
        statement = statement.where(Listing.la_code == la_code)
    if after is not None:
        statement = statement.where(ListingProposal.id > after)
    return (await session.execute(statement)).all()


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
