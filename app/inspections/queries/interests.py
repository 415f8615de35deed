"""Statements on declared interests."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import DeclaredInterest
from app.providers.models.providers import Provider


async def add_interest(session: WriteSession, row: DeclaredInterest) -> None:
    """Keep what somebody declared."""
    session.add(row)
    await session.flush()


async def get_own(
    session: WriteSession, interest_id: uuid.UUID, person_id: uuid.UUID
) -> DeclaredInterest | None:
    """Return an interest of somebody's own, locked."""
    statement = (
        select(DeclaredInterest)
        .where(DeclaredInterest.id == interest_id, DeclaredInterest.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_interests(
    session: ReadSession | WriteSession, provider_number: str | None, most: int
) -> Sequence[Any]:
    """Return interests that the actor may see, the newest first, with their provider."""
    statement = (
        select(
            *DeclaredInterest.__table__.columns,
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
        )
        .join(Provider, Provider.id == DeclaredInterest.provider_id)
        .order_by(DeclaredInterest.id.desc())
        .limit(most)
    )
    if provider_number is not None:
        statement = statement.where(Provider.number == provider_number)
    return (await session.execute(statement)).all()
