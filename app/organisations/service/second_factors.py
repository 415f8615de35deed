"""From a step to a session: what was shown is checked, the step ends, and somebody is signed in."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import DOORKEEPER, Actor, DbRole
from app.audit import service as audit
from app.audit.terms import Subject
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.keyring.ring import Keyring
from app.organisations.errors import (
    MembershipEndedError,
    StepOverError,
    WorksElsewhereError,
)
from app.organisations.models.sign_in import SignInStep
from app.organisations.queries import second_factors as queries
from app.organisations.queries import sessions as session_queries
from app.organisations.service.authenticators import check_code, confirm_authenticator
from app.organisations.service.members import get_member
from app.organisations.service.one_time import end_step, look_at_step
from app.organisations.service.passkeys import check_passkey, keep_passkey
from app.organisations.service.sessions import (
    Browser,
    Opened,
    SignedIn,
    find_session,
    open_session,
)
from app.organisations.service.sign_in import only_membership
from app.organisations.terms import Method, SessionEnd, StepKind


@dataclass(frozen=True, slots=True)
class Door:
    """What signing in needs beside the person.

    Attributes:
        ring: what secrets are sealed under.
        settings: how long sessions last, and which site passkeys are for.
        browser: what the request brought along.
        token: of the step, from its cookie.
    """

    ring: Keyring
    settings: Settings
    browser: Browser
    token: str


@dataclass(frozen=True, slots=True)
class Through:
    """What came of a step.

    Attributes:
        opened: the session it ended in; none where somebody signed in has only added a factor.
        return_to: an address of ours to go on to.
    """

    opened: Opened | None
    return_to: str


async def show_code(session: WriteSession, door: Door, code: str) -> Through:
    """Sign in with a code from an authenticator, after `one_time.count_try`.

    Raises:
        StepOverError: it took too long, was tried too often, or is done.
        SecondFactorRefusedError: the code is not good now, or was used before.
    """

    async def check(step: SignInStep) -> None:
        await check_code(session, door.ring, step, code)

    return await _show(session, door, check, Method.LINK_AND_CODE)


async def show_passkey(session: WriteSession, door: Door, credential: dict[str, Any]) -> Through:
    """Sign in with a passkey, after `one_time.count_try`.

    Raises:
        StepOverError: it took too long, was tried too often, or is done.
        SecondFactorRefusedError: it is another's, for elsewhere, forged or a copy.
    """

    async def check(step: SignInStep) -> None:
        await check_passkey(session, door.settings, step, credential)

    return await _show(session, door, check, Method.LINK_AND_PASSKEY)


async def add_code(session: WriteSession, door: Door, code: str) -> Through:
    """Set an authenticator up by a code from it, and be signed in by that.

    Raises:
        StepOverError: it took too long, was tried too often, or is done.
        SecondFactorRefusedError: the code is not from the secret that was offered.
    """

    async def keep(step: SignInStep) -> None:
        await confirm_authenticator(session, _themselves(door), door.ring, step, code)

    return await _add(session, door, keep, Method.LINK_AND_CODE)


async def add_passkey(
    session: WriteSession, door: Door, credential: dict[str, Any], name: str
) -> Through:
    """Set a passkey up, and be signed in by that.

    Raises:
        StepOverError: it took too long, was tried too often, or is done.
        SecondFactorRefusedError: it was made for elsewhere, or is not well formed.
    """

    async def keep(step: SignInStep) -> None:
        made = (credential, name)
        await keep_passkey(session, _themselves(door), door.settings, step, made)

    return await _add(session, door, keep, Method.LINK_AND_PASSKEY)


async def held_by(session: WriteSession, person_id: uuid.UUID) -> queries.Factors:
    """Return what a person can show beside a link."""
    return await queries.get_factors(session, person_id)


async def take_factors_away(
    session: WriteSession,
    actor: Actor,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    reason: str,
) -> None:
    """Take away what a member shows beside a link, because they lost it; every session ends.

    They set up something new with the next link that is sent to their own mailbox, which is not in
    the hands of whoever does this.

    Raises:
        MembershipNotFoundError: there is none that the actor may see.
        MembershipEndedError: they have left.
        WorksElsewhereError: they work for an organisation the actor has no say in.
    """
    member = await get_member(session, organisation_id, membership_id)
    if member.ended_at is not None:
        raise MembershipEndedError("They do not work here any more, so this is not for you to do.")
    subject = Subject("person", member.person_id, member.name, organisation_id)
    async with acting_as(session, DbRole.SIGN_IN):
        if await queries.works_elsewhere(session, member.person_id, organisation_id):
            raise WorksElsewhereError(
                "They work for another organisation too, so this is not for one alone to do. Ask "
                "whoever runs the register."
            )
        present = clock.now()
        passkeys, codes = await queries.remove_factors(session, member.person_id, present)
        await session_queries.end_all(
            session, member.person_id, present, SessionEnd.SIGNED_OUT_EVERYWHERE
        )
    before = {"passkeys": passkeys, "authenticators": codes}
    await audit.record(
        session, actor, "second_factor.taken_away", subject, reason=reason, before=before
    )


async def _show(
    session: WriteSession,
    door: Door,
    check: Callable[[SignInStep], Awaitable[None]],
    method: Method,
) -> Through:
    kinds = (StepKind.SECOND_FACTOR, StepKind.AGAIN)
    step = await look_at_step(session, door.token, *kinds)
    await check(step)
    await end_step(session, step)
    return Through(await _sign_in(session, door, step, method), step.return_to)


async def _add(
    session: WriteSession,
    door: Door,
    keep: Callable[[SignInStep], Awaitable[None]],
    method: Method,
) -> Through:
    step = await look_at_step(session, door.token, StepKind.ENROLMENT)
    await keep(step)
    await end_step(session, step)
    if step.session_id is not None:
        return Through(None, step.return_to)
    return Through(await _sign_in(session, door, step, method), step.return_to)


async def _sign_in(session: WriteSession, door: Door, step: SignInStep, method: Method) -> Opened:
    if step.session_id is None:
        membership_id = await only_membership(session, step.person_id)
        who = SignedIn(step.person_id, membership_id, method, clock.now())
        return await open_session(session, door.ring, door.settings, who, door.browser)
    held = None
    if door.browser.session_token is not None:
        token, request_id = door.browser.session_token, door.browser.request_id
        held = await find_session(session, door.settings, token, request_id)
    if held is None or not held.live or held.id != step.session_id:
        raise StepOverError("You were signed out meanwhile. Sign in again at /sign-in.")
    who = SignedIn(step.person_id, held.membership_id, method, clock.now(), renews=step.session_id)
    return await open_session(session, door.ring, door.settings, who, door.browser)


def _themselves(door: Door) -> Actor:
    """The doorkeeper writes it down; nobody is signed in before this is done."""
    return Actor(DOORKEEPER.name, DOORKEEPER.role, request_id=door.browser.request_id)
