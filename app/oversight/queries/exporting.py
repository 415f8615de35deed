"""Statements on what is exported: placements with their settings, weeks and checks."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.assessments.models.site_checks import SiteCheck
from app.children.models import Child, ChildCircumstances, ChildParticulars
from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement, PlacementSession, PlacementTimetable
from app.providers.models.providers import Provider, ProviderIdentifier
from app.providers.models.sites import Site


async def list_within(
    session: WriteSession, commissioner_ids: Sequence[uuid.UUID], since: date, until: date
) -> Sequence[Any]:
    """Return the placements of some commissioners that ran on one of these days, by provider."""
    statement = (
        select(
            *(Placement.id, Placement.reference, Placement.child_id, Placement.site_id),
            *(Placement.route, Placement.delivery, Placement.starts_on, Placement.ended_on),
            *(Child.sealed_key, Child.date_of_birth, ChildParticulars.encrypted),
            Child.reference.label("child_reference"),
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Provider.status.label("provider_status"),
            Site.reference.label("site"),
            Site.name.label("site_name"),
            *(Site.address_lines, Site.town, Site.postcode),
            _identifier("urn").label("urn"),
            _identifier("ukprn").label("ukprn"),
        )
        .join(Child, Child.id == Placement.child_id)
        .outerjoin(ChildParticulars, ChildParticulars.child_id == Child.id)
        .join(Organisation, Organisation.id == Placement.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .where(
            Placement.commissioner_id.in_(commissioner_ids),
            Placement.starts_on <= until,
            or_(Placement.ended_on.is_(None), Placement.ended_on >= since),
        )
        .order_by(Provider.number, Site.reference, Placement.id)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


def _identifier(scheme: str) -> ColumnElement[str | None]:
    """Return what another register calls the provider of the row."""
    held = select(func.min(ProviderIdentifier.value)).where(
        ProviderIdentifier.provider_id == Provider.id,
        ProviderIdentifier.scheme == scheme,
        ProviderIdentifier.withdrawn_at.is_(None),
    )
    return held.correlate(Provider).scalar_subquery()


async def list_weeks(session: WriteSession, ids: Sequence[uuid.UUID]) -> Sequence[Any]:
    """Return the sessions of all timetables of placements, each with since when it holds."""
    statement = (
        select(
            *(PlacementTimetable.placement_id, PlacementTimetable.since),
            *(PlacementSession.weekday, PlacementSession.starts, PlacementSession.ends),
        )
        .join(PlacementSession, PlacementSession.timetable_id == PlacementTimetable.id)
        .where(PlacementTimetable.placement_id.in_(ids))
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_checks(
    session: WriteSession, site_ids: Sequence[uuid.UUID], day: date
) -> Sequence[Any]:
    """Return the checks of sites that were done by a day and stand, the latest first."""
    statement = (
        select(SiteCheck.site_id, SiteCheck.kind, SiteCheck.seen_on, SiteCheck.seen_by)
        .where(
            SiteCheck.site_id.in_(site_ids),
            SiteCheck.seen_on <= day,
            SiteCheck.withdrawn_at.is_(None),
        )
        .order_by(SiteCheck.seen_on.desc(), SiteCheck.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_duties(session: WriteSession, child_ids: Sequence[uuid.UUID]) -> Sequence[Any]:
    """Return what was stated of children's circumstances, the earliest first."""
    statement = (
        select(
            *(ChildCircumstances.child_id, ChildCircumstances.since),
            *(ChildCircumstances.plan_la_code, ChildCircumstances.has_sen),
        )
        .where(ChildCircumstances.child_id.in_(child_ids))
        .order_by(ChildCircumstances.since)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found
