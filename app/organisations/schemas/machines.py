"""What is said about machines over HTTP: by administrators about them, and by them for a token."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.access import SCOPES
from app.organisations.schemas.members import PageLinks

MOST_ASKED_FOR = 100

Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
Scope = Annotated[
    str,
    StringConstraints(max_length=100),
    Field(json_schema_extra={"enum": sorted(SCOPES)}),
]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewMachine(_Stated):
    """A machine to be added."""

    name: Name = Field(description="What you call it, such as “Placement system, live”.")
    scopes: tuple[Scope, ...] = Field(
        min_length=1,
        max_length=MOST_ASKED_FOR,
        description="What it may do. Deciding, signing and publishing are a named person's.",
    )


class MachineChange(_Stated):
    """What can be changed of a machine; for other scopes, add another machine."""

    name: Name


class SecretRecord(BaseModel):
    """A secret of a machine; what it is was shown once and is held by nobody here."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    ending: str = Field(description="Its last four characters, to tell it by.")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = Field(description="When a token was last got with it.")
    revoked_at: datetime | None


class MachineRecord(BaseModel):
    """Another system that acts for an organisation. Its `ETag` names the version."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID = Field(description="Its `client_id`.")
    organisation_id: uuid.UUID
    name: str
    scopes: list[str]
    added_at: datetime
    added_by: uuid.UUID = Field(description="The person who added it.")
    revoked_at: datetime | None = Field(description="From then on nothing it holds lets it in.")
    secrets: list[SecretRecord]


class NewSecretRecord(SecretRecord):
    """A secret that was just made."""

    client_secret: str = Field(description="Shown this once; keep it where secrets are kept.")


class NewMachineRecord(MachineRecord):
    """A machine that was just added, with its first secret."""

    client_secret: str = Field(description="Shown this once; keep it where secrets are kept.")


class MachineList(BaseModel):
    """An organisation's machines, in the order they were added; revoked ones stay on record."""

    items: list[MachineRecord]
    links: PageLinks


class TokenAnswer(BaseModel):
    """An access token (RFC 6749 section 5.1)."""

    access_token: str
    token_type: str = Field(examples=["Bearer"])
    expires_in: int = Field(description="Seconds.")
    scope: str = Field(description="What the token carries, parted by spaces.")


class TokenRefusal(BaseModel):
    """Why there is no token (RFC 6749 section 5.2)."""

    error: str = Field(examples=["invalid_client"])
    error_description: str


class PublishedKey(BaseModel):
    """The public half of a key that tokens are signed with (RFC 7517)."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str
    use: str
    alg: str


class PublishedKeys(BaseModel):
    """A JSON Web Key Set."""

    keys: list[PublishedKey]


class AuthorizationServer(BaseModel):
    """How tokens are got here (RFC 8414)."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    grant_types_supported: list[str]
    response_types_supported: list[str] = Field(description="None: there is no consent page.")
    scopes_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
