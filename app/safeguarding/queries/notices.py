"""Statements on which notices a placement needs, and which were given, for its checklist too.

They ask functions of the database, which tell days and kinds and no document.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.db.events import ReadSession, WriteSession

AnySession = ReadSession | WriteSession
_FACTS = (
    *("route", "first_session", "recorded_at", "born_on", "commissioner_la", "home_la"),
    *("plan_la", "care_la", "on_others_roll", "ended_on", "shorter_agreed"),
)
_HELD = ("id", "kind", "current", "given_at")


async def get_facts(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return what decides which notices a placement needs, for who may see its attendance."""
    told = func.notice_facts(placement_id).table_valued(*_FACTS)
    statement = select(*(told.c[name] for name in _FACTS))
    return (await session.execute(statement)).one_or_none()


async def list_held(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return which notices were composed, whether they say what holds, and when they were given."""
    told = func.notices_held(placement_id).table_valued(*_HELD)
    found: Sequence[Any] = (await session.execute(select(*(told.c[name] for name in _HELD)))).all()
    return found
