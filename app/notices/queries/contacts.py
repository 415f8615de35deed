"""Statements on whom it is safe to tell of a child."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import ReadSession, WriteSession
from app.notices.models import SafeContacts

AnySession = ReadSession | WriteSession


async def lock_contacts(session: WriteSession, child_id: uuid.UUID) -> None:
    """Let nobody else say whom it is safe to tell, or compose by it, until the end."""
    named = func.hashtextextended(f"safe contacts {child_id}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def get_contacts(session: AnySession, child_id: uuid.UUID) -> Any | None:
    """Return what stands of a child's safe contacts."""
    statement = (
        select(*SafeContacts.__table__.columns)
        .where(SafeContacts.child_id == child_id)
        .order_by(SafeContacts.version.desc())
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def add_contacts(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a version."""
    await session.execute(insert(SafeContacts).values(**row))
