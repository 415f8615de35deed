"""What is asked and told about organisations over HTTP."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from app.organisations.terms import IdentifierScheme, OrganisationKind, Source
from app.values.words import sort_key

PAGE, LARGEST_PAGE = 25, 100


def _readable(name: str) -> str:
    """A name without letters could never be found again."""
    if not sort_key(name):
        message = "give a name with letters or digits in it"
        raise ValueError(message)
    return name


Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
    AfterValidator(_readable),
]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OrganisationQuery(_Stated):
    """Which organisations are listed. Parameters narrow one another; an unknown one is an error."""

    q: Typed | None = Field(
        default=None,
        description="Words of the name, in any order; each may be cut short.",
        examples=["st marys"],
    )
    kind: tuple[OrganisationKind, ...] = Field(default=(), description="Any of these kinds.")
    la: Typed | None = Field(
        default=None,
        description="The local authority it is, belongs to or lies in: DfE code, GSS code or name.",
        examples=["202", "Camden"],
    )
    identifier: Typed | None = Field(
        default=None,
        description="A number in another register, as `scheme:value`. Schemes: "
        + ", ".join(f"`{scheme.value}`" for scheme in IdentifierScheme)
        + ".",
        examples=["urn:100049", "dfe-number:202/4104"],
    )
    parent: uuid.UUID | None = Field(
        default=None, description="The trust, federation or authority it belongs to."
    )
    open: bool | None = Field(
        default=None, description="Those that are open today, or those that have closed."
    )
    limit: int = Field(default=PAGE, ge=1, le=LARGEST_PAGE, description="Organisations a page.")
    cursor: Annotated[str, StringConstraints(max_length=1_000)] | None = Field(
        default=None, description="From `links.next` of the page before; not to be made up."
    )


class AddedKind(StrEnum):
    """The kinds of organisation that another organisation's administrators add."""

    LOCAL_AUTHORITY_TEAM = OrganisationKind.LOCAL_AUTHORITY_TEAM
    PROVIDER_OWNER = OrganisationKind.PROVIDER_OWNER


class AddedOrganisation(_Stated):
    """An organisation to be added."""

    kind: AddedKind = Field(
        description="A team of your own local authority, or the owner of a provider that you "
        "bring onto the service."
    )
    name: Name


class OrganisationChange(_Stated):
    """What can be changed; what is left out stays as it is."""

    name: Name | None = None
    closed_on: date | None = Field(
        default=None, description="The day it closed or will; `null` if it has not after all."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give name or closed_on"
            raise ValueError(message)
        if "name" in self.model_fields_set and self.name is None:
            message = "an organisation has a name"
            raise ValueError(message)
        return self


class AuthorityOut(BaseModel):
    """A local authority, by DfE code and name."""

    code: str
    name: str


class ParentOut(BaseModel):
    """The organisation that one belongs to."""

    id: uuid.UUID
    kind: OrganisationKind
    name: str


class OrganisationNumber(BaseModel):
    """A number in another register."""

    model_config = ConfigDict(from_attributes=True)

    scheme: IdentifierScheme
    value: str


class SchoolOut(BaseModel):
    """What Get Information about Schools (GIAS) says of an establishment."""

    model_config = ConfigDict(from_attributes=True)

    urn: str
    type_code: str | None = Field(description="Two digits.", examples=["01"])
    type_name: str | None = Field(examples=["Community school"])
    status: str = Field(description="As GIAS words it, or `Not said`.", examples=["Open"])
    phase: str | None = Field(examples=["Secondary"])
    low_age: int | None
    high_age: int | None
    street: str | None
    locality: str | None
    town: str | None
    postcode: str | None
    easting: int | None = Field(description="Metres, British National Grid.")
    northing: int | None = Field(description="Metres, British National Grid.")


class OrganisationSummary(BaseModel):
    """An organisation as it stands in a list."""

    id: uuid.UUID
    kind: OrganisationKind
    name: str
    local_authority: AuthorityOut | None
    parent: ParentOut | None
    opened_on: date | None
    closed_on: date | None = Field(description="The day it closed, as its source says.")
    identifiers: list[OrganisationNumber]
    school: SchoolOut | None


class OrganisationRecord(OrganisationSummary):
    """Everything about an organisation. Its `ETag` names the version."""

    introduced_by: uuid.UUID | None = Field(
        description="The organisation that brought it onto the service."
    )
    source: Source = Field(description="Where its facts come from, and so who may correct them.")
    children: int = Field(description="How many organisations belong to it that you may see.")
    recorded_at: datetime
    changed_at: datetime


class OrganisationLinks(BaseModel):
    """Where this page and the next are."""

    self: str
    next: str | None


class OrganisationList(BaseModel):
    """Organisations by name."""

    items: list[OrganisationSummary]
    links: OrganisationLinks
