"""What is little education elsewhere, on both sides; and that a month of birth is enough."""

from datetime import date, timedelta

import pytest

from app.rules.registration.facts import is_educated_elsewhere
from app.rules.school_age import school_age_of


@pytest.mark.parametrize(
    ("held", "said", "found"),
    [
        (0, None, None),
        (179, None, None),
        (180, None, True),
        (0, 0, False),
        (0, 179, False),
        (0, 180, True),
        (90, 89, False),
        (90, 90, True),
    ],
)
def test_three_hours_are_more_than_a_little(
    held: int, said: int | None, found: bool | None
) -> None:
    assert is_educated_elsewhere(held, said) is found


def test_school_age_follows_from_the_month_of_birth_alone() -> None:
    """So the day itself need not leave its commissioner's record to test a setting."""
    day = date(2008, 1, 1)
    while day < date(2016, 3, 1):
        assert school_age_of(day) == school_age_of(day.replace(day=1)), day
        day += timedelta(days=1)
