"""Statements on invitations."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app.db.events import ReadSession, WriteSession
from app.organisations.models.people import Invitation
from app.organisations.terms import InvitationState

AnySession = ReadSession | WriteSession

_INVITING_LOCK = 9
_PENDING = and_(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))


async def lock_inviting(session: WriteSession, organisation_id: uuid.UUID) -> None:
    """Let an organisation's invitations be made one after the other, so that they are counted."""
    key = func.hashtextextended(str(organisation_id), _INVITING_LOCK)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def add_invitation(session: WriteSession, invitation: Invitation) -> None:
    """Keep an invitation."""
    session.add(invitation)
    await session.flush()


async def get_invitation(
    session: AnySession, invitation_id: uuid.UUID, *, lock: bool = False
) -> Invitation | None:
    """Return an invitation; locked, so that only one of two clicks accepts it."""
    statement = select(Invitation).where(Invitation.id == invitation_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def lock_pending(
    session: WriteSession, organisation_id: uuid.UUID, email: str
) -> Invitation | None:
    """Return the invitation to an address that was neither accepted nor withdrawn."""
    statement = (
        select(Invitation)
        .where(Invitation.organisation_id == organisation_id, Invitation.email == email, _PENDING)
        .with_for_update()
    )
    return (await session.scalars(statement)).one_or_none()


async def change_invitation(
    session: WriteSession, invitation: Invitation, changes: dict[str, Any]
) -> None:
    """Change an invitation that is locked, and count the change."""
    for name, value in changes.items():
        setattr(invitation, name, value)
    invitation.version += 1
    await session.flush()


async def list_invitations(
    session: AnySession,
    organisation_id: uuid.UUID,
    state: tuple[InvitationState, datetime] | None,
    before: uuid.UUID | None,
    most: int,
) -> Sequence[Invitation]:
    """Return an organisation's invitations, newest first.

    Args:
        session: the transaction.
        organisation_id: whose.
        state: only those that stand so at that moment.
        before: only those made before this one.
        most: how many.
    """
    statement = select(Invitation).where(Invitation.organisation_id == organisation_id)
    if state is not None:
        statement = statement.where(_stands(*state))
    if before is not None:
        statement = statement.where(Invitation.id < before)
    return (await session.scalars(statement.order_by(Invitation.id.desc()).limit(most))).all()


async def count_open(session: AnySession, organisation_id: uuid.UUID, moment: datetime) -> int:
    """Count an organisation's open invitations."""
    return await _count(session, organisation_id, _stands(InvitationState.OPEN, moment))


async def count_expiring_after(
    session: AnySession, organisation_id: uuid.UUID, moment: datetime, email: str | None = None
) -> int:
    """Count an organisation's invitations that were sent so lately that they end after a moment.

    Args:
        session: the transaction.
        organisation_id: whose.
        moment: the one they end after, whatever became of them.
        email: only those to this address.
    """
    lately = Invitation.expires_at > moment
    return await _count(
        session, organisation_id, lately if email is None else lately & (Invitation.email == email)
    )


async def _count(
    session: AnySession, organisation_id: uuid.UUID, which: ColumnElement[bool]
) -> int:
    statement = select(func.count()).where(Invitation.organisation_id == organisation_id, which)
    return int((await session.execute(statement)).scalar_one())


def _stands(state: InvitationState, moment: datetime) -> ColumnElement[bool]:
    """Say in SQL what `policies.state_of` says of one invitation."""
    return {
        InvitationState.ACCEPTED: Invitation.accepted_at.is_not(None),
        InvitationState.WITHDRAWN: Invitation.withdrawn_at.is_not(None),
        InvitationState.OPEN: and_(_PENDING, Invitation.expires_at > moment),
        InvitationState.EXPIRED: and_(_PENDING, Invitation.expires_at <= moment),
    }[state]
