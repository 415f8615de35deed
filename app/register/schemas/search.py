"""What callers may ask of the register, and what a search answers."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.providers.standing import EvidenceResult
from app.providers.terms import OLDEST, YOUNGEST, Need
from app.register.schemas.records import (
    AgesOut,
    Answer,
    LocalAuthorityOut,
    PublicStatus,
    RegisterState,
    SelfLink,
    StatusOut,
)

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
    evidence: tuple[EvidenceResult, ...] = Field(
        default=(),
        description="Any of these: whether what a site shows for the critical criteria is current. "
        "Only sites on the register are asked for it.",
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
    local_authorities: list[LocalAuthorityOut] = Field(description="Where those sites lie")
    towns: list[str]
    programmes: list[str]
    ages: AgesOut | None
    key_stages: list[int]
    needs: list[Need]
    site_count: int
    links: SelfLink


class SiteSummary(Answer):
    """The site that matched."""

    reference: int
    name: str
    kind: str
    town: str | None
    postcode: str | None = Field(description="Or its first half, where the address is not public")
    local_authority: LocalAuthorityOut
    status: StatusOut = Field(description="Where this site stands")


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
        description="What fitted: name, other-name, programme, town, near, la, age, need, evidence"
    )


class SearchState(RegisterState):
    """The same, for an answer that may be one page of several."""

    moved_since_first_page: bool = Field(
        description="True when something was published after the first page was answered"
    )


class PageLinks(Answer):
    """This page and the next."""

    self: str
    next: str | None


class Near(Answer):
    """Where distances are measured from."""

    label: str
    precision: str = Field(
        description="postcode; or postcode-district or postcode-area when only that is known"
    )


class SearchAnswer(Answer):
    """One page of a search."""

    items: list[Hit]
    links: PageLinks
    register_: SearchState = Field(alias="register")
    near: Near | None
    corrections: dict[str, str] = Field(description="Typed word → the word that was searched for")
    total: int | None = Field(default=None, description="Only with include=total")
