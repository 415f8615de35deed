"""What a person says in each step of an assessment. It is encrypted under the child's key."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from app.assessments.terms import Level, PriceUnit, RiskAbout
from app.calculators.schemas.stated import YesOrNo
from app.providers.schemas.stating import Day, Line, Prose, Stated, Whole
from app.providers.terms import Need
from app.rules.funding.facts import Exclusion, PlacementPurpose, SchoolKind
from app.rules.funding.rows import Party
from app.rules.suitability.steps import Consent, SectionF, Step, Told

MOST = 30
SchoolDays = Annotated[Whole, Field(ge=0, le=400)]
Pence = Annotated[Whole, Field(ge=0, le=100_000_000)]


class NeedStated(Stated):
    """W1: why the child needs it, and what their situation is, as far as the route asks."""

    step: Literal[Step.NEED] = Step.NEED
    why: Prose
    purpose: PlacementPurpose
    needs: Annotated[list[Need], Field(max_length=len(Need))] = Field(
        default_factory=list, description="Types of special educational need, as the census has."
    )
    school_kind: SchoolKind | None = None
    exclusion: Exclusion = Exclusion.NONE
    exclusion_days: SchoolDays | None = Field(
        None, description="School days of a suspension, consecutive ones in all."
    )
    exclusion_day: SchoolDays | None = Field(
        None, description="On which of its school days the place begins, from one."
    )
    school_days_missed: SchoolDays | None = Field(
        None, description="For health in the school year, or expected to be."
    )
    plan_secures: YesOrNo = Field(
        False, description="The plan names it, or the authority secures it under the plan."
    )
    otherwise_than_at_school: YesOrNo = Field(
        False, description="The authority has decided so under section 61."
    )
    registered_at_both: YesOrNo = False
    sent_on: YesOrNo = False
    examinations_left: YesOrNo = True
    at_own_school: YesOrNo = Field(
        False, description="The place is at the school that suspends them."
    )
    arranged_jointly: YesOrNo = Field(False, description="With another school.")


class Tried(Stated):
    """Something that was tried before."""

    what: Line
    since: Day | None = None
    came_of_it: Prose


class AlternativesStated(Stated):
    """W2: what was tried before and what else was considered."""

    step: Literal[Step.ALTERNATIVES] = Step.ALTERNATIVES
    tried: Annotated[list[Tried], Field(max_length=MOST)] = Field(default_factory=list)
    none_because: Prose | None = Field(None, description="Why nothing was tried, if nothing was.")
    considered: Prose | None = Field(None, description="Which other ways, and why not those.")
    as_sanction: YesOrNo = Field(
        False, description="Whether it is meant as a punishment or instead of a formal exclusion."
    )


class View(Stated):
    """Somebody's own view; or why it could not be heard."""

    view: Prose | None = Field(None, description="In their own words.")
    heard_on: Day | None = None
    how: Line | None = Field(None, description="In talk, by drawing, through an interpreter …")
    not_heard_because: Prose | None = None

    @model_validator(mode="after")
    def _heard_or_not(self) -> Self:
        heard = self.view is not None and self.heard_on is not None and self.how is not None
        if heard is (self.not_heard_because is not None):
            message = "Say the view, on which day and how it was heard; or why it was not."
            raise ValueError(message)
        return self


class VoicesStated(Stated):
    """W3: the child's and the parent's view, and consent or the power relied on."""

    step: Literal[Step.VOICES] = Step.VOICES
    child: View | None = None
    parent: View | None = None
    consent: Consent = Consent.NOT_ASKED
    power: Line | None = Field(None, description="On which power it rests without consent.")


class Telling(Stated):
    """Who was told, and when."""

    who: Told
    on: Day
    how: Line | None = None


class ToldStated(Stated):
    """W4: who was told before it begins."""

    step: Literal[Step.TOLD] = Step.TOLD
    told: Annotated[list[Telling], Field(max_length=MOST)]


class ShortlistStated(Stated):
    """W5: why there is only one setting to choose from, if there is. Settings are `…/options`."""

    step: Literal[Step.SHORTLIST] = Step.SHORTLIST
    only_one_because: Prose | None = None


class RegistrationStated(Stated):
    """W6: why an amber or incomplete light does not stand against the place."""

    step: Literal[Step.REGISTRATION] = Step.REGISTRATION
    considered: Prose


class NeedMet(Stated):
    """A need, and how it is met; or how the gap is filled."""

    need: Line
    met_by: Prose | None = None
    gap_filled_by: Prose | None = None


class MatchStated(Stated):
    """W9: how the child's needs are met, and what they are taught."""

    step: Literal[Step.MATCH] = Step.MATCH
    needs: Annotated[list[NeedMet], Field(max_length=MOST)] = Field(default_factory=list)
    english: Prose | None = Field(None, description="Where, and towards what.")
    mathematics: Prose | None = Field(None, description="Where, and towards what.")
    further: Prose | None = Field(None, description="Other subjects, examinations, therapies.")
    section_f: SectionF | None = Field(
        None, description="Whether all that section F of a plan specifies is provided."
    )
    section_f_how: Prose | None = None
    full_time: YesOrNo | None = Field(
        None, description="Whether all of the child's education together is."
    )
    part_time_because: Prose | None = None
    part_time_for_health: YesOrNo = False


class RiskWeighed(Stated):
    """A risk, what is done about it, and how grave it then is."""

    about: RiskAbout
    what: Prose
    level: Level
    done_about_it: Prose | None = None
    then: Level


class Agreed(Stated):
    """Who agreed, and when."""

    name: Line
    post: Line
    on: Day


class RiskStated(Stated):
    """W10: risks, and the agreement of both sides."""

    step: Literal[Step.RISK] = Step.RISK
    risks: Annotated[list[RiskWeighed], Field(max_length=MOST)]
    we_agree: Agreed | None = None
    provider_agrees: Agreed | None = None


class Objective(Stated):
    """What is to be reached, and how that is measured."""

    what: Prose
    measured_by: Line


class PlanStated(Stated):
    """W11: objectives, days, reviews and the way back."""

    step: Literal[Step.PLAN] = Step.PLAN
    objectives: Annotated[list[Objective], Field(max_length=MOST)]
    starts_on: Day
    ends_on: Day | None = None
    first_review_on: Day | None = None
    steps_back: Annotated[list[Line], Field(max_length=MOST)] = Field(
        default_factory=list, description="Back to school, or on to what comes next."
    )

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            message = "The place ends before it starts. Check both days."
            raise ValueError(message)
        if self.first_review_on is not None and self.first_review_on < self.starts_on:
            message = "It is reviewed before it starts. Check both days."
            raise ValueError(message)
        return self


class BesidesPaid(Stated):
    """Who pays for travel or meals, and how much in all; nothing to pay is 0 pence."""

    payer: Party
    pence: Pence


class MoneyStated(Stated):
    """W12: who pays first, how much, and whether it is worth it."""

    step: Literal[Step.MONEY] = Step.MONEY
    payer: Party
    other_payer_because: Prose | None = Field(
        None, description="Why it is not who pays first on this route."
    )
    price_pence: Pence | None = None
    unit: PriceUnit | None = None
    units_a_week: Annotated[Whole, Field(ge=1, le=168)] | None = Field(
        None, description="Leave it out where the price is for a term or the whole place."
    )
    weeks: Annotated[Whole, Field(ge=1, le=260)] | None = Field(
        None, description="For how many weeks, or terms; leave it out for the whole place."
    )
    travel: BesidesPaid | None = None
    meals: BesidesPaid | None = None
    value: Prose | None = Field(None, description="Why it is worth what it costs.")

    @property
    def estimate_pence(self) -> int | None:
        """What the place costs in all, travel and meals apart; `None` while it is not priced."""
        if self.price_pence is None or self.unit is None:
            return None
        if self.unit is PriceUnit.PLACE:
            return self.price_pence
        if self.weeks is None or (self.unit is not PriceUnit.TERM and self.units_a_week is None):
            return None
        return self.price_pence * self.weeks * (self.units_a_week or 1)


StepStated = (
    NeedStated
    | AlternativesStated
    | VoicesStated
    | ToldStated
    | ShortlistStated
    | RegistrationStated
    | MatchStated
    | RiskStated
    | PlanStated
    | MoneyStated
)
AnyStep = Annotated[StepStated, Field(discriminator="step")]

MODELS: dict[Step, type[StepStated]] = {
    Step.NEED: NeedStated,
    Step.ALTERNATIVES: AlternativesStated,
    Step.VOICES: VoicesStated,
    Step.TOLD: ToldStated,
    Step.SHORTLIST: ShortlistStated,
    Step.REGISTRATION: RegistrationStated,
    Step.MATCH: MatchStated,
    Step.RISK: RiskStated,
    Step.PLAN: PlanStated,
    Step.MONEY: MoneyStated,
}
"""What is said in each step that somebody takes; the others the register and site checks answer."""
