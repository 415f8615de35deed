"""Statements on who is written to about an inspection; run by the worker."""

import uuid
from typing import Any

from sqlalchemy import and_, select

from app.db.events import WriteSession
from app.inspections.models.inspections import Inspection
from app.providers.models.ownership import ProviderOwner
from app.providers.models.providers import Provider


async def get_inspection_to_tell(session: WriteSession, inspection_id: uuid.UUID) -> Any | None:
    """Return what a message about an inspection needs.

    The row: `reference`, `state`, `comments_due_on`, `number` and `name` of the provider, and
    `organisation_id` of whoever owns its record now, if anybody does.
    """
    statement = (
        select(
            Inspection.reference,
            Inspection.state,
            Inspection.comments_due_on,
            Provider.number,
            Provider.name,
            ProviderOwner.organisation_id,
        )
        .join(Provider, Provider.id == Inspection.provider_id)
        .outerjoin(
            ProviderOwner,
            and_(ProviderOwner.provider_id == Provider.id, ProviderOwner.ended_at.is_(None)),
        )
        .where(Inspection.id == inspection_id)
    )
    return (await session.execute(statement)).first()
