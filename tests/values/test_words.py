import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.words import STOP_WORDS, plain, search_words, sort_key, words

LETTERS_AND_DIGITS = set(string.ascii_lowercase + string.digits)


class TestPlain:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Café", "cafe"),
            ("CAFE\N{COMBINING ACUTE ACCENT}", "cafe"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Þór Ægir", "thor aegir"),
            ("ﬁreﬂy", "firefly"),
            ("\N{FULLWIDTH LATIN CAPITAL LETTER F}orest", "forest"),
        ],
    )
    def test_case_and_accents_go(self, text: str, expected: str) -> None:
        assert plain(text) == expected


class TestWords:
    @pytest.mark.parametrize("apostrophe", "'’‘`´\N{MODIFIER LETTER APOSTROPHE}＇")  # noqa: RUF001
    def test_every_sort_of_apostrophe_joins(self, apostrophe: str) -> None:
        assert words(f"Noah{apostrophe}s Ark") == ["noahs", "ark"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Arts & Crafts", ["arts", "and", "crafts"]),
            ("A&B", ["a", "and", "b"]),
            ("Motor-Vehicle (KS4)", ["motor", "vehicle", "ks4"]),
            ("The  Forest\tSchool\n", ["the", "forest", "school"]),
            ("…", []),
            ("Школа", []),
            ("", []),
        ],
    )
    def test_punctuation_parts_words(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    @given(st.text(max_size=60))
    def test_a_word_is_letters_and_digits_alone_whatever_was_typed(self, text: str) -> None:
        for word in words(text):
            assert word
            assert set(word) <= LETTERS_AND_DIGITS

    @given(st.text(max_size=60))
    def test_words_of_words_are_the_same_words(self, text: str) -> None:
        assert words(" ".join(words(text))) == words(text)


def test_a_name_is_ordered_by_its_words_with_one_space_between() -> None:
    assert sort_key("  Noah's Ark: Care-Farm ") == "noahs ark care farm"


class TestSearchWords:
    def test_words_are_distinct_and_in_the_order_typed(self) -> None:
        assert search_words("forest school forest") == ["forest", "school"]

    def test_stop_words_are_left_out(self) -> None:
        assert search_words("the school at the forest") == ["school", "forest"]

    def test_stop_words_count_when_nothing_else_was_typed(self) -> None:
        assert search_words("The On") == ["the", "on"]

    def test_a_stop_word_is_one_that_can_be_typed(self) -> None:
        assert {word for text in STOP_WORDS for word in words(text)} == STOP_WORDS
