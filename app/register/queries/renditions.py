"""Which files of the register are kept, as the worker."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from app.db.events import WriteSession
from app.register.models import RegisterRendition


async def find_renditions(session: WriteSession) -> Sequence[Any]:
    """Return id, shape, entry, tombstones and format of each."""
    statement = select(
        RegisterRendition.id,
        RegisterRendition.shape,
        RegisterRendition.entry,
        RegisterRendition.tombstones,
        RegisterRendition.format,
    )
    return (await session.execute(statement)).all()


async def add_rendition(session: WriteSession, row: dict[str, Any]) -> None:
    """Note a file whose content is in the store."""
    await session.execute(insert(RegisterRendition), [row])


async def remove_renditions(session: WriteSession, ids: Sequence[uuid.UUID]) -> None:
    """Forget files; nobody is sent them any more."""
    await session.execute(delete(RegisterRendition).where(RegisterRendition.id.in_(ids)))
