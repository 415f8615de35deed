"""Statements on the files of inspections."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from app.db.events import ReadSession, WriteSession
from app.files.models import File
from app.files.terms import FileState
from app.inspections.models.results import InspectionFile

AnySession = ReadSession | WriteSession


async def insert_file(session: WriteSession, row: dict[str, Any]) -> None:
    """Let a file be one of an inspection's."""
    await session.execute(insert(InspectionFile), [row])


async def list_files(
    session: AnySession, inspection_id: uuid.UUID, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return the files of an inspection that the actor may see, the newest first.

    Each row: `InspectionFile`, `File`.
    """
    statement = (
        select(InspectionFile, File)
        .join(File, File.id == InspectionFile.file_id)
        .where(InspectionFile.inspection_id == inspection_id)
        .order_by(InspectionFile.file_id.desc())
        .limit(most)
    )
    if after is not None:
        statement = statement.where(InspectionFile.file_id < after)
    return (await session.execute(statement)).all()


async def get_file(session: AnySession, inspection_id: uuid.UUID, file_id: uuid.UUID) -> Any | None:
    """Return one file of an inspection: `InspectionFile`, `File`."""
    statement = (
        select(InspectionFile, File)
        .join(File, File.id == InspectionFile.file_id)
        .where(InspectionFile.inspection_id == inspection_id, InspectionFile.file_id == file_id)
    )
    return (await session.execute(statement)).one_or_none()


async def find_usable(
    session: AnySession, inspection_id: uuid.UUID, file_ids: Sequence[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Return which of these are files of the inspection that were not found infected."""
    statement = (
        select(File.id)
        .join(InspectionFile, InspectionFile.file_id == File.id)
        .where(
            InspectionFile.inspection_id == inspection_id,
            File.id.in_(file_ids),
            File.state != FileState.INFECTED.value,
        )
    )
    return frozenset((await session.execute(statement)).scalars())
