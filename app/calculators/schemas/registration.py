"""The registration test: children as facts that name nobody, and how near the setting is."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.calculators.schemas.stated import Asked, Day, RuleCited, RuleReason, Told, YesOrNo
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light

MOST_CHILDREN = 500
MOST_YEARS_AHEAD = 3
"""Each coming day on which a child's age changes is tested anew."""
MINUTES_OF_A_WEEK = 7 * 24 * 60

Count = Annotated[int, Field(ge=0, le=MOST_CHILDREN, strict=True)]
BornOn = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2095, 12, 31))]


class ChildAsked(Asked):
    """What counts about a child, over all who commission or pay for them there."""

    minutes_a_week: Annotated[int, Field(ge=0, le=MINUTES_OF_A_WEEK, strict=True)] = Field(
        description="Timetabled there in the daytime in a week, breaks and independent study "
        "included, whoever pays.",
        examples=[1200],
    )
    born_on: BornOn | None = Field(
        default=None, description="The day of birth; or give `of_compulsory_school_age` instead."
    )
    of_compulsory_school_age: YesOrNo | None = Field(
        default=None, description="Whether they are of it on the day; or give `born_on` instead."
    )
    has_plan: YesOrNo = Field(default=False, description="An education, health and care plan.")
    looked_after: YesOrNo = Field(default=False, description="By a local authority.")
    has_special_needs: YesOrNo = Field(
        default=False, description="Special educational needs, with or without a plan."
    )
    educated_elsewhere: YesOrNo | None = Field(
        default=None,
        description="Whether they have more than a little education elsewhere; null if nobody has "
        "said.",
    )
    delivery: Delivery = Delivery.AT_A_SETTING
    found_not_full_time: YesOrNo = Field(
        default=False, description="The department has found that they are not there full-time."
    )

    @model_validator(mode="after")
    def _age_is_told_once(self) -> Self:
        if (self.born_on is None) == (self.of_compulsory_school_age is None):
            message = "give born_on or of_compulsory_school_age, and not both"
            raise ValueError(message)
        return self


class BandAsked(Asked):
    """Children of compulsory school age in one band of hours."""

    children: Count = 0
    with_a_plan_or_looked_after: Count = 0
    with_special_needs: Count = Field(default=0, description="Those with a plan included.")

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> Self:
        if max(self.with_a_plan_or_looked_after, self.with_special_needs) > self.children:
            message = "more are told apart than there are children; raise children or lower them"
            raise ValueError(message)
        return self


class DeclarationAsked(Asked):
    """What the provider declares of children educated at home or paid for privately.

    Each child stands in one band.
    """

    declared_on: Day
    over_18_hours: BandAsked = BandAsked()
    from_15_to_18_hours: BandAsked = BandAsked()
    under_15_hours: BandAsked = BandAsked()
    up_to_18_hours_and_little_elsewhere: BandAsked = Field(
        default=BandAsked(), description="For whom it is all or nearly all of their education."
    )


class RegistrationTestAsked(Asked):
    """The children at an institution, over all commissioners, and what the provider declares."""

    on: Day | None = Field(default=None, description="A day in London; today if not given.")
    children: Annotated[tuple[ChildAsked, ...], Field(max_length=MOST_CHILDREN)] = Field(
        default=(),
        examples=[[{"minutes_a_week": 1200, "born_on": "2012-05-01", "educated_elsewhere": True}]],
    )
    declaration: DeclarationAsked | None = Field(
        default=None, description="Without a current one the answer is incomplete, and never green."
    )
    look_ahead_until: Day | None = Field(
        default=None,
        description="Also tell on which days until then, at most three years ahead, time alone "
        "changes the light.",
    )


class LimbOut(Told):
    """One way of reaching the limit, and how near the setting is to it."""

    name: str = Field(examples=["five-full-time"])
    light: Light
    reason: RuleReason


class RegimeOut(Told):
    """One test of the law; a light of one that is not in force is a warning to plan by."""

    rule: RuleCited
    in_force: bool
    light: Light
    limbs: list[LimbOut]


class RegistrationCounts(Told):
    """How many children stand where, those declared included."""

    full_time: int
    for_a_person: int = Field(description="A person must judge whether they are full-time.")
    unknown: int = Field(description="Too little is known of them.")
    near: int
    part_time: int
    found_not_full_time: int
    outside_compulsory_school_age: int = Field(description="Recorded; they do not count.")


class TippingOut(Told):
    """A day from which the light is another, though nobody does anything."""

    on: date
    light: Light
    before: Light


class RegistrationTestAnswer(Told):
    """How near an institution is to having to register, in counts and never in children."""

    on: date
    light: Light = Field(
        description="`red`: it should be registered. `amber`: near, or for a person to judge. "
        "`incomplete`: facts are wanting. `green`: below the limit."
    )
    warning: RuleReason | None = Field(description="What the test to come would say, if not that.")
    reasons: list[RuleReason]
    counts: RegistrationCounts
    regimes: list[RegimeOut]
    tips_on: list[TippingOut]
