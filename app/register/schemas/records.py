"""What is public of one provider, as the register answers it."""

from enum import StrEnum

from pydantic import Field

from app.inspections.terms import Outcome
from app.providers.record_terms import Availability
from app.providers.standing import EvidenceResult
from app.providers.terms import Basis, Need, PublicReason, Scheme, SeenHow, Status
from app.register.schemas.answer import Answer, WrittenDay, WrittenMoment
from app.register.schemas.inspected import SiteInspectionOut


class PublicStatus(StrEnum):
    """The statuses the public sees."""

    LISTED = Status.LISTED
    LISTED_WITH_ACTIONS = Status.LISTED_WITH_ACTIONS
    UNDER_REVIEW = Status.UNDER_REVIEW
    SUSPENDED = Status.SUSPENDED
    REMOVED = Status.REMOVED
    CLOSED = Status.CLOSED


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
    since: WrittenDay = Field(examples=["2026-09-01"])


class SelfLink(Answer):
    """Where this can be read by itself."""

    self: str = Field(examples=["/v1/providers/AP000001U"])


class RegisterState(Answer):
    """Which state of the register an answer shows."""

    entry: int = Field(description="The newest entry's number; 0 for an empty register")
    recorded_at: WrittenMoment | None


class OtherName(Answer):
    """Another name the provider goes, or went, by."""

    name: str
    kind: str
    until: WrittenDay | None


class IdentifierOut(Answer):
    """What another register calls the provider."""

    scheme: Scheme
    value: str
    verified_on: WrittenDay | None = Field(
        description="When somebody other than the provider last found it to be right",
    )


class EvidenceOut(Answer):
    """Whether what the standards cannot do without is in date, as far as it was handed in."""

    status: EvidenceResult
    since: WrittenDay | None = Field(description="Of what is out of date: its first day")
    grace_until: WrittenDay | None = Field(
        description="The last day before a listing is looked into because of it",
    )


class ContactOut(Answer):
    """How to reach the provider, once it consents to that being public."""

    website: str | None
    email: str | None
    phone: str | None


class NextSite(Answer):
    """Where a site will stand, if it stands otherwise than now."""

    reference: int
    status: PublicStatus
    evidence: EvidenceResult | None
    outcome: Outcome | None


class Next(Answer):
    """What the record will say by itself, on the next day on which time changes it."""

    on: WrittenDay
    status: PublicStatus
    evidence: EvidenceResult | None
    outcome: Outcome | None
    sites: list[NextSite] = Field(description="Those that will stand otherwise than now")


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


class SessionOut(Answer):
    """A time of the usual week at which it is offered, in London time."""

    day: int = Field(description="1 is Monday")
    from_: str = Field(alias="from", examples=["09:30"])
    to: str = Field(examples=["12:00"])


class GroupOut(Answer):
    """Smallest and largest group, in pupils."""

    from_: int | None = Field(alias="from")
    to: int | None


class PricesOut(Answer):
    """What a place costs for one pupil, in pence."""

    hour: int | None
    half_day: int | None
    day: int | None
    week: int | None


class AvailabilityOut(Answer):
    """Whether there are places: the provider's own word, never counted from placements."""

    band: Availability
    confirmed_on: WrittenDay


class OfferOut(Answer):
    """A programme at a site."""

    programme: str
    ages: AgesOut
    key_stages: list[int]
    needs: list[Need]
    sessions: list[SessionOut]
    hours_per_week: float | None = Field(description="Most hours for one pupil in a usual week")
    group: GroupOut | None
    prices: PricesOut
    availability: AvailabilityOut | None
    ends_on: WrittenDay | None = Field(description="The first day it will not be offered")


class AnnouncedOut(Answer):
    """What was decided for a later day."""

    status: PublicStatus
    from_: WrittenDay = Field(alias="from")
    reason: PublicReason | None


class ScopeOut(Answer):
    """What a listing covers: what was seen. An empty list names no limit."""

    ages: AgesOut | None
    key_stages: list[int]
    needs: list[Need]
    programmes: list[str]


class ListingOut(Answer):
    """Where a site stands with the register, and on what ground."""

    status: PublicStatus
    since: WrittenDay
    reason: PublicReason | None = Field(description="Of a closed list; nothing about a person")
    announced: AnnouncedOut | None
    listed_on: WrittenDay = Field(description="Its first day on the register")
    basis: Basis = Field(
        description="`application`: assessed. `transition`: from a local authority's recent check, "
        "under the published policy. `conversion`, `operator`: from before there were applications."
    )
    scope: ScopeOut
    seen_on: WrittenDay | None
    seen_how: SeenHow | None
    standards: str | None = Field(description="The version it is held against")
    decided_by: LocalAuthorityOut
    review_due_on: WrittenDay | None


class SiteOut(Answer):
    """One place, or way, at which the provider works."""

    reference: int
    name: str
    kind: str
    run_by: str | None = Field(description="Who runs it, where that is not the provider")
    address: AddressOut
    local_authority: LocalAuthorityOut
    location: LocationOut | None
    opened_on: WrittenDay | None
    closes_on: WrittenDay | None = Field(description="It is open until then")
    closed_on: WrittenDay | None = Field(description="The first day it was shut")
    listing: ListingOut | None = Field(description="Null: this site is not, and was not, listed")
    evidence: EvidenceOut | None = Field(description="Of a site on the register")
    inspection: SiteInspectionOut | None = Field(
        description="Null: it never was on the register, and no inspection of it is published"
    )
    offers: list[OfferOut]


class ProviderRecord(Answer):
    """Everything public about one provider. A listing is not clearance for a particular child."""

    number: str
    name: str
    other_names: list[OtherName]
    identifiers: list[IdentifierOut]
    status: StatusOut = Field(description="As the best of its sites' listings")
    evidence: EvidenceOut | None = Field(description="Of all its sites on the register together")
    outcome: Outcome | None = Field(description="As the worst of its sites on the register")
    confirmed_on: WrittenDay | None = Field(
        description="When the provider last confirmed that all of this is right",
    )
    contact: ContactOut | None
    predecessors: list[str] = Field(description="Numbers of providers it goes on from")
    successors: list[str] = Field(description="Numbers of providers that go on from it")
    merged_into: str | None = Field(description="Number of the record that goes on for both")
    valid_until: WrittenDay | None = Field(
        description="The last London day on which this holds by itself; null: until somebody acts",
    )
    next: Next | None
    sites: list[SiteOut]
    register_: RegisterState = Field(alias="register", description="The entry that published this")
    links: SelfLink
