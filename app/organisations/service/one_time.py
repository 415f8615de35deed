"""Signing in by a one-time link, for those whose organisation no OpenID provider takes.

A link alone lets nobody in: it begins a step, and a second factor ends it. Asking for a link
answers the same whether or not an address is known, so that nobody finds out whose address is.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.organisations.errors import StepOverError
from app.organisations.models.sign_in import SignInStep
from app.organisations.queries import links as link_queries
from app.organisations.queries import second_factors as queries
from app.organisations.service.links import make_link, take_link
from app.organisations.terms import (
    MOST_LINKS_AN_HOUR,
    MOST_STEP_FAILURES,
    ONE_TIME_LINK_LASTS,
    STEP_LASTS,
    LinkKind,
    StepKind,
)
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7

_OVER = "This took too long, was tried too often, or was done already. Start again at /sign-in."


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody still has to do, and the cookie that says it is they.

    Attributes:
        token: for the cookie.
        kind: show a second factor, or set one up.
        person_id: who they say they are; not proven yet.
        minutes: how long they may take.
    """

    token: str
    kind: StepKind
    person_id: uuid.UUID
    minutes: int = int(STEP_LASTS.total_seconds() // 60)


async def ask_for_link(session: WriteSession, actor: Actor, ring: Keyring, email: str) -> None:
    """Have a link sent to an address, if somebody who signs in that way has it.

    Args:
        session: a transaction of the doorkeeper.
        actor: the doorkeeper.
        ring: what the link is sealed under until it is sent.
        email: as typed.
    """
    address = email.strip().lower()
    # What PostgreSQL cannot hold is nobody's address.
    asking = None if "\0" in address else await queries.get_asking(session, address)
    if asking is None:
        return
    await queries.lock_person(session, asking.person_id)
    factors = await queries.get_factors(session, asking.person_id)
    if asking.elsewhere and not factors.any:
        return  # their provider vouches for them; a mailbox alone must not
    since = clock.now() - timedelta(hours=1)
    made = await link_queries.count_links_since(session, asking.person_id, since)
    if made >= MOST_LINKS_AN_HOUR:
        return
    await make_link(session, ring, LinkKind.SIGN_IN, asking.person_id, ONE_TIME_LINK_LASTS)
    await audit.record(session, actor, "sign_in.link_asked", Subject("person", asking.person_id))


async def follow_link(session: WriteSession, token: str, return_to: str) -> Step:
    """Take a one-time link, and begin the step after it.

    Raises:
        LinkNotGoodError: it was used, is too old, or never was.
    """
    link = await take_link(session, token, LinkKind.SIGN_IN)
    if link.person_id is None:
        raise StepOverError(_OVER)
    return await begin_step(session, link.person_id, return_to)


async def begin_step(
    session: WriteSession,
    person_id: uuid.UUID,
    return_to: str,
    *,
    session_id: uuid.UUID | None = None,
    kind: StepKind | None = None,
) -> Step:
    """Begin what stands between a proven mailbox, or a session, and what comes next.

    Args:
        session: a transaction of the doorkeeper.
        person_id: who has to take it.
        return_to: an address of ours to go on to.
        session_id: the session of somebody signed in, who shows or adds a second factor.
        kind: what they have to do; what they hold decides, if not given.
    """
    if kind is None:
        factors = await queries.get_factors(session, person_id)
        kind = StepKind.SECOND_FACTOR if factors.any else StepKind.ENROLMENT
    token, present = new_token(), clock.now()
    await queries.insert_step(
        session,
        {
            "id": uuid7(),
            "kind": kind.value,
            "token_hash": hash_token(token),
            "person_id": person_id,
            "session_id": session_id,
            "return_to": return_to,
            "began_at": present,
            "expires_at": present + STEP_LASTS,
            "failures": 0,
        },
    )
    return Step(token, kind, person_id)


async def look_at_step(session: WriteSession, token: str, *kinds: StepKind) -> SignInStep:
    """Return a step that can still be taken.

    Raises:
        StepOverError: it took too long, was tried too often, or is done.
    """
    step = await queries.get_step(session, hash_token(token))
    if (
        step is None
        or step.used_at is not None
        or step.expires_at <= clock.now()
        or step.failures > MOST_STEP_FAILURES
        or (kinds and StepKind(step.kind) not in kinds)
    ):
        raise StepOverError(_OVER)
    return step


async def count_try(session: WriteSession, token: str) -> None:
    """Count one more try, in a transaction of its own, before what was shown is looked at.

    Counted first and committed, so that a wrong code that is refused, or a caller who hangs up,
    still leaves one try less.

    Raises:
        StepOverError: that would be one too many.
    """
    step = await look_at_step(session, token)
    if step.failures >= MOST_STEP_FAILURES:
        raise StepOverError(_OVER)
    await queries.change_step(session, step.id, failures=step.failures + 1)


async def end_step(session: WriteSession, step: SignInStep) -> None:
    """Let a step be of no further use, because it was taken."""
    await queries.change_step(session, step.id, used_at=clock.now(), challenge=None)
