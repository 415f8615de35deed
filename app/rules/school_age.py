"""Compulsory school age, from the day somebody is born: where it begins, and where it ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.stated import Provenance, Rule, RuleBasis, act

BEGINS_AT, ENDS_AT = 5, 16
"""Birthdays, in years."""

AGE = Rule(
    code="compulsory-school-age",
    says="A child is of compulsory school age from their fifth birthday if it is 31 August, "
    "31 December or 31 March, and otherwise from the next of these days; until the end of the "
    "last Friday in June of the school year in which they become 16.",
    citation=act("Education Act 1996", "section 8", "ukpga/1996/56/section/8"),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=date(1998, 8, 1),
    figures={"begins_at_years": BEGINS_AT, "ends_in_the_school_year_of_years": ENDS_AT},
)
"""Prescribed days: SI 1998/1607. School leaving date: SI 1997/1970."""

_PRESCRIBED = ((3, 31), (8, 31), (12, 31))
_JUNE, _SEPTEMBER, _FRIDAY, _DAYS_OF_JUNE = 6, 9, 4, 30


@dataclass(frozen=True, slots=True)
class SchoolAge:
    """The days on which somebody is of compulsory school age, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Say whether they are of compulsory school age on a day."""
        return self.first <= day <= self.last


def school_age_of(born_on: date) -> SchoolAge:
    """Return from when until when somebody is of compulsory school age."""
    fifth = birthday(born_on, BEGINS_AT)
    first = next(day for day in _prescribed_days(fifth.year) if day >= fifth)
    sixteenth = birthday(born_on, ENDS_AT)
    # A school year ends with August; what the law calls its beginning is each school's own day.
    leaves_in = sixteenth.year + (sixteenth.month >= _SEPTEMBER)
    return SchoolAge(first, school_leaving_date(leaves_in))


def school_leaving_date(year: int) -> date:
    """Return the last Friday in June of a year."""
    last = date(year, _JUNE, _DAYS_OF_JUNE)
    return last - timedelta(days=(last.weekday() - _FRIDAY) % 7)


def birthday(born_on: date, years: int) -> date:
    """Return a birthday; of somebody born on 29 February, 1 March where there is no such day."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)


def _prescribed_days(year: int) -> Iterator[date]:
    yield from (date(year, month, day) for month, day in _PRESCRIBED)
