"""Statements on policies with days, for a session of any role."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

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


async def find_policy(
    session: ReadSession | WriteSession, policy_id: uuid.UUID, *, lock: bool = False
) -> PublishedPolicy | None:
    """Return a policy that the session may see, and keep others from changing it meanwhile."""
    statement = select(PublishedPolicy).where(PublishedPolicy.id == policy_id)
    if lock:
        statement = statement.with_for_update()
    statement = statement.execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def list_drafts(
    session: ReadSession | WriteSession, after: uuid.UUID | None, limit: int
) -> Sequence[PublishedPolicy]:
    """Return drafts of policies, the oldest first.

    Args:
        session: of the department.
        after: the last id of the page before.
        limit: how many at most.
    """
    statement = (
        select(PublishedPolicy)
        .where(PublishedPolicy.state == State.DRAFT.value)
        .order_by(PublishedPolicy.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(PublishedPolicy.id > after)
    return (await session.scalars(statement)).all()


async def newest_published(session: WriteSession, code: str) -> PublishedPolicy | None:
    """Return what is published of a policy and begins last, in force already or not."""
    statement = (
        select(PublishedPolicy)
        .where(PublishedPolicy.code == code, PublishedPolicy.state == State.PUBLISHED.value)
        .order_by(func.lower(PublishedPolicy.in_force).desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def insert_policy(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Hold a draft of a policy."""
    await session.execute(insert(PublishedPolicy), [dict(row)])


async def update_policy(
    session: WriteSession, policy_id: uuid.UUID, changes: Mapping[str, Any]
) -> None:
    """Change columns of a policy."""
    await session.execute(
        update(PublishedPolicy)
        .where(PublishedPolicy.id == policy_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )
