from datetime import date

import pytest

from app.rules.dated import NotInForceError
from app.rules.insurance import insures_employees_enough

DAY = date(2026, 9, 1)
FIVE_MILLION = 500_000_000


@pytest.mark.parametrize(
    ("limit", "enough"),
    [
        pytest.param(FIVE_MILLION - 1, False, id="a-penny-short"),
        pytest.param(FIVE_MILLION, True, id="five-million"),
        pytest.param(2 * FIVE_MILLION, True, id="ten-million"),
    ],
)
def test_an_employer_is_insured_for_at_least_five_million(limit: int, enough: bool) -> None:
    finding = insures_employees_enough(limit, DAY)

    assert finding.holds is enough
    assert "£5,000,000" in finding.because
    assert str(finding.citation) == (
        "Employers' Liability (Compulsory Insurance) Regulations 1998, regulation 3(1)"
    )
    assert finding.citation.binding


def test_it_has_been_so_since_the_first_day_of_1999_and_before_nothing_is_known() -> None:
    assert insures_employees_enough(FIVE_MILLION, date(1999, 1, 1)).holds
    with pytest.raises(NotInForceError):
        insures_employees_enough(FIVE_MILLION, date(1998, 12, 31))
