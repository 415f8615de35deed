"""Statements on what authorities' own checks found, as their lists say."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update

from app.db.events import WriteSession
from app.providers.models.providers import Provider, ProviderKnownBy


async def lock_lines(session: WriteSession, ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return lines of authorities' lists, locked, by id, with their provider's number.

    Each row: `id`, `provider_id`, `number`, `la_code`, `list_name`, `local_result`,
    `local_result_on`.
    """
    line = ProviderKnownBy
    statement = (
        select(
            line.id,
            line.provider_id,
            Provider.number,
            line.la_code,
            line.list_name,
            line.local_result,
            line.local_result_on,
        )
        .join(Provider, Provider.id == line.provider_id)
        .where(line.id.in_(sorted(ids)))
        .order_by(line.id)
        .with_for_update(of=line)
    )
    return (await session.execute(statement)).all()


async def set_results(session: WriteSession, rows: list[dict[str, Any]]) -> None:
    """Set results and their days by the line's id (`id`, `local_result`, `local_result_on`)."""
    if rows:
        await session.execute(update(ProviderKnownBy), rows)
