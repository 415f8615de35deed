from datetime import date

import pytest

from app.pages.public.days import ADVICE, read_day


@pytest.mark.parametrize(
    "typed", ["2026-03-27", "27/3/2026", "27.03.2026", " 27  March 2026 ", "27 mar 2026"]
)
def test_a_day_is_read_as_browsers_send_and_people_write_it(typed: str) -> None:
    assert read_day(typed) == date(2026, 3, 27)


@pytest.mark.parametrize("typed", ["", "27", "2026-02-30", "30/2/2026", "27 Marsh 2026"])
def test_what_is_no_day_is_told_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match="Enter a day like"):
        read_day(typed)
    assert "27/3/2026" in ADVICE
