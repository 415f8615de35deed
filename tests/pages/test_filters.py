from datetime import UTC, date, datetime

import pytest

from app.pages import filters


class TestFormatDay:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (date(2026, 3, 3), "3 March 2026"),
            ("2026-03-03", "3 March 2026"),
            ("2026-12-31", "31 December 2026"),
            (None, "Not stated"),
        ],
    )
    def test_writes_a_day_without_a_leading_nought(
        self, value: date | str | None, written: str
    ) -> None:
        assert filters.format_day(value) == written

    def test_a_moment_late_in_summer_time_belongs_to_the_next_london_day(self) -> None:
        assert filters.format_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"

    def test_the_same_moment_in_winter_stays_on_its_day(self) -> None:
        assert filters.format_day("2026-12-30T23:30:00Z") == "30 December 2026"


class TestFormatMoment:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("2026-03-03T14:05:00Z", "3 March 2026 at 2:05pm"),
            ("2026-07-03T08:00:00Z", "3 July 2026 at 9am"),
            ("2026-01-03T00:00:00Z", "3 January 2026 at midnight"),
            ("2026-01-03T12:00:00Z", "3 January 2026 at midday"),
            ("2026-01-03T12:30:00Z", "3 January 2026 at 12:30pm"),
            ("2026-01-03T00:30:00Z", "3 January 2026 at 12:30am"),
            ("2026-11-23T23:15:04.123456Z", "23 November 2026 at 11:15pm"),
        ],
    )
    def test_writes_london_time(self, value: str, written: str) -> None:
        assert filters.format_moment(value) == written

    @pytest.mark.parametrize("value", ["2026-03-03", datetime(2026, 3, 3, 9)])  # noqa: DTZ001
    def test_refuses_what_is_not_a_moment(self, value: str | datetime) -> None:
        with pytest.raises(ValueError, match="not a moment with a time zone"):
            filters.format_moment(value)


class TestFormatDistance:
    @pytest.mark.parametrize(
        ("metres", "written"),
        [
            (0, "less than 0.1 miles"),
            (79, "less than 0.1 miles"),
            (161, "0.1 miles"),
            (1609, "1 mile"),
            (3862, "2.4 miles"),
            (15_990, "9.9 miles"),
            (16_093, "10 miles"),
            (40_000, "25 miles"),
        ],
    )
    def test_writes_miles(self, metres: int, written: str) -> None:
        assert filters.format_distance(metres) == written


class TestFormatAges:
    @pytest.mark.parametrize(
        ("ages", "written"),
        [
            ({"from": 11, "to": 16}, "11 to 16"),
            ({"from": 16, "to": 16}, "16"),
            ({"from": 11, "to": None}, "11 and over"),
            ({"from": None, "to": 16}, "up to 16"),
            ({"from": None, "to": None}, "Not stated"),
            (None, "Not stated"),
        ],
    )
    def test_writes_a_range(self, ages: dict[str, int | None] | None, written: str) -> None:
        assert filters.format_ages(ages) == written


class TestFormatNumber:
    @pytest.mark.parametrize(
        ("value", "written"),
        [(12, "12"), (7.5, "7.5"), (100, "100"), (1204, "1,204"), (0, "0"), (6.25, "6.25")],
    )
    def test_leaves_needless_decimals_out(self, value: float, written: str) -> None:
        assert filters.format_number(value) == written


class TestCount:
    @pytest.mark.parametrize(
        ("number", "written"),
        [(0, "0 providers"), (1, "1 provider"), (2, "2 providers"), (5012, "5,012 providers")],
    )
    def test_fits_the_word_to_the_number(self, number: int, written: str) -> None:
        assert filters.count(number, "provider") == written

    def test_takes_a_plural_that_an_s_would_not_make(self) -> None:
        assert filters.count(2, "authority", "authorities") == "2 authorities"


class TestJoinWords:
    @pytest.mark.parametrize(
        ("words", "written"),
        [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b and c")],
    )
    def test_writes_a_sentence(self, words: list[str], written: str) -> None:
        assert filters.join_words(words) == written


class TestHumanise:
    def test_makes_a_code_readable(self) -> None:
        assert filters.humanise("farm-or_outdoor") == "Farm or outdoor"

    def test_nothing_stays_nothing(self) -> None:
        assert filters.humanise("") == ""
