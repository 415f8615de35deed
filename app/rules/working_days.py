"""England's working days: Monday to Friday, bank holidays left out.

Bank holidays are counted by the library `holidays`, with those given by proclamation for one year
alone; one proclaimed after the library was last renewed counts only once it is renewed.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from app.rules.dated import Citation, NotInForceError

BANK_HOLIDAYS = Citation(
    "Banking and Financial Dealings Act 1971",
    "section 1 and schedule 1",
    "https://www.legislation.gov.uk/ukpga/1971/80/section/1",
    binding=True,
)
"""Good Friday and Christmas Day are public holidays without it, by common law."""

FIRST_YEAR, LAST_YEAR = 1972, 2100
"""The first whole year of the Act, and the last that the library counts."""

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Say whether a day is one from Monday to Friday and no bank holiday in England.

    Raises:
        NotInForceError: the day is in a year of which no bank holidays are known.
    """
    return day not in _bank_holidays(day.year) and day.weekday() < _SATURDAY


def after_working_days(day: date, count: int) -> date:
    """Return the day on which so many whole working days after a day have passed.

    The day itself never counts: one working day after a Friday, or after the Saturday that follows
    it, is the Monday.

    Args:
        day: what begins the count, on a working day or not.
        count: how many working days; none leaves the day itself.

    Raises:
        NotInForceError: it is in a year of which no bank holidays are known.
    """
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days come after one day, up to and including another.

    Args:
        first: the day that does not count itself.
        last: the day that counts, if it is a working day; none come where it is not the later.

    Raises:
        NotInForceError: a day between is in a year of which no bank holidays are known.
    """
    return sum(is_working_day(first + n * _DAY) for n in range(1, (last - first).days + 1))


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def _bank_holidays(year: int) -> frozenset[date]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"Bank holidays: nothing is known of {year}."
        raise NotInForceError(message)
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False))
