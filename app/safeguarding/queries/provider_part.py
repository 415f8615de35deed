"""Statements on what a provider says of its own part of the checklist."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import ReadSession, WriteSession
from app.safeguarding.models import ProviderSafeguardingItem

AnySession = ReadSession | WriteSession
_FACTS = ("commissioner_id", "child_id", "sealed_key", "delivery")


async def get_place(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return what decides a provider's part, for who keeps the record of the site."""
    told = func.provider_place(placement_id).table_valued(*_FACTS)
    statement = select(*(told.c[name] for name in _FACTS))
    return (await session.execute(statement)).one_or_none()


async def list_items(session: AnySession, placement_id: uuid.UUID) -> dict[str, Any]:
    """Return what stands of each item, by its number."""
    statement = (
        select(*ProviderSafeguardingItem.__table__.columns)
        .where(ProviderSafeguardingItem.placement_id == placement_id)
        .order_by(ProviderSafeguardingItem.version)
    )
    return {row.item: row for row in await session.execute(statement)}


async def add_item(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep what a provider says."""
    await session.execute(insert(ProviderSafeguardingItem).values(**row))
