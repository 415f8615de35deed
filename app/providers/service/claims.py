"""How a record comes into its owner's hands: by a verified invitation, and out of them again."""

import uuid

from app import clock
from app.access import Actor, Role
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession, announce
from app.errors import FieldFault
from app.keyring.ring import Keyring
from app.organisations.errors import InvitationNotOpenError
from app.organisations.queries import invitations as invitation_queries
from app.organisations.schemas.organisations import AddedKind, AddedOrganisation
from app.organisations.service import invitations
from app.organisations.service.organisations import add_organisation
from app.providers.errors import (
    ClaimantNotFitError,
    ClaimNotFoundError,
    ClaimNotOpenError,
    ClaimOpenError,
    RecordNotOwnedError,
    RecordOwnedError,
)
from app.providers.events import ProviderChanged
from app.providers.models.ownership import Claim, ProviderOwner
from app.providers.queries import claims as queries
from app.providers.queries import parts
from app.providers.queries.recording import insert_rows
from app.providers.schemas.claims import NewClaim, OwnersContact
from app.providers.service.records import judge, person_of, subject_of
from app.values.uuid7 import uuid7

OWNERS_FIRST_ROLES = (Role.ADMINISTRATOR, Role.PROVIDER_MANAGER)


async def invite_to_claim(
    session: WriteSession, actor: Actor, ring: Keyring, number: str, new: NewClaim
) -> uuid.UUID:
    """Invite a provider to claim its record; a new owner is added and its administrator invited.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        RecordOwnedError: it is in its owner's hands.
        ClaimOpenError: an invitation is open.
        ClaimantNotFitError: the organisation owns no providers, or nobody there could accept.
    """
    invited_by = person_of(actor)
    held, _ = await judge(session, number)
    if held.owner_id is not None:
        raise RecordOwnedError(
            f"{held.name} is in the hands of {held.owner_name}. To hand it over, end that first."
        )
    if await queries.find_open_claim(session, held.id) is not None:
        raise ClaimOpenError(
            f"An invitation to claim {held.name} is open. Withdraw it before you make another."
        )
    organisation_id = await _owner_to_be(session, actor, new)
    invitation_id = await _let_in(session, actor, ring, organisation_id, new.contact)
    claim = Claim(
        id=uuid7(),
        provider_id=held.id,
        organisation_id=organisation_id,
        invitation_id=invitation_id,
        verified_how=new.verified_how.value,
        verified_note=new.verified_note,
        invited_by=invited_by,
        invited_by_organisation=actor.organisation_id,
        invited_at=clock.now(),
    )
    await parts.add_row(session, claim)
    subject = Subject("claim", claim.id, held.name, organisation_id)
    after = {"number": held.number, "verified_how": new.verified_how}
    await record(session, actor, "claim.made", subject, after=after)
    return claim.id


async def accept_claim(session: WriteSession, actor: Actor, claim_id: uuid.UUID) -> None:
    """Take a record into the hands of the organisation that was invited; a second click is none.

    Raises:
        ClaimNotFoundError: there is no such claim for the organisation the actor acts for.
        ClaimNotOpenError: it was withdrawn.
        RecordOwnedError: the record came into somebody's hands meanwhile.
    """
    person_id = person_of(actor)
    claim = await queries.lock_claim(session, claim_id)
    if claim is None or claim.organisation_id != actor.organisation_id:
        raise _not_found()
    if claim.accepted_at is not None:
        return
    if claim.withdrawn_at is not None:
        raise ClaimNotOpenError("The invitation was withdrawn. Ask the authority for another.")
    present = clock.now()
    ownership = {
        "id": uuid7(),
        "provider_id": claim.provider_id,
        "organisation_id": claim.organisation_id,
        "claim_id": claim.id,
        "began_at": present,
    }
    await insert_rows(session, ProviderOwner, [ownership])
    claim.accepted_at, claim.accepted_by = present, person_id
    await session.flush()
    announce(session, ProviderChanged(claim.provider_id))
    told = await queries.get_claim(session, claim_id)
    name = told.name if told is not None else None
    subject = Subject("claim", claim.id, name, claim.organisation_id)
    await record(session, actor, "claim.accepted", subject, after={"accepted_at": present})


