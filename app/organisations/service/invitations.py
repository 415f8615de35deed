"""Invitations: how somebody comes to work for an organisation.

An administrator names a person, an address and roles; a link leaves for that address; whoever opens
it and shows who they are becomes a member. Nothing is known of the person before that.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app import clock
from app.access import Actor, ActorKind, Role
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.organisations.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    InvitationNotFoundError,
    InvitationNotOpenError,
    PersonBlockedError,
    PersonNotKnownError,
    UseYourOwnSignInError,
)
from app.organisations.models.people import Invitation, Membership, Person
from app.organisations.policies import check_version, fitting_roles, state_of
from app.organisations.queries import invitations as queries
from app.organisations.queries import members as member_queries
from app.organisations.queries import people as people_queries
from app.organisations.service.invitation_bounds import (
    check_address,
    check_hour,
    check_rested,
    check_room,
)
from app.organisations.service.links import make_link
from app.organisations.service.members import check_within, invited_into
from app.organisations.terms import (
    INVITATION_LASTS,
    InvitationState,
    LinkKind,
    SignInWay,
)
from app.values.email_address import read_email_address
from app.values.person_name import read_name
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom an organisation asks to join it.

    Attributes:
        organisation_id: the organisation.
        name: theirs, as whoever invites them writes it.
        email: where the link is sent.
        roles: what they will be there.
        way: how they will sign in.
    """

    organisation_id: uuid.UUID
    name: str
    email: str
    roles: Sequence[Role]
    way: SignInWay = SignInWay.OPENID


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was just made.

    Attributes:
        invitation: as it is kept.
        token: of its link. Nobody can read it again; it is for the mailbox, and for whoever runs
            the register where no mail leaves.
    """

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of an invitation.

    Attributes:
        person_id: who accepted it.
        membership_id: what they hold now.
        organisation_id: the organisation they work for now.
        way: how they were expected to sign in.
    """

    person_id: uuid.UUID
    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    way: SignInWay


async def invite(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewInvitation
) -> Invitation:
    """Ask somebody to join an organisation; the link leaves once this transaction has committed.

    Raises:
        OrganisationNotFoundError: the actor does not see to its people.
        InvalidRequestError: the name or the address cannot be one.
        RoleNotForThisOrganisationError: the organisation does not give one of the roles.
        AlreadyMemberError: whoever has the address works there.
        AlreadyInvitedError: an invitation to the address is open.
        TooManyOpenInvitationsError: the organisation has as many open ones as it may.
        TooManyInvitationsError: too many left within the last hour.
    """
    return (await invite_with_link(session, actor, ring, new)).invitation


async def invite_with_link(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewInvitation
) -> Invited:
    """Do as `invite` does, and return the link's token too, for whoever runs the register."""
    organisation = await invited_into(session, actor, new.organisation_id)
    roles = fitting_roles(organisation.kind, new.roles)
    name, email, present = _name(new.name), _email(new.email), clock.now()
    await queries.lock_inviting(session, organisation.id)
    await _check_not_there_yet(session, actor, organisation.id, email, present)
    await check_room(session, organisation.id, present)
    await check_address(session, organisation.id, email, present)
    await check_hour(session, organisation.id, present)
    invitation = Invitation(
        id=uuid7(),
        organisation_id=organisation.id,
        name=name,
        email=email,
        roles=roles,
        way=new.way.value,
        invited_by=actor.id if actor.kind is ActorKind.PERSON else None,
        invited_at=present,
        expires_at=present + INVITATION_LASTS,
        version=1,
    )
    await queries.add_invitation(session, invitation)
    token = await make_link(session, ring, LinkKind.INVITATION, invitation.id, INVITATION_LASTS)
    after = {"roles": roles, "way": invitation.way, "expires_at": invitation.expires_at}
    await record(session, actor, "invitation.made", _subject(invitation), after=after)
    return Invited(invitation, token)


