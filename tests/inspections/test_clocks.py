"""The clocks of a fair hearing: counted in working days, told with their rule."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.inspections.clocks import (
    POLICY,
    Clock,
    FairHearing,
    action_plan_due,
    appeal_decision_due,
    appeal_due,
    comments_due,
    is_over,
    self_evaluation_due,
    suspension_review_due,
)

BEFORE_EASTER = date(2026, 4, 1)
"""A Wednesday: Good Friday and Easter Monday do not count."""


@pytest.mark.parametrize(
    ("clock", "due_on", "rule"),
    [
        (comments_due, "2026-04-10", "5 working days after the draft was sent"),
        (action_plan_due, "2026-04-17", "10 working days after the inspection was published"),
        (appeal_due, "2026-04-24", "15 working days after the inspection was published"),
        (appeal_decision_due, "2026-05-01", "20 working days after the appeal was received"),
        (
            suspension_review_due,
            "2026-04-10",
            "5 working days after the suspension was imposed or last reviewed",
        ),
        (
            self_evaluation_due,
            "2026-04-17",
            "10 working days after the self-evaluation was asked for",
        ),
    ],
)
def test_each_step_has_its_days_and_none_where_the_policy_is_off(
    clock: Callable[[date, FairHearing | None], Clock | None], due_on: str, rule: str
) -> None:
    assert clock(BEFORE_EASTER, FairHearing()) == Clock(
        date.fromisoformat(due_on), f"{rule} on 1 April 2026", POLICY
    )
    assert clock(BEFORE_EASTER, None) is None


def test_the_policys_own_figures_count() -> None:
    clock = comments_due(BEFORE_EASTER, FairHearing(comments_working_days=1))

    assert clock == Clock(
        date(2026, 4, 2), "1 working day after the draft was sent on 1 April 2026"
    )


def test_a_clock_is_over_on_the_day_after_its_last_and_none_never_is() -> None:
    clock = appeal_due(BEFORE_EASTER, FairHearing())
    assert clock is not None

    assert not is_over(clock, clock.due_on)
    assert is_over(clock, clock.due_on + timedelta(days=1))
    assert not is_over(None, date.max)
