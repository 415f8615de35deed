"""Every statement on the record of acts."""

from typing import Any

from sqlalchemy import insert

from app.audit.models import AuditEntry
from app.db.events import WriteSession


async def insert_entry(session: WriteSession, row: dict[str, Any]) -> None:
    """Add one entry."""
    await session.execute(insert(AuditEntry), [row])
