"""Invitations for tests, and a look at what became of acts."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.service.invitations import NewInvitation
from app.organisations.terms import INVITATION_LASTS, SignInWay
from app.values.uuid7 import uuid7
from tests.factories.people import insert

ADDRESS = "new.person@example.org"


def asked(
    organisation_id: uuid.UUID,
    email: str = ADDRESS,
    roles: Sequence[Role] = (Role.ANALYST,),
    *,
    name: str = "Example Newcomer",
    way: SignInWay = SignInWay.OPENID,
) -> NewInvitation:
    """Return what an administrator asks for."""
    return NewInvitation(organisation_id, name, email, roles, way)


async def add_invitation(
    owner: asyncpg.Connection,
    organisation_id: uuid.UUID,
    email: str = ADDRESS,
    *,
    sent_ago: timedelta = timedelta(days=1),
    **changes: Any,
) -> uuid.UUID:
    """Add an invitation that was sent a while ago; `changes` are columns."""
    sent = clock.now() - sent_ago
    row = {
        "id": uuid7(),
        "organisation_id": organisation_id,
        "name": "Example Newcomer",
        "email": email,
        "roles": [Role.ANALYST.value],
        "way": SignInWay.OPENID.value,
        "invited_at": sent,
        "expires_at": sent + INVITATION_LASTS,
        "version": 1,
    } | changes
    await insert(owner, "invitations", row)
    return uuid.UUID(str(row["id"]))


async def accept_all(owner: asyncpg.Connection, person_id: uuid.UUID, moment: datetime) -> None:
    """Let every invitation have been accepted by somebody."""
    await owner.execute(
        "UPDATE invitations SET accepted_at = $1, accepted_by = $2", moment, person_id
    )


async def entries(owner: asyncpg.Connection, act: str) -> list[dict[str, Any]]:
    """Return what the record of acts tells of one kind of act, oldest first."""
    rows = await owner.fetch(
        "SELECT * FROM audit_entries WHERE act = $1 ORDER BY recorded_at, id", act
    )
    return [
        dict(row)
        | {
            side: json.loads(row[side]) if row[side] is not None else None
            for side in ("before", "after")
        }
        for row in rows
    ]
