"""What an invitation tells whoever follows its link."""

import uuid
from typing import Any

from sqlalchemy import select

from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Invitation


async def get_welcome(session: WriteSession, invitation_id: uuid.UUID) -> Any | None:
    """Return who asks, for which roles, by which way, until when; nothing of a closed one."""
    statement = (
        select(
            Organisation.name.label("organisation_name"),
            Invitation.roles,
            Invitation.way,
            Invitation.expires_at,
        )
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.id == invitation_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )
    return (await session.execute(statement)).one_or_none()
