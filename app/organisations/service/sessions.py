"""Sessions of people on the pages: opened, found again by their cookie, ended."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.access import Actor
from app.config import Settings
from app.db.events import WriteSession
from app.organisations.actors import acting_for, person_actor
from app.organisations.queries import sessions as queries
from app.organisations.terms import Method
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7

_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that began.

    Attributes:
        id: its own.
        token: for the cookie; nobody can read it again.
        ends_at: however busy it is.
    """

    id: uuid.UUID
    token: str
    ends_at: datetime


async def open_session(
    session: WriteSession,
    settings: Settings,
    person_id: uuid.UUID,
    membership_id: uuid.UUID | None,
    method: Method,
    sealed_id_token: bytes | None = None,
) -> Opened:
    """Open a session under a new token, whatever cookie the browser brought (no fixed sessions)."""
    present, token = clock.now(), new_token()
    opened = Opened(uuid7(), token, present + timedelta(hours=settings.session_hours))
    await queries.insert_session(
        session,
        {
            "id": opened.id,
            "token_hash": hash_token(token),
            "person_id": person_id,
            "membership_id": membership_id,
            "method": method.value,
            "began_at": present,
            "seen_at": present,
            "authenticated_at": present,
            "ends_at": opened.ends_at,
            "sealed_id_token": sealed_id_token,
        },
    )
    return opened


async def actor_of_session(
    session: WriteSession, settings: Settings, token: str, request_id: str | None
) -> Actor | None:
    """Return who a session's token stands for, or `None` if it is over or never was.

    A session is over when it was ended, at its absolute limit, or after too long without use.
    """
    present = clock.now()
    held = await queries.get_live_session(session, hash_token(token), present)
    idle = timedelta(minutes=settings.session_idle_minutes)
    if held is None or present - held.seen_at > idle:
        return None
    if present - held.seen_at >= _SEEN_EVERY:
        await queries.mark_seen(session, held.id, present)
    return person_actor(
        held.person_id,
        held.person_name,
        acting_for(
            held.organisation_id, held.organisation_name, held.organisation_kind, held.la_code
        ),
        held.roles or (),
        session=(held.id, held.authenticated_at),
        request_id=request_id,
    )
