"""What is asked of funding: arrangements, amendments, signatures, disputes."""

import uuid
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.funding.terms import BudgetLine, FundingKind, RecoveryBasis, Settlement
from app.providers.schemas.stating import Day, Line, Prose, Stated, Whole
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import COUNTED_A_WEEK, WHOLE, PriceUnit
from app.rules.funding.facts import SchoolKind

MOST_PENCE = 100_000_000
MOST_PAYERS = 10

Pence = Annotated[Whole, Field(ge=0, le=MOST_PENCE)]
PayerNumber = Annotated[Whole, Field(ge=1, le=MOST_PAYERS)]


class NewPayer(Stated):
    """One who pays; the first of them pays the provider first."""

    capacity: Capacity = Field(description="As what they pay.")
    organisation: uuid.UUID | None = Field(None, description="Its id, as `GET /v1/organisations`.")
    name: Line | None = Field(
        None, description="Of a health body, a parent or another who is no organisation here."
    )
    share_basis_points: Annotated[Whole, Field(ge=0, le=WHOLE)] | None = Field(
        None, description="Of 10,000. State shares of all payers, or amounts of all."
    )
    amount_pence: Pence | None = None
    budget_line: BudgetLine | None = None
    order_number: Line | None = Field(None, description="For the provider's invoice.")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.organisation is None) == (self.name is None):
            message = "Name the payer's organisation by its id, or give a name; not both."
            raise ValueError(message)
        if (self.share_basis_points is None) == (self.amount_pence is None):
            message = "State the payer's share or its amount; not both."
            raise ValueError(message)
        return self


class NewRecovery(Stated):
    """Money that is got back from an organisation."""

    basis: RecoveryBasis
    from_organisation: uuid.UUID
    since: Day
    until: Day
    amount_pence: Pence | None = Field(None, description="Leave it out where it is computed.")
    year_pence: Pence | None = Field(
        None, description="A: what the formula gives for such a pupil in a year."
    )
    weeks: Annotated[Whole, Field(ge=0, le=52)] | None = Field(
        None, description="B: complete weeks left in the funding period."
    )
    order_pence: Pence = Field(0, description="C: what a financial adjustment order adds.")
    school_kind: SchoolKind | None = None

    @model_validator(mode="after")
    def _computed_or_stated(self) -> Self:
        if self.until < self.since:
            message = "It ends before it starts. Check both days."
            raise ValueError(message)
        computed = self.basis in {RecoveryBasis.EXCLUSION_FORMULA, RecoveryBasis.AWPU_PRO_RATA}
        figures = self.year_pence is not None and self.weeks is not None
        if computed != figures or computed == (self.amount_pence is not None):
            message = (
                "By the formula, or pro rata, state `year_pence` and `weeks` and no amount; "
                "on another basis the amount alone."
            )
            raise ValueError(message)
        return self


class FundingTermsStated(Stated):
    """What is agreed: days, price, who pays which part."""

    since: Day
    until: Day = Field(description="The last day; agree on more days by an amendment.")
    unit: PriceUnit
    price_pence: Pence = Field(description="Of one unit.")
    units_a_week: Annotated[Decimal, Field(gt=0, le=168, decimal_places=2)] | None = Field(
        None, description="How many hours, half days or days a week."
    )
    times: Annotated[Whole, Field(ge=1, le=520)] = Field(
        1, description="For how many weeks; by the term, how many terms; once for a place."
    )
    vat_note: Line | None = None
    payers: Annotated[list[NewPayer], Field(min_length=1, max_length=MOST_PAYERS)]
    recoveries: Annotated[list[NewRecovery], Field(max_length=10)] = Field([])
    override_reason: Prose | None = Field(
        None,
        description="Why somebody pays first whom the matrix of routes does not allow; a second "
        "person confirms it. It is kept encrypted.",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.until < self.since:
            message = "The arrangement ends before it starts. Check both days."
            raise ValueError(message)
        if (self.units_a_week is not None) != (self.unit in COUNTED_A_WEEK):
            message = "Say how many hours, half days or days a week; of other units leave it out."
            raise ValueError(message)
        if self.unit is PriceUnit.PLACE and self.times != 1:
            message = "A place is bought once. Leave `times` out."
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _nobody_twice(self) -> Self:
        named = [(one.capacity, one.organisation or one.name) for one in self.payers]
        if len(set(named)) < len(named):
            message = "A payer stands there twice in one capacity. Add the two shares up."
            raise ValueError(message)
        if len({one.amount_pence is None for one in self.payers}) > 1:
            message = "State shares of all payers, or amounts of all."
            raise ValueError(message)
        return self


class NewArrangement(FundingTermsStated):
    """Who pays for a placement on some days."""

    kind: FundingKind = FundingKind.EDUCATION


class FundingAmendment(FundingTermsStated):
    """Other terms. What others signed is void where the money differs; the old stays readable."""

    why: Line = Field(description="Why they are amended; name no child.")


class NewSignature(Stated):
    """That you agree, for a payer, to the amounts you read."""

    payer: PayerNumber
    terms: Annotated[Whole, Field(ge=1)] = Field(description="The number of the terms you read.")
    signed_name: Line | None = Field(
        None, description="Of a payer that is no organisation here: who agreed."
    )
    signed_on: Day | None = Field(None, description="Of such a payer: on which day.")


class NewDispute(Stated):
    """Why a payer says it need not pay. It holds no start up; the duty holder pays meanwhile."""

    payer: PayerNumber
    reason: Prose = Field(description="It is kept encrypted.")


class DisputeSettlement(Stated):
    """How a dispute ended."""

    how: Settlement
    decided_by: Line | None = Field(None, description="Who decided, and what they are.")
    reasons: Prose = Field(description="What was agreed or decided, and why; kept encrypted.")

    @model_validator(mode="after")
    def _decided_by_somebody(self) -> Self:
        if (self.how is Settlement.DECISION) != (self.decided_by is not None):
            message = "Name who decided where it was decided, and nobody where it was agreed."
            raise ValueError(message)
        return self
