"""An organisation's administrators help a member who lost what they sign in with."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from app.access import Actor, Permission
from app.errors import InvalidRequestError
from app.http.errors import (
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Writing
from app.organisations.errors import (
    MembershipEndedError,
    MembershipNotFoundError,
    OrganisationNotFoundError,
    WorksElsewhereError,
)
from app.organisations.service import second_factors as service
from app.organisations.terms import FactorsTaken

router = APIRouter(
    prefix="/v1/organisations/{organisation_id}/members/{membership_id}/second-factors",
    tags=["people"],
)

Manager = Annotated[Actor, Depends(Requires(Permission.MEMBERS_MANAGE, recently=True))]


@router.delete(
    "",
    status_code=204,
    operation_id="takeSecondFactorsAway",
    responses=problems(
        *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
        *(SignInAgainError, OrganisationNotFoundError, MembershipNotFoundError),
        *(MembershipEndedError, WorksElsewhereError, InvalidRequestError),
    ),
)
async def take_away(
    session: Writing,
    actor: Manager,
    organisation_id: uuid.UUID,
    membership_id: uuid.UUID,
    reason: Annotated[FactorsTaken, Query(description="Why; it is written down.")],
) -> None:
    """Take away a member's passkeys and authenticator, and sign them out everywhere.

    They set up new ones with the next link that is sent to their own mailbox.
    """
    await service.take_factors_away(session, actor, organisation_id, membership_id, reason.value)