async def get_invitation(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID, invitation_id: uuid.UUID
) -> Invitation:
    """Return an invitation of an organisation.

    Raises:
        OrganisationNotFoundError: the organisation is not the one acted for, nor below it.
        InvitationNotFoundError: it has none of this id, or none that the actor may see.
    """
    await check_within(session, organisation_id)
    found = await _get(session, invitation_id)
    if found.organisation_id != organisation_id:
        raise _not_found()
    return found


async def send_again(
    session: WriteSession, actor: Actor, ring: Keyring, invitation_id: uuid.UUID
) -> Invitation:
    """Send an invitation once more, with a new link; one that has expired is open again.

    Raises:
        InvitationNotFoundError: there is none that the actor may see.
        InvitationNotOpenError: it was accepted or withdrawn.
        TooManyOpenInvitationsError: it had expired, and as many are open as may be.
        TooManyInvitationsError: it, or too many others, left a short while ago.
    """
    seen = await _get(session, invitation_id)
    await queries.lock_inviting(session, seen.organisation_id)
    held, present = await _get(session, invitation_id, lock=True), clock.now()
    state = state_of(held, present)
    if state not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        raise _not_open(state)
    check_rested(held.expires_at, present)
    if state is InvitationState.EXPIRED:
        await check_room(session, held.organisation_id, present)
    await check_hour(session, held.organisation_id, present)
    before, until = held.expires_at, present + INVITATION_LASTS
    await queries.change_invitation(session, held, {"expires_at": until})
    await make_link(session, ring, LinkKind.INVITATION, held.id, INVITATION_LASTS)
    subject, was, now = _subject(held), {"expires_at": before}, {"expires_at": until}
    await record(session, actor, "invitation.sent_again", subject, before=was, after=now)
    return held


async def withdraw(
    session: WriteSession, actor: Actor, invitation_id: uuid.UUID, expected: int
) -> None:
    """Take an invitation back; its links are of no further use, at once.

    Raises:
        InvitationNotFoundError: there is none that the actor may see.
        InvitationNotOpenError: it was accepted, or withdrawn before.
        VersionChangedError: it was changed since the actor read it.
    """
    held, present = await _get(session, invitation_id, lock=True), clock.now()
    state = state_of(held, present)
    if state not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        raise _not_open(state)
    check_version(held.version, expected)
    await _withdraw(session, actor, held, present)


async def accept_invitation(
    session: WriteSession, actor: Actor, invitation_id: uuid.UUID, person_id: uuid.UUID | None
) -> Accepted:
    """Let whoever opened an invitation's link join the organisation, once.

    Args:
        session: a transaction of the doorkeeper, which has taken the link.
        actor: the doorkeeper.
        invitation_id: the invitation the link is for.
        person_id: who they have shown they are. `None`: they have shown no more than that they
            read the mailbox, so they are whoever has that address, or somebody new.

    Raises:
        InvitationNotFoundError: there is none.
        InvitationNotOpenError: it was accepted, withdrawn, or has expired.
        UseYourOwnSignInError: the address is that of somebody who shows who they are by more than
            a mailbox, and the mailbox is all that was shown.
        PersonNotKnownError: nobody has this id.
        PersonBlockedError: they are blocked.
        AlreadyMemberError: they work there already.
    """
    held, present = await _get(session, invitation_id, lock=True), clock.now()
    state = state_of(held, present)
    if state is not InvitationState.OPEN:
        raise _not_open(state)
    if person_id is None:
        person = await _whoever_reads(session, held, present)
    else:
        person = await _known(session, person_id)
    if person.blocked_at is not None:
        raise PersonBlockedError("You were blocked, so you cannot join an organisation.")
    if await member_queries.is_member(session, held.organisation_id, person.id):
        raise AlreadyMemberError("You work for this organisation already. Sign in at /sign-in.")
    membership = Membership(
        id=uuid7(),
        person_id=person.id,
        organisation_id=held.organisation_id,
        roles=held.roles,
        began_at=present,
        version=1,
    )
    await member_queries.add_membership(session, membership)
    accepted = {"accepted_at": present, "accepted_by": person.id}
    await queries.change_invitation(session, held, accepted)
    # The doorkeeper only held the door: it is they who did it.
    themselves = replace(actor, kind=ActorKind.PERSON, id=person.id, name=person.name)
    after = {"person_id": person.id, "membership_id": membership.id, "roles": held.roles}
    await record(session, themselves, "invitation.accepted", _subject(held), after=after)
    return Accepted(person.id, membership.id, held.organisation_id, SignInWay(held.way))


