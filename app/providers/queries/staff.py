"""Statements on who works with children at a provider, and on checks of them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Text, column, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.db.events import ReadSession, WriteSession
from app.providers.models.people import StaffCheck, StaffMember

AnySession = ReadSession | WriteSession

_FACTS = (
    column("member", BigInteger),
    column("regulated_activity", Boolean),
    column("started_on", Date),
    column("ended_on", Date),
    column("kind", Text),
    column("status", Text),
    column("checked_on", Date),
)


async def list_members(
    session: AnySession, provider_id: uuid.UUID, left_by: date | None
) -> Sequence[StaffMember]:
    """Return who works, or worked, for a provider, by name.

    Args:
        session: of somebody who may know them by name.
        provider_id: whose staff.
        left_by: who had left on this day is left out; `None`: nobody is.
    """
    statement = (
        select(StaffMember)
        .where(StaffMember.provider_id == provider_id)
        .order_by(StaffMember.name, StaffMember.id)
        .execution_options(populate_existing=True)
    )
    if left_by is not None:
        statement = statement.where(
            or_(StaffMember.ended_on.is_(None), StaffMember.ended_on > left_by)
        )
    return (await session.scalars(statement)).all()


async def get_member(
    session: AnySession, provider_id: uuid.UUID, member_id: uuid.UUID, *, lock: bool = False
) -> StaffMember | None:
    """Return one of a provider's staff; locked, if somebody is going to change them."""
    statement = (
        select(StaffMember)
        .where(StaffMember.provider_id == provider_id, StaffMember.id == member_id)
        .execution_options(populate_existing=True)
    )
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def newest_checks(
    session: AnySession, member_ids: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Sequence[StaffCheck]]:
    """Return the newest check of each kind of each of them, by kind."""
    statement = (
        select(StaffCheck)
        .ext(distinct_on(StaffCheck.staff_member_id, StaffCheck.kind))
        .where(StaffCheck.staff_member_id.in_(member_ids))
        .order_by(
            StaffCheck.staff_member_id,
            StaffCheck.kind,
            StaffCheck.recorded_at.desc(),
            StaffCheck.id.desc(),
        )
    )
    found: dict[uuid.UUID, list[StaffCheck]] = defaultdict(list)
    for check in (await session.scalars(statement)).all():
        found[check.staff_member_id].append(check)
    return found


async def list_facts(session: AnySession, provider_id: uuid.UUID) -> Sequence[Any]:
    """Return the newest check of each kind of each of a provider's staff, without saying whose.

    For whoever is shown some of its evidence. Rows: `member` (a number that means nothing
    elsewhere), `regulated_activity`, `started_on`, `ended_on`, `kind`, `status`, `checked_on`;
    of who has no check, one row without kind.
    """
    facts = func.staff_check_facts(provider_id).table_valued(*_FACTS).render_derived()
    return (await session.execute(select(facts))).all()


async def add_row(session: WriteSession, row: StaffMember | StaffCheck) -> None:
    """Keep somebody, or a check of them."""
    session.add(row)
    await session.flush()
