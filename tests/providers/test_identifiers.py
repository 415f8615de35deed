import pytest

from app.providers.identifiers import canonical
from app.providers.terms import Scheme


@pytest.mark.parametrize(
    ("scheme", "text", "spelt"),
    [
        (Scheme.COMPANIES_HOUSE, "1234567", "01234567"),
        (Scheme.COMPANIES_HOUSE, " oc 123456 ", "OC123456"),
        (Scheme.CHARITY_COMMISSION, "1 012 345", "1012345"),
        (Scheme.CHARITY_COMMISSION, "201234-1", "201234-1"),
        (Scheme.UKPRN, "10012345", "10012345"),
    ],
)
def test_each_number_has_one_spelling(scheme: Scheme, text: str, spelt: str) -> None:
    assert canonical(scheme, text) == spelt


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        (Scheme.COMPANIES_HOUSE, "00000000"),
        (Scheme.COMPANIES_HOUSE, "ABC12345"),
        (Scheme.COMPANIES_HOUSE, "0123456\u0667"),
        (Scheme.CHARITY_COMMISSION, "12345"),
        (Scheme.CHARITY_COMMISSION, "0123456"),
        (Scheme.CHARITY_COMMISSION, "1012345-0"),
        (Scheme.UKPRN, "20012345"),
        (Scheme.UKPRN, "1001234"),
    ],
)
def test_what_cannot_be_such_a_number_is_refused(scheme: Scheme, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(scheme, text)