async def _whoever_reads(session: WriteSession, held: Invitation, present: datetime) -> Person:
    """Return the person of an invitation's address, or a new one."""
    await people_queries.lock_address(session, held.email)
    known = await people_queries.find_by_email(session, held.email)
    if known is None:
        new = Person(id=uuid7(), name=held.name, recorded_at=present, changed_at=present, version=1)
        await people_queries.add_person(session, new, held.email)
        return new
    if await people_queries.signs_in_otherwise(session, known.id):
        raise UseYourOwnSignInError(
            "This address is that of somebody who signs in another way. Sign in at /sign-in as "
            "you always do, then open the invitation again."
        )
    return known


async def _known(session: WriteSession, person_id: uuid.UUID) -> Person:
    person = await people_queries.get_person(session, person_id)
    if person is None:
        raise PersonNotKnownError("Nobody of this id is on the register.")
    return person


async def _check_not_there_yet(
    session: WriteSession,
    actor: Actor,
    organisation_id: uuid.UUID,
    email: str,
    present: datetime,
) -> None:
    if await member_queries.is_member_by_email(session, organisation_id, email):
        raise AlreadyMemberError(
            "Whoever has this address works for the organisation already. Change their roles."
        )
    pending = await queries.lock_pending(session, organisation_id, email)
    if pending is None:
        return
    if state_of(pending, present) is InvitationState.OPEN:
        raise AlreadyInvitedError(
            "An invitation to this address is open. Send it again, or withdraw it first.",
            invitation_id=str(pending.id),
        )
    await _withdraw(session, actor, pending, present, "expired; another was made")


async def _withdraw(
    session: WriteSession,
    actor: Actor,
    held: Invitation,
    present: datetime,
    reason: str | None = None,
) -> None:
    await queries.change_invitation(session, held, {"withdrawn_at": present})
    await record(
        session,
        actor,
        "invitation.withdrawn",
        _subject(held),
        reason=reason,
        before={"withdrawn_at": None},
        after={"withdrawn_at": present},
    )


async def _get(
    session: ReadSession | WriteSession, invitation_id: uuid.UUID, *, lock: bool = False
) -> Invitation:
    found = await queries.get_invitation(session, invitation_id, lock=lock)
    if found is None:
        raise _not_found()
    return found


def _not_found() -> InvitationNotFoundError:
    return InvitationNotFoundError("This organisation has no invitation of that id.")


def _subject(invitation: Invitation) -> Subject:
    return Subject("invitation", invitation.id, invitation.name, invitation.organisation_id)


def _not_open(state: InvitationState) -> InvitationNotOpenError:
    happened = "has expired" if state is InvitationState.EXPIRED else f"was {state.value}"
    return InvitationNotOpenError(
        f"This invitation {happened}. An administrator of the organisation can make another.",
        state=state.value,
    )


def _name(text: str) -> str:
    try:
        return read_name(text)
    except ValueError as error:
        raise _not_understood(str(error), "/name") from None


def _email(text: str) -> str:
    try:
        return read_email_address(text)
    except ValueError as error:
        raise _not_understood(str(error), "/email") from None


def _not_understood(detail: str, pointer: str) -> InvalidRequestError:
    return InvalidRequestError(detail, errors=(FieldFault(detail, pointer=pointer),))
