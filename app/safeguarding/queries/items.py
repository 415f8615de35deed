"""Statements on what was done to keep placed children safe."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import ReadSession, WriteSession
from app.safeguarding.models import SafeguardingItem, UrgentStartCompleted

AnySession = ReadSession | WriteSession
_FACTS = (
    *("commissioner_id", "child_id", "sealed_key", "starts_on", "ended_on", "delivery", "route"),
    *("by_authority", "plan_or_care", "transported", "severities", "suspended", "named_on"),
    *("staff_seen", "staff_until", "visit_seen", "visit_until", "review_from", "review_by"),
    "opened_on",
)


async def get_facts(session: AnySession, placement_id: uuid.UUID, day: date) -> Any | None:
    """Return what a placement's safety is judged by, for who may see its attendance."""
    told = func.safeguarding_facts(placement_id, day).table_valued(*_FACTS)
    statement = select(*(told.c[name] for name in _FACTS))
    return (await session.execute(statement)).one_or_none()


async def list_items(session: AnySession, placement_id: uuid.UUID) -> dict[str, Any]:
    """Return what stands of each item, by its number."""
    statement = (
        select(*SafeguardingItem.__table__.columns)
        .where(SafeguardingItem.placement_id == placement_id)
        .order_by(SafeguardingItem.version)
    )
    return {row.item: row for row in await session.execute(statement)}


async def get_urgent(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return why a start could not wait, and by when it is completed."""
    statement = select(*UrgentStartCompleted.__table__.columns).where(
        UrgentStartCompleted.placement_id == placement_id
    )
    return (await session.execute(statement)).one_or_none()


async def add_items(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was done."""
    await session.execute(insert(SafeguardingItem), [dict(row) for row in rows])


async def add_urgent(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep why a start could not wait."""
    await session.execute(insert(UrgentStartCompleted).values(**row))
