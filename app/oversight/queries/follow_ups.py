"""Statements on follow-ups, for whoever may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from app.children.models import Child, ChildCircumstances
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.oversight.models import (
    ErasedPlacementArea,
    FollowUp,
    FollowUpHandover,
    FollowUpSpell,
    FollowUpStep,
)
from app.placements.models import Placement
from app.places.models import LocalAuthority

AnySession = ReadSession | WriteSession
_school = aliased(Organisation, name="school")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose follow-ups are listed.

    Attributes:
        la_code: those that this authority looks into, as one of them, or is asked to; else of none.
        organisation_ids: those of placements or pupils of these organisations.
        everybody: all of them, for the department.
    """

    la_code: str | None
    organisation_ids: Sequence[uuid.UUID]
    everybody: bool = False


def _offered_to() -> Any:
    return (
        select(FollowUpHandover.to_la_code)
        .where(FollowUpHandover.follow_up_id == FollowUp.id, FollowUpHandover.answer.is_(None))
        .scalar_subquery()
        .label("offered_to")
    )


def _shown() -> Select[Any]:
    return (
        select(
            *FollowUp.__table__.columns,
            LocalAuthority.name.label("la_name"),
            _school.name.label("school_name"),
            Organisation.name.label("commissioner"),
            _offered_to(),
        )
        .join(LocalAuthority, LocalAuthority.la_code == FollowUp.la_code)
        .join(Organisation, Organisation.id == FollowUp.commissioner_id)
        .outerjoin(_school, _school.id == FollowUp.school_id)
    )


