"""Statements on who answers for placed children."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement
from app.safeguarding.models import DutyContact, DutyOffer, DutyPeriod

AnySession = ReadSession | WriteSession
_FACTS = ("commissioner_id", "child_id", "sealed_key", "ended_on")


async def get_facts(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return whose a placement is, its child's key and last day, for who may see its duties."""
    told = func.duty_facts(placement_id).table_valued(*_FACTS)
    statement = select(*(told.c[name] for name in _FACTS))
    return (await session.execute(statement)).one_or_none()


async def bodies_of(session: AnySession, placement_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """Return which organisation is what to the child of a placement today."""
    told = func.duty_bodies(placement_id).table_valued("capacity", "organisation_id")
    rows = await session.execute(select(told.c.capacity, told.c.organisation_id))
    return {row.capacity: row.organisation_id for row in rows}


async def bodies_acted_as(session: AnySession) -> frozenset[uuid.UUID]:
    """Return which bodies the actor answers as: its organisation, and a team's authority."""
    return frozenset(await session.scalar(select(func.bodies_acted_as())) or ())


async def find_lead(session: AnySession, organisation_id: uuid.UUID) -> str | None:
    """Return the name of an organisation's designated safeguarding lead."""
    found: str | None = await session.scalar(select(func.safeguarding_lead_of(organisation_id)))
    return found


async def lock_duties(session: WriteSession, placement_id: uuid.UUID) -> None:
    """Let nobody else hand over a duty of this placement until the transaction ends."""
    named = func.hashtextextended(f"duties {placement_id}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def list_periods(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return who answers on which days for which duty, in order, with the bodies' names."""
    statement = (
        select(*DutyPeriod.__table__.columns, Organisation.name, Organisation.kind)
        .join(Organisation, Organisation.id == DutyPeriod.organisation_id)
        .where(DutyPeriod.placement_id == placement_id)
        .order_by(DutyPeriod.duty, DutyPeriod.since)
    )
    return (await session.execute(statement)).all()


async def list_contacts(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return whom bodies named for which duty, the latest of each body last."""
    statement = (
        select(DutyContact)
        .where(DutyContact.placement_id == placement_id)
        .order_by(DutyContact.recorded_at, DutyContact.id)
    )
    return (await session.scalars(statement)).all()


async def list_offers(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return the offers of a placement that the actor may see, the latest first."""
    statement = (
        select(DutyOffer)
        .where(DutyOffer.placement_id == placement_id)
        .order_by(DutyOffer.id.desc())
    )
    return (await session.scalars(statement)).all()


async def list_waiting_offers(
    session: AnySession, bodies: Sequence[uuid.UUID], before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return the offers that wait for the answer of some bodies, the latest first.

    The placement's reference is told to those who may see the placement.
    """
    statement = (
        select(*DutyOffer.__table__.columns, Placement.reference)
        .outerjoin(Placement, Placement.id == DutyOffer.placement_id)
        .where(DutyOffer.to_organisation_id.in_(bodies), DutyOffer.answer.is_(None))
    )
    if before is not None:
        statement = statement.where(DutyOffer.id < before)
    return (await session.execute(statement.order_by(DutyOffer.id.desc()).limit(most))).all()


async def get_offer(
    session: AnySession, placement_id: uuid.UUID, offer_id: uuid.UUID
) -> Any | None:
    """Return an offer of a placement that the actor may see."""
    statement = select(*DutyOffer.__table__.columns).where(
        DutyOffer.id == offer_id, DutyOffer.placement_id == placement_id
    )
    return (await session.execute(statement)).one_or_none()


async def find_open_offer(
    session: AnySession, placement_id: uuid.UUID, duty: str
) -> uuid.UUID | None:
    """Return the offer of a duty that nobody has answered."""
    statement = select(DutyOffer.id).where(
        DutyOffer.placement_id == placement_id, DutyOffer.duty == duty, DutyOffer.answer.is_(None)
    )
    return (await session.scalars(statement)).one_or_none()


async def names_of(session: AnySession, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return bodies by their ids: name and kind."""
    statement = select(Organisation.id, Organisation.name, Organisation.kind).where(
        Organisation.id.in_(ids)
    )
    return {row.id: row for row in await session.execute(statement)}


async def add_periods(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let bodies answer."""
    await session.execute(insert(DutyPeriod), [dict(row) for row in rows])


async def close_period(session: WriteSession, period_id: uuid.UUID, until: date) -> None:
    """Let a body's days end."""
    statement = update(DutyPeriod).where(DutyPeriod.id == period_id).values(until=until)
    await session.execute(statement)


async def add_contacts(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep whom bodies name."""
    await session.execute(insert(DutyContact), [dict(row) for row in rows])


async def add_offer(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep an offer."""
    await session.execute(insert(DutyOffer).values(**row))


async def answer_offer(
    session: WriteSession, offer_id: uuid.UUID, values: Mapping[str, Any]
) -> None:
    """Write down what became of an offer."""
    await session.execute(update(DutyOffer).where(DutyOffer.id == offer_id).values(**values))
