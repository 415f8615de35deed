"""What is asked and told of applications and listings over HTTP."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.providers.readiness import BlockBasis, Stage
from app.providers.terms import (
    KEY_STAGES,
    OLDEST,
    YOUNGEST,
    Basis,
    ListingState,
    Need,
    PublicReason,
    SeenHow,
)

_PLAIN = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Number = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9]{1,20}$")]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=_PLAIN),
]
Programme = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PLAIN)
]
Age = Annotated[int, Field(strict=True, ge=YOUNGEST, le=OLDEST)]
KeyStage = Annotated[int, Field(strict=True, ge=min(KEY_STAGES), le=max(KEY_STAGES))]
Day = Annotated[date, Field(ge=date(2020, 1, 1), le=date(2100, 1, 1))]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(_Stated):
    """What is applied for, or was seen; what is left out narrows nothing."""

    age_from: Age | None = None
    age_to: Age | None = None
    key_stages: tuple[KeyStage, ...] = Field(default=(), max_length=len(KEY_STAGES))
    needs: tuple[Need, ...] = Field(default=(), max_length=len(Need))
    programmes: tuple[Programme, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            message = "the oldest age is below the youngest"
            raise ValueError(message)
        return self

    def columns(self) -> dict[str, Any]:
        """Return the columns of a listing that this fixes."""
        return {
            "age_from": self.age_from,
            "age_to": self.age_to,
            "key_stages": sorted(set(self.key_stages)),
            "needs": sorted({need.value for need in self.needs}),
            "programmes": sorted(set(self.programmes)),
        }


class NewApplication(_Stated):
    """For which site of which provider somebody applies, and what for."""

    provider_number: Number = Field(examples=["AP000017B"])
    site_reference: int = Field(strict=True, ge=1, le=32_767, description="Within the provider.")
    scope: Scope = Scope()


class ApplicationChange(_Stated):
    """What a draft applies for; it takes the place of what it said before."""

    scope: Scope


class Reasoned(_Stated):
    """Why."""

    reason: Words = Field(description="In full; never public.")


class Closure(Reasoned):
    """Why, and from when, a provider leaves the register with a site."""

    effective_on: Day | None = Field(
        default=None, description="The first day it is closed: today, or later."
    )


class Protection(Reasoned):
    """Why a listing is put under review, or suspended, at once."""

    public_reason: PublicReason = PublicReason.BEING_LOOKED_INTO


class NewQuestion(_Stated):
    """What an assessor asks of the applicant."""

    question: Words


class NewAnswer(_Stated):
    """What the applicant answers."""

    answer: Words


class NewProposal(Reasoned):
    """A move that another officer must confirm."""

    to_state: ListingState
    effective_on: Day = Field(description="The day from which it is to hold; it may be to come.")
    public_reason: PublicReason | None = Field(
        default=None, description="Needed wherever the move is public."
    )
    scope: Scope | None = Field(default=None, description="What was seen, where that changes.")
    seen_on: Day | None = Field(default=None, description="When somebody looked.")
    seen_how: SeenHow | None = None
    review_due_on: Day | None = Field(default=None, description="When it is looked at again.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.seen_on is None) != (self.seen_how is None):
            message = "say both when it was seen and how, or neither"
            raise ValueError(message)
        if self.public_reason is None and self.to_state not in {
            ListingState.REFUSED,
            ListingState.IN_ASSESSMENT,
        }:
            message = "the move is public, so give a public_reason of the list"
            raise ValueError(message)
        return self

    def columns(self) -> dict[str, Any]:
        """Return the columns of a listing that this fixes."""
        found = self.scope.columns() if self.scope is not None else {}
        if self.seen_on is not None and self.seen_how is not None:
            found |= {"seen_on": self.seen_on, "seen_how": self.seen_how.value}
        if self.review_due_on is not None:
            found["review_due_on"] = self.review_due_on
        return found


class NewTransition(_Stated):
    """Whose recent local checks are to list them."""

    provider_numbers: tuple[Number, ...] = Field(min_length=1, max_length=100)


class Confirmations(_Stated):
    """Which proposals a second officer confirms, each by itself."""

    proposal_ids: tuple[uuid.UUID, ...] = Field(min_length=1, max_length=100)


class ProviderNamed(BaseModel):
    """Whose listing it is."""

    number: str
    name: str
    status: str


class SiteNamed(BaseModel):
    """Which site it is for."""

    reference: int
    name: str
    kind: str


class Announced(BaseModel):
    """What was decided for a later day."""

    state: ListingState
    effective_on: date


class ListingRecord(BaseModel):
    """A listing: where it stands, and what it covers."""

    id: uuid.UUID
    provider: ProviderNamed
    site: SiteNamed
    la_code: str = Field(description="The local authority that decides: DfE code.")
    basis: Basis
    state: ListingState
    since: date
    announced: Announced | None
    listed_on: date | None = Field(description="Its first day on the register.")
    scope: Scope
    seen_on: date | None
    seen_how: SeenHow | None
    review_due_on: date | None
    standards_version_id: uuid.UUID | None
    submitted_at: datetime | None
    begun_at: datetime


class ItemOut(BaseModel):
    """One thing that an application needs."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    done: bool
    blocks: Stage = Field(description="Before what it must be done.")
    basis: BlockBasis = Field(description="What the block rests on; only statute has no override.")
    detail: str
    cure: str | None
    pointer: str | None


class QuestionOut(BaseModel):
    """What was asked of an applicant, and what was answered."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    question: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


class ApplicationRecord(ListingRecord):
    """An application: what is done, what is missing, what is asked."""

    readiness: list[ItemOut]
    questions: list[QuestionOut]


class MoveOut(BaseModel):
    """One move of a listing.

    Its owner is told who of its own people acted and why; of an authority, why it decided, and not
    who; why it protected at once is told by the authority itself.
    """

    from_state: ListingState | None
    to_state: ListingState
    effective_on: date
    public_reason: PublicReason | None
    reason: str | None
    made_by: str = Field(description="owner, authority, operator or system")
    names: list[str]
    recorded_at: datetime


class MoveList(BaseModel):
    """Every move of a listing, oldest first."""

    items: list[MoveOut]


class ProposalRecord(BaseModel):
    """A move that one officer proposed, and what became of it; not for the owner."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    listing_id: uuid.UUID
    to_state: ListingState
    effective_on: date
    reason: str
    public_reason: PublicReason | None
    proposed_by: uuid.UUID
    proposed_by_name: str
    proposed_at: datetime
    outcome: str | None
    settled_by_name: str | None
    settled_at: datetime | None
    settled_reason: str | None


class ProposalList(BaseModel):
    """The proposals on a listing, newest first."""

    items: list[ProposalRecord]


class ListingLinks(BaseModel):
    """Where this page and the next are."""

    self: str
    next: str | None


class ListingSummary(ListingRecord):
    """A listing in a queue."""

    waiting_since: datetime


class ListingList(BaseModel):
    """A page of a queue: whoever waited longest comes first."""

    items: list[ListingSummary]
    links: ListingLinks


class OutcomeOf(BaseModel):
    """What became of one of many."""

    id: str
    done: bool
    listing_id: uuid.UUID | None = None
    proposal_ids: list[uuid.UUID] = []
    problem: str | None = Field(default=None, description="The slug of what stood in the way.")
    detail: str | None = None


class OutcomeList(BaseModel):
    """What became of each, in the order asked."""

    items: list[OutcomeOf]