async def get_follow_up(
    session: AnySession, follow_up_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a follow-up that the actor may see; locked, so that nobody else changes it."""
    if lock:
        own = select(FollowUp.id).where(FollowUp.id == follow_up_id).with_for_update()
        await session.execute(own)
    return (await session.execute(_shown().where(FollowUp.id == follow_up_id))).one_or_none()


async def find_of_placement(session: WriteSession, placement_id: uuid.UUID) -> Any | None:
    """Return a placement's follow-up, locked."""
    statement = select(*FollowUp.__table__.columns).where(FollowUp.placement_id == placement_id)
    return (await session.execute(statement.with_for_update())).one_or_none()


async def find_open_of_child(session: WriteSession, child_id: uuid.UUID) -> Sequence[Any]:
    """Return a child's follow-ups that have not ended, locked, by id."""
    statement = (
        select(*FollowUp.__table__.columns)
        .where(FollowUp.child_id == child_id, FollowUp.closed_on.is_(None))
        .order_by(FollowUp.id)
        .with_for_update()
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_open(
    session: AnySession, whose: Whose, after: tuple[date, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return follow-ups that have not ended; the longest overdue first."""
    statement = _shown().where(FollowUp.closed_on.is_(None), *_of(whose))
    if after is not None:
        statement = statement.where(tuple_(FollowUp.next_step_by, FollowUp.id) > tuple_(*after))
    ordered = statement.order_by(FollowUp.next_step_by, FollowUp.id).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def list_follow_ups(
    session: AnySession, whose: Whose, still_open: bool | None, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return follow-ups, the newest first."""
    statement = _shown().where(*_of(whose))
    if still_open is not None:
        is_open = FollowUp.closed_on.is_(None)
        statement = statement.where(is_open if still_open else ~is_open)
    if before is not None:
        statement = statement.where(FollowUp.id < before)
    ordered = statement.order_by(FollowUp.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


def _of(whose: Whose) -> list[ColumnElement[bool]]:
    if whose.everybody:
        return []
    if whose.la_code is None:
        return [
            or_(
                FollowUp.commissioner_id.in_(whose.organisation_ids),
                FollowUp.school_id.in_(whose.organisation_ids),
            )
        ]
    asked = select(FollowUpHandover.follow_up_id).where(
        FollowUpHandover.to_la_code == whose.la_code, FollowUpHandover.answer.is_(None)
    )
    return [
        or_(
            FollowUp.la_code == whose.la_code,
            FollowUp.care_la_code == whose.la_code,
            FollowUp.id.in_(asked),
            FollowUp.commissioner_id.in_(whose.organisation_ids),
        )
    ]


async def duties_on(session: AnySession, child_id: uuid.UUID, day: date) -> Any | None:
    """Return who had which duty towards a child on a day; before the first, the first.

    Rows: `home_la_code`, `school_id`, `care_la_code`, `date_of_birth`.
    """
    held = ChildCircumstances.since <= day
    statement = (
        select(
            ChildCircumstances.home_la_code,
            ChildCircumstances.school_id,
            ChildCircumstances.care_la_code,
            Child.date_of_birth,
        )
        .join(Child, Child.id == ChildCircumstances.child_id)
        .where(ChildCircumstances.child_id == child_id)
        .order_by(
            held.desc(),
            func.abs(ChildCircumstances.since - day),
        )
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def add_follow_up(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a follow-up."""
    await session.execute(insert(FollowUp), [row])


async def change_follow_up(
    session: WriteSession, follow_up_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what changed of a follow-up."""
    changed = {**values, "version": FollowUp.version + 1}
    await session.execute(update(FollowUp).where(FollowUp.id == follow_up_id).values(changed))


async def add_spell(session: WriteSession, row: dict[str, Any]) -> None:
    """Say which authority looks from a day on; it is numbered after those before it."""
    last = select(func.coalesce(func.max(FollowUpSpell.number), 0) + 1).where(
        FollowUpSpell.follow_up_id == row["follow_up_id"]
    )
    await session.execute(insert(FollowUpSpell).values({**row, "number": last.scalar_subquery()}))


async def list_spells(session: AnySession, follow_up_id: uuid.UUID) -> Sequence[Any]:
    """Return which authority looked since when, the first of them first."""
    statement = select(*FollowUpSpell.__table__.columns).where(
        FollowUpSpell.follow_up_id == follow_up_id
    )
    found: Sequence[Any] = (await session.execute(statement.order_by(FollowUpSpell.number))).all()
    return found


async def add_step(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what was tried."""
    await session.execute(insert(FollowUpStep), [row])


async def list_steps(session: AnySession, follow_up_id: uuid.UUID) -> Sequence[Any]:
    """Return what was tried, the newest first."""
    statement = (
        select(*FollowUpStep.__table__.columns, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == FollowUpStep.organisation_id)
        .where(FollowUpStep.follow_up_id == follow_up_id)
        .order_by(FollowUpStep.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def get_open_handover(session: AnySession, follow_up_id: uuid.UUID) -> Any | None:
    """Return which authority is asked to take a follow-up over and has not answered."""
    statement = select(*FollowUpHandover.__table__.columns).where(
        FollowUpHandover.follow_up_id == follow_up_id, FollowUpHandover.answer.is_(None)
    )
    return (await session.execute(statement)).one_or_none()


async def list_handovers(session: AnySession, follow_up_id: uuid.UUID) -> Sequence[Any]:
    """Return which authorities were asked, the newest first."""
    statement = (
        select(*FollowUpHandover.__table__.columns)
        .where(FollowUpHandover.follow_up_id == follow_up_id)
        .order_by(FollowUpHandover.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_handover(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep that an authority is asked."""
    await session.execute(insert(FollowUpHandover), [row])


async def answer_handover(
    session: WriteSession, handover_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what an authority answered."""
    await session.execute(
        update(FollowUpHandover).where(FollowUpHandover.id == handover_id).values(values)
    )


async def knows_authority(session: AnySession, la_code: str) -> bool:
    """Say whether a local authority has this code."""
    statement = select(LocalAuthority.la_code).where(LocalAuthority.la_code == la_code)
    return (await session.scalars(statement)).one_or_none() is not None


async def keep_areas_of_erased(
    session: WriteSession, child_id: uuid.UUID, homes: Sequence[tuple[date, str]]
) -> None:
    """Keep in whose area each placement of an erased child was, without the child."""
    of_child = select(Placement.id).where(Placement.child_id == child_id)
    rows = [
        {"placement_id": placement_id, "since": since, "la_code": la_code}
        for placement_id in (await session.scalars(of_child)).all()
        for since, la_code in homes
    ]
    if rows:
        await session.execute(insert(ErasedPlacementArea), rows)
