"""What is said over HTTP about people: by them, and to them."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.access import ActorKind, Permission, Role
from app.organisations.terms import OrganisationKind
from app.values.email_address import LONGEST_ADDRESS, read_email_address
from app.values.person_name import LONGEST_NAME, read_name

PersonName = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_NAME), AfterValidator(read_name)
]
EmailAddress = Annotated[
    str,
    StringConstraints(min_length=3, max_length=LONGEST_ADDRESS),
    AfterValidator(read_email_address),
    Field(json_schema_extra={"format": "email"}),
]


class PersonChange(BaseModel):
    """What people can change of themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: PersonName = Field(description="What others see beside what you do from now on.")


class ActedFor(BaseModel):
    """The organisation the caller acts for now."""

    id: uuid.UUID
    name: str


class OwnMembership(BaseModel):
    """An organisation that the caller works for."""

    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    name: str | None
    kind: OrganisationKind | None
    roles: list[Role]


class Me(BaseModel):
    """Who is asking. A person's `ETag` names the version of their name."""

    kind: ActorKind
    id: uuid.UUID
    name: str
    organisation: ActedFor | None = Field(
        description="Nothing until somebody who works for several has chosen one."
    )
    roles: list[Role] = Field(description="Held in that organisation; a machine has none.")
    permissions: list[Permission] = Field(
        description="What follows from the roles, or what a machine's token carries."
    )
    authenticated_at: datetime | None = Field(
        description="When a person last showed who they are; some acts need that to be lately."
    )
    memberships: list[OwnMembership] = Field(description="Everywhere the person works now.")
