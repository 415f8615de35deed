"""Statements on expected sessions, and on facts about them; each for many placements at once."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import ARRAY, UUID, Date, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql

from app.attendance.models import AttendanceCode, AttendanceFact
from app.db.events import ReadSession, WriteSession

AnySession = ReadSession | WriteSession
Key = tuple[uuid.UUID, date, time]
"""A session: of which placement, on which day, and when it starts."""

_FACTS: Any = AttendanceFact.__table__
_EXPECTED = (
    *("placement_id", "day", "starts", "ends", "site_id", "site", "delivery", "by_authority"),
    *("expected", "why_not"),
)
_CHILDREN = (*("placement_id", "reference", "commissioner", "child_id", "sealed_key", "encrypted"),)


async def placed_at_own_sites(session: AnySession, since: date, until: date) -> list[uuid.UUID]:
    """Return the placements at the actor's own sites within some days."""
    statement = select(func.placed_at_own_sites(since, until, type_=UUID(as_uuid=True)))
    return list((await session.scalars(statement)).all())


async def expected_sessions(
    session: AnySession,
    placement_ids: Sequence[uuid.UUID],
    within: tuple[date, date],
    holidays: Sequence[date],
) -> Sequence[Any]:
    """Return the sessions of placements on some days, by day and time, expected or why not.

    Args:
        session: of whoever reports or may see them; of others there are none.
        placement_ids: of these.
        within: the first and the last day.
        holidays: days on which nobody is expected anywhere.
    """
    told = func.expected_sessions(
        bindparam("wanted", list(placement_ids), ARRAY(UUID(as_uuid=True))),
        *within,
        bindparam("holidays", list(holidays), ARRAY(Date)),
    ).table_valued(*_EXPECTED)
    statement = select(*(told.c[name] for name in _EXPECTED))
    ordered = statement.order_by(told.c.day, told.c.starts, told.c.placement_id)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def expected_children(
    session: AnySession, placement_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Any]:
    """Return who is expected at the actor's own sites, encrypted, by placement."""
    told = func.expected_children(
        bindparam("wanted", list(placement_ids), ARRAY(UUID(as_uuid=True)))
    ).table_valued(*_CHILDREN)
    rows = await session.execute(select(*(told.c[name] for name in _CHILDREN)))
    return {row.placement_id: row for row in rows}


async def list_facts(
    session: AnySession, placement_ids: Sequence[uuid.UUID], since: date, until: date
) -> Sequence[Any]:
    """Return what was reported of placements on some days, the latest first."""
    statement = (
        select(*AttendanceFact.__table__.columns)
        .where(
            AttendanceFact.placement_id.in_(placement_ids),
            AttendanceFact.day.between(since, until),
        )
        .order_by(AttendanceFact.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def latest_facts(
    session: AnySession, placement_ids: Sequence[uuid.UUID], since: date, until: date
) -> dict[Key, Any]:
    """Return the fact that stands of each session on some days."""
    key = (AttendanceFact.placement_id, AttendanceFact.day, AttendanceFact.starts)
    statement = (
        select(*AttendanceFact.__table__.columns)
        .where(
            AttendanceFact.placement_id.in_(placement_ids),
            AttendanceFact.day.between(since, until),
        )
        .order_by(*key, AttendanceFact.id.desc())
        .ext(postgresql.distinct_on(*key))
    )
    rows = await session.execute(statement)
    return {(row.placement_id, row.day, row.starts): row for row in rows}


async def add_facts(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> set[uuid.UUID]:
    """Keep facts in one statement; those whose reference is taken already are left out.

    Returns:
        The ids of those that were kept.
    """
    if not rows:
        return set()
    statement = (
        postgresql.insert(_FACTS)
        .on_conflict_do_nothing(
            index_elements=["organisation_id", "reference"],
            index_where=AttendanceFact.reference.is_not(None),
        )
        .returning(_FACTS.c.id)
    )
    kept = await session.scalars(statement, [dict(row) for row in rows])
    return set(kept.all())


async def facts_by_reference(
    session: AnySession, organisation_id: uuid.UUID, references: Sequence[str]
) -> dict[str, Any]:
    """Return what an organisation reported under these references."""
    statement = select(*AttendanceFact.__table__.columns).where(
        AttendanceFact.organisation_id == organisation_id,
        AttendanceFact.reference.in_(references),
    )
    return {row.reference: row for row in await session.execute(statement)}


async def add_code(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a code that a school decided on."""
    await session.execute(insert(AttendanceCode), [dict(row)])


async def list_codes(
    session: AnySession, placement_id: uuid.UUID, since: date, until: date
) -> Sequence[Any]:
    """Return the codes a school decided on within some days, the latest first."""
    statement = (
        select(*AttendanceCode.__table__.columns)
        .where(
            AttendanceCode.placement_id == placement_id,
            AttendanceCode.day.between(since, until),
        )
        .order_by(AttendanceCode.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def may_report(session: AnySession, placement_id: uuid.UUID) -> bool:
    """Say whether the actor is the commissioner or the provider of a placement."""
    return bool((await session.execute(select(func.reports_for(placement_id)))).scalar_one())


async def may_register(session: AnySession, placement_id: uuid.UUID) -> bool:
    """Say whether the actor keeps the register in which the child of a placement stands."""
    return bool((await session.execute(select(func.registers_for(placement_id)))).scalar_one())


async def may_see(session: AnySession, placement_id: uuid.UUID) -> bool:
    """Say whether the actor may see all of a placement's attendance."""
    statement = select(func.may_see_attendance(placement_id))
    return bool((await session.execute(statement)).scalar_one())
