"""Statements on reliances."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from app.access import Role
from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.publications import InspectionPublication
from app.inspections.models.reliances import Reliance
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person, PersonContact
from app.providers.models.providers import Provider

AnySession = ReadSession | WriteSession
_TOLD = (Role.INSPECTOR.value, Role.SECOND_OFFICER.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reliances are listed; what is empty does not narrow.

    Attributes:
        reference: on this inspection.
        provider_number: on inspections of this provider.
        body_id: of this body.
        holds: whether they hold; `None`: either.
    """

    reference: str | None = None
    provider_number: str | None = None
    body_id: uuid.UUID | None = None
    holds: bool | None = None


def _shown() -> Select[Any]:
    return (
        select(
            *Reliance.__table__.columns,
            func.inspection_told(Reliance.inspection_id).label("inspection"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Organisation.name.label("body_name"),
            (Reliance.organisation_id == func.any(func.organisations_acted_for())).label("own"),
        )
        .join(
            InspectionPublication,
            (InspectionPublication.inspection_id == Reliance.inspection_id)
            & (InspectionPublication.version == 1),
        )
        .join(Provider, Provider.id == InspectionPublication.provider_id)
        .join(Organisation, Organisation.id == Reliance.organisation_id)
    )


async def find_published(session: AnySession, reference: str) -> Any | None:
    """Return a published inspection of a provider the actor may see, whoever inspected.

    The row: `id`, `body_id`, `planned_on`, `standards_version_id`, and `stands`: whether what was
    published last is still there to be read.
    """
    columns = ("id", "body_id", "planned_on", "standards_version_id", "stands")
    found = func.published_inspection(reference).table_valued(*columns)
    return (await session.execute(select(found))).one_or_none()


async def get_reliance(session: AnySession, reliance_id: uuid.UUID) -> Any | None:
    """Return a reliance that the actor may see."""
    return (await session.execute(_shown().where(Reliance.id == reliance_id))).one_or_none()


async def list_reliances(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return reliances that the actor may see, the newest first."""
    statement = _shown().order_by(Reliance.id.desc()).limit(most)
    if wanted.reference:
        told = func.inspection_told(Reliance.inspection_id)
        statement = statement.where(told == wanted.reference)
    if wanted.provider_number:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.body_id:
        statement = statement.where(Reliance.organisation_id == wanted.body_id)
    if wanted.holds is not None:
        ended = Reliance.ended_on.is_(None)
        statement = statement.where(ended if wanted.holds else ~ended)
    if before is not None:
        statement = statement.where(Reliance.id < before)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_reliance(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a reliance."""
    await session.execute(insert(Reliance), [row])


async def end_reliance(
    session: WriteSession, reliance_id: uuid.UUID, on: date, because: str
) -> bool:
    """End a reliance that holds; say whether it did."""
    statement = (
        update(Reliance)
        .where(Reliance.id == reliance_id, Reliance.ended_on.is_(None))
        .values(ended_on=on, ended_because=because, version=Reliance.version + 1)
        .returning(Reliance.id)
    )
    return (await session.execute(statement)).one_or_none() is not None


async def end_lapsed(session: WriteSession, today: date, most: int) -> Sequence[uuid.UUID]:
    """End those whose last day is over, as of the day after it; return which."""
    over = (
        select(Reliance.id)
        .where(Reliance.ended_on.is_(None), Reliance.until < today)
        .order_by(Reliance.until, Reliance.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(Reliance)
        .where(Reliance.id.in_(over))
        .values(
            ended_on=Reliance.until + timedelta(days=1),
            ended_because="lapsed",
            version=Reliance.version + 1,
        )
        .returning(Reliance.id)
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(statement)).all()


async def end_taken_back(
    session: WriteSession, inspection_id: uuid.UUID, today: date
) -> Sequence[uuid.UUID]:
    """End those that rest on a version which was taken out; return which.

    A reliance rests on what stood published when it was made.
    """
    statement = select(func.end_reliances_taken_back(inspection_id, today))
    return (await session.scalars(statement)).all()


async def get_ended(session: AnySession, reliance_id: uuid.UUID) -> Any | None:
    """Return an ended reliance for who tells of it: with the inspection and the provider."""
    statement = (
        select(
            *Reliance.__table__.columns,
            Inspection.reference,
            Provider.number,
            Provider.name,
        )
        .join(Inspection, Inspection.id == Reliance.inspection_id)
        .join(Provider, Provider.id == Inspection.provider_id)
        .where(Reliance.id == reliance_id, Reliance.ended_on.is_not(None))
    )
    return (await session.execute(statement)).one_or_none()


async def find_officers(session: AnySession, organisation_id: uuid.UUID) -> Sequence[Any]:
    """Return inspectors and second officers of a body: `person_id`, `name`, `email`."""
    statement = (
        select(Membership.person_id, Person.name, PersonContact.email)
        .join(Person, Person.id == Membership.person_id)
        .join(PersonContact, PersonContact.person_id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.roles.overlap(list(_TOLD)),
        )
        .order_by(Membership.person_id)
    )
    return (await session.execute(statement)).all()
