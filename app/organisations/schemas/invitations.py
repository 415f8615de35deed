"""What is said over HTTP about invitations; to administrators alone."""

import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app.access import Role
from app.organisations.schemas.members import PageLinks, Roles
from app.organisations.schemas.people import EmailAddress, PersonName
from app.organisations.terms import InvitationState, SignInWay


class InvitationAsked(BaseModel):
    """Whom the organisation asks to join it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: PersonName
    email: EmailAddress = Field(description="Where the link is sent.")
    roles: Roles
    way: SignInWay = Field(
        default=SignInWay.OPENID,
        description="`openid`: through the sign-in service. `link`: by a link to their mailbox and "
        "a second factor, for who cannot have an account there.",
    )


class InvitationRecord(BaseModel):
    """That somebody was asked to join. Its `ETag` names the version."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    organisation_id: uuid.UUID
    name: str
    email: str
    roles: list[Role]
    way: SignInWay
    state: InvitationState
    invited_at: datetime
    invited_by: uuid.UUID | None = Field(description="A person; nothing where it was the operator.")
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: uuid.UUID | None
    withdrawn_at: datetime | None


class InvitationList(BaseModel):
    """An organisation's invitations, newest first."""

    items: list[InvitationRecord]
    links: PageLinks
