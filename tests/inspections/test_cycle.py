"""When a listed site is visited next: both sides of every limit."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.inspections.cycle import (
    Cycle,
    Due,
    DueBecause,
    SiteFacts,
    is_overdue,
    next_due,
)
from app.inspections.terms import InspectionKind, Outcome

LISTED = date(2026, 8, 31)
SEEN = date(2027, 1, 29)
DAY = date(2027, 2, 15)
CYCLE = Cycle()
NEW = SiteFacts(LISTED, None, Outcome.NOT_YET_ASSESSED)
VISITED = replace(NEW, last_seen_on=SEEN)


@pytest.mark.parametrize(
    ("seen_on", "kind", "on", "because"),
    [
        pytest.param(None, "monitoring", "2027-02-28", "first-after-listing", id="never-seen"),
        pytest.param(
            "2026-08-01", "monitoring", "2027-02-28", "first-after-listing", id="entry-visit"
        ),
        pytest.param(
            "2026-08-31", "monitoring", "2027-02-28", "first-after-listing", id="same-day"
        ),
        pytest.param("2026-09-01", "annual", "2027-09-01", "yearly", id="since-listed"),
    ],
)
def test_the_first_visit_is_due_within_six_months_of_listing_and_then_one_each_year(
    seen_on: str | None, kind: str, on: str, because: str
) -> None:
    facts = replace(NEW, last_seen_on=date.fromisoformat(seen_on) if seen_on else None)

    assert next_due(facts, CYCLE, DAY) == Due(
        InspectionKind(kind), date.fromisoformat(on), DueBecause(because)
    )


@pytest.mark.parametrize(
    ("field", "kind", "because"),
    [
        ("concern_since", InspectionKind.UNANNOUNCED, DueBecause.CONCERN),
        ("lead_changed_on", InspectionKind.THEMED, DueBecause.LEAD_CHANGED),
        ("site_changed_on", InspectionKind.THEMED, DueBecause.SITE_CHANGED),
        ("proprietor_changed_on", InspectionKind.THEMED, DueBecause.PROPRIETOR_CHANGED),
    ],
)
def test_what_happens_after_the_last_visit_calls_for_one_in_ten_working_days(
    field: str, kind: InspectionKind, because: DueBecause
) -> None:
    yearly = next_due(VISITED, CYCLE, DAY)
    due = {
        on: next_due(replace(VISITED, **happened(field, on)), CYCLE, DAY)
        for on in (SEEN, date(2027, 1, 30), DAY, date(2027, 2, 16))
    }

    assert due[SEEN] == yearly
    assert due[date(2027, 1, 30)] == Due(kind, date(2027, 2, 12), because)
    assert due[DAY] == Due(kind, date(2027, 3, 1), because)
    assert due[date(2027, 2, 16)] == yearly


def happened(field: str, on: date) -> dict[str, Any]:
    return {field: on}


def test_of_several_the_earliest_is_due_and_of_those_on_one_day_the_gravest_is_told() -> None:
    same = replace(VISITED, proprietor_changed_on=DAY, lead_changed_on=DAY, concern_since=DAY)
    earlier = replace(same, site_changed_on=date(2027, 2, 10))
    soon = replace(NEW, concern_since=date(2027, 2, 15))

    told = [next_due(facts, CYCLE, DAY) for facts in (same, earlier, soon)]

    assert [due and due.because for due in told] == [
        DueBecause.CONCERN,
        DueBecause.SITE_CHANGED,
        DueBecause.FIRST_AFTER_LISTING,
    ]


@pytest.mark.parametrize(
    ("because", "last_in_time"),
    [(DueBecause.YEARLY, date(2027, 4, 30)), (DueBecause.CONCERN, date(2027, 3, 1))],
)
def test_a_routine_visit_may_be_sixty_days_late_and_no_other_may(
    because: DueBecause, last_in_time: date
) -> None:
    due = Due(InspectionKind.ANNUAL, date(2027, 3, 1), because)

    assert not is_overdue(due, CYCLE, last_in_time)
    assert is_overdue(due, CYCLE, date.fromordinal(last_in_time.toordinal() + 1))


def test_where_the_policy_is_off_nothing_is_due_or_overdue() -> None:
    assert next_due(VISITED, None, DAY) is None
    assert not is_overdue(None, CYCLE, date.max)
    assert not is_overdue(next_due(VISITED, CYCLE, DAY), None, date.max)