async def withdraw_claim(session: WriteSession, actor: Actor, claim_id: uuid.UUID) -> None:
    """Take an invitation to claim a record back, the invitation to the service with it.

    Whoever was invited may say in the same way that the record is not theirs.

    Raises:
        ClaimNotFoundError: there is no such claim that the actor may settle.
        ClaimNotOpenError: it was accepted, or withdrawn before.
    """
    claim = await queries.lock_claim(session, claim_id)
    if claim is None:
        raise _not_found()
    if claim.accepted_at is not None or claim.withdrawn_at is not None:
        became = "accepted" if claim.accepted_at is not None else "withdrawn before"
        raise ClaimNotOpenError(f"The invitation to claim this record was {became}.")
    claim.withdrawn_at = clock.now()
    await session.flush()
    if claim.invitation_id is not None:
        await _keep_out(session, actor, claim.invitation_id)
    subject = Subject("claim", claim.id, None, claim.organisation_id)
    after = {"withdrawn_at": claim.withdrawn_at}
    await record(session, actor, "claim.withdrawn", subject, after=after)


async def end_ownership(session: WriteSession, actor: Actor, number: str, reason: str) -> None:
    """Take a record out of its owner's hands, so that another can be invited.

    Raises:
        ProviderNotFoundError: there is no such record that the actor answers for.
        NotYoursToJudgeError: they work, or worked, for its owner.
        RecordNotOwnedError: it is in nobody's hands.
    """
    held, _ = await judge(session, number)
    if held.owner_id is None:
        raise RecordNotOwnedError(f"{held.name} is in nobody's hands.")
    await queries.end_ownership(session, held.id, clock.now())
    announce(session, ProviderChanged(held.id))
    before = {"organisation_id": held.owner_id}
    await record(session, actor, "ownership.ended", subject_of(held), reason=reason, before=before)


async def _owner_to_be(session: WriteSession, actor: Actor, new: NewClaim) -> uuid.UUID:
    if new.owner is not None:
        added = AddedOrganisation(kind=AddedKind.PROVIDER_OWNER, name=new.owner.name)
        return await add_organisation(session, actor, added)
    if new.organisation_id is None or not await queries.may_own(session, new.organisation_id):
        detail = "No owner of providers has this id. Give the owner's name in owner instead."
        raise ClaimantNotFitError(detail, errors=(FieldFault(detail, "/organisation_id"),))
    return new.organisation_id


async def _let_in(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    organisation_id: uuid.UUID,
    contact: OwnersContact | None,
) -> uuid.UUID | None:
    """Invite whoever will administer the owner, where nobody works for it yet."""
    if contact is None:
        return None
    if not await queries.welcomes(session, organisation_id):
        detail = (
            "People work for this owner already, or another authority brought it onto the "
            "service. Leave contact out: whoever keeps its records finds the claim there."
        )
        raise ClaimantNotFitError(detail, errors=(FieldFault(detail, "/contact"),))
    asked = invitations.NewInvitation(
        organisation_id, contact.name, contact.email, OWNERS_FIRST_ROLES, contact.way
    )
    return (await invitations.invite(session, actor, ring, asked)).id


async def _keep_out(session: WriteSession, actor: Actor, invitation_id: uuid.UUID) -> None:
    """Withdraw the invitation behind a claim, while nobody has accepted it."""
    held = await invitation_queries.get_invitation(session, invitation_id)
    if held is None:  # somebody works there by now: it is their own affair
        return
    try:
        await invitations.withdraw(session, actor, invitation_id, held.version)
    except InvitationNotOpenError:
        return


def _not_found() -> ClaimNotFoundError:
    return ClaimNotFoundError(
        "No invitation to claim a record has this id, or none that concerns the organisation you "
        "act for. Choose the organisation that was invited."
    )
