"""What callers may ask of the register, and what a search answers."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.inspections.terms import Outcome
from app.organisations.schemas.members import PageLinks
from app.providers.record_terms import Availability
from app.providers.standing import EvidenceResult
from app.providers.terms import KEY_STAGES, OLDEST, YOUNGEST, Need
from app.register.schemas.answer import Answer
from app.register.schemas.as_at import AsAt
from app.register.schemas.inspected import SeenOut
from app.register.schemas.records import (
    AgesOut,
    LocalAuthorityOut,
    PublicStatus,
    RegisterState,
    SelfLink,
    StatusOut,
)

DEFAULT_MILES = 10.0
MOST_MILES = 100.0
PAGE, LARGEST_PAGE = 20, 100

KeyStage = Annotated[int, Field(ge=min(KEY_STAGES), le=max(KEY_STAGES))]
Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Sort(StrEnum):
    """How a search is ordered."""

    RELEVANCE = "relevance"
    NAME = "name"
    DISTANCE = "distance"


class Include(StrEnum):
    """What a search adds when asked."""

    TOTAL = "total"
    FACETS = "facets"


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
    key_stage: tuple[KeyStage, ...] = Field(
        default=(), description="Any of these key stages, at one site."
    )
    need: tuple[Need, ...] = Field(
        default=(), description="Types of need, by DfE code, that one site must all offer for."
    )
    offer: Typed | None = Field(
        default=None,
        description="Words of what one site offers; all must occur there.",
        examples=["motor vehicle"],
    )
    places: tuple[Availability, ...] = Field(
        default=(),
        description="Any of these: whether a site has places, by the provider's own word.",
    )
    assessed_after: date | None = Field(
        default=None,
        description="Evidence that counts was seen at a site, by an inspection, on this day or "
        "later; where no inspection of it is published, it was seen for its listing.",
    )
    evidence: tuple[EvidenceResult, ...] = Field(
        default=(),
        description="Any of these: whether what a site shows for the critical criteria is current. "
        "Only sites on the register are asked for it.",
    )
    outcome: tuple[Outcome, ...] = Field(
        default=(), description="Any of these: what follows from a site's published inspections."
    )
    status: tuple[PublicStatus, ...] = Field(
        default=(),
        description="Any of these, the provider and a site that is asked about. Without it: on the "
        "register, not removed or closed.",
    )
    sort: Sort | None = Field(
        default=None, description="`distance` if `near` is given, otherwise `relevance`."
    )
    limit: int = Field(default=PAGE, ge=1, le=LARGEST_PAGE, description="Providers a page.")
    cursor: Annotated[str, StringConstraints(max_length=600)] | None = Field(
        default=None, description="From `links.next` of the page before; not to be made up."
    )
    include: tuple[Include, ...] = Field(
        default=(),
        description="`total`: also count all providers found. `facets`: also count them by status, "
        "authority, key stage, need, evidence, outcome and places; a filter's own counts leave it "
        "out. Both are exact.",
    )
    as_at: AsAt | None = Field(
        default=None,
        description="The register as it stood at the end of this London day, or when this entry "
        "was its newest.",
        examples=["2026-09-30", 1200],
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
        if self.as_at is not None and Include.FACETS in self.include:
            message = "facets are counted for the present register: leave out as_at, or facets"
            raise ValueError(message)
        return self


class ProviderSummary(Answer):
    """A provider as a search shows it.

    Places, ages, needs and programmes are those of its open sites on the register, as far as their
    listings cover them; for a provider with none there, of all open sites.
    """

    number: str = Field(examples=["AP000001U"])
    name: str
    other_names: list[str]
    status: StatusOut
    evidence: EvidenceResult | None
    outcome: Outcome | None = Field(description="As the worst of its sites on the register")
    seen: SeenOut | None = Field(
        description="When evidence that counts was seen at any of those sites: oldest, and newest"
    )
    local_authorities: list[LocalAuthorityOut] = Field(description="Where those sites lie")
    towns: list[str]
    programmes: list[str]
    ages: AgesOut | None
    key_stages: list[int]
    needs: list[Need]
    site_count: int
    links: SelfLink


class PointOut(Answer):
    """A point on the map."""

    latitude: float = Field(description="Degrees, WGS 84")
    longitude: float = Field(description="Degrees, WGS 84")


class SiteSummary(Answer):
    """The site that matched."""

    reference: int
    name: str
    kind: str
    town: str | None
    postcode: str | None = Field(description="Or its first half, where the address is not public")
    local_authority: LocalAuthorityOut
    location: PointOut | None = Field(description="Null where the address is not public")
    status: StatusOut = Field(description="Where this site stands")
    outcome: Outcome | None = Field(description="What follows from its inspections")
    seen: SeenOut | None = Field(description="When evidence that counts was seen there")


class Hit(Answer):
    """One provider found, and why."""

    provider: ProviderSummary
    distance_metres: int | None = Field(
        description="In a straight line to `site`; null if not near"
    )
    site: SiteSummary | None = Field(
        description="The nearest, or first, site that fits the filters"
    )
    matched: list[str] = Field(
        description="What fitted: name, other-name, programme or town, where words were asked; "
        "then the filters, by name"
    )


class SearchState(RegisterState):
    """The same, for an answer that may be one page of several."""

    moved_since_first_page: bool = Field(
        description="True when something was published after the first page was answered"
    )


class Near(Answer):
    """Where distances are measured from."""

    label: str
    precision: str = Field(
        description="postcode; or postcode-district or postcode-area when only that is known"
    )


class Counted(Answer):
    """How many providers the search would find with this value of a filter."""

    value: str
    count: int


class CountedStage(Answer):
    """The same of a key stage."""

    value: int
    count: int


class CountedAuthority(Counted):
    """The same of a local authority, by DfE code."""

    name: str


class FacetsOut(Answer):
    """Values that would find anything, each counted under all other filters.

    A need is counted beside those that are asked for, since all must be met.
    """

    status: list[Counted]
    la: list[CountedAuthority]
    key_stage: list[CountedStage]
    need: list[Counted]
    evidence: list[Counted]
    outcome: list[Counted]
    places: list[Counted]


class SearchAnswer(Answer):
    """One page of a search."""

    items: list[Hit]
    links: PageLinks
    register_: SearchState = Field(alias="register")
    near: Near | None
    corrections: dict[str, str] = Field(description="Typed word → the word that was searched for")
    total: int | None = Field(default=None, description="Only with include=total")
    facets: FacetsOut | None = Field(default=None, description="Only with include=facets")
