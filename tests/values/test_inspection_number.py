"""Numbers of inspections: made, and read from however somebody typed them."""

import pytest

from app.values.inspection_number import inspection_number, parse_inspection_number
from app.values.provider_number import provider_number


def test_a_number_is_read_as_it_was_made_however_it_is_typed() -> None:
    number = inspection_number(17)

    assert number.startswith("QA000017")
    assert parse_inspection_number(f" {number[:2].lower()}-{number[2:]} ") == number


@pytest.mark.parametrize("text", ["", "QA1", provider_number(17), inspection_number(17)[:8] + "!"])
def test_what_is_no_such_number_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"QA, six digits|check character"):
        parse_inspection_number(text)


def test_a_digit_mistyped_is_noticed() -> None:
    number = inspection_number(123_456)

    with pytest.raises(ValueError, match="probably mistyped"):
        parse_inspection_number(number.replace("3", "8", 1))
