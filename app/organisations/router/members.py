"""Who works for an organisation: read by its people, changed by its administrators."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Reading, Writing
from app.organisations.errors import (
    ContactProtectedError,
    LastAdministratorError,
    MembershipEndedError,
    MembershipNotFoundError,
    OrganisationNotFoundError,
    OwnRolesError,
    RoleNotForThisOrganisationError,
)
from app.organisations.queries import members as queries
from app.organisations.router.pages import AskedPage
from app.organisations.schemas.members import (
    MemberChange,
    MemberContact,
    MemberList,
    MemberRecord,
)
from app.organisations.service import members as service
from app.organisations.terms import MembershipEnd

router = APIRouter(prefix="/v1/organisations/{organisation_id}/members", tags=["people"])

_ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    *(OrganisationNotFoundError, InvalidRequestError),
)
_CHANGED = (
    *(SignInAgainError, MembershipNotFoundError, MembershipEndedError, LastAdministratorError),
    *(VersionChangedError, VersionNeededError),
)
_PRIVATE = "no-store"

Reader = Annotated[Actor, Depends(Requires(Permission.MEMBERS_READ))]
Manager = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE, recently=True))]


@router.get("", operation_id="listMembers", responses=problems(*_ASKED))
async def list_members(
    session: Reading, _: Reader, response: Response, organisation_id: uuid.UUID, page: AskedPage
) -> MemberList:
    """List who works for an organisation now, by name: the one acted for, or one below it."""
    await service.check_within(session, organisation_id)
    key = page.after((str, str))
    after = (key[0], key[1]) if key else None
    found = await queries.list_members(session, organisation_id, after, page.limit + 1)
    response.headers["Cache-Control"] = _PRIVATE
    return MemberList(
        items=[MemberRecord.model_validate(one) for one in found[: page.limit]],
        links=page.links(found, "name", "id"),
    )


@router.get(
    "/{membership_id}",
    operation_id="getMember",
    responses=problems(*_ASKED, MembershipNotFoundError),
)
async def get_member(
    session: Reading,
    _: Reader,
    response: Response,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
) -> MemberRecord:
    """Look at one membership; one that has ended stays on record."""
    return await _shown(session, organisation_id, membership_id, response)


@router.get(
    "/{membership_id}/contact",
    operation_id="getMemberContact",
    responses=problems(*_ASKED, MembershipNotFoundError, ContactProtectedError),
)
async def get_contact(
    session: Looking,
    actor: Reader,
    response: Response,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    purpose: Annotated[Purpose, Query(description="Why you look; it is written down.")],
) -> MemberContact:
    """Read a member's e-mail address: your own, or as an administrator. It is written down."""
    member = await service.get_member(session, organisation_id, membership_id)
    email = await service.read_contact(session, actor, organisation_id, membership_id, purpose)
    response.headers["Cache-Control"] = _PRIVATE
    return MemberContact(person_id=member.person_id, email=email)


@router.patch(
    "/{membership_id}",
    operation_id="changeMember",
    responses=problems(*_ASKED, *_CHANGED, RoleNotForThisOrganisationError, OwnRolesError),
)
async def change_member(  # noqa: PLR0913, PLR0917 - each is a part of the request
    session: Writing,
    actor: Manager,
    response: Response,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    change: MemberChange,
    expected: ExpectedVersion,
) -> MemberRecord:
    """Give a member these roles instead of those they have, from their next request on."""
    await service.get_member(session, organisation_id, membership_id)
    await service.change_roles(session, actor, membership_id, change.roles, expected)
    response.headers["Location"] = f"/v1/organisations/{organisation_id}/members/{membership_id}"
    return await _shown(session, organisation_id, membership_id, response)


@router.delete(
    "/{membership_id}",
    status_code=204,
    operation_id="endMembership",
    responses=problems(*_ASKED, *_CHANGED),
)
async def end_membership(
    session: Writing,
    actor: Manager,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    expected: ExpectedVersion,
    reason: Annotated[MembershipEnd, Query(description="Why; it is written down.")],
) -> None:
    """Let somebody work for the organisation no longer, from their next request on."""
    await service.get_member(session, organisation_id, membership_id)
    await service.end_membership(session, actor, membership_id, expected, reason.value)


async def _shown(
    session: ReadSession | WriteSession,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    response: Response,
) -> MemberRecord:
    member = await service.get_member(session, organisation_id, membership_id)
    response.headers["ETag"] = version_tag(member.version)
    response.headers["Cache-Control"] = _PRIVATE
    return MemberRecord.model_validate(member)
