"""School days: by the dates of terms where they are given, and otherwise by a stated guess."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.stated import Provenance, Rule, RuleBasis, act
from app.rules.working_days import is_working_day

SCHOOL_DAY = Rule(
    code="school-day",
    says="A school day is a day on which the school meets.",
    citation=act("Education Act 1996", "section 579(1)", "ukpga/1996/56/section/579"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=date(1996, 11, 1),
)
GUESSED_DAYS = Rule(
    code="school-days-guessed",
    says="Where no dates of terms are given, every weekday counts but bank holidays, 25 July to "
    "31 August, and 22 December to 2 January. Half terms and the rest of Easter are not left out, "
    "so the true day may be later.",
    citation=SCHOOL_DAY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(1996, 11, 1),
)

SCHOOL_YEAR = Rule(
    code="school-year",
    says="A school year begins with the first term after July, and ends where the next begins.",
    citation=SCHOOL_DAY.citation,
    basis=RuleBasis.STATUTE,
    provenance=Provenance.RECALLED,
    since=date(1996, 11, 1),
)

RULES = (SCHOOL_DAY, GUESSED_DAYS, SCHOOL_YEAR)
_DAY = timedelta(days=1)
_AUGUST = 8
_SUMMER, _CHRISTMAS, _NEW_YEAR = ((7, 25), (8, 31)), (12, 22), (1, 2)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """When a school, or an authority's schools, meet.

    Attributes:
        terms: at least one; half terms either part them, or stand among the closures.
        closures: days within terms on which there is no school.
    """

    terms: tuple[Period, ...]
    closures: tuple[Period, ...] = ()

    def knows(self, day: date) -> bool:
        """Say whether a day lies between the first term's beginning and the last one's end."""
        return min(one.first for one in self.terms) <= day <= max(one.last for one in self.terms)

    def meets(self, day: date) -> bool:
        """Say whether a day lies in a term and in no closure."""
        in_term = any(one.holds(day) for one in self.terms)
        return in_term and not any(one.holds(day) for one in self.closures)


@dataclass(frozen=True, slots=True)
class Counted:
    """A day that was found by counting.

    Attributes:
        day: the day.
        approximate: whether a day on the way was guessed, for want of dates of terms.
    """

    day: date
    approximate: bool


def first_day_of_school_year(year: int) -> date:
    """Return the first day on which a term of the school year that begins in a year can begin."""
    return date(year, _AUGUST, 1)


def school_year_of(day: date) -> int:
    """Return the year in which the school year of a day begins."""
    return day.year if day.month >= _AUGUST else day.year - 1


def is_school_day(day: date, calendar: SchoolCalendar | None) -> bool:
    """Say whether a school meets on a day; a guess where the calendar does not know.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    if not is_working_day(day):
        return False
    if calendar is not None and calendar.knows(day):
        return calendar.meets(day)
    in_year = (day.month, day.day)
    return not (
        _SUMMER[0] <= in_year <= _SUMMER[1] or in_year >= _CHRISTMAS or in_year <= _NEW_YEAR
    )


def after_school_days(day: date, count: int, calendar: SchoolCalendar | None) -> Counted:
    """Return the school day that comes so many after a day, which does not count itself.

    Raises:
        NotInForceError: it is in a year of which no bank holidays are known.
    """
    return _count(day, count, calendar, lambda here: here + _DAY)


def before_school_days(day: date, count: int, calendar: SchoolCalendar | None) -> Counted:
    """Return the school day that comes so many before a day, which does not count itself.

    Raises:
        NotInForceError: it is in a year of which no bank holidays are known.
    """
    return _count(day, count, calendar, lambda here: here - _DAY)


def nth_school_day(first: date, number: int, calendar: SchoolCalendar | None) -> Counted:
    """Return the first, second or later school day from a day on; the day itself may be the first.

    Raises:
        NotInForceError: it is in a year of which no bank holidays are known.
    """
    return after_school_days(first - _DAY, number, calendar)


def _count(
    day: date, count: int, calendar: SchoolCalendar | None, step: Callable[[date], date]
) -> Counted:
    approximate = False
    while count > 0:
        day = step(day)
        approximate = approximate or calendar is None or not calendar.knows(day)
        count -= is_school_day(day, calendar)
    return Counted(day, approximate)
