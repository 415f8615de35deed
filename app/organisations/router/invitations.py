"""An organisation's administrators ask people to join it."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from app import clock
from app.access import Actor, Permission
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.keyring.ring import Keyring
from app.organisations.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    InvitationNotFoundError,
    InvitationNotOpenError,
    OrganisationNotFoundError,
    RoleNotForThisOrganisationError,
    TooManyInvitationsError,
    TooManyOpenInvitationsError,
)
from app.organisations.policies import state_of
from app.organisations.queries import invitations as queries
from app.organisations.router.pages import AskedPage
from app.organisations.schemas.invitations import (
    InvitationAsked,
    InvitationList,
    InvitationRecord,
)
from app.organisations.service import invitations as service
from app.organisations.service.members import check_within
from app.organisations.terms import InvitationState

router = APIRouter(prefix="/v1/organisations/{organisation_id}/invitations", tags=["people"])

_ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    *(OrganisationNotFoundError, InvalidRequestError),
)
_ONE = (*_ASKED, InvitationNotFoundError)
_SENT = (SignInAgainError, KeyReusedError, TooManyInvitationsError, TooManyOpenInvitationsError)
_PRIVATE = "no-store"

Administrator = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE))]
RecentAdministrator = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE, recently=True))]


async def _keyring(request: Request) -> Keyring:
    held: Keyring = request.app.state.keyring
    return held


Ring = Annotated[Keyring, Depends(_keyring)]


@router.get("", operation_id="listInvitations", responses=problems(*_ASKED))
async def list_invitations(
    session: Reading,
    _: Administrator,
    response: Response,
    organisation_id: uuid.UUID,
    page: AskedPage,
    state: Annotated[
        InvitationState | None, Query(description="Only those that stand so now.")
    ] = None,
) -> InvitationList:
    """List an organisation's invitations, newest first."""
    await check_within(session, organisation_id)
    key, present = page.after((str,)), clock.now()
    found = await queries.list_invitations(
        session,
        organisation_id,
        (state, present) if state else None,
        key[0] if key else None,
        page.limit + 1,
    )
    response.headers["Cache-Control"] = _PRIVATE
    return InvitationList(
        items=[_record(one, present) for one in found[: page.limit]],
        links=page.links(found, "id"),
    )


@router.post(
    "",
    status_code=201,
    operation_id="invite",
    responses=problems(
        *_ASKED, *_SENT, AlreadyMemberError, AlreadyInvitedError, RoleNotForThisOrganisationError
    ),
)
async def invite(
    session: Writing,
    actor: RecentAdministrator,
    response: Response,
    ring: Ring,
    organisation_id: uuid.UUID,
    asked: InvitationAsked,
) -> InvitationRecord:
    """Ask somebody to join the organisation. A link is mailed to them; it is good for 14 days."""
    new = service.NewInvitation(organisation_id, asked.name, asked.email, asked.roles, asked.way)
    made = await service.invite(session, actor, ring, new)
    return _located(made, response)


@router.get("/{invitation_id}", operation_id="getInvitation", responses=problems(*_ONE))
async def get_invitation(
    session: Reading,
    _: Administrator,
    response: Response,
    organisation_id: uuid.UUID,
    invitation_id: uuid.UUID,
) -> InvitationRecord:
    """Look at an invitation."""
    return _shown(await service.get_invitation(session, organisation_id, invitation_id), response)


@router.post(
    "/{invitation_id}/send-again",
    operation_id="sendInvitationAgain",
    responses=problems(*_ONE, *_SENT, InvitationNotOpenError),
)
async def send_again(
    session: Writing,
    actor: RecentAdministrator,
    response: Response,
    ring: Ring,
    organisation_id: uuid.UUID,
    invitation_id: uuid.UUID,
) -> InvitationRecord:
    """Mail an invitation once more, with a new link; one that has expired is open again."""
    await service.get_invitation(session, organisation_id, invitation_id)
    return _located(await service.send_again(session, actor, ring, invitation_id), response)


@router.delete(
    "/{invitation_id}",
    status_code=204,
    operation_id="withdrawInvitation",
    responses=problems(
        *_ONE, SignInAgainError, InvitationNotOpenError, VersionChangedError, VersionNeededError
    ),
)
async def withdraw(
    session: Writing,
    actor: RecentAdministrator,
    organisation_id: uuid.UUID,
    invitation_id: uuid.UUID,
    expected: ExpectedVersion,
) -> None:
    """Take an invitation back; its links are of no further use, at once."""
    await service.get_invitation(session, organisation_id, invitation_id)
    await service.withdraw(session, actor, invitation_id, expected)


def _shown(held: Any, response: Response) -> InvitationRecord:
    response.headers["ETag"] = version_tag(held.version)
    response.headers["Cache-Control"] = _PRIVATE
    return _record(held, clock.now())


def _located(held: Any, response: Response) -> InvitationRecord:
    """Say where the outcome can be read again, should the same request come again."""
    address = f"/v1/organisations/{held.organisation_id}/invitations/{held.id}"
    response.headers["Location"] = address
    return _shown(held, response)


def _record(held: Any, present: datetime) -> InvitationRecord:
    facts = {name: getattr(held, name) for name in InvitationRecord.model_fields if name != "state"}
    return InvitationRecord(**facts, state=state_of(held, present))
