"""Statements on the children of a registration case, and on what the department found of them."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import ReadSession, WriteSession
from app.placements.models import FullTimeFinding

AnySession = ReadSession | WriteSession
_CHILDREN = (
    *("child_link", "minutes", "placed_elsewhere", "said_elsewhere", "birth_month", "has_plan"),
    *("is_looked_after", "has_sen", "at_a_setting", "lone_tutor", "found_up_to", "commissioners"),
)


async def children_in_case(session: AnySession, case_id: uuid.UUID, day: date) -> Sequence[Any]:
    """Return a row for each child at the setting of a case; for the department alone."""
    told = func.children_in_case(case_id, day).table_valued(*_CHILDREN)
    statement = select(*(told.c[name] for name in _CHILDREN))
    ordered = statement.order_by(told.c.minutes.desc(), told.c.child_link)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def list_findings(session: AnySession, case_id: uuid.UUID) -> Sequence[Any]:
    """Return what was found in a case, the newest first."""
    statement = (
        select(*FullTimeFinding.__table__.columns)
        .where(FullTimeFinding.case_id == case_id)
        .order_by(FullTimeFinding.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_finding(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what was found."""
    await session.execute(insert(FullTimeFinding), [row])
