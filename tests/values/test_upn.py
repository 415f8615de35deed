"""Unique pupil numbers: read from however somebody typed them."""

import pytest

from app.values.upn import is_temporary, parse_upn

PERMANENT = "B801200005001"


def test_a_number_is_read_however_it_is_typed() -> None:
    assert parse_upn(" b801 2000 05001 ") == PERMANENT
    assert not is_temporary(PERMANENT)


def test_the_letter_of_an_authority_that_the_library_does_not_know_is_taken() -> None:
    """838 is Dorset since 2019."""
    fitting = [f"{letter}838400017001" for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"]

    read = []
    for number in fitting:
        try:
            read.append(parse_upn(number))
        except ValueError:
            continue

    assert len(read) == 1


def test_a_temporary_number_ends_in_a_letter() -> None:
    temporary = [f"{letter}80120000500A" for letter in "ABCDEFGHJKLMNPQRTUVWXYZ"]
    taken = []
    for number in temporary:
        try:
            taken.append(parse_upn(number))
        except ValueError:
            continue

    assert len(taken) == 1
    assert is_temporary(taken[0])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "13 characters; this has 0"),
        ("B80120000500", "this has 12"),
        ("B8012000050011", "this has 14"),
        ("B80120000A001", "a letter and twelve digits"),
        ("B80120000500!", "a letter and twelve digits"),
        ("B٨01200005001", "a letter and twelve digits"),
        ("A801200005001", "does not fit its digits"),
        ("B801200005010", "does not fit its digits"),
        ("1801200005001", "does not fit its digits"),
    ],
)
def test_what_is_no_such_number_is_refused_without_being_repeated(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why) as refused:
        parse_upn(text)

    assert not text or text not in str(refused.value)
