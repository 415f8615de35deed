import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.interchange.ages import AgeRange, AgesNotReadableError, parse_ages
from app.providers.terms import OLDEST, YOUNGEST

SECONDARY = (AgeRange(11, 16, (3, 4)),)


class TestParseAges:
    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            ("11-16", SECONDARY),
            ("KS3|KS4", SECONDARY),
            ("Y9-Y11", (AgeRange(13, 16, (4,)),)),
            ("Y10-Y11", (AgeRange(14, 16, (4,)),)),
            ("primary", (AgeRange(4, 11, (1, 2)),)),
            ("secondary", SECONDARY),
            ("primary|secondary", (AgeRange(4, 16, (1, 2, 3, 4)),)),
            ("13-16+", (AgeRange(13, 25, (4, 5)),)),
            ("5+", (AgeRange(5, 25, (1, 2, 3, 4, 5)),)),
            ("14+", (AgeRange(14, 25, (4, 5)),)),
            ("all key stages", (AgeRange(5, 16, (1, 2, 3, 4)),)),
            ("YR-Y9", (AgeRange(4, 14, (1, 2, 3)),)),
            ("4-25", (AgeRange(4, 25, (1, 2, 3, 4, 5)),)),
            ("4-17", (AgeRange(4, 17, (1, 2, 3, 4)),)),
            ("13-17", (AgeRange(13, 17, (4,)),)),
            ("7-11", (AgeRange(7, 11, (2,)),)),
            ("14-16", (AgeRange(14, 16, (4,)),)),
            ("KS4", (AgeRange(14, 16, (4,)),)),
        ],
    )
    def test_reads_every_way_of_the_published_lists(
        self, text: str, meaning: tuple[AgeRange, ...]
    ) -> None:
        assert parse_ages(text) == meaning

    @pytest.mark.parametrize(
        "text",
        [
            "11 - 16",
            "11 to 16",
            "11–16",  # noqa: RUF001 - a spreadsheet's dash
            "aged 11 to 16 years",
            "Ages 11-16",
            "11-16 year olds",
            "Age range 11-16",
            "KS3-KS4",
            "KS3-4",
            "KS3/4",
            "KS 3, KS 4",
            "Key Stage 3 and 4",
            "Key stages 3 & 4",
            "KS3 (11-14), KS4 (14-16)",
            "Years 7-11",
            "Year 7 to Year 11",
            "years 7, 8, 9, 10 and 11",
            "yrs 7-11",
            "Secondary phase",
        ],
    )
    def test_reads_other_ways_of_saying_eleven_to_sixteen(self, text: str) -> None:
        assert parse_ages(text) == SECONDARY

    @pytest.mark.parametrize(
        ("text", "low", "high"),
        [
            ("up to 16", YOUNGEST, 16),
            ("under 16s", YOUNGEST, 15),
            ("14 and over", 14, OLDEST),
            ("16 plus", 16, OLDEST),
            ("Year 10 upwards", 14, OLDEST),
            ("all ages", YOUNGEST, OLDEST),
            ("Early years", YOUNGEST, 5),
            ("Reception to Year 6", 4, 11),
            ("sixth form", 16, 18),
            ("post-16", 16, 18),
            ("12", 12, 12),
            ("Y9", 13, 14),
        ],
    )
    def test_reads_open_ends_and_single_years(self, text: str, low: int, high: int) -> None:
        (meaning,) = parse_ages(text)

        assert (meaning.age_from, meaning.age_to) == (low, high)

    def test_ages_that_do_not_touch_stay_apart(self) -> None:
        assert parse_ages("14-16|5-7") == (AgeRange(5, 7, (1,)), AgeRange(14, 16, (4,)))

    def test_part_of_a_key_stage_is_not_the_key_stage(self) -> None:
        assert parse_ages("12-15")[0].key_stages == ()

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("teens", "Nobody can tell"),
            ("", "Nobody can tell"),
            ("KS", "Nobody can tell"),
            ("11-KS4", "Nobody can tell"),
            ("KS6", "key stage 6"),
            ("Y15", "school year 15"),
            ("16-11", "ages 16 to 11"),
            ("1-4", "ages 1 to 4"),
            ("30+", "cannot be"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_a_cure(self, text: str, problem: str) -> None:
        with pytest.raises(AgesNotReadableError) as refused:
            parse_ages(text)

        assert problem in refused.value.problem
        assert "11-16" in refused.value.cure

    @pytest.mark.parametrize("text", ["16-Nov", "Nov-16", "07-Nov"])
    def test_ages_that_a_spreadsheet_made_a_date_are_told_so(self, text: str) -> None:
        with pytest.raises(AgesNotReadableError) as refused:
            parse_ages(text)

        assert "spreadsheet" in refused.value.cure

    @given(st.text(max_size=30))
    def test_any_text_is_read_or_refused_and_never_breaks(self, text: str) -> None:
        try:
            ranges = parse_ages(text)
        except AgesNotReadableError:
            return
        assert ranges
        assert all(YOUNGEST <= each.age_from <= each.age_to <= OLDEST for each in ranges)

    @given(st.integers(YOUNGEST, OLDEST), st.integers(YOUNGEST, OLDEST))
    def test_a_plain_range_is_read_as_it_stands(self, one: int, other: int) -> None:
        low, high = sorted((one, other))

        (meaning,) = parse_ages(f"{low}-{high}")

        assert (meaning.age_from, meaning.age_to) == (low, high)
