from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.clock import LONDON
from app.outbox.schedules import daily, every

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
"""The days in 2026 on which the clocks in the United Kingdom change, at 01:00 UTC."""
TICK = timedelta(microseconds=1)
FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)

moments = st.datetimes(
    datetime.combine(FIRST, time()), datetime.combine(LAST, time()), timezones=st.just(UTC)
)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
near_changes = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.sampled_from([FORWARD, BACK]),
    st.integers(-120, 300),
)


def utc(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), UTC)


class TestDaily:
    @given(moment=moments | near_changes, at=times)
    @example(moment=utc(FORWARD, "01:00"), at=time(1, 30))
    @example(moment=utc(BACK, "01:45"), at=time(1, 30))
    def test_the_latest_due_is_past_and_shown_by_the_clock_on_the_wall(
        self, moment: datetime, at: time
    ) -> None:
        due = daily("x", f"{at:%H:%M}").latest_due(moment)
        wall = due.astimezone(LONDON)

        assert moment - timedelta(hours=25) < due <= moment
        assert due.tzinfo is UTC
        if wall.time() == at:
            assert wall.fold == 0, "a time that comes twice is due the first time"
        else:  # it does not exist on that day; this is the first moment after the gap
            before = (due - TICK).astimezone(LONDON)
            assert before.time() < at < wall.time()
            assert before.utcoffset() != wall.utcoffset()

    @given(moment=moments | near_changes, later=st.timedeltas(timedelta(), timedelta(days=3)))
    def test_what_is_due_never_moves_back(self, moment: datetime, later: timedelta) -> None:
        schedule = daily("x", "01:30", "13:00")

        due = schedule.latest_due(moment)

        assert due <= schedule.latest_due(moment + later)
        assert schedule.latest_due(due) == due
        assert schedule.latest_due(due - TICK) < due

    @pytest.mark.parametrize("at", ["00:00", "00:59", "01:00", "01:30", "01:59", "02:00", "23:59"])
    def test_each_day_of_four_years_is_due_once(self, at: str) -> None:
        schedule = daily("x", at)
        hours = ((LAST - FIRST).days + 1) * 24
        first = utc(FIRST, "00:59")

        dues = {schedule.latest_due(first + timedelta(hours=hour)) for hour in range(hours)}

        days = [due.astimezone(LONDON).date() for due in dues]
        assert len(days) == len(set(days))
        assert set(days) >= {FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)}

    @pytest.mark.parametrize(
        ("at", "due"),
        [("00:59", "00:59"), ("01:00", "01:00"), ("01:30", "01:00"), ("02:00", "01:00")],
    )
    def test_a_time_that_does_not_exist_is_due_after_the_gap(self, at: str, due: str) -> None:
        schedule = daily("x", at)

        assert schedule.latest_due(utc(FORWARD, "12:00")) == utc(FORWARD, due)

    def test_a_time_that_comes_twice_is_not_due_the_second_time(self) -> None:
        schedule = daily("x", "01:30")
        second = datetime.combine(BACK, time(1, 30), LONDON).replace(fold=1).astimezone(UTC)

        assert second == utc(BACK, "01:30")
        assert schedule.latest_due(second) == utc(BACK, "00:30")

    def test_in_summer_it_is_due_an_hour_earlier_in_utc(self) -> None:
        schedule = daily("x", "03:15")

        assert schedule.latest_due(utc(date(2026, 7, 1), "12:00")) == utc(date(2026, 7, 1), "02:15")
        assert schedule.latest_due(utc(date(2026, 1, 7), "12:00")) == utc(date(2026, 1, 7), "03:15")

    def test_of_several_times_the_latest_counts(self) -> None:
        schedule = daily("x", "18:00", "06:00")
        day = date(2026, 1, 7)

        found = [schedule.latest_due(utc(day, at)) for at in ("05:59", "06:00", "17:59", "18:00")]

        yesterday = utc(date(2026, 1, 6), "18:00")
        assert found == [yesterday, utc(day, "06:00"), utc(day, "06:00"), utc(day, "18:00")]

    @pytest.mark.parametrize("written", ["", "24:00", "3.15", "03:15:00", "noon"])
    def test_a_time_that_cannot_be_read_is_refused(self, written: str) -> None:
        with pytest.raises(ValueError, match=r"clearing has a time that cannot be read.*03:15"):
            daily("clearing", written)

    def test_no_time_at_all_is_refused(self) -> None:
        with pytest.raises(ValueError, match="clearing needs a time of day"):
            daily("clearing")


class TestEvery:
    @given(moment=moments | near_changes, minutes=st.sampled_from([1, 5, 15, 20, 30, 60]))
    def test_it_is_due_at_even_distances_beginning_with_the_hour(
        self, moment: datetime, minutes: int
    ) -> None:
        schedule = every("x", minutes)
        due = schedule.latest_due(moment)

        assert moment - timedelta(minutes=minutes) < due <= moment
        assert due.astimezone(LONDON).minute % minutes == 0
        assert (due.second, due.microsecond) == (0, 0)
        assert schedule.latest_due(due - TICK) == due - timedelta(minutes=minutes)

    @pytest.mark.parametrize("minutes", [0, -5, 7, 61, 90, 120])
    def test_what_does_not_divide_an_hour_is_refused(self, minutes: int) -> None:
        with pytest.raises(ValueError, match="clearing cannot divide an hour"):
            every("clearing", minutes)
