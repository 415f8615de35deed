from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from app.rules import insurance, staff_checks
from app.rules.dated import Citation, Dated, NotInForceError, Value

ACT = Citation("Example Act 2000", "section 1", "https://www.legislation.gov.uk/x", binding=True)
CHANGING = Dated(
    "Example figure",
    "pence",
    (Value(date(2000, 1, 1), 5, ACT), Value(date(2010, 4, 6), 7, ACT)),
)


def citations_of(module: ModuleType) -> Iterator[Citation]:
    for held in vars(module).values():
        if isinstance(held, Citation):
            yield held
        if isinstance(held, Dated):
            yield from (value.citation for value in held.values)


class TestDated:
    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2000, 1, 1), 5),
            (date(2010, 4, 5), 5),
            (date(2010, 4, 6), 7),
            (date(2030, 1, 1), 7),
        ],
    )
    def test_the_value_of_a_day_is_the_newest_by_then(self, day: date, value: int) -> None:
        assert CHANGING.on(day).value == value

    def test_of_a_day_before_the_first_nothing_is_known(self) -> None:
        with pytest.raises(NotInForceError, match=r"Example figure.*1999-12-31"):
            CHANGING.on(date(1999, 12, 31))


@pytest.mark.parametrize("module", [insurance, staff_checks])
def test_every_rule_says_where_it_stands(module: ModuleType) -> None:
    found = list(citations_of(module))

    assert found
    for citation in found:
        assert citation.source
        assert citation.provision
        assert citation.url.startswith(("https://www.legislation.gov.uk/", "https://www.gov.uk/"))
        assert citation.binding == ("legislation" in citation.url)


@pytest.mark.parametrize("module", [insurance, staff_checks])
def test_values_stand_in_the_order_of_their_days(module: ModuleType) -> None:
    for held in vars(module).values():
        if isinstance(held, Dated):
            days = [value.since for value in held.values]
            assert days == sorted(set(days))
