"""What a clock is, and the reasons that every clock in school days gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.rules.school_days import GUESSED_DAYS, SCHOOL_DAY, Counted
from app.rules.stated import Reason


class CountedIn(StrEnum):
    """What a clock counts."""

    SCHOOL_DAYS = "school-days"
    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Clock:
    """By when, or from when.

    Attributes:
        due_on: the day, London.
        due_at: the moment, where the clock counts hours.
        counted_in: what was counted.
        approximate: whether school days were guessed, for want of dates of terms.
        reasons: how it was counted and on what authority, the main one first.
        note: what a careful reader should know besides.
    """

    due_on: date
    counted_in: CountedIn
    approximate: bool
    reasons: Sequence[Reason]
    due_at: datetime | None = None
    note: str | None = None


def in_school_days(counted: Counted, *reasons: Reason, note: str | None = None) -> Clock:
    """Return the clock of a day found by counting school days."""
    if counted.approximate:
        how = Reason("School days were guessed: no dates of terms cover them all.", GUESSED_DAYS)
    else:
        how = Reason("School days are those of the terms that were given.", SCHOOL_DAY)
    return Clock(
        due_on=counted.day,
        counted_in=CountedIn.SCHOOL_DAYS,
        approximate=counted.approximate,
        reasons=(*reasons, how),
        note=note,
    )
