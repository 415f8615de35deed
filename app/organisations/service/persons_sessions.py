"""What people do with their own sessions: look at them, end them, act for another organisation."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.config import Settings
from app.db.events import ReadSession, WriteSession
from app.organisations.errors import OrganisationNotKnownError, SessionNotFoundError
from app.organisations.queries import sessions as queries
from app.organisations.queries.sign_in import list_memberships
from app.organisations.service.sessions import Found, end_session, end_sessions_of, idle_limit
from app.organisations.terms import SessionEnd
from app.organisations.tokens import hash_token, new_token


@dataclass(frozen=True, slots=True)
class Page:
    """Which of somebody's sessions to list.

    Attributes:
        before: the last one of the page before.
        limit: how many.
    """

    before: uuid.UUID | None
    limit: int


async def list_own(
    session: ReadSession, actor: Actor, settings: Settings, page: Page
) -> Sequence[Any]:
    """Return where somebody is signed in, the newest first."""
    if actor.id is None:
        return []
    present = clock.now()
    return await queries.list_live(
        session,
        actor.id,
        moment=present,
        used_since=present - idle_limit(settings),
        before=page.before,
        limit=page.limit,
    )


async def end_own(session: WriteSession, actor: Actor, session_id: uuid.UUID) -> None:
    """Sign somebody out in one place.

    Raises:
        SessionNotFoundError: no session of theirs has this id, or it has ended.
    """
    theirs = actor.id is not None and await queries.has_session(session, actor.id, session_id)
    if not theirs or not await end_session(session, actor, session_id, SessionEnd.SIGNED_OUT):
        raise SessionNotFoundError(
            "You have no session of this id, or it has ended; GET /v1/sessions lists what you have."
        )


async def end_all_own(session: WriteSession, actor: Actor) -> int:
    """Sign somebody out everywhere; return in how many places they were signed in."""
    if actor.id is None:
        return 0
    return await end_sessions_of(session, actor, actor.id, SessionEnd.SIGNED_OUT_EVERYWHERE)


async def choose_organisation(session: WriteSession, found: Found, membership_id: uuid.UUID) -> str:
    """Let somebody act for another organisation of theirs; return the session's new token.

    What one may do changes with it, so the token does too.

    Args:
        session: a doorkeeper's transaction.
        found: their session, live.
        membership_id: one of theirs.

    Raises:
        OrganisationNotKnownError: they do not belong there, or not any more.
    """
    actor = found.actor
    held = await list_memberships(session, found.person_id)
    chosen = next((one for one in held if one.id == membership_id), None)
    if chosen is None:
        raise OrganisationNotKnownError(
            "You do not belong to that organisation here, or not any more. Choose another at "
            "/account/organisation."
        )
    token = new_token()
    await queries.choose(session, found.id, membership_id, hash_token(token))
    await audit.record(
        session,
        actor,
        "session.organisation_chosen",
        Subject("session", found.id, organisation_id=chosen.organisation_id),
        before={"organisation": actor.organisation_id},
        after={"organisation": chosen.organisation_id},
    )
    return token
