"""Clocks: which one runs from when, with the dates of terms where they are known."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from app.calculators.schemas.stated import FIRST_DAY, Asked, Day, RuleReason, Told, YesOrNo
from app.rules.clocks.clock import CountedIn

MOST_TERMS, MOST_CLOSURES, MOST_YEARS, MOST_COUNTED = 24, 100, 4, 400

Counted = Annotated[int, Field(ge=0, le=MOST_COUNTED, strict=True)]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(FIRST_DAY.year, 1, 1, tzinfo=UTC), le=datetime(2095, 12, 31, tzinfo=UTC)),
]
SINCE = "From when it runs; today if not given."


class PeriodAsked(Asked):
    """Days from the first to the last, both included."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            message = "the last day must not come before the first"
            raise ValueError(message)
        return self


class CalendarAsked(Asked):
    """A school's or authority's terms, and days within them on which there is no school."""

    terms: Annotated[tuple[PeriodAsked, ...], Field(max_length=MOST_TERMS)]
    closures: Annotated[tuple[PeriodAsked, ...], Field(max_length=MOST_CLOSURES)] = ()

    @model_validator(mode="after")
    def _of_a_few_years(self) -> Self:
        years = {day.year for term in self.terms for day in (term.first, term.last)}
        if not years or max(years) - min(years) > MOST_YEARS:
            message = f"give at least one term, and those of at most {MOST_YEARS} years together"
            raise ValueError(message)
        return self


class _InSchoolDays(Asked):
    since: Day | None = Field(default=None, description=SINCE)
    calendar: CalendarAsked | None = Field(
        default=None, description="Left out, school days are guessed, and the answer says so."
    )


class SchoolDayClock(_InSchoolDays):
    """Suspension, notice of a direction, another absence, a review: counted from one day.

    `since` is the first day of the suspension or absence; of `off-site-notice` the first day
    elsewhere; of `half-term-review` the start or the last review.
    """

    clock: Literal[
        "suspension-education", "off-site-notice", "other-absence", "half-term-review"
    ] = Field(examples=["suspension-education"])


class ExclusionClock(_InSchoolDays):
    """From which day a permanently excluded pupil must be given education."""

    clock: Literal["permanent-exclusion-education"]
    looked_after: YesOrNo = False


class HealthClock(_InSchoolDays):
    """On which day an absence for health comes to fifteen school days."""

    clock: Literal["health-absence"]
    missed_before: Counted = Field(default=0, description="School days, earlier in the year.")


class SchoolDaysClock(_InSchoolDays):
    """The day that comes so many school days after another."""

    clock: Literal["school-days"]
    count: Counted


class WorkingDaysClock(Asked):
    """The day that comes so many working days after another."""

    clock: Literal["working-days"]
    since: Day | None = Field(default=None, description=SINCE)
    count: Counted


class CalendarClock(Asked):
    """A review of a plan, or the right to one of a direction, since the last."""

    clock: Literal["review-request", "plan-annual-review"]
    since: Day | None = Field(default=None, description=SINCE)


class SuspensionPlaceClock(Asked):
    """Until when the parent must be told of a place during a suspension."""

    clock: Literal["suspension-place-notice"]
    starts_at: Moment
    before_day_six: YesOrNo = False
    parent_consents: YesOrNo = Field(default=False, description="To shorter notice.")


ClockAsked = Annotated[
    SchoolDayClock
    | ExclusionClock
    | HealthClock
    | SchoolDaysClock
    | WorkingDaysClock
    | CalendarClock
    | SuspensionPlaceClock,
    Field(discriminator="clock"),
]


class ClockAnswer(Told):
    """By when, or from when, and how it was counted."""

    clock: str
    due_on: date
    due_at: datetime | None = Field(description="The moment, where hours are counted.")
    counted_in: CountedIn
    approximate: bool = Field(description="School days were guessed, for want of dates of terms.")
    reasons: list[RuleReason]
    note: str | None
