"""Statements on sign-in sessions."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person
from app.organisations.models.sign_in import SignInSession


async def insert_session(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a session that begins."""
    await session.execute(insert(SignInSession), [row])


async def get_live_session(
    session: WriteSession, token_hash: bytes, moment: datetime
) -> Any | None:
    """Return a session that has not ended, with its person and whom they act for.

    The membership counts only while it lasts: whoever was removed acts for nobody, at once.
    """
    statement = (
        select(
            SignInSession.id,
            SignInSession.person_id,
            SignInSession.method,
            SignInSession.seen_at,
            SignInSession.authenticated_at,
            SignInSession.ends_at,
            Person.name.label("person_name"),
            Membership.roles,
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            Organisation.la_code,
        )
        .join(Person, Person.id == SignInSession.person_id)
        .outerjoin(
            Membership,
            (Membership.id == SignInSession.membership_id) & Membership.ended_at.is_(None),
        )
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            SignInSession.token_hash == token_hash,
            SignInSession.ended_at.is_(None),
            SignInSession.ends_at > moment,
            Person.blocked_at.is_(None),
        )
    )
    return (await session.execute(statement)).one_or_none()


async def mark_seen(session: WriteSession, session_id: uuid.UUID, moment: datetime) -> None:
    """Note that a session is in use."""
    await session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(seen_at=moment)
    )
