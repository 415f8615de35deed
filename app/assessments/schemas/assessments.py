"""What is asked and told of assessments as a whole."""

import uuid
from datetime import date, datetime

from pydantic import Field

from app.assessments.schemas.options import OptionOut
from app.assessments.schemas.steps import AnyStep
from app.assessments.terms import AssessmentState, WithdrawalReason
from app.calculators.schemas.paying import WarnedOut
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.children.schemas import OwnReference
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Stated, Told
from app.rules.funding.rows import Party, Route
from app.rules.suitability.findings import Kind
from app.rules.suitability.steps import Step


class NewAssessment(Stated):
    """An assessment of a place for a child. Sent again under its reference, nothing is added."""

    reference: OwnReference = Field(description="Your own system's; unique among your assessments.")
    child: uuid.UUID
    route: Route
    starts_on: Day = Field(description="The first day of the place, as it is meant to be.")


class AssessmentWithdrawal(Stated):
    """Why an assessment is not gone on with."""

    reason: WithdrawalReason


class Finding(Told):
    """What an assessment lacks, or what stands against it, and on what authority."""

    code: str = Field(description="`step.matter`; a decision that departs from it names it.")
    kind: Kind
    because: str
    rule: RuleCited
    may_be_overridden: bool = Field(
        description="False where a statute asks it, or it is what the decision is about: a setting "
        "that is chosen, with a week."
    )


class StepOut(Told):
    """A step: what it asks, whether it is done, what somebody said in it and when."""

    step: Step
    code: str = Field(description="W1 to W13.")
    asks: str
    done: bool
    found: list[Finding]
    said: AnyStep | None
    said_by: str | None
    said_at: datetime | None
    told_by_notice: dict[str, date] = Field(
        default_factory=dict,
        description="Of W4: who was told by a notice that was sent, and on which day.",
    )


class PayerTold(Told):
    """Who pays first on the route, on what authority, and out of which money."""

    first_payer: Party
    because: str
    budget: str
    rule: RuleCited
    estimate_pence: int | None = Field(description="Of the place; travel and meals apart.")


class AssessmentBrief(Told):
    """An assessment in a list."""

    id: uuid.UUID
    reference: str
    commissioner: str
    child: uuid.UUID
    route: Route
    state: AssessmentState
    starts_on: date
    ends_on: date | None
    recorded_at: datetime
    version: int


class AssessmentOut(AssessmentBrief):
    """An assessment: what is done, missing and blocking, and what comes next. `ETag`: its version.

    Once it is decided, what was shown then is `…/decision`.
    """

    requested_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: WithdrawalReason | None
    erased_on: date | None = Field(description="When the child's record was; nothing is left then.")
    next: Step | None = Field(description="Null once it is decided or withdrawn.")
    eased: RuleReason | None = Field(description="Why less is asked, where little is at stake.")
    steps: list[StepOut]
    options: list[OptionOut] = Field(description="Side by side, the oldest first.")
    who_pays: PayerTold
    warnings: list[WarnedOut] = Field(description="What rules to come would mean; none blocks.")


class AssessmentList(Told):
    """Assessments, the newest first."""

    items: list[AssessmentBrief]
    links: PageLinks
