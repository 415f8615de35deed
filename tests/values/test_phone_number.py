import pytest

from app.values.phone_number import normalise_phone, phone_numbers


@pytest.mark.parametrize(
    "text",
    [
        "01632 960101",
        "(01632) 960-101",
        "+44 1632 960101",
        "+44 (0)1632 960 101",
        "0044 1632 960101",
        "44 1632 960101",
        "01632 960101 ext 4",
        "01632 960101 ext. 12",
        "01632 960101 x4",
        "01632 960101 #4",
        "01632960101 extension 7, ask for Ann",
        " 01632.960.101 ",
    ],
)
def test_every_way_of_writing_one_number_has_one_spelling(text: str) -> None:
    assert normalise_phone(text) == "+441632960101"


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("07700 900123", "+447700900123"),
        ("0808 157 0100", "+448081570100"),
        ("03069 990100", "+443069990100"),
        ("016977 3123", "+44169773123"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("0033 1 99 00 12 34", "+33199001234"),
    ],
)
def test_mobiles_freephones_short_and_foreign_numbers_are_numbers(text: str, spelling: str) -> None:
    assert normalise_phone(text) == spelling


@pytest.mark.parametrize(
    "text",
    ["", "none", "999", "0800", "01632 96", "00000 000000", "01234 567890", "04632 960101", "+44"],
)
def test_what_is_no_number_or_fills_a_field_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A telephone number looks like"):
        normalise_phone(text)


def test_a_text_may_hold_several_numbers_and_other_words() -> None:
    text = "office 01632 960101 / 07700 900123 or ask"

    assert phone_numbers(text) == {"+441632960101", "+447700900123"}
    assert phone_numbers("by e-mail only") == frozenset()
