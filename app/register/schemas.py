"""What callers may ask of the register."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.providers.terms import OLDEST, YOUNGEST, Need, Status

DEFAULT_MILES = 10.0
MOST_MILES = 100.0
PAGE, LARGEST_PAGE = 20, 100

Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Sort(StrEnum):
    """How a search is ordered."""

    RELEVANCE = "relevance"
    NAME = "name"
    DISTANCE = "distance"


class Include(StrEnum):
    """What a search adds when asked."""

    TOTAL = "total"


class PublicStatus(StrEnum):
    """The statuses the public sees."""

    LISTED = Status.LISTED
    LISTED_WITH_ACTIONS = Status.LISTED_WITH_ACTIONS
    UNDER_REVIEW = Status.UNDER_REVIEW
    SUSPENDED = Status.SUSPENDED
    REMOVED = Status.REMOVED
    CLOSED = Status.CLOSED


class SearchQuery(BaseModel):
    """A public search. Parameters narrow one another; an unknown one is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: Typed | None = Field(
        default=None,
        description="Words of a name, former name, programme or town; or a provider number. "
        "All must occur; a word may be cut short after three letters, and is corrected when "
        "nothing has it.",
        examples=["forest school"],
    )
    near: Typed | None = Field(
        default=None,
        description="A postcode, its first half, or a postcode area.",
        examples=["CV34 5JB"],
    )
    within_miles: float | None = Field(
        default=None, gt=0, le=MOST_MILES, description="How far from `near`; 10 miles if not given."
    )
    within_km: float | None = Field(
        default=None, gt=0, le=160, description="The same in kilometres; give one of the two."
    )
    la: Typed | None = Field(
        default=None,
        description="A local authority in whose area a site lies: DfE code, GSS code or name.",
        examples=["937", "E10000031", "Warwickshire"],
    )
    age: int | None = Field(
        default=None, ge=YOUNGEST, le=OLDEST, description="An age a site takes, in years."
    )
    need: tuple[Need, ...] = Field(
        default=(), description="Types of need, by DfE code, that one site must all offer for."
    )
    status: tuple[PublicStatus, ...] = Field(
        default=(),
        description="Any of these. Without it: everyone on the register, not removed or closed.",
    )
    sort: Sort | None = Field(
        default=None, description="`distance` if `near` is given, otherwise `relevance`."
    )
    limit: int = Field(default=PAGE, ge=1, le=LARGEST_PAGE, description="Providers a page.")
    cursor: Annotated[str, StringConstraints(max_length=600)] | None = Field(
        default=None, description="From `links.next` of the page before; not to be made up."
    )
    include: tuple[Include, ...] = Field(
        default=(), description="`total`: also count all providers found."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.within_miles is not None and self.within_km is not None:
            message = "give within_miles or within_km, not both"
            raise ValueError(message)
        if self.near is None and (self.within_miles or self.within_km):
            message = "a distance needs `near`: a postcode to measure from"
            raise ValueError(message)
        if self.near is None and self.sort is Sort.DISTANCE:
            message = "sort=distance needs `near`: a postcode to measure from"
            raise ValueError(message)
        return self


def _leave_open(schema: dict[str, Any]) -> None:
    """Let published schemas allow further members: one added later is not a break."""
    schema.pop("additionalProperties", None)


class _Answer(BaseModel):
    # Closed for ourselves: a stored byte that no field names fails the tests.
    model_config = ConfigDict(extra="forbid", json_schema_extra=_leave_open)


class LocalAuthorityOut(_Answer):
    """A local authority, by DfE code and name."""

    la_code: str = Field(examples=["937"])
    name: str = Field(examples=["Warwickshire"])


class AgesOut(_Answer):
    """Youngest and oldest age taken, in years."""

    from_: int = Field(alias="from", examples=[11])
    to: int = Field(examples=[16])


class StatusOut(_Answer):
    """Where the provider stands, and since which day."""

    code: PublicStatus
    since: str = Field(json_schema_extra={"format": "date"}, examples=["2026-09-01"])


class SelfLink(_Answer):
    """Where this can be read by itself."""

    self: str = Field(examples=["/v1/providers/AP000001U"])


class ProviderSummary(_Answer):
    """A provider as a search shows it; ages, needs and programmes are those of all open sites."""

    number: str = Field(examples=["AP000001U"])
    name: str
    other_names: list[str]
    status: StatusOut
    local_authorities: list[LocalAuthorityOut] = Field(description="Where its open sites lie")
    towns: list[str]
    programmes: list[str]
    ages: AgesOut | None
    key_stages: list[int]
    needs: list[Need]
    site_count: int
    links: SelfLink


class SiteSummary(_Answer):
    """The site that matched."""

    reference: int
    name: str
    kind: str
    town: str | None
    postcode: str | None = Field(description="Or its first half, where the address is not public")
    local_authority: LocalAuthorityOut


class Hit(_Answer):
    """One provider found, and why."""

    provider: ProviderSummary
    distance_metres: int | None = Field(
        description="In a straight line to `site`; null if not near"
    )
    site: SiteSummary | None = Field(
        description="The nearest, or first, site that fits the filters"
    )
    matched: list[str] = Field(
        description="What fitted: name, other-name, programme, town, near, la, age, need"
    )


class RegisterState(_Answer):
    """Which state of the register an answer shows."""

    entry: int = Field(description="The newest entry's number; 0 for an empty register")
    recorded_at: str | None = Field(json_schema_extra={"format": "date-time"})


class SearchState(RegisterState):
    """The same, for an answer that may be one page of several."""

    moved_since_first_page: bool = Field(
        description="True when something was published after the first page was answered"
    )


class PageLinks(_Answer):
    """This page and the next."""

    self: str
    next: str | None


class Near(_Answer):
    """Where distances are measured from."""

    label: str
    precision: str = Field(
        description="postcode; or postcode-district or postcode-area when only that is known"
    )


class SearchAnswer(_Answer):
    """One page of a search."""

    items: list[Hit]
    links: PageLinks
    register_: SearchState = Field(alias="register")
    near: Near | None
    corrections: dict[str, str] = Field(description="Typed word → the word that was searched for")
    total: int | None = Field(default=None, description="Only with include=total")


class OtherName(_Answer):
    """Another name the provider goes, or went, by."""

    name: str
    kind: str
    until: str | None = Field(json_schema_extra={"format": "date"})


class IdentifierOut(_Answer):
    """What another register calls the provider."""

    scheme: str
    value: str


class AddressOut(_Answer):
    """Where post arrives; only town and district where the address is not public."""

    lines: list[str]
    town: str | None
    postcode: str | None
    postcode_district: str | None


class LocationOut(_Answer):
    """A point, and how exact it is."""

    easting: int = Field(description="Metres, British National Grid")
    northing: int = Field(description="Metres, British National Grid")
    precision: str
    latitude: float = Field(description="Degrees, WGS 84")
    longitude: float = Field(description="Degrees, WGS 84")


class OfferOut(_Answer):
    """A programme at a site."""

    programme: str
    ages: AgesOut
    key_stages: list[int]
    needs: list[Need]
    hours_per_week: float | None = Field(description="Most hours for one pupil in a usual week")


class SiteOut(_Answer):
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


class ProviderRecord(_Answer):
    """Everything public about one provider. A listing is not clearance for a particular child."""

    number: str
    name: str
    other_names: list[OtherName]
    identifiers: list[IdentifierOut]
    status: StatusOut
    sites: list[SiteOut]
    register_: RegisterState = Field(alias="register", description="The entry that published this")
    links: SelfLink
