"""Working days in England, against the bank holidays the Government published."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.dated import NotInForceError
from app.rules.working_days import (
    BANK_HOLIDAYS,
    after_working_days,
    is_working_day,
    working_days_between,
)

PUBLISHED = {
    2020: "1/1 10/4 13/4 8/5 25/5 31/8 25/12 28/12",
    2021: "1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12",
    2022: "3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12",
    2023: "2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12",
    2026: "1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12",
    2027: "1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12",
}
"""Bank holidays of England and Wales: the day in lieu wherever one fell on a weekend."""

DAYS = st.dates(date(2015, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("year", PUBLISHED)
def test_weekdays_off_are_the_bank_holidays_that_were_published(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(366)]
    off = [
        day for day in days if day.year == year and day.weekday() < 5 and not is_working_day(day)
    ]

    assert " ".join(f"{day.day}/{day.month}" for day in off) == PUBLISHED[year]


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        pytest.param("2026-09-04", 1, "2026-09-07", id="over-a-weekend"),
        pytest.param("2026-09-05", 1, "2026-09-07", id="from-a-saturday"),
        pytest.param("2026-09-06", 1, "2026-09-07", id="from-a-sunday"),
        pytest.param("2026-09-07", 5, "2026-09-14", id="a-week"),
        pytest.param("2026-09-05", 0, "2026-09-05", id="none"),
        pytest.param("2026-04-02", 1, "2026-04-07", id="over-easter"),
        pytest.param("2021-12-24", 1, "2021-12-29", id="christmas-on-a-weekend"),
        pytest.param("2026-12-24", 5, "2027-01-05", id="into-the-new-year"),
        pytest.param("2022-05-31", 2, "2022-06-06", id="jubilee-of-2022"),
        pytest.param("2022-09-16", 1, "2022-09-20", id="state-funeral-of-2022"),
        pytest.param("2023-05-05", 1, "2023-05-09", id="coronation-of-2023"),
        pytest.param("2026-11-27", 1, "2026-11-30", id="saint-andrew-is-scotlands"),
    ],
)
def test_the_day_itself_never_counts_and_days_off_never_do(day: str, count: int, due: str) -> None:
    assert after_working_days(date.fromisoformat(day), count) == date.fromisoformat(due)


@given(DAYS, st.integers(1, 60))
def test_so_many_days_later_there_are_so_many_between_and_it_is_a_working_day(
    day: date, count: int
) -> None:
    due = after_working_days(day, count)

    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert working_days_between(day, due - timedelta(days=1)) == count - 1


def test_none_come_between_a_day_and_itself_or_an_earlier_one() -> None:
    monday = date(2026, 9, 7)

    assert working_days_between(monday, monday) == 0
    assert working_days_between(monday, date(2026, 9, 1)) == 0


@pytest.mark.parametrize("day", [date(1971, 12, 31), date(2101, 1, 3)])
def test_years_nobody_has_counted_are_refused_and_not_guessed(day: date) -> None:
    with pytest.raises(NotInForceError, match=str(day.year)):
        is_working_day(day)


def test_it_rests_on_statute() -> None:
    assert str(BANK_HOLIDAYS) == "Banking and Financial Dealings Act 1971, section 1 and schedule 1"
    assert BANK_HOLIDAYS.binding
