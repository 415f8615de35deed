"""Statements on policies with days, for a session of any role."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.standards.models import PublishedPolicy
from app.standards.terms import PolicyCode, State


async def policy_on(
    session: ReadSession | WriteSession, code: PolicyCode, day: date
) -> dict[str, Any] | None:
    """Return the parameters of a policy on a day in London; `None` where it does not hold then.

    Args:
        session: of any role; a draft never holds.
        code: which policy.
        day: the day.
    """
    statement = select(PublishedPolicy.parameters).where(
        PublishedPolicy.code == code.value,
        PublishedPolicy.state == State.PUBLISHED.value,
        PublishedPolicy.in_force.contains(day),
    )
    found: dict[str, Any] | None = (await session.scalars(statement)).one_or_none()
    return found
