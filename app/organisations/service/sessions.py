"""Sessions of people on the pages: opened, found again by their cookie, ended."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.config import Settings
from app.db.events import WriteSession
from app.keyring.ring import Keyring, KeyringError
from app.keyring.sealing import context_of, open_sealed, seal
from app.organisations.actors import acting_for, person_actor
from app.organisations.queries import sessions as queries
from app.organisations.terms import Method, SessionEnd
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7

_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has just shown who they are.

    Attributes:
        person_id: theirs.
        membership_id: for whom they act, once that is plain.
        method: how they showed it.
        authenticated_at: when they showed it.
        id_token: the OpenID provider's, if it was there.
        renews: the session that this one takes the place of, when they showed it once more.
    """

    person_id: uuid.UUID
    membership_id: uuid.UUID | None
    method: Method
    authenticated_at: datetime
    id_token: str | None = None
    renews: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """What a request brought along.

    Attributes:
        session_token: of the session cookie, if there is one.
        request_id: of the request.
    """

    session_token: str | None = None
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that began.

    Attributes:
        id: its own.
        token: for the cookie; nobody can read it again.
        ends_at: however busy it is.
        actor: whose it is.
    """

    id: uuid.UUID
    token: str
    ends_at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class Found:
    """A session that a cookie names.

    Attributes:
        id: its own.
        person_id: whose it is, or was.
        actor: they, for whom they act in it.
        live: whether it still lets them in.
        method: how it came about.
        membership_id: for whom they act, if they chose.
        ends_at: however busy it is.
        sealed_id_token: the OpenID provider's, if it was there.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    actor: Actor
    live: bool
    method: Method
    membership_id: uuid.UUID | None
    ends_at: datetime
    sealed_id_token: bytes | None


async def open_session(
    session: WriteSession, ring: Keyring, settings: Settings, who: SignedIn, browser: Browser
) -> Opened:
    """Open a session under a new token, and end the one whose cookie the browser brought.

    The token is always ours and new, so that nobody can be made to go on under a token that
    somebody else has chosen or seen (session fixation).

    Args:
        session: a doorkeeper's transaction.
        ring: what the ID token is sealed under.
        settings: how long a session lasts.
        who: who has just shown who they are.
        browser: what the request brought along.
    """
    present, token, session_id = clock.now(), new_token(), uuid7()
    ends_at = present + timedelta(hours=settings.session_hours)
    await queries.insert_session(
        session,
        {
            "id": session_id,
            "token_hash": hash_token(token),
            "person_id": who.person_id,
            "membership_id": who.membership_id,
            "method": who.method.value,
            "began_at": present,
            "seen_at": present,
            "authenticated_at": min(who.authenticated_at, present),
            "ends_at": ends_at,
            "sealed_id_token": _sealed(ring, session_id, who.id_token),
        },
    )
    actor = _actor(await queries.find_by_id(session, session_id), browser.request_id)
    if who.renews is not None:
        await queries.end(session, who.renews, present, SessionEnd.REPLACED)
        before = {"session": who.renews}
        await audit.record(session, actor, "session.renewed", _about(session_id), before=before)
    else:
        after = {"method": who.method, "organisation": actor.organisation_id}
        await audit.record(session, actor, "session.began", _about(session_id), after=after)
    await _end_former(session, actor, browser.session_token)
    return Opened(session_id, token, ends_at, actor)


async def find_session(
    session: WriteSession, settings: Settings, token: str, request_id: str | None
) -> Found | None:
    """Return the session a token names, over or not; `None` if there never was one.

    A session is over when it was ended, at its absolute limit, after too long without use, or when
    its holder was blocked.
    """
    held = await queries.find_by_token(session, hash_token(token))
    if held is None:
        return None
    present = clock.now()
    live = _is_live(held, settings, present)
    if live and present - held.seen_at >= _SEEN_EVERY:
        await queries.mark_seen(session, held.id, present)
    return Found(
        id=held.id,
        person_id=held.person_id,
        actor=_actor(held, request_id),
        live=live,
        method=Method(held.method),
        membership_id=held.membership_id,
        ends_at=held.ends_at,
        sealed_id_token=held.sealed_id_token,
    )


async def end_session(
    session: WriteSession, actor: Actor, session_id: uuid.UUID, because: SessionEnd
) -> bool:
    """End a session; its token is of no use from the next request on.

    Args:
        session: a transaction of its holder's, or a doorkeeper's.
        actor: who ends it.
        session_id: its own.
        because: why.

    Returns:
        Whether it had not ended already.
    """
    ended = await queries.end(session, session_id, clock.now(), because)
    if ended:
        await _note_end(session, actor, session_id, because)
    return ended


async def end_sessions_of(
    session: WriteSession, actor: Actor, person_id: uuid.UUID, because: SessionEnd
) -> int:
    """End every session of a person, wherever they are signed in; return how many there were."""
    ended = await queries.end_all(session, person_id, clock.now(), because)
    for session_id in ended:
        await _note_end(session, actor, session_id, because)
    return len(ended)


def id_token_of(ring: Keyring, found: Found) -> str | None:
    """Return the OpenID provider's ID token of a session, if it has one that can still be read."""
    if found.sealed_id_token is None:
        return None
    try:
        return open_sealed(ring, found.sealed_id_token, _context(found.id)).decode()
    except KeyringError:
        return None  # the keyring was turned and the old key dropped; signing out here still works


def idle_limit(settings: Settings) -> timedelta:
    """Return how long a session may lie unused."""
    return timedelta(minutes=settings.session_idle_minutes)


async def _end_former(session: WriteSession, actor: Actor, token: str | None) -> None:
    former = await queries.find_by_token(session, hash_token(token)) if token else None
    if former is not None:
        await end_session(session, actor, former.id, SessionEnd.REPLACED)


async def _note_end(
    session: WriteSession, actor: Actor, session_id: uuid.UUID, because: SessionEnd
) -> None:
    after = {"ended_because": because}
    await audit.record(session, actor, "session.ended", _about(session_id), after=after)


def _is_live(held: Any, settings: Settings, present: datetime) -> bool:
    return (
        held.ended_at is None
        and held.blocked_at is None
        and present < held.ends_at
        and present - held.seen_at <= idle_limit(settings)
    )


def _actor(held: Any, request_id: str | None) -> Actor:
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


def _about(session_id: uuid.UUID) -> Subject:
    return Subject("session", session_id)


def _context(session_id: uuid.UUID) -> str:
    return context_of("sign_in_sessions.sealed_id_token", session_id)


def _sealed(ring: Keyring, session_id: uuid.UUID, id_token: str | None) -> bytes | None:
    return None if id_token is None else seal(ring, id_token.encode(), _context(session_id))
