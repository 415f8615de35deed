"""What is asked and told about a provider's sites."""

import uuid
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.providers.schemas.offers import PrivateOffer
from app.providers.schemas.stating import Day, Line, Stated, Told, Whole
from app.providers.schemas.vouching import Times
from app.values.postcode import normalise_postcode
from app.values.site_kind import SiteKind

Postcode = Annotated[str, StringConstraints(max_length=20), AfterValidator(normalise_postcode)]
AddressLines = Annotated[tuple[Line, ...], Field(max_length=6)]


class Point(Stated):
    """A point on the British National Grid."""

    easting: Annotated[Whole, Field(ge=0, le=700_000)] = Field(description="Metres.")
    northing: Annotated[Whole, Field(ge=0, le=1_300_000)] = Field(description="Metres.")


class SiteStated(Stated):
    """All that is said of a site; whole, so that what hangs together is checked."""

    name: Line
    kind: SiteKind
    address_lines: AddressLines = ()
    town: Line | None = None
    postcode: Postcode | None = None
    la: Line | None = Field(
        default=None,
        description="The local authority whose area it lies in: DfE code, GSS code or name. "
        "Follows from the postcode where that is held.",
    )
    point: Point | None = Field(
        default=None, description="Where it is; the middle of its postcode unless given."
    )
    opened_on: Day | None = None
    someones_home: bool = Field(
        default=False, description="Then its street address and point are never public."
    )
    run_by: Line | None = Field(
        default=None, description="Who runs it, where that is not the provider."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.kind is SiteKind.SUBCONTRACTED and self.run_by is None:
            message = "say in run_by who runs a subcontracted site"
            raise ValueError(message)
        if self.postcode is None and self.la is None:
            message = "give the postcode, or in la the local authority whose area it lies in"
            raise ValueError(message)
        return self


class SiteChange(Stated):
    """What can be changed of a site; what is left out stays, `null` takes away."""

    name: Line | None = None
    kind: SiteKind | None = None
    address_lines: AddressLines | None = None
    town: Line | None = None
    postcode: Postcode | None = None
    la: Line | None = None
    point: Point | None = None
    opened_on: Day | None = None
    someones_home: bool | None = None
    run_by: Line | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give at least one member"
            raise ValueError(message)
        return self


class Closing(Stated):
    """From which day on a site is shut. What has closed is never reopened."""

    on: Day = Field(description="The first day it is shut; until a day to come it stays open.")


class AuthorityOut(Told):
    """A local authority, by DfE code and name."""

    code: str
    name: str


class PrivateSite(Told):
    """A site. Its `version` goes into `If-Match` when it is changed."""

    id: uuid.UUID = Field(description="For verifications and applications.")
    reference: int
    name: str
    kind: SiteKind
    address_lines: list[str]
    town: str | None
    postcode: str | None
    local_authority: AuthorityOut
    point: Point | None
    location_precision: str | None = Field(
        description="How near the point is: given, postcode, postcode-district, postcode-area."
    )
    opened_on: date | None
    closed_on: date | None = Field(description="The first day it was, or will be, shut.")
    someones_home: bool
    run_by: str | None
    offers: list[PrivateOffer]
    times: Times
    version: int
