"""What is public of one provider, as the register answers it."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.providers.terms import Need, Status


class PublicStatus(StrEnum):
    """The statuses the public sees."""

    LISTED = Status.LISTED
    LISTED_WITH_ACTIONS = Status.LISTED_WITH_ACTIONS
    UNDER_REVIEW = Status.UNDER_REVIEW
    SUSPENDED = Status.SUSPENDED
    REMOVED = Status.REMOVED
    CLOSED = Status.CLOSED


def _leave_open(schema: dict[str, Any]) -> None:
    """Let published schemas allow further members: one added later is not a break."""
    schema.pop("additionalProperties", None)


class Answer(BaseModel):
    """Anything the register answers with."""

    # Closed for ourselves: a stored byte that no field names fails the tests.
    model_config = ConfigDict(extra="forbid", json_schema_extra=_leave_open)


class LocalAuthorityOut(Answer):
    """A local authority, by DfE code and name."""

    la_code: str = Field(examples=["937"])
    name: str = Field(examples=["Warwickshire"])


class AgesOut(Answer):
    """Youngest and oldest age taken, in years."""

    from_: int = Field(alias="from", examples=[11])
    to: int = Field(examples=[16])


class StatusOut(Answer):
    """Where the provider stands, and since which day."""

    code: PublicStatus
    since: str = Field(json_schema_extra={"format": "date"}, examples=["2026-09-01"])


class SelfLink(Answer):
    """Where this can be read by itself."""

    self: str = Field(examples=["/v1/providers/AP000001U"])


class RegisterState(Answer):
    """Which state of the register an answer shows."""

    entry: int = Field(description="The newest entry's number; 0 for an empty register")
    recorded_at: str | None = Field(json_schema_extra={"format": "date-time"})


class OtherName(Answer):
    """Another name the provider goes, or went, by."""

    name: str
    kind: str
    until: str | None = Field(json_schema_extra={"format": "date"})


class IdentifierOut(Answer):
    """What another register calls the provider."""

    scheme: str
    value: str


class AddressOut(Answer):
    """Where post arrives; only town and district where the address is not public."""

    lines: list[str]
    town: str | None
    postcode: str | None
    postcode_district: str | None


class LocationOut(Answer):
    """A point, and how exact it is."""

    easting: int = Field(description="Metres, British National Grid")
    northing: int = Field(description="Metres, British National Grid")
    precision: str
    latitude: float = Field(description="Degrees, WGS 84")
    longitude: float = Field(description="Degrees, WGS 84")


class OfferOut(Answer):
    """A programme at a site."""

    programme: str
    ages: AgesOut
    key_stages: list[int]
    needs: list[Need]
    hours_per_week: float | None = Field(description="Most hours for one pupil in a usual week")


class SiteOut(Answer):
    """One place, or way, at which the provider works."""

    reference: int
    name: str
    kind: str
    address: AddressOut
    local_authority: LocalAuthorityOut
    location: LocationOut | None
    opened_on: str | None = Field(json_schema_extra={"format": "date"})
    closed_on: str | None = Field(json_schema_extra={"format": "date"})
    offers: list[OfferOut]


class ProviderRecord(Answer):
    """Everything public about one provider. A listing is not clearance for a particular child."""

    number: str
    name: str
    other_names: list[OtherName]
    identifiers: list[IdentifierOut]
    status: StatusOut
    sites: list[SiteOut]
    register_: RegisterState = Field(alias="register", description="The entry that published this")
    links: SelfLink
