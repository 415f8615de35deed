"""Statements on what was published, and on amendments of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update

from app.db.events import ReadSession, WriteSession
from app.inspections.models.hearing import InspectionAmendment
from app.inspections.models.publications import InspectionPublication

AnySession = ReadSession | WriteSession


async def insert_publication(session: WriteSession, row: dict[str, Any]) -> None:
    """Publish a version."""
    await session.execute(insert(InspectionPublication), [row])


async def list_versions(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return every published version of an inspection, the first one first."""
    statement = (
        select(*InspectionPublication.__table__.columns)
        .where(InspectionPublication.inspection_id == inspection_id)
        .order_by(InspectionPublication.version)
    )
    return (await session.execute(statement)).all()


async def take_out(
    session: WriteSession, inspection_id: uuid.UUID, version: int, values: dict[str, Any]
) -> None:
    """Let the document of a version go."""
    statement = update(InspectionPublication).where(
        InspectionPublication.inspection_id == inspection_id,
        InspectionPublication.version == version,
    )
    await session.execute(statement.values(document=None, **values))


async def insert_amendment(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a proposal."""
    await session.execute(insert(InspectionAmendment), [row])


async def list_amendments(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the amendments of an inspection that the actor may see, the earliest first."""
    statement = (
        select(*InspectionAmendment.__table__.columns)
        .where(InspectionAmendment.inspection_id == inspection_id)
        .order_by(InspectionAmendment.id)
    )
    return (await session.execute(statement)).all()


async def update_amendment(
    session: WriteSession, amendment_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Settle an amendment and count the change."""
    changed = {**values, "version": InspectionAmendment.version + 1}
    statement = update(InspectionAmendment).where(InspectionAmendment.id == amendment_id)
    await session.execute(statement.values(changed))
