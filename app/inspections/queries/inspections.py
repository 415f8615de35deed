"""Statements on inspections, their sites and inspectors, for whoever may see them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select, tuple_, update

from app.db.base import WHOLE_ROWS, Base
from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection, InspectionSite, Inspector
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.standards.models import StandardsVersion

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which inspections are listed; what is empty does not narrow.

    Attributes:
        states: any of these.
        kinds: any of these.
        provider_number: of one provider.
        body_id: of one QA body.
        la_code: where one authority decides.
        planned_until: planned for this day or before.
    """

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    provider_number: str | None = None
    body_id: uuid.UUID | None = None
    la_code: str | None = None
    planned_until: date | None = None


def shown() -> Select[Any]:
    """An inspection with its provider, and what the actor is to it."""
    return (
        select(
            *Inspection.__table__.columns,
            Provider.number.label("provider_number"),
            Provider.name.label("provider_name"),
            Provider.status.label("provider_status"),
            Provider.staff_size,
            StandardsVersion.code.label("standards"),
            Organisation.name.label("body_name"),
            func.inspects(Inspection.id).label("inspects"),
            func.checks_inspection(Inspection.id).label("checks"),
            func.plans_inspection(Inspection.id).label("plans"),
            func.owns_inspected(Inspection.id).label("owns"),
        )
        .join(Provider, Provider.id == Inspection.provider_id)
        .join(StandardsVersion, StandardsVersion.id == Inspection.standards_version_id)
        .join(Organisation, Organisation.id == Inspection.body_id)
    )


async def get_inspection(session: AnySession, reference: str, *, lock: bool = False) -> Any | None:
    """Return an inspection that the actor may see, with its provider.

    With `inspects`, `checks`, `plans` and `owns`: what they are to it.

    Args:
        session: the transaction.
        reference: of the inspection.
        lock: whether nobody else may change it until the end.
    """
    if lock:
        held = select(Inspection.id).where(Inspection.reference == reference).with_for_update()
        await session.execute(held)
    statement = shown().where(Inspection.reference == reference)
    return (await session.execute(statement)).one_or_none()


async def list_inspections(
    session: AnySession, wanted: Wanted, after: tuple[date, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return inspections the actor may see, the earliest planned first."""
    statement = shown().order_by(Inspection.planned_on, Inspection.id)
    if wanted.states:
        statement = statement.where(Inspection.state.in_(wanted.states))
    if wanted.kinds:
        statement = statement.where(Inspection.kind.in_(wanted.kinds))
    if wanted.provider_number:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.body_id:
        statement = statement.where(Inspection.body_id == wanted.body_id)
    if wanted.la_code:
        statement = statement.where(Inspection.la_code == wanted.la_code)
    if wanted.planned_until:
        statement = statement.where(Inspection.planned_on <= wanted.planned_until)
    if after is not None:
        statement = statement.where(tuple_(Inspection.planned_on, Inspection.id) > after)
    found: Sequence[Any] = (await session.execute(statement.limit(most))).all()
    return found


async def list_sites(session: AnySession, inspection_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return the sites of inspections, in order of their reference.

    Each row: `inspection_id`, `id`, `reference`, `name`, `kind`, `closed_on`.
    """
    statement = (
        select(
            InspectionSite.inspection_id,
            Site.id,
            Site.reference,
            Site.name,
            Site.kind,
            Site.closed_on,
        )
        .join(Site, Site.id == InspectionSite.site_id)
        .where(InspectionSite.inspection_id.in_(inspection_ids))
        .order_by(InspectionSite.inspection_id, Site.reference)
    )
    return (await session.execute(statement)).all()


async def find_sites(
    session: AnySession, provider_id: uuid.UUID, references: Collection[int]
) -> Sequence[Any]:
    """Return sites of a provider: `id`, `reference`, `name`, `kind`, `la_code`, `closed_on`."""
    statement = (
        select(Site.id, Site.reference, Site.name, Site.kind, Site.la_code, Site.closed_on)
        .where(Site.provider_id == provider_id, Site.reference.in_(references))
        .order_by(Site.reference)
    )
    return (await session.execute(statement)).all()


async def list_inspectors(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Inspector]:
    """Return who inspects, the lead first."""
    statement = (
        select(Inspector)
        .where(Inspector.inspection_id == inspection_id, Inspector.left_at.is_(None))
        .order_by(Inspector.part.desc(), Inspector.added_at, Inspector.person_id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def get_inspector(
    session: AnySession, inspection_id: uuid.UUID, person_id: uuid.UUID
) -> Inspector | None:
    """Return somebody's part in an inspection, also one they have left."""
    statement = (
        select(Inspector)
        .where(Inspector.inspection_id == inspection_id, Inspector.person_id == person_id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_officer(
    session: AnySession, person_id: uuid.UUID, body_id: uuid.UUID, role: str
) -> Any | None:
    """Return an officer who has a role in a body or a team of it: `name`, `organisation_id`."""
    of_body = (Organisation.id == body_id) | (Organisation.parent_id == body_id)
    statement = (
        select(Person.name, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
            Membership.roles.contains([role]),
            of_body,
        )
        .order_by(Membership.organisation_id == body_id)
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def tie_of(session: AnySession, person_id: uuid.UUID, provider_id: uuid.UUID) -> str | None:
    """Return what ties a person to a provider: `declared-interest` or `stake`; none is `None`."""
    found: str | None = (
        await session.execute(select(func.tie_of(person_id, provider_id)))
    ).scalar_one()
    return found


async def take_number(session: WriteSession) -> int:
    """Return the next number of an inspection; what is taken is never given back."""
    return int((await session.execute(select(func.take_inspection_number()))).scalar_one())


async def insert_rows(
    session: WriteSession, table: type[Base], rows: Sequence[dict[str, Any]]
) -> None:
    """Insert rows."""
    if rows:
        await session.execute(insert(table), list(rows), execution_options=WHOLE_ROWS)


async def update_inspection(
    session: WriteSession, inspection_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change an inspection and count the change."""
    changed = {**values, "version": Inspection.version + 1}
    await session.execute(update(Inspection).where(Inspection.id == inspection_id).values(changed))


async def update_inspector(
    session: WriteSession, inspection_id: uuid.UUID, person_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change somebody's part in an inspection."""
    await session.execute(
        update(Inspector)
        .where(Inspector.inspection_id == inspection_id, Inspector.person_id == person_id)
        .values(values)
    )
