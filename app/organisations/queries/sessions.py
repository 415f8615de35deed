"""Statements on sign-in sessions."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person
from app.organisations.models.sign_in import SignInSession
from app.organisations.terms import SessionEnd


async def insert_session(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a session that begins."""
    await session.execute(insert(SignInSession), [row])


async def find_by_token(session: WriteSession, token_hash: bytes) -> Any | None:
    """Return a session, over or not, with its person and whom they act for.

    The membership counts only while it lasts: whoever was removed acts for nobody, at once.
    """
    return await _find(session, SignInSession.token_hash == token_hash)


async def find_by_id(session: WriteSession, session_id: uuid.UUID) -> Any | None:
    """Return a session, over or not, with its person and whom they act for."""
    return await _find(session, SignInSession.id == session_id)


async def list_live(
    session: ReadSession,
    person_id: uuid.UUID,
    *,
    moment: datetime,
    used_since: datetime,
    before: uuid.UUID | None,
    limit: int,
) -> Sequence[Any]:
    """Return a person's sessions that are not over, the newest first.

    The organisation's name is there only where whoever asks may see it.
    """
    statement = (
        select(
            SignInSession.id,
            SignInSession.method,
            SignInSession.began_at,
            SignInSession.seen_at,
            SignInSession.authenticated_at,
            SignInSession.ends_at,
            Membership.organisation_id,
            Organisation.name.label("organisation_name"),
        )
        .outerjoin(
            Membership,
            (Membership.id == SignInSession.membership_id) & Membership.ended_at.is_(None),
        )
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            SignInSession.person_id == person_id,
            SignInSession.ended_at.is_(None),
            SignInSession.ends_at > moment,
            SignInSession.seen_at >= used_since,
        )
        .order_by(SignInSession.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(SignInSession.id < before)
    return (await session.execute(statement)).all()


async def has_session(session: WriteSession, person_id: uuid.UUID, session_id: uuid.UUID) -> bool:
    """Say whether a session, over or not, is this person's."""
    statement = select(SignInSession.id).where(
        SignInSession.id == session_id, SignInSession.person_id == person_id
    )
    return (await session.execute(statement)).one_or_none() is not None


async def mark_seen(session: WriteSession, session_id: uuid.UUID, moment: datetime) -> None:
    """Note that a session is in use."""
    await session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(seen_at=moment)
    )


async def choose(
    session: WriteSession, session_id: uuid.UUID, membership_id: uuid.UUID, token_hash: bytes
) -> None:
    """Let a session's holder act for an organisation, under a new token."""
    await session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id)
        .values(membership_id=membership_id, token_hash=token_hash)
    )


async def end(
    session: WriteSession, session_id: uuid.UUID, moment: datetime, because: SessionEnd
) -> bool:
    """End a session; say whether it had not ended already."""
    return bool(await _end(session, SignInSession.id == session_id, moment, because))


async def end_all(
    session: WriteSession, person_id: uuid.UUID, moment: datetime, because: SessionEnd
) -> Sequence[uuid.UUID]:
    """End every session of a person; return those that had not ended already."""
    return await _end(session, SignInSession.person_id == person_id, moment, because)


async def _end(
    session: WriteSession, which: ColumnElement[bool], moment: datetime, because: SessionEnd
) -> Sequence[uuid.UUID]:
    statement = (
        update(SignInSession)
        .where(which, SignInSession.ended_at.is_(None))
        .values(ended_at=moment, ended_because=because.value)
        .returning(SignInSession.id)
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(statement)).all()


async def _find(session: WriteSession, which: ColumnElement[bool]) -> Any | None:
    statement = (
        select(
            SignInSession.id,
            SignInSession.person_id,
            SignInSession.method,
            SignInSession.seen_at,
            SignInSession.authenticated_at,
            SignInSession.ends_at,
            SignInSession.ended_at,
            SignInSession.sealed_id_token,
            Person.name.label("person_name"),
            Person.blocked_at,
            Membership.id.label("membership_id"),
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
        .where(which)
    )
    return (await session.execute(statement)).one_or_none()
