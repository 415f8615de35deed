import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.provider_number import (
    LARGEST,
    parse_provider_number,
    provider_number,
    sequence_of,
)

ALPHABET = string.digits + string.ascii_uppercase
sequences = st.integers(0, LARGEST)


def check_character(body: str) -> str:
    """ISO 7064 MOD 37,36, written a second time from the standard's own description."""
    product = 36
    for character in body:
        total = (product + ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def is_valid(typed: str) -> bool:
    try:
        parse_provider_number(typed)
    except ValueError:
        return False
    return True


class TestProviderNumber:
    @given(sequences)
    def test_a_number_is_ap_six_digits_and_the_check_character_of_iso_7064(
        self, sequence: int
    ) -> None:
        body = f"AP{sequence:06d}"

        assert provider_number(sequence) == body + check_character(body)

    @pytest.mark.parametrize("sequence", [-1, LARGEST + 1])
    def test_what_does_not_fit_six_digits_is_refused(self, sequence: int) -> None:
        with pytest.raises(ValueError, match="does not fit a number of six digits"):
            provider_number(sequence)

    @given(sequences)
    def test_the_six_digits_can_be_read_back(self, sequence: int) -> None:
        assert sequence_of(provider_number(sequence)) == sequence


class TestParseProviderNumber:
    @pytest.mark.parametrize("typed", ["AP000001U", "ap000001u", " AP 000 001 U ", "AP-000001-U"])
    def test_case_spaces_and_hyphens_do_not_matter(self, typed: str) -> None:
        assert parse_provider_number(typed) == "AP000001U"

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "AP",
            "AP00001U",
            "AP0000001U",
            "XP000001U",
            "APO00001U",
            "AP00000\N{ARABIC-INDIC DIGIT ONE}U",
            "AP000001é",
        ],
    )
    def test_what_has_another_form_is_refused_with_an_example(self, typed: str) -> None:
        with pytest.raises(
            ValueError,
            match=r"AP, six digits and a check character, such as AP000001U|does not fit",
        ):
            parse_provider_number(typed)

    @given(sequences, st.integers(2, 8), st.sampled_from(ALPHABET))
    def test_one_wrong_character_never_gives_another_valid_number(
        self, sequence: int, position: int, wrong: str
    ) -> None:
        number = provider_number(sequence)
        mistyped = number[:position] + wrong + number[position + 1 :]

        if mistyped == number:
            assert parse_provider_number(mistyped) == number
        else:
            with pytest.raises(ValueError, match=r"check character"):
                parse_provider_number(mistyped)

    def test_two_swapped_digits_are_hardly_ever_another_valid_number(self) -> None:
        swaps = [
            number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            for number in map(provider_number, range(0, LARGEST, 997))
            for place in range(2, 7)
            if number[place] != number[place + 1]
        ]

        assert sum(map(is_valid, swaps)) < len(swaps) / 50

    @given(st.text(max_size=20))
    def test_nothing_but_a_number_passes_whatever_was_typed(self, typed: str) -> None:
        try:
            number = parse_provider_number(typed)
        except ValueError:
            return

        assert number == provider_number(sequence_of(number))
