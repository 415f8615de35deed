"""Every statement on jobs and schedules."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from app.db.events import WriteSession
from app.outbox.models import Job


async def insert_jobs(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add jobs; one whose key is taken already is left out."""
    if rows:
        await session.execute(insert(Job).on_conflict_do_nothing(), list(rows))
