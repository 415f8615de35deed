"""Inviting and accepting as administrators and the doorkeeper do, each in a transaction."""

import uuid

from app.access import DOORKEEPER, Actor
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import load as load_keyring
from app.organisations.models.people import Invitation
from app.organisations.service import invitations
from app.organisations.service.invitations import Accepted, NewInvitation


async def invite(
    database: Database, settings: Settings, actor: Actor, new: NewInvitation
) -> Invitation:
    """Invite somebody."""
    ring = load_keyring(settings.keyring_path)
    async with transaction(database, actor) as session:
        return await invitations.invite(session, actor, ring, new)


async def send_again(
    database: Database, settings: Settings, actor: Actor, invitation_id: uuid.UUID
) -> Invitation:
    """Send an invitation again."""
    ring = load_keyring(settings.keyring_path)
    async with transaction(database, actor) as session:
        return await invitations.send_again(session, actor, ring, invitation_id)


async def withdraw(database: Database, actor: Actor, invitation_id: uuid.UUID) -> None:
    """Take an invitation back, as it was made."""
    async with transaction(database, actor) as session:
        await invitations.withdraw(session, actor, invitation_id, 1)


async def accept(
    database: Database, invitation_id: uuid.UUID, person_id: uuid.UUID | None = None
) -> Accepted:
    """Accept an invitation, as somebody or as whoever reads the mailbox."""
    async with transaction(database, DOORKEEPER) as session:
        return await invitations.accept_invitation(session, DOORKEEPER, invitation_id, person_id)
