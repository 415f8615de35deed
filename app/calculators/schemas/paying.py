"""Who pays: a situation in facts that name nobody, and the row of the matrix it leads to."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.calculators.schemas.stated import Asked, Day, RuleCited, RuleReason, Told, YesOrNo
from app.rules.attendance.codes import Code
from app.rules.funding.facts import Arranger, Exclusion, PlacementPurpose, SchoolKind
from app.rules.funding.rows import Party, Route
from app.rules.stated import Provenance

MOST_DAYS, MOST_WEEKS, MOST_PENCE = 400, 52, 100_000_000_00

Days = Annotated[int, Field(ge=0, le=MOST_DAYS, strict=True)]
Pence = Annotated[int, Field(ge=0, le=MOST_PENCE, strict=True)]


class SituationAsked(Asked):
    """A child's situation, as far as it is known; null where nobody has said."""

    on_roll: YesOrNo | None = Field(default=None, description="On a school's roll.")
    school_kind: SchoolKind | None = None
    arranged_by: Arranger | None = Field(default=None, description="Who means to arrange it.")
    purpose: PlacementPurpose | None = None
    exclusion: Exclusion = Exclusion.NONE
    exclusion_days: Days | None = Field(
        default=None, description="School days of a suspension, consecutive ones in all."
    )
    exclusion_day: Days | None = Field(
        default=None, description="On which of its school days the place begins, from one."
    )
    school_days_missed: Days | None = Field(
        default=None, description="For health in the school year, or expected to be."
    )
    parent_agrees: YesOrNo | None = None
    has_plan: YesOrNo = Field(default=False, description="An education, health and care plan.")
    plan_secures: YesOrNo = Field(
        default=False, description="The plan names it, or the authority secures it under the plan."
    )
    otherwise_than_at_school: YesOrNo = Field(
        default=False, description="The authority has decided so under section 61."
    )
    looked_after: YesOrNo = False
    registered_at_both: YesOrNo = Field(
        default=False, description="At a main school and at the unit or academy they would attend."
    )
    sent_on: YesOrNo = Field(
        default=False, description="By a registered school for alternative provision."
    )
    part_time_timetable: YesOrNo = False
    of_compulsory_school_age: YesOrNo = True
    leaves_within_six_weeks: YesOrNo = Field(
        default=False, description="They stop being of that age within six weeks."
    )
    examinations_left: YesOrNo = True
    at_own_school: YesOrNo = Field(
        default=False, description="The place is at the school that suspends them."
    )
    arranged_jointly: YesOrNo = Field(default=False, description="With another school.")


class ExclusionMoneyAsked(Asked):
    """What the formula `A x B/52 + C` is computed of."""

    year_pence: Pence = Field(description="A: what the formula gives for such a pupil in a year.")
    weeks_left: Annotated[int, Field(ge=0, le=MOST_WEEKS, strict=True)] | None = Field(
        default=None, description="B: complete weeks left; or give both days instead."
    )
    relevant_day: Day | None = Field(default=None, description="From which weeks are counted.")
    period_ends_on: Day | None = Field(default=None, description="The funding period's last day.")
    order_pence: Pence = Field(default=0, description="C: what a financial adjustment order adds.")

    @model_validator(mode="after")
    def _weeks_are_told_once(self) -> Self:
        days = (self.relevant_day is not None, self.period_ends_on is not None)
        if days not in {(False, False), (True, True)} or (self.weeks_left is None) is not days[0]:
            message = "give weeks_left, or both relevant_day and period_ends_on"
            raise ValueError(message)
        return self


class PlacementAsked(Asked):
    """What rules to come would ask of the placement; null where nobody has said."""

    weeks: Days | None = None
    sessions_a_week: Annotated[int, Field(ge=0, le=14, strict=True)] | None = Field(
        default=None, description="Half days; ten in a full week."
    )
    provider_approved: YesOrNo | None = Field(default=None, description="By a local authority.")


class WhoPaysAsked(Asked):
    """A situation, and the route where it is chosen already."""

    on: Day | None = Field(default=None, description="A day in London; today if not given.")
    route: Route | None = Field(default=None, description="Left out, the facts choose it.")
    situation: SituationAsked = Field(
        default=SituationAsked(),
        examples=[{"on_roll": True, "school_kind": "maintained", "exclusion": "permanent"}],
    )
    exclusion_money: ExclusionMoneyAsked | None = Field(
        default=None, description="Computed for a permanent exclusion."
    )
    placement: PlacementAsked | None = None


class CellOut(Told):
    """What is said on one matter, on what authority, and how that is known."""

    says: str
    provenance: Provenance = Field(description="Of this sentence; its rule's may be better.")
    rule: RuleCited


class RouteOut(Told):
    """A route: whose duty it is, who pays first, and what goes with it."""

    route: Route
    title: str
    alternative_provision: bool = Field(description="Whether it is that in law.")
    commissioner: Party
    duty: CellOut
    first_payer: Party
    payment: CellOut
    budget: CellOut
    recoveries: list[CellOut] = Field(description="What may be moved or got back.")
    roll: CellOut
    codes: list[Code] = Field(description="Of the home school's attendance register.")
    code: CellOut
    starts: CellOut
    reviews: list[CellOut]
    notices: list[CellOut]
    clocks: list[str] = Field(description="To be asked of `POST /v1/rules/clocks`.")


class RecoveryOut(Told):
    """What an excluding school's budget is reduced by."""

    pence: int | None = Field(description="Null where the formula does not apply.")
    weeks: int = Field(description="Complete weeks that were counted.")
    formula: str
    reason: RuleReason


class WarnedOut(Told):
    """What a rule would mean for the placement; while it is not in force it blocks nothing."""

    in_force: bool
    reason: RuleReason


class WhoPaysAnswer(Told):
    """Who commissions and who pays first; or that a person must decide, and why."""

    on: date
    decided: bool = Field(description="False where no route fits: a person must decide.")
    suggested: bool = Field(description="Whether the facts chose the route.")
    reasons: list[RuleReason]
    conflicts: list[RuleReason] = Field(description="What was said that does not go with it.")
    also_possible: list[Route]
    row: RouteOut | None
    besides: list[CellOut] = Field(description="What holds on every route.")
    exclusion_money: RecoveryOut | None
    warnings: list[WarnedOut]
