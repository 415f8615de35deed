"""What somebody sees, and does, who has followed an invitation's link."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from app.access import DOORKEEPER, Actor, ActorKind
from app.db.events import WriteSession
from app.organisations.errors import LinkNotGoodError
from app.organisations.queries import welcome as queries
from app.organisations.service.invitations import Accepted, accept_invitation
from app.organisations.service.links import look_at_link, take_link
from app.organisations.service.one_time import Step, begin_step
from app.organisations.terms import LinkKind, SignInWay

AFTER_INVITATION = "/account"


@dataclass(frozen=True, slots=True)
class Welcome:
    """An invitation, as whoever was invited is told of it.

    Attributes:
        organisation: who asks.
        roles: what they would be there.
        way: how they would sign in.
        expires_at: until when it is good.
    """

    organisation: str
    roles: tuple[str, ...]
    way: SignInWay
    expires_at: datetime


async def look_at_invitation(session: WriteSession, token: str) -> Welcome:
    """Return what an invitation's link is for, without taking it.

    Raises:
        LinkNotGoodError: it was used or withdrawn, is too old, or never was.
    """
    link = await look_at_link(session, token, LinkKind.INVITATION)
    told = await queries.get_welcome(session, _invitation_of(link.invitation_id))
    if told is None:
        raise _not_good()
    return Welcome(told.organisation_name, tuple(told.roles), SignInWay(told.way), told.expires_at)


async def accept_by_mailbox(session: WriteSession, request_id: str | None, token: str) -> Step:
    """Accept an invitation by having received it, and go on to set up a second factor.

    Raises:
        LinkNotGoodError: the link is of no use any more, or is for those who sign in elsewhere.
        UseYourOwnSignInError: the address is somebody's who shows more than a mailbox.
    """
    if (await look_at_invitation(session, token)).way is not SignInWay.LINK:
        raise _not_good()
    doorkeeper = replace(DOORKEEPER, request_id=request_id)
    accepted = await _accept(session, doorkeeper, token, None)
    return await begin_step(session, accepted.person_id, AFTER_INVITATION)


async def accept_signed_in(session: WriteSession, actor: Actor, token: str) -> Accepted:
    """Accept an invitation as whoever is signed in.

    Raises:
        LinkNotGoodError: the link is of no use any more.
        AlreadyMemberError: they work there already.
    """
    if actor.kind is not ActorKind.PERSON or actor.id is None:
        raise _not_good()
    doorkeeper = replace(DOORKEEPER, request_id=actor.request_id)
    return await _accept(session, doorkeeper, token, actor.id)


async def _accept(
    session: WriteSession, doorkeeper: Actor, token: str, person_id: uuid.UUID | None
) -> Accepted:
    link = await take_link(session, token, LinkKind.INVITATION)
    invitation_id = _invitation_of(link.invitation_id)
    return await accept_invitation(session, doorkeeper, invitation_id, person_id)


def _invitation_of(invitation_id: uuid.UUID | None) -> uuid.UUID:
    if invitation_id is None:
        raise _not_good()
    return invitation_id


def _not_good() -> LinkNotGoodError:
    return LinkNotGoodError("This invitation is no longer open. Ask whoever sent it for a new one.")
