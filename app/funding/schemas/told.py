"""What is told of funding."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from app.calculators.schemas.stated import RuleCited
from app.funding.terms import (
    BudgetLine,
    FundingKind,
    FundingState,
    InterimReason,
    RecoveryBasis,
    Settlement,
)
from app.occupancy.terms import Weekday
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Told
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import PriceUnit
from app.rules.funding.rows import Party, Route


class FundingSignatureOut(Told):
    """Who agreed for a payer, and when."""

    signed_name: str
    signed_on: date


class Successor(Told):
    """Who followed an organisation that closed, where that is known."""

    id: uuid.UUID
    name: str


class PayerClosed(Told):
    """That a payer has closed, and who may pay in its place."""

    closed_on: date | None
    successors: list[Successor]


class FundingPayerOut(Told):
    """One who pays."""

    number: int
    capacity: Capacity
    organisation: uuid.UUID | None
    name: str
    share_basis_points: int | None
    amount_pence: int
    order_number: str | None
    budget_line: BudgetLine | None = Field(description="`null` where it is not yours to know.")
    signature: FundingSignatureOut | None = Field(description="`null`: missing.")
    closed: PayerClosed | None


class FundingRecoveryOut(Told):
    """Money that is got back from an organisation."""

    basis: RecoveryBasis
    from_organisation: uuid.UUID
    from_name: str
    amount_pence: int
    formula: str | None
    rule: str = Field(description="Its code; `GET /v1/rules` says what it asks.")
    since: date
    until: date


class FundingOverrideOut(Told):
    """Why somebody pays first whom the matrix does not allow, and on what authority two decide."""

    reason: str | None = Field(description="`null` once the child's record is erased.")
    proposed_by: str
    confirmed_by: str | None
    confirmed_at: datetime | None
    rule: RuleCited


class FundingDisputeOut(Told):
    """A dispute about who pays, on its own clock."""

    id: uuid.UUID
    payer: int = Field(description="Its number in the terms that are disputed.")
    terms: int
    name: str
    reason: str | None = Field(description="`null` once the child's record is erased.")
    opened_by: str
    opened_at: datetime
    due_on: date
    days_left: int = Field(description="Less than none: overdue.")
    settlement: Settlement | None
    settled_at: datetime | None
    decided_by: str | None
    settlement_reasons: str | None


class InterimPayerOut(Told):
    """Who pays meanwhile because the duty is theirs, without prejudice."""

    party: Party
    organisation: uuid.UUID | None
    name: str | None = Field(description="`null` where it is not known which organisation that is.")
    rule: RuleCited = Field(description="The enactment by which the education is owed.")
    because: InterimReason
    without_prejudice: bool
    since: date
    until: date | None


class FirstPayerByLaw(Told):
    """Who pays first by the matrix of routes."""

    party: Party
    organisation: uuid.UUID | None
    name: str | None = Field(description="`null` where the child's record names none.")
    says: str
    rule: RuleCited
    owed_by: RuleCited | None = Field(
        description="The enactment by which the education is owed; `null` where it may be chosen."
    )
    recoveries: list[str] = Field(description="What may be got back or moved.")


class FundingTermsOut(Told):
    """Terms as they were agreed; the former stay readable."""

    number: int
    since: date
    until: date
    unit: PriceUnit
    price_pence: int
    units_a_week: Decimal | None
    times: int
    estimate_pence: int
    vat_note: str | None
    why: str | None = Field(description="Of an amendment.")
    written_by: str
    written_at: datetime
    payers: list[FundingPayerOut]
    recoveries: list[FundingRecoveryOut]
    signatures_void: bool = Field(
        description="They were signed and are void since: other amounts followed."
    )


class FundedPlacement(Told):
    """What is paid for: of the child no more than the commissioner's own reference."""

    id: uuid.UUID
    commissioner: str
    reference: str
    child_reference: str | None
    provider: str
    provider_name: str
    site: int
    route: Route
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    weekly_minutes: int
    days: list[Weekday]


class FundingArrangementOut(Told):
    """Who pays for a placement on some days. Its `ETag` names the version."""

    id: uuid.UUID
    placement: FundedPlacement
    kind: FundingKind
    state: FundingState
    hours_changed_on: date | None = Field(
        description="The timetable changed from this day; amend the arrangement, or confirm it by "
        "an amendment with the same amounts."
    )
    agreed_at: datetime | None
    terms: FundingTermsOut
    former_terms: list[FundingTermsOut] = Field(description="The newest first.")
    missing_signatures: list[int] = Field(description="Numbers of payers that have yet to sign.")
    override: FundingOverrideOut | None
    disputes: list[FundingDisputeOut] = Field(description="The newest first.")
    interim_payer: InterimPayerOut | None
    version: int


class FundingGap(Told):
    """Days that nobody pays for, or that are paid for outside the placement."""

    kind: FundingKind
    since: date
    until: date | None = Field(description="The last day; `null`: without an end.")


class PlacementFunding(Told):
    """Everything of who pays for a placement."""

    placement: uuid.UUID
    first_payer_by_law: FirstPayerByLaw
    arrangements: list[FundingArrangementOut] = Field(description="The latest days first.")
    gaps: list[FundingGap] = Field(description="Days of the placement that nobody pays for.")
    outside: list[FundingGap] = Field(description="Days paid for outside the placement.")


class FundingListItem(Told):
    """An arrangement in a list."""

    id: uuid.UUID
    placement: FundedPlacement
    kind: FundingKind
    since: date
    until: date
    estimate_pence: int
    own_amount_pence: int | None = Field(description="Of your organisation; `null`: it pays none.")
    to_sign: bool = Field(description="Your organisation has yet to sign.")
    disputed: bool
    hours_changed_on: date | None
    agreed_at: datetime | None


class FundingList(Told):
    """Arrangements that concern you, the newest first."""

    items: list[FundingListItem]
    links: PageLinks


class UnfundedPlacement(Told):
    """A placement with days that nobody pays for."""

    id: uuid.UUID
    placement: FundedPlacement
    gaps: list[FundingGap]


class UnfundedList(Told):
    """Placements with days that nobody pays for, the newest first."""

    items: list[UnfundedPlacement]
    links: PageLinks


class Invoiced(Told):
    """Whom a provider invoices for which part."""

    name: str
    amount_pence: int
    order_number: str | None


class AgreedPrice(Told):
    """What a provider is paid for a placement at its sites."""

    id: uuid.UUID
    placement: str = Field(description="The commissioner's own reference.")
    commissioner: str
    site: int
    kind: FundingKind
    since: date
    until: date
    unit: PriceUnit
    price_pence: int
    units_a_week: Decimal | None
    times: int
    estimate_pence: int
    vat_note: str | None
    agreed: bool = Field(description="Every payer has signed.")
    invoice: list[Invoiced]
    meanwhile: str | None = Field(
        description="Who is invoiced for the whole until every payer has signed and none disputes."
    )


class AgreedPriceList(Told):
    """Prices agreed for placements at a provider's sites, the newest first."""

    items: list[AgreedPrice]
    links: PageLinks
