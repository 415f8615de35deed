"""Statements on what the register knows of a setting, and on where a child comes from."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, cast, column, func, select

from app.children.models import ChildCircumstances
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import School
from app.places.models import LocalAuthority
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.register.models import RegisterDocument

AnySession = ReadSession | WriteSession


async def find_site(session: AnySession, provider_number: str, reference: int) -> Any | None:
    """Return a site that the actor may see; its id is empty where the provider has none such."""
    statement = (
        select(
            Provider.id.label("provider_id"),
            Provider.number.label("provider"),
            Site.id,
            Site.reference.label("site"),
            Site.closed_on,
        )
        .outerjoin(Site, (Site.provider_id == Provider.id) & (Site.reference == reference))
        .where(Provider.number == provider_number)
    )
    return (await session.execute(statement)).one_or_none()


async def get_record(session: AnySession, provider_number: str) -> bytes | None:
    """Return a provider's public record as it stands, if it has one."""
    statement = select(RegisterDocument.document).where(RegisterDocument.number == provider_number)
    return (await session.scalars(statement)).one_or_none()


async def list_evidence_days(session: AnySession, site_id: uuid.UUID, day: date) -> Sequence[Any]:
    """Return of each kind of evidence that a site has whether it counts on a day, and how long."""
    told = func.evidence_days(site_id, cast(day, Date)).table_valued(
        column("kind"), column("is_current"), column("current_until")
    )
    found: Sequence[Any] = (await session.execute(select(told).order_by(told.c.kind))).all()
    return found


async def list_usable_checks(
    session: AnySession, assessment_id: uuid.UUID, site_id: uuid.UUID, day: date
) -> Sequence[Any]:
    """Return the checks of a site that the commissioner of an assessment may use on a day."""
    told = func.checks_for_assessment(assessment_id, site_id, cast(day, Date)).table_valued(
        column("id"), column("kind"), column("seen_on"), column("usable_until")
    )
    found: Sequence[Any] = (await session.execute(select(told).order_by(told.c.id))).all()
    return found


async def find_origin(session: AnySession, child_id: uuid.UUID, day: date) -> Any | None:
    """Return where a child comes from on a day: its school's point, and its authority's middle."""
    statement = (
        select(
            School.easting.label("school_easting"),
            School.northing.label("school_northing"),
            LocalAuthority.centre_easting,
            LocalAuthority.centre_northing,
        )
        .select_from(ChildCircumstances)
        .join(LocalAuthority, LocalAuthority.la_code == ChildCircumstances.home_la_code)
        .outerjoin(School, School.organisation_id == ChildCircumstances.school_id)
        .where(ChildCircumstances.child_id == child_id)
        # What holds on the day; before the first of them, the first.
        .order_by((ChildCircumstances.since > day).asc(), ChildCircumstances.since.desc())
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()
