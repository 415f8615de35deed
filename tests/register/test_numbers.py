import pytest

from app.providers.errors import ProviderNotFoundError
from app.register.numbers import read_number


@pytest.mark.parametrize("typed", ["AP000001U", " ap 000001-u "])
def test_a_number_is_read_however_it_was_typed(typed: str) -> None:
    assert read_number(typed) == "AP000001U"


@pytest.mark.parametrize(
    ("typed", "reason"), [("AP000001X", "mistyped"), ("1", "such as AP000001U"), ("", "such as")]
)
def test_what_cannot_be_a_number_is_not_found_for_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(ProviderNotFoundError, match=reason):
        read_number(typed)
