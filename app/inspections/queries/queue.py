"""Statements of the work queue: what tells which site is to be seen first."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, cast, func, select

from app.concerns.models import Concern
from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection, InspectionSite
from app.inspections.models.outcomes import HeldOutcome
from app.inspections.terms import OPEN_STATES, InspectionKind, InspectionState
from app.providers.models.listings import Listing
from app.providers.models.people import ProviderPerson
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.terms import ON_REGISTER

AnySession = ReadSession | WriteSession
NOT_THERE = (InspectionKind.ENTRY_DESKTOP.value, InspectionKind.CLOSURE.value)
"""Kinds that nobody sees the work of a site by."""
_LONDON = "Europe/London"


async def find_listed(session: AnySession, la_code: str, day: date) -> Sequence[Any]:
    """Return the sites on the register where an authority decides, with where each stands.

    Each row: `site_id`, `provider_id`, `number`, `provider_name`, `site`, `site_name`, `state`,
    `listed_on`, `outcome`, `valid_until`, `changed_on` (the day the site's record last changed).
    """
    statement = (
        select(
            Listing.site_id,
            Listing.provider_id,
            Provider.number,
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
            Site.name.label("site_name"),
            Listing.state,
            Listing.listed_on,
            HeldOutcome.outcome,
            HeldOutcome.valid_until,
            cast(func.timezone(_LONDON, Site.changed_at), Date).label("changed_on"),
        )
        .join(Provider, Provider.id == Listing.provider_id)
        .join(Site, Site.id == Listing.site_id)
        .outerjoin(HeldOutcome, HeldOutcome.site_id == Listing.site_id)
        .where(
            Listing.la_code == la_code,
            Listing.state.in_(ON_REGISTER),
            Listing.listed_on <= day,
            Site.closed_on.is_(None) | (Site.closed_on > day),
        )
        .order_by(Provider.number, Site.reference)
    )
    return (await session.execute(statement)).all()


async def find_last_seen(
    session: AnySession, site_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, date]:
    """Return by site the day of its last visit that is published."""
    statement = (
        select(InspectionSite.site_id, func.max(Inspection.planned_on))
        .join(Inspection, Inspection.id == InspectionSite.inspection_id)
        .where(
            InspectionSite.site_id.in_(site_ids),
            Inspection.state == InspectionState.PUBLISHED.value,
            Inspection.kind.not_in(NOT_THERE),
        )
        .group_by(InspectionSite.site_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def find_planned(
    session: AnySession, site_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return by site its inspections that are not over: `reference`, `kind`, `planned_on`."""
    statement = (
        select(InspectionSite.site_id, Inspection.reference, Inspection.kind, Inspection.planned_on)
        .join(Inspection, Inspection.id == InspectionSite.inspection_id)
        .where(InspectionSite.site_id.in_(site_ids), Inspection.state.in_(OPEN_STATES))
        .order_by(Inspection.planned_on, Inspection.id)
    )
    found: dict[uuid.UUID, list[Any]] = {}
    for row in await session.execute(statement):
        found.setdefault(row.site_id, []).append(row)
    return found


async def find_appointed(
    session: AnySession, provider_ids: Collection[uuid.UUID], kinds: Collection[str]
) -> dict[uuid.UUID, date]:
    """Return by provider the last day on which somebody of these kinds came or went."""
    recorded = cast(func.timezone(_LONDON, ProviderPerson.recorded_at), Date)
    came = func.coalesce(ProviderPerson.appointed_on, recorded)
    statement = (
        select(ProviderPerson.provider_id, func.max(func.greatest(came, ProviderPerson.ended_on)))
        .where(ProviderPerson.provider_id.in_(provider_ids), ProviderPerson.kind.in_(kinds))
        .group_by(ProviderPerson.provider_id)
    )
    return {row[0]: row[1] for row in await session.execute(statement)}


async def find_concerns(session: AnySession, provider_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return open concerns: `provider_id`, `site_id` (or none), `severity`, `raised_on`."""
    statement = select(
        Concern.provider_id,
        Concern.site_id,
        Concern.severity,
        cast(func.timezone(_LONDON, Concern.raised_at), Date).label("raised_on"),
    ).where(Concern.provider_id.in_(provider_ids), Concern.closed_at.is_(None))
    return (await session.execute(statement)).all()
