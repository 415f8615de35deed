"""How pressing it is to see a site: each ground, what it weighs, and the order of the queue."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.inspections.cycle import Cycle, SiteFacts
from app.inspections.risk import CONCERN_POINTS, POINTS, Risk, RiskGround, queue_order, risk_of
from app.inspections.terms import Outcome
from app.standards.terms import Gate

DAY = date(2027, 2, 15)
SEEN = date(2027, 1, 29)
NEXT = date(2027, 2, 16)
CYCLE = Cycle()
CALM = SiteFacts(date(2026, 9, 1), SEEN, Outcome.MEETS_STANDARDS)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({}, None),
        ({"suspended": True}, RiskGround.SUSPENDED),
        ({"outcome": Outcome.DOES_NOT_YET_MEET}, RiskGround.DOES_NOT_YET_MEET),
        ({"outcome": Outcome.NOT_YET_ASSESSED}, None),
        ({"last_seen_on": None}, RiskGround.NEVER_SEEN),
        ({"lead_changed_on": DAY}, RiskGround.LEAD_CHANGED),
        ({"lead_changed_on": SEEN}, None),
        ({"lead_changed_on": NEXT}, None),
        ({"proprietor_changed_on": DAY}, RiskGround.PROPRIETOR_CHANGED),
        ({"proprietor_changed_on": SEEN}, None),
        ({"site_changed_on": DAY}, RiskGround.SITE_CHANGED),
        ({"site_changed_on": SEEN}, None),
        ({"evidence_out_of_date_since": DAY}, RiskGround.EVIDENCE_OUT_OF_DATE),
        ({"evidence_out_of_date_since": NEXT}, None),
    ],
)
def test_each_ground_counts_by_itself(changes: dict[str, Any], ground: RiskGround | None) -> None:
    found = risk_of(replace(CALM, **changes), CYCLE, DAY)

    assert found.grounds == ((ground,) if ground else ())
    assert found.points == (POINTS[ground] if ground else 0)


@pytest.mark.parametrize(("late", "overdue"), [(60, False), (61, True)])
def test_a_visit_counts_as_overdue_after_what_the_policy_leaves(late: int, overdue: bool) -> None:
    day = date(2028, 1, 29) + timedelta(days=late)

    assert (RiskGround.OVERDUE in risk_of(CALM, CYCLE, day).grounds) is overdue
    assert RiskGround.OVERDUE not in risk_of(CALM, None, day).grounds


@pytest.mark.parametrize(
    ("gravest", "count", "points"),
    [
        (Gate.CRITICAL, 1, 100),
        (Gate.MAJOR, 1, 40),
        (Gate.MINOR, 1, 20),
        (None, 1, 20),
        (Gate.MAJOR, 3, 50),
    ],
)
def test_a_concern_weighs_as_the_gravest_and_a_little_for_each_further_one(
    gravest: Gate | None, count: int, points: int
) -> None:
    found = risk_of(replace(CALM, open_concerns=count, gravest_concern=gravest), CYCLE, DAY)

    assert (found.grounds, found.points) == ((RiskGround.CONCERN,), points)


def test_grounds_add_up_and_the_weightiest_is_told_first_alike_ones_by_name() -> None:
    found = risk_of(
        replace(
            CALM,
            suspended=True,
            open_concerns=1,
            gravest_concern=Gate.CRITICAL,
            site_changed_on=DAY,
            proprietor_changed_on=DAY,
        ),
        CYCLE,
        DAY,
    )

    assert found.grounds == (
        RiskGround.CONCERN,
        RiskGround.SUSPENDED,
        RiskGround.PROPRIETOR_CHANGED,
        RiskGround.SITE_CHANGED,
    )
    assert found.points == 100 + 80 + 20 + 20
    assert found.due is not None
    assert found.due.on == date(2027, 3, 1)


def test_every_ground_has_its_weight_and_the_gravest_concern_outweighs_each() -> None:
    assert set(POINTS) == set(RiskGround) - {RiskGround.CONCERN}
    assert set(CONCERN_POINTS) == set(Gate)
    assert max(POINTS.values()) < CONCERN_POINTS[Gate.CRITICAL]


def test_the_queue_takes_the_most_points_first_then_what_is_due_first() -> None:
    expected = [
        risk_of(replace(CALM, suspended=True), CYCLE, DAY),
        risk_of(replace(CALM, last_seen_on=None), CYCLE, DAY),
        risk_of(CALM, CYCLE, DAY),
        Risk(0, (), None),
    ]

    assert sorted([*expected[2:], *expected[:2]], key=queue_order) == expected
