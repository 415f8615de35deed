import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.distance import (
    metres_from_kilometres,
    metres_from_miles,
    tenths_of_a_kilometre,
    tenths_of_a_mile,
)


@pytest.mark.parametrize(("miles", "metres"), [(0, 0), (1, 1609), (2.5, 4023), (10, 16_093)])
def test_miles_become_whole_metres(miles: float, metres: int) -> None:
    assert metres_from_miles(miles) == metres


@pytest.mark.parametrize(("kilometres", "metres"), [(0, 0), (1, 1_000), (0.5, 500), (2.3, 2_300)])
def test_kilometres_become_whole_metres(kilometres: float, metres: int) -> None:
    assert metres_from_kilometres(kilometres) == metres


@pytest.mark.parametrize("amount", [-1, -0.001, float("nan"), float("inf")])
def test_what_is_no_distance_is_refused(amount: float) -> None:
    with pytest.raises(ValueError, match="is not a distance"):
        metres_from_miles(amount)
    with pytest.raises(ValueError, match="is not a distance"):
        metres_from_kilometres(amount)


@pytest.mark.parametrize(
    ("metres", "tenths"), [(0, 0), (80, 0), (81, 1), (1_609, 10), (2_000, 12), (16_093, 100)]
)
def test_metres_become_tenths_of_a_mile_with_halves_up(metres: int, tenths: int) -> None:
    assert tenths_of_a_mile(metres) == tenths


@pytest.mark.parametrize(("metres", "tenths"), [(0, 0), (49, 0), (50, 1), (2_050, 21)])
def test_metres_become_tenths_of_a_kilometre_with_halves_up(metres: int, tenths: int) -> None:
    assert tenths_of_a_kilometre(metres) == tenths


@given(st.integers(0, 10_000))
def test_tenths_of_a_mile_come_back(tenths: int) -> None:
    assert tenths_of_a_mile(metres_from_miles(tenths / 10)) == tenths
