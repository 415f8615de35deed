"""What is said over HTTP about members of an organisation."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.access import Role

Roles = Annotated[
    tuple[Role, ...],
    Field(
        min_length=1,
        max_length=len(Role),
        description="All of them; which ones an organisation can give depends on its kind.",
    ),
]


class PageLinks(BaseModel):
    """Where this page and the next are."""

    self: str
    next: str | None


class MemberRecord(BaseModel):
    """Somebody who works for an organisation. Its `ETag` names the version."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    organisation_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    roles: list[Role]
    began_at: datetime
    ended_at: datetime | None = Field(description="From then on they do not; kept on record.")


class MemberList(BaseModel):
    """Who works for an organisation now, by name."""

    items: list[MemberRecord]
    links: PageLinks


class MemberContact(BaseModel):
    """How a member can be reached."""

    person_id: uuid.UUID
    email: str


class MemberChange(BaseModel):
    """What an administrator can change of a membership."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: Roles
