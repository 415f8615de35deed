"""Statements on links that were e-mailed."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import aliased

from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Invitation, Person, PersonContact
from app.organisations.models.sign_in import EmailedLink


async def insert_link(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a link's hash, and its token sealed for whoever sends it."""
    await session.execute(insert(EmailedLink), [row])


async def count_links_since(session: WriteSession, person_id: uuid.UUID, since: datetime) -> int:
    """Count the one-time links made for somebody since a moment."""
    statement = select(func.count()).where(
        EmailedLink.person_id == person_id, EmailedLink.made_at > since
    )
    return int((await session.execute(statement)).scalar_one())


async def get_link(
    session: WriteSession, token_hash: bytes, *, lock: bool = False
) -> EmailedLink | None:
    """Return a link by its token's hash; locked, so that only one of two clicks takes it."""
    statement = select(EmailedLink).where(EmailedLink.token_hash == token_hash)
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def mark_used(session: WriteSession, link_id: uuid.UUID, moment: datetime) -> None:
    """Let a link be of no further use."""
    await session.execute(
        update(EmailedLink).where(EmailedLink.id == link_id).values(used_at=moment)
    )


async def get_link_to_send(session: WriteSession, link_id: uuid.UUID) -> Any | None:
    """Return what a message needs, and whether there is still a reason to send it.

    id, kind, sealed_token, made_at, expires_at, used_at, email, name, blocked_at; of an invitation
    also organisation_name, inviter_name (empty: the operator), accepted_at and withdrawn_at.
    """
    inviter, person = aliased(Person), aliased(Person)
    statement = (
        select(
            EmailedLink.id,
            EmailedLink.kind,
            EmailedLink.sealed_token,
            EmailedLink.made_at,
            EmailedLink.expires_at,
            EmailedLink.used_at,
            func.coalesce(Invitation.email, PersonContact.email).label("email"),
            func.coalesce(Invitation.name, person.name).label("name"),
            person.blocked_at,
            Organisation.name.label("organisation_name"),
            inviter.name.label("inviter_name"),
            Invitation.accepted_at,
            Invitation.withdrawn_at,
        )
        .outerjoin(Invitation, Invitation.id == EmailedLink.invitation_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(inviter, inviter.id == Invitation.invited_by)
        .outerjoin(person, person.id == EmailedLink.person_id)
        .outerjoin(PersonContact, PersonContact.person_id == EmailedLink.person_id)
        .where(EmailedLink.id == link_id)
    )
    return (await session.execute(statement)).one_or_none()


async def forget_token(session: WriteSession, link_id: uuid.UUID) -> None:
    """Empty a link's sealed token once it has been sent; only its hash is left."""
    await session.execute(
        update(EmailedLink).where(EmailedLink.id == link_id).values(sealed_token=None)
    )
