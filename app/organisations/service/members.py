"""Who works for an organisation: looked at by its people, changed by its administrators."""

import uuid
from collections.abc import Iterable
from typing import Any

from app import clock
from app.access import Actor, DbRole, Role
from app.audit.service import record, record_read
from app.audit.terms import Purpose, Subject
from app.db.events import ReadSession, WriteSession
from app.organisations.errors import (
    ContactProtectedError,
    MembershipEndedError,
    MembershipNotFoundError,
    OrganisationNotFoundError,
)
from app.organisations.models.people import Membership
from app.organisations.policies import check_own_roles, check_version, fitting_roles
from app.organisations.queries import members as queries
from app.organisations.queries import people as people_queries


async def check_within(session: ReadSession | WriteSession, organisation_id: uuid.UUID) -> None:
    """See that an organisation is the one acted for, or below it.

    Raises:
        OrganisationNotFoundError: it is not; whether it exists is not told.
    """
    if not await queries.acts_within(session, organisation_id):
        raise _no_organisation()


async def administered(session: WriteSession, actor: Actor, organisation_id: uuid.UUID) -> Any:
    """Return an organisation (id, name, kind) whose people the actor sees to.

    Raises:
        OrganisationNotFoundError: they do not; whether it exists is not told.
    """
    by_people = actor.role is DbRole.APP  # an operator administers them all
    found = await queries.get_organisation(session, organisation_id, administered=by_people)
    if found is None:
        raise _no_organisation()
    return found


async def invited_into(session: WriteSession, actor: Actor, organisation_id: uuid.UUID) -> Any:
    """Return an organisation (id, name, kind) into which the actor invites people.

    Beside those they administer it is one that theirs brought onto the service, as long as nobody
    works for it who could invite others.

    Raises:
        OrganisationNotFoundError: they do not; whether it exists is not told.
    """
    by_people = actor.role is DbRole.APP
    found = await queries.get_organisation(
        session, organisation_id, administered=by_people, or_welcomed=True
    )
    if found is None:
        raise _no_organisation()
    return found


async def get_member(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID, membership_id: uuid.UUID
) -> Any:
    """Return one membership of an organisation; an ended one stays on record.

    Raises:
        OrganisationNotFoundError: the organisation is not the one acted for, nor below it.
        MembershipNotFoundError: it has no such membership.
    """
    await check_within(session, organisation_id)
    found = await queries.get_member(session, organisation_id, membership_id)
    if found is None:
        raise _no_membership()
    return found


async def read_contact(
    session: WriteSession,
    actor: Actor,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    purpose: Purpose,
) -> str:
    """Return a member's e-mail address, and write down who looked and what for.

    Raises:
        OrganisationNotFoundError: the organisation is not the one acted for, nor below it.
        MembershipNotFoundError: it has no such membership.
        ContactProtectedError: the actor is neither the member nor an administrator.
    """
    member = await get_member(session, organisation_id, membership_id)
    email = await people_queries.get_contact(session, member.person_id)
    if email is None:
        raise ContactProtectedError(
            "A member's address is for themselves and for the administrators of an organisation "
            "they work for now. Ask one of these."
        )
    subject = Subject("person", member.person_id, member.name, organisation_id)
    await record_read(session, actor, "person.contact_read", subject, purpose)
    return email


async def change_roles(
    session: WriteSession,
    actor: Actor,
    membership_id: uuid.UUID,
    roles: Iterable[Role],
    expected: int,
) -> None:
    """Give a member these roles instead of those they have; good from their next request on.

    Args:
        session: the transaction.
        actor: an administrator of the organisation, or of one above it.
        membership_id: whose.
        roles: all of those they shall have from now on.
        expected: the version the actor believes is the present one.

    Raises:
        MembershipNotFoundError: there is none that the actor may change.
        MembershipEndedError: it has ended.
        VersionChangedError: somebody changed it since.
        RoleNotForThisOrganisationError: the organisation does not give one of them.
        OwnRolesError: it is the actor's own, and one of them is new.
        IntegrityError: nobody would administer the organisation any more; `CONSTRAINT_ERRORS` says
            what that is answered with. The database counts, so that two at once cannot both go.
    """
    held, name = await _lock(session, membership_id, expected)
    organisation = await administered(session, actor, held.organisation_id)
    wanted, before = fitting_roles(organisation.kind, roles), sorted(held.roles)
    if wanted == before:
        return
    check_own_roles(actor, held.person_id, before, wanted)
    await queries.change_membership(session, held, {"roles": wanted})
    await record(
        session,
        actor,
        "membership.roles_changed",
        _subject(held, name),
        before={"roles": before},
        after={"roles": wanted},
    )


async def end_membership(
    session: WriteSession, actor: Actor, membership_id: uuid.UUID, expected: int, reason: str
) -> None:
    """Let somebody work for an organisation no longer.

    Sessions in which they act for it stop doing so at their next request: whoever is signed in is
    looked up together with a membership that lasts.

    Raises:
        MembershipNotFoundError: there is none that the actor may change.
        MembershipEndedError: it has ended.
        VersionChangedError: somebody changed it since.
        IntegrityError: nobody would administer the organisation any more, as in `change_roles`.
    """
    held, name = await _lock(session, membership_id, expected)
    before, present = {"roles": sorted(held.roles), "ended_at": None}, clock.now()
    await queries.change_membership(session, held, {"ended_at": present})
    await record(
        session,
        actor,
        "membership.ended",
        _subject(held, name),
        reason=reason,
        before=before,
        after={"ended_at": present},
    )


async def _lock(
    session: WriteSession, membership_id: uuid.UUID, expected: int
) -> tuple[Membership, str]:
    found = await queries.lock_membership(session, membership_id)
    if found is None:
        raise _no_membership()
    if found[0].ended_at is not None:
        raise MembershipEndedError(
            "They no longer work for this organisation. Invite them again if they shall."
        )
    check_version(found[0].version, expected)
    return found


def _subject(membership: Membership, name: str) -> Subject:
    return Subject("membership", membership.id, name, membership.organisation_id)


def _no_organisation() -> OrganisationNotFoundError:
    return OrganisationNotFoundError(
        "The organisation you act for is not this one, nor above it. Check the address, or choose "
        "another organisation to act for."
    )


def _no_membership() -> MembershipNotFoundError:
    return MembershipNotFoundError("This organisation has no member of that id.")
