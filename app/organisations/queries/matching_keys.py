"""Statements on the keys under which equal facts are hashed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from app.db.events import ReadSession, WriteSession
from app.organisations.models.matching import MatchingKey


async def get_sealed(session: ReadSession | WriteSession, purpose: str) -> bytes | None:
    """Return the sealed key of a purpose, if it was made."""
    statement = select(MatchingKey.sealed_secret).where(MatchingKey.purpose == purpose)
    return (await session.execute(statement)).scalar_one_or_none()


async def keep_first(session: WriteSession, purpose: str, sealed: bytes, present: datetime) -> None:
    """Keep a new key, unless somebody else made one a moment before: that one stays."""
    row = {"purpose": purpose, "sealed_secret": sealed, "made_at": present}
    statement = postgresql.insert(MatchingKey).values(row).on_conflict_do_nothing()
    await session.execute(statement)
