"""Where one child stands in the registration test."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.registration.facts import ChildFacts, Delivery
from app.rules.registration.law import (
    DEPARTMENTS_FINDING,
    FULL_TIME_HOURS,
    INSTITUTION,
    NEAR_THE_LIMIT,
    SUBSTANTIALLY_ALL,
)
from app.rules.school_age import AGE, school_age_of
from app.rules.stated import Reason, Rule


class Standing(StrEnum):
    """What a child is to the test."""

    FULL_TIME = "full-time"
    FOR_A_PERSON = "for-a-person"
    UNKNOWN = "unknown"
    NEAR = "near"
    PART_TIME = "part-time"
    FOUND_NOT_FULL_TIME = "found-not-full-time"
    OUTSIDE = "outside-compulsory-school-age"


@dataclass(frozen=True, slots=True)
class ChildFinding:
    """Where a child stands, and why."""

    standing: Standing
    reason: Reason


def finding_of(child: ChildFacts, on: date) -> ChildFinding:
    """Say where a child stands in the test on a day.

    Timetabled hours over the limit at a setting decide by themselves. Fewer hours that are all or
    nearly all of a child's education, a lone tutor, and teaching online are for a person.
    """
    covered = _is_of_age(child, on)
    if covered is None:
        return _found(Standing.UNKNOWN, "Nobody has said whether they are of that age.", AGE)
    if not covered:
        return _found(Standing.OUTSIDE, "They are recorded, and do not count in the test.", AGE)
    if child.found_not_full_time:
        return _found(
            Standing.FOUND_NOT_FULL_TIME,
            "The department has found that they are not there full-time.",
            DEPARTMENTS_FINDING,
        )
    if child.minutes_a_week > FULL_TIME_HOURS.figures["minutes_a_week"]:
        return _over_the_hours(child)
    return _within_the_hours(child)


def _is_of_age(child: ChildFacts, on: date) -> bool | None:
    if child.born_on is not None:
        return school_age_of(child.born_on).covers(on)
    return child.of_compulsory_school_age


def _over_the_hours(child: ChildFacts) -> ChildFinding:
    hours = hours_of(FULL_TIME_HOURS.figures["minutes_a_week"])
    if child.delivery is Delivery.AT_A_SETTING:
        return _found(Standing.FULL_TIME, f"Timetabled for more than {hours}.", FULL_TIME_HOURS)
    return _found(
        Standing.FOR_A_PERSON,
        f"Timetabled for more than {hours}, but with a lone tutor or online: a person must decide "
        "whether there is an institution at all.",
        INSTITUTION,
    )


def _within_the_hours(child: ChildFacts) -> ChildFinding:
    hours = hours_of(FULL_TIME_HOURS.figures["minutes_a_week"])
    if child.educated_elsewhere is None:
        return _found(
            Standing.UNKNOWN,
            f"Timetabled for {hours} or less, and nobody has said whether there is other "
            "education.",
            SUBSTANTIALLY_ALL,
        )
    if not child.educated_elsewhere:
        return _found(
            Standing.FOR_A_PERSON,
            f"Timetabled for {hours} or less, but this is all or nearly all of their education: a "
            "person must judge it.",
            SUBSTANTIALLY_ALL,
        )
    near = NEAR_THE_LIMIT.figures["minutes_a_week"]
    if child.minutes_a_week >= near:
        return _found(Standing.NEAR, f"Timetabled for {hours_of(near)} or more.", NEAR_THE_LIMIT)
    return _found(
        Standing.PART_TIME, f"Timetabled for less than {hours_of(near)}.", FULL_TIME_HOURS
    )


def hours_of(minutes: int) -> str:
    """Return minutes a week as words: `18 hours a week`, `17 hours 40 minutes a week`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} hours {rest} minutes a week" if rest else f"{hours} hours a week"


def _found(standing: Standing, because: str, rule: Rule) -> ChildFinding:
    return ChildFinding(standing, Reason(because, rule))
