"""For how long what a commissioner saw of a setting may be used, on both sides."""

from datetime import date

import pytest

from app.rules.site_checks import last_day_of_use

SEEN = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("valid_until", "last"),
    [
        (None, date(2027, 9, 1)),
        (date(2027, 9, 1), date(2027, 9, 1)),
        (date(2027, 8, 31), date(2027, 8, 31)),
        (date(2027, 9, 2), date(2027, 9, 1)),
    ],
)
def test_a_year_or_what_the_certificate_says(valid_until: date | None, last: date) -> None:
    assert last_day_of_use(SEEN, valid_until) == last
