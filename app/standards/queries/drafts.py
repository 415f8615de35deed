"""Statements with which drafts of the standards are written, checked and published."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update

from app.db.events import ReadSession, WriteSession
from app.standards.models import Criterion, CrosswalkStep, StandardsVersion
from app.standards.terms import State
from app.standards.walking import Step

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('standards.publish'))")


async def find_version(
    session: ReadSession | WriteSession, code: str, *, lock: bool = False
) -> StandardsVersion | None:
    """Return a version that the session may see, and keep others from changing it meanwhile."""
    statement = select(StandardsVersion).where(StandardsVersion.code == code)
    if lock:
        statement = statement.with_for_update()
    statement = statement.execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def list_drafts(
    session: ReadSession | WriteSession, after: str | None, limit: int
) -> Sequence[StandardsVersion]:
    """Return drafts by code.

    Args:
        session: of the department.
        after: the last code of the page before.
        limit: how many at most.
    """
    statement = (
        select(StandardsVersion)
        .where(StandardsVersion.state == State.DRAFT.value)
        .order_by(StandardsVersion.code)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(StandardsVersion.code > after)
    return (await session.scalars(statement)).all()


async def newest_published(session: ReadSession | WriteSession) -> StandardsVersion | None:
    """Return the published version that begins last, in force already or not."""
    statement = (
        select(StandardsVersion)
        .where(StandardsVersion.state == State.PUBLISHED.value)
        .order_by(func.lower(StandardsVersion.in_force).desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def publish_alone(session: WriteSession) -> None:
    """Wait until nobody else is publishing; to the end of the transaction nobody else will.

    Each publishing looks at what is newest and continues it, which two must not do at once.
    """
    await session.execute(_ONE_AT_A_TIME)


async def insert_version(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Hold a draft."""
    await session.execute(insert(StandardsVersion), [dict(row)])


async def update_version(
    session: WriteSession, version_id: uuid.UUID, changes: Mapping[str, Any]
) -> None:
    """Change columns of a version."""
    await session.execute(
        update(StandardsVersion)
        .where(StandardsVersion.id == version_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


async def insert_criteria(session: WriteSession, rows: Iterable[Mapping[str, Any]]) -> None:
    """Hold criteria of a draft."""
    held = [dict(row) for row in rows]
    if held:
        await session.execute(insert(Criterion), held)


async def update_criterion(
    session: WriteSession, criterion_id: uuid.UUID, changes: Mapping[str, Any]
) -> None:
    """Change columns of a criterion of a draft."""
    await session.execute(
        update(Criterion)
        .where(Criterion.id == criterion_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


async def delete_criterion(session: WriteSession, criterion_id: uuid.UUID) -> None:
    """Take a criterion out of a draft, and the lines of its crosswalk that lead to it."""
    await session.execute(
        delete(CrosswalkStep).where(CrosswalkStep.to_criterion_id == criterion_id)
    )
    await session.execute(delete(Criterion).where(Criterion.id == criterion_id))


async def replace_steps(
    session: WriteSession, version_id: uuid.UUID, steps: Iterable[Step]
) -> None:
    """Let a draft have this crosswalk and no other."""
    own = select(Criterion.id).where(Criterion.version_id == version_id)
    await session.execute(
        delete(CrosswalkStep)
        .where(CrosswalkStep.to_criterion_id.in_(own))
        .execution_options(synchronize_session=False)
    )
    rows = [
        {
            "from_criterion_id": step.source,
            "to_criterion_id": step.target,
            "relation": step.relation.value,
        }
        for step in steps
    ]
    if rows:
        await session.execute(insert(CrosswalkStep), rows)


async def numbers_of(
    session: ReadSession | WriteSession, criterion_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return the numbers of criteria of any version."""
    statement = select(Criterion.id, Criterion.number).where(Criterion.id.in_(list(criterion_ids)))
    return {row.id: row.number for row in (await session.execute(statement)).all()}
