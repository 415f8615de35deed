"""Signing in by the OpenID provider: who it is that came back, and for whom they act."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app import clock
from app.access import DOORKEEPER, Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.config import Settings
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.organisations.actors import person_actor
from app.organisations.errors import (
    LinkNotGoodError,
    OrganisationNotKnownError,
    PersonBlockedError,
    PersonNotKnownError,
)
from app.organisations.openid import Identity, oldest_sign_in, refused
from app.organisations.queries import links as link_queries
from app.organisations.queries import sign_in as queries
from app.organisations.queries.organisations import find_by_identifiers
from app.organisations.service.attempts import Attempt
from app.organisations.service.invitations import accept_invitation
from app.organisations.service.sessions import (
    Browser,
    Opened,
    SignedIn,
    find_session,
    open_session,
)
from app.organisations.terms import Method


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the provider's word stands for.

    Attributes:
        id: theirs.
        name: theirs.
        blocked_at: since when nothing lets them in, if they are blocked.
    """

    id: uuid.UUID
    name: str
    blocked_at: datetime | None

    def actor(self, request_id: str | None) -> Actor:
        """Return them as an actor who acts for nobody yet, so that a refusal can be noted."""
        return person_actor(self.id, self.name, None, (), request_id=request_id)


async def find_known(session: WriteSession, identity: Identity) -> Known | None:
    """Return whom the provider means, if they are known here."""
    held = await queries.find_person(session, identity.issuer, identity.subject)
    return Known(held.id, held.name, held.blocked_at) if held is not None else None


async def admit(
    session: WriteSession,
    ring: Keyring,
    settings: Settings,
    attempt: Attempt,
    coming: tuple[Identity, Known | None],
    browser: Browser,
) -> Opened:
    """Open a session for somebody who has come back from the provider.

    Args:
        session: a doorkeeper's transaction.
        ring: what the ID token is sealed under.
        settings: how long a session lasts.
        attempt: the visit they came back from.
        coming: who they are by the provider's word, and as we know them.
        browser: what the request brought along.

    Raises:
        SignInRefusedError: somebody else showed who they are than whose session it is.
        PersonNotKnownError: nobody here has invited them.
        PersonBlockedError: they were blocked.
        OrganisationNotKnownError: they belong to no organisation here, or not to the one they
            signed in for.
        LinkNotGoodError: the invitation's link was taken meanwhile.
    """
    identity, known = coming
    if known is not None:
        check_not_blocked(known.blocked_at)
    if attempt.session_id is not None:
        who = await _renewal(session, settings, attempt, coming, browser)
    elif attempt.link_id is not None:
        who = await _acceptance(session, settings, attempt.link_id, coming, browser)
    elif known is not None:
        membership_id = await _membership_meant(session, known.id, identity)
        who = SignedIn(known.id, membership_id, Method.OPENID, shown_at(settings, identity))
    else:
        raise PersonNotKnownError(
            "You signed in, but nobody here has invited you. Ask an administrator of your "
            "organisation on this register to invite you; then follow the link in the message."
        )
    return await open_session(
        session, ring, settings, replace(who, id_token=identity.id_token), browser
    )


async def only_membership(session: WriteSession, person_id: uuid.UUID) -> uuid.UUID | None:
    """Return the one membership somebody has, or `None` where there are several to choose from.

    Raises:
        OrganisationNotKnownError: there is none.
    """
    held = await queries.list_memberships(session, person_id)
    if not held:
        raise OrganisationNotKnownError(
            "You do not belong to any organisation here, or not any more. Ask an administrator of "
            "your organisation to invite you."
        )
    only: uuid.UUID | None = held[0].id if len(held) == 1 else None
    return only


def check_not_blocked(blocked_at: datetime | None) -> None:
    """Check that somebody may come in at all.

    Raises:
        PersonBlockedError: they were blocked.
    """
    if blocked_at is not None:
        raise PersonBlockedError(
            "You were blocked from this register. If you think that is a mistake, ask an "
            "administrator of your organisation."
        )


def shown_at(settings: Settings, identity: Identity) -> datetime:
    """Return when somebody showed the provider who they are.

    A provider that does not say may have taken a sign-in as old as we allow (`max_age`), so that
    is what we go by; whoever then decides something shows it once more.
    """
    return identity.authenticated_at or clock.now() - oldest_sign_in(settings)


async def _renewal(
    session: WriteSession,
    settings: Settings,
    attempt: Attempt,
    coming: tuple[Identity, Known | None],
    browser: Browser,
) -> SignedIn:
    identity, known = coming
    token = browser.session_token
    held = await find_session(session, settings, token, browser.request_id) if token else None
    if held is None or not held.live or held.id != attempt.session_id:
        raise refused("session-over")
    if known is None or known.id != held.person_id:
        raise refused("somebody-else")
    shown = shown_at(settings, identity)
    return SignedIn(known.id, held.membership_id, Method.OPENID, shown, renews=held.id)


async def _acceptance(
    session: WriteSession,
    settings: Settings,
    link_id: uuid.UUID,
    coming: tuple[Identity, Known | None],
    browser: Browser,
) -> SignedIn:
    identity, known = coming
    invitation_id = await _take_invitation(session, link_id)
    doorkeeper = replace(DOORKEEPER, request_id=browser.request_id)
    accepted = await accept_invitation(
        session, doorkeeper, invitation_id, known.id if known else None
    )
    if known is None:
        await _link_identity(session, doorkeeper, accepted, identity)
    shown = shown_at(settings, identity)
    return SignedIn(accepted.person_id, accepted.membership_id, Method.OPENID, shown)


async def _take_invitation(session: WriteSession, link_id: uuid.UUID) -> uuid.UUID:
    """Take an invitation's link that was good when the visit began, if it still is."""
    present = clock.now()
    link = await queries.lock_link(session, link_id)
    good = link is not None and link.used_at is None and link.expires_at > present
    if link is None or link.invitation_id is None or not good:
        raise LinkNotGoodError(
            "This invitation's link was used already, or is too old. Ask whoever sent it for a new "
            "one."
        )
    await link_queries.mark_used(session, link_id, present)
    return link.invitation_id


async def _link_identity(
    session: WriteSession, doorkeeper: Actor, accepted: Any, identity: Identity
) -> None:
    row = {
        "issuer": identity.issuer,
        "subject": identity.subject,
        "person_id": accepted.person_id,
        "linked_at": clock.now(),
    }
    await queries.insert_identity(session, row)
    about = Subject("person", accepted.person_id, organisation_id=accepted.organisation_id)
    after = {"issuer": identity.issuer}
    await audit.record(session, doorkeeper, "identity.linked", about, after=after)


async def _membership_meant(
    session: WriteSession, person_id: uuid.UUID, identity: Identity
) -> uuid.UUID | None:
    if identity.organisation is None:
        return await only_membership(session, person_id)
    organisation_id = await find_by_identifiers(session, identity.organisation)
    for held in await queries.list_memberships(session, person_id):
        if held.organisation_id == organisation_id:
            meant: uuid.UUID = held.id
            return meant
    raise OrganisationNotKnownError(
        "The organisation you chose when you signed in is not one you belong to here. Sign in "
        "again and choose another, or ask an administrator of that organisation to invite you."
    )
