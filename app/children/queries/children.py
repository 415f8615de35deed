"""Statements on children's records, for whoever may see them."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from app.children.models import Child, ChildCircumstances, ChildParticulars, Erasure, MatchQuestion
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation, School
from app.places.models import LocalAuthority

AnySession = ReadSession | WriteSession


def _shown() -> Select[Any]:
    return (
        select(
            *Child.__table__.columns,
            ChildParticulars.encrypted,
            Organisation.name.label("commissioner"),
        )
        .join(Organisation, Organisation.id == Child.commissioner_id)
        .outerjoin(ChildParticulars, ChildParticulars.child_id == Child.id)
    )


async def get_child(session: AnySession, child_id: uuid.UUID, *, lock: bool = False) -> Any | None:
    """Return a child's record that the actor may see; locked, so that nobody else changes it."""
    if lock:
        # Not against whoever records a placement of the child, who holds what links it as well.
        own = select(Child.id).where(Child.id == child_id).with_for_update(key_share=True)
        await session.execute(own)
    return (await session.execute(_shown().where(Child.id == child_id))).one_or_none()


async def find_by_reference(
    session: AnySession, commissioner_id: uuid.UUID, reference: str
) -> uuid.UUID | None:
    """Return the id of the child that a commissioner calls so."""
    statement = select(Child.id).where(
        Child.commissioner_id == commissioner_id, Child.reference == reference
    )
    return (await session.scalars(statement)).one_or_none()


async def list_children(
    session: AnySession, commissioner_ids: Sequence[uuid.UUID], before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return the children of these commissioners, the newest first."""
    statement = _shown().where(Child.commissioner_id.in_(commissioner_ids))
    if before is not None:
        statement = statement.where(Child.id < before)
    found: Sequence[Any] = (
        await session.execute(statement.order_by(Child.id.desc()).limit(most))
    ).all()
    return found


async def add_child(session: WriteSession, row: dict[str, Any], encrypted: bytes) -> None:
    """Keep a child's record."""
    await session.execute(insert(Child), [row])
    particulars = {"child_id": row["id"], "encrypted": encrypted}
    await session.execute(insert(ChildParticulars), [particulars])


async def change_child(
    session: WriteSession, child_id: uuid.UUID, values: dict[str, Any], encrypted: bytes | None
) -> None:
    """Write down what changed of a child, and its personal parts where they did."""
    changed = {**values, "version": Child.version + 1}
    await session.execute(update(Child).where(Child.id == child_id).values(changed))
    if encrypted is not None:
        statement = update(ChildParticulars).where(ChildParticulars.child_id == child_id)
        await session.execute(statement.values(encrypted=encrypted))


async def list_circumstances(session: AnySession, child_id: uuid.UUID) -> Sequence[Any]:
    """Return who had which duty towards a child since when, the newest first."""
    statement = (
        select(
            ChildCircumstances.since,
            ChildCircumstances.home_la_code.label("home_la"),
            School.urn.label("school"),
            Organisation.name.label("school_name"),
            ChildCircumstances.plan_la_code.label("plan_la"),
            ChildCircumstances.care_la_code.label("care_la"),
            ChildCircumstances.has_sen.label("sen"),
        )
        .outerjoin(Organisation, Organisation.id == ChildCircumstances.school_id)
        .outerjoin(School, School.organisation_id == Organisation.id)
        .where(ChildCircumstances.child_id == child_id)
        .order_by(ChildCircumstances.since.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def keep_circumstances(session: WriteSession, row: dict[str, Any]) -> None:
    """Write down who has which duty from a day on; what was said of that day is replaced."""
    of_that_day = (
        ChildCircumstances.child_id == row["child_id"],
        ChildCircumstances.since == row["since"],
    )
    await session.execute(delete(ChildCircumstances).where(*of_that_day))
    await session.execute(insert(ChildCircumstances), [row])


async def find_unknown_authorities(session: AnySession, codes: Sequence[str]) -> set[str]:
    """Return which of these are codes of no local authority."""
    statement = select(LocalAuthority.la_code).where(LocalAuthority.la_code.in_(codes))
    return set(codes) - set((await session.scalars(statement)).all())


async def erase(session: WriteSession, child_id: uuid.UUID, moment: datetime) -> None:
    """Throw away a child's key and whatever is personal; only that there was a record stays."""
    emptied = {
        "sealed_key": None,
        "date_of_birth": None,
        "reference": None,
        "erased_at": moment,
        "changed_at": moment,
        "version": Child.version + 1,
    }
    await session.execute(update(Child).where(Child.id == child_id).values(emptied))
    for table in (ChildParticulars, ChildCircumstances):
        await session.execute(delete(table).where(table.child_id == child_id))


async def note_erasure(session: WriteSession, row: dict[str, Any]) -> None:
    """Add to the journal of erasures."""
    await session.execute(insert(Erasure), [row])


async def get_question(
    session: AnySession, question_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a question that the actor is to answer; locked, so that nobody else answers it."""
    statement = select(*MatchQuestion.__table__.columns).where(MatchQuestion.id == question_id)
    if lock:
        statement = statement.with_for_update()
    return (await session.execute(statement)).one_or_none()


async def list_questions(
    session: AnySession, still_open: bool | None, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return questions that the actor is to answer, the newest first."""
    statement = select(*MatchQuestion.__table__.columns)
    if still_open is not None:
        is_open = MatchQuestion.answered_at.is_(None)
        statement = statement.where(is_open if still_open else ~is_open)
    if before is not None:
        statement = statement.where(MatchQuestion.id < before)
    ordered = statement.order_by(MatchQuestion.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def list_sides(
    session: AnySession, child_ids: Sequence[uuid.UUID], today: date
) -> Sequence[Any]:
    """Return the records that a question is about, each with where the child lives today."""
    current = aliased(ChildCircumstances)
    home = (
        select(current.home_la_code)
        .where(current.child_id == Child.id, current.since <= today)
        .order_by(current.since.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = _shown().add_columns(home.label("home_la")).where(Child.id.in_(child_ids))
    found: Sequence[Any] = (await session.execute(statement.order_by(Child.id))).all()
    return found


async def answer_question(
    session: WriteSession, question_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what was found out."""
    changed = {**values, "version": MatchQuestion.version + 1}
    await session.execute(
        update(MatchQuestion).where(MatchQuestion.id == question_id).values(changed)
    )


async def organisations_within(session: AnySession) -> Sequence[uuid.UUID]:
    """Return the organisation the actor acts for, and those within it."""
    found: Sequence[uuid.UUID] = (
        await session.execute(select(func.organisations_acted_for()))
    ).scalar_one()
    return found


async def lock_reference(session: WriteSession, commissioner_id: uuid.UUID, reference: str) -> None:
    """Let nobody else add a child under this reference until the transaction ends."""
    named = func.hashtextextended(f"child {commissioner_id} {reference}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))
