"""In which school year a day lies."""

from datetime import date

import pytest

from app.rules.school_days import first_day_of_school_year, school_year_of


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 7, 31), 2025), (date(2026, 8, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_school_year_begins_after_july(day: date, year: int) -> None:
    assert school_year_of(day) == year
    assert first_day_of_school_year(year) <= day < first_day_of_school_year(year + 1)
