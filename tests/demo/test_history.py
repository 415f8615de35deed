from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import LONDON
from app.demo.history import REASONS, draw_history, draw_moment, draw_starts, working_days
from app.demo.plan import UNTIL
from app.providers.terms import MOVES, PUBLIC_STATUSES, Status
from tests.demo.chance import chance

DAYS = working_days(UNTIL)
seeds = st.integers(0, 2**32)


class TestWorkingDays:
    def test_they_are_mondays_to_fridays_of_four_years_ending_the_day_before(self) -> None:
        assert {day.weekday() for day in DAYS} == {0, 1, 2, 3, 4}
        assert DAYS[-1].isoformat() == "2026-09-29"
        assert len(DAYS) == pytest.approx(4 * 365 * 5 / 7, abs=3)

    def test_the_end_is_a_london_day(self) -> None:
        late_on_tuesday_in_utc = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        assert working_days(late_on_tuesday_in_utc)[-1].isoformat() == "2026-06-30"


class TestDrawMoment:
    @given(seeds, st.sampled_from(DAYS))
    def test_it_is_in_londons_office_hours_summer_and_winter(self, seed: int, day: object) -> None:
        moment = draw_moment(chance(seed), day)  # type: ignore[arg-type]
        local = moment.astimezone(LONDON)
        assert local.date() == day
        assert 9 <= local.hour < 17


class TestDrawStarts:
    def test_they_rise_and_leave_a_day_for_being_listed(self) -> None:
        starts = draw_starts(chance(1), 500, DAYS)
        assert len(starts) == 500
        assert all(one.at <= other.at for one, other in pairwise(starts))
        assert max(start.place for start in starts) < len(DAYS) - 2
        assert all(start.at.astimezone(LONDON).date() == DAYS[start.place] for start in starts)


class TestDrawHistory:
    @given(seeds, st.integers(0, len(DAYS) - 3))
    @settings(max_examples=300)
    def test_steps_are_allowed_and_come_on_later_and_later_days(
        self, seed: int, recorded_on: int
    ) -> None:
        became = draw_history(chance(seed), recorded_on, DAYS)
        place, status, effective_on = recorded_on, Status.KNOWN, DAYS[recorded_on]
        for step in became.steps:
            assert place < step.place < len(DAYS)
            assert step.status in MOVES[status]
            assert effective_on <= step.effective_on <= DAYS[step.place]
            assert DAYS[step.place] - step.effective_on <= timedelta(days=14)
            place, status, effective_on = step.place, step.status, step.effective_on

    @given(seeds, st.integers(0, len(DAYS) - 3))
    @settings(max_examples=300)
    def test_nobody_is_renamed_unlisted_gone_or_on_the_day_of_a_step(
        self, seed: int, recorded_on: int
    ) -> None:
        became = draw_history(chance(seed), recorded_on, DAYS)
        if became.renamed_on is None:
            return
        assert became.steps[0].place < became.renamed_on < len(DAYS)
        assert became.renamed_on not in {step.place for step in became.steps}
        before = [step for step in became.steps if step.place < became.renamed_on]
        assert before[-1].status not in {Status.REMOVED, Status.CLOSED}

    def test_every_status_comes_about(self) -> None:
        reached = {
            step.status
            for seed in range(2_000)
            for step in draw_history(chance(seed), 0, DAYS).steps
        }
        assert reached == PUBLIC_STATUSES

    def test_every_move_has_a_reason_that_says_it_is_invented(self) -> None:
        assert set(REASONS) == PUBLIC_STATUSES
        assert all(reason.startswith("Invented:") for reason in REASONS.values())
