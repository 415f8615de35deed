"""In which capacity somebody pays first, what never waits, and sums exact to the penny."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.funding.agreeing import Capacity, days_left, may_pay_first, required_by, settled_by
from app.rules.funding.estimating import WHOLE, PriceUnit, estimate, parts_of
from app.rules.funding.rows import Route


@pytest.mark.parametrize(
    ("route", "capacities", "owed_by"),
    [
        (Route.SCHOOL_ARRANGED, {"school", "trust"}, None),
        (Route.OFF_SITE_ACADEMY, {"school", "trust"}, None),
        (Route.SUSPENSION, {"school", "trust"}, "suspension-duty"),
        (Route.EXCLUSION, {"home-la"}, "exclusion-duty"),
        (Route.HEALTH, {"home-la"}, "section-19"),
        (Route.NEW_ARRIVAL, {"home-la"}, "section-19"),
        (Route.PLAN_AUTHORITY, {"plan-la"}, "plan-duty"),
        (Route.LOOKED_AFTER_INTERIM, {"corporate-parent"}, "looked-after-duty"),
        (Route.PARENT_PAID, {"parent"}, None),
        (
            Route.DUAL_REGISTRATION,
            {"school", "trust", "home-la", "plan-la", "corporate-parent"},
            None,
        ),
    ],
)
def test_who_may_pay_first_on_a_route_and_whether_it_is_owed(
    route: Route, capacities: set[str], owed_by: str | None
) -> None:
    assert {one.value for one in Capacity if may_pay_first(route, one)} == capacities
    rule = required_by(route)
    assert (rule.code if rule else None) == owed_by


def test_every_route_lets_somebody_pay() -> None:
    assert all(any(may_pay_first(route, one) for one in Capacity) for route in Route)


@pytest.mark.parametrize(
    ("opened", "due"),
    [(date(2026, 12, 18), date(2027, 1, 20)), (date(2026, 6, 1), date(2026, 6, 29))],
)
def test_a_dispute_has_twenty_working_days(opened: date, due: date) -> None:
    assert settled_by(opened) == due
    assert days_left(due, due) == 0
    assert days_left(opened, due) < 0


@pytest.mark.parametrize(
    ("pence", "unit", "a_week", "times", "whole"),
    [
        (5_005, PriceUnit.HALF_DAY, Decimal(5), 12, 300_300),
        (1_001, PriceUnit.HOUR, Decimal("2.25"), 1, 2_252),
        (1_002, PriceUnit.HOUR, Decimal("2.25"), 1, 2_255),
        (20_000, PriceUnit.WEEK, None, 12, 240_000),
        (300_000, PriceUnit.TERM, None, 2, 600_000),
        (900_000, PriceUnit.PLACE, None, 1, 900_000),
    ],
)
def test_an_estimate_is_exact_and_half_a_penny_goes_up(
    pence: int, unit: PriceUnit, a_week: Decimal | None, times: int, whole: int
) -> None:
    assert estimate(pence, unit, a_week, times) == whole


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1_000), min_size=1, max_size=9))
def test_parts_are_the_whole_to_the_penny(total: int, given_shares: list[int]) -> None:
    shares = [*given_shares, WHOLE - sum(given_shares)]
    parts = parts_of(total, shares)

    assert sum(parts) == total
    assert all(
        abs(part - total * share / WHOLE) < 1 for part, share in zip(parts, shares, strict=True)
    )
