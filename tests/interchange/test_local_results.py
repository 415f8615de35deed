from dataclasses import dataclass
from datetime import date

import pytest

from app.interchange.local_results import contradicts, in_words, is_newer, is_same, read_result_day

TODAY = date(2026, 8, 15)
JULY = date(2026, 7, 31)
NO_DAYS = ["2026", "2026-07", "July 2026", "31/02/2026", "2026-13-01", "31/07/26", "07/31/2026"]
NO_DAYS += ["31/07-2026", "soon", "0031-07-2026", "2026-07-31 14:00:00"]


@dataclass(frozen=True)
class Said:
    """A result and its day, as a list or the register has them."""

    local_result: str | None = None
    local_result_on: date | None = None


class TestReadResultDay:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-07-31",
            "31/07/2026",
            "31-07-2026",
            "31.7.2026",
            " 31 July 2026 ",
            "31 jul 2026",
            "31st July, 2026",
            "31-Jul-2026",
            "2026-07-31 00:00:00",
            "31/07/2026 00:00",
        ],
    )
    def test_a_whole_day_is_read_however_it_is_written(self, text: str) -> None:
        assert read_result_day(text, TODAY) == JULY

    @pytest.mark.parametrize(
        "text",
        NO_DAYS,
    )
    def test_anything_less_or_else_is_no_day(self, text: str) -> None:
        with pytest.raises(ValueError, match="is no whole day"):
            read_result_day(text, TODAY)

    def test_today_is_not_yet_to_come_and_tomorrow_is(self) -> None:
        assert read_result_day("15/08/2026", TODAY) == TODAY
        with pytest.raises(ValueError, match="16 August 2026 has yet to come"):
            read_result_day("16/08/2026", TODAY)

    def test_a_day_before_2010_is_a_slip(self) -> None:
        assert read_result_day("01/01/2010", TODAY) == date(2010, 1, 1)
        with pytest.raises(ValueError, match="31 December 2009 is too long ago"):
            read_result_day("31/12/2009", TODAY)


NOTHING, UNDATED, JUNE = Said(), Said("Approved"), Said("Approved", date(2026, 6, 1))
LATER, OTHER_THAT_DAY = Said("Approved", JULY), Said("Stopped", date(2026, 6, 1))
OTHER_UNDATED = Said("Stopped")

COMPARED = {
    "nothing is said": (NOTHING, JUNE, "nothing"),
    "nothing is said or held": (NOTHING, NOTHING, "nothing"),
    "nothing is held": (JUNE, NOTHING, "newer"),
    "nothing is held and no day is said": (UNDATED, NOTHING, "newer"),
    "the same of the same day": (JUNE, JUNE, "nothing"),
    "the same of a later day": (LATER, JUNE, "newer"),
    "the same of an earlier day": (JUNE, LATER, "contradicts"),
    "another of the same day": (OTHER_THAT_DAY, JUNE, "contradicts"),
    "another of an earlier day": (OTHER_THAT_DAY, LATER, "contradicts"),
    "a day, where none is held": (JUNE, UNDATED, "newer"),
    "another with a day, where none is held": (OTHER_THAT_DAY, UNDATED, "newer"),
    "the same without its day": (UNDATED, JUNE, "nothing"),
    "another without a day": (OTHER_UNDATED, JUNE, "contradicts"),
    "another, both without a day": (OTHER_UNDATED, UNDATED, "contradicts"),
}
"""What a list says, what is held, and what becomes of it."""


@pytest.mark.parametrize(("said", "held", "becomes"), COMPARED.values(), ids=COMPARED.keys())
def test_only_a_newer_result_is_taken_over(said: Said, held: Said, becomes: str) -> None:
    found = {"newer": is_newer(said, held), "contradicts": contradicts(said, held)}

    assert [name for name, true in found.items() if true] == [becomes] * (becomes != "nothing")


def test_the_same_of_no_day_is_the_same_and_a_day_that_is_news_is_not() -> None:
    assert is_same(UNDATED, JUNE)
    assert not is_same(JUNE, UNDATED)


def test_a_result_is_told_with_its_day() -> None:
    assert [in_words(one) for one in (NOTHING, UNDATED, JUNE)] == [
        "",
        "Approved (no day given)",
        "Approved (2026-06-01)",
    ]
