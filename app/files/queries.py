"""Statements on evidence files."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from app.db.events import ReadSession, WriteSession
from app.files.models import File
from app.files.terms import FileFacts, FileState


async def insert_file(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Add a file."""
    await session.execute(insert(File), [dict(row)])


async def get_file(session: ReadSession | WriteSession, file_id: uuid.UUID) -> FileFacts | None:
    """Return a file the session may see."""
    found = await session.get(File, file_id, populate_existing=True)
    return None if found is None else facts_of(found)


async def find_files(
    session: ReadSession | WriteSession, file_ids: Iterable[uuid.UUID]
) -> Mapping[uuid.UUID, FileFacts]:
    """Return those of these files the session may see, by id."""
    rows = await session.execute(select(File).where(File.id.in_(list(file_ids))))
    return {row.id: facts_of(row) for row in rows.scalars()}


async def lock_file(session: WriteSession, file_id: uuid.UUID) -> FileFacts | None:
    """Return a file, and keep others from changing what scanning found until the end."""
    statement = select(File).where(File.id == file_id).with_for_update()
    found = (await session.execute(statement)).scalar_one_or_none()
    return None if found is None else facts_of(found)


async def update_scan(session: WriteSession, file_id: uuid.UUID, found: Mapping[str, Any]) -> None:
    """Write down what scanning found: state, scanned_at, scanner and finding."""
    await session.execute(update(File).where(File.id == file_id).values(**found))


async def find_kept(
    session: ReadSession | WriteSession, file_ids: Sequence[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Return which of these ids belong to a file whose content is to be kept."""
    statement = select(File.id).where(File.id.in_(file_ids), File.state != FileState.INFECTED.value)
    return frozenset((await session.execute(statement)).scalars())


async def find_waiting(
    session: ReadSession | WriteSession, states: Sequence[FileState], limit: int
) -> Sequence[uuid.UUID]:
    """Return files that no scanner has answered for, the oldest first."""
    statement = (
        select(File.id)
        .where(File.state.in_([state.value for state in states]))
        .order_by(File.id)
        .limit(limit)
    )
    return (await session.execute(statement)).scalars().all()


def facts_of(row: File) -> FileFacts:
    """Return what others may know of a row."""
    return FileFacts(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256.hex(),
        state=FileState(row.state),
        received_at=row.received_at,
        scanned_at=row.scanned_at,
    )
