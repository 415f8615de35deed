import asyncio
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app import clock

SUMMER_NIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def test_now_is_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_today_is_the_day_in_london_not_in_greenwich() -> None:
    with clock.at(SUMMER_NIGHT):
        assert clock.today() == date(2026, 7, 1)


def test_a_moment_of_another_zone_is_told_in_utc() -> None:
    with clock.at(datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now() == datetime(2025, 12, 31, 23, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_blocks_inside_blocks_give_the_time_back_in_turn() -> None:
    other = SUMMER_NIGHT + timedelta(days=1)
    with clock.at(SUMMER_NIGHT):
        with clock.at(other):
            assert clock.now() == other
        assert clock.now() == SUMMER_NIGHT
    assert clock.now() != SUMMER_NIGHT


def test_the_time_comes_back_after_an_error() -> None:
    with pytest.raises(RuntimeError, match="planted"), clock.at(SUMMER_NIGHT):
        raise RuntimeError("planted")

    assert clock.now() != SUMMER_NIGHT


def test_a_moment_without_a_zone_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="needs a time zone"),
        clock.at(datetime(2026, 1, 1)),  # noqa: DTZ001 - the fault under test
    ):
        pytest.fail("time stood still at a moment nobody can name")


async def test_tasks_live_on_the_day_on_which_they_were_started() -> None:
    async def ask() -> datetime:
        await asyncio.sleep(0)
        return clock.now()

    with clock.at(SUMMER_NIGHT):
        asked = asyncio.create_task(ask())
    elsewhere = asyncio.create_task(ask())

    assert await asked == SUMMER_NIGHT
    assert await elsewhere != SUMMER_NIGHT


class TestGoAhead:
    def test_the_whole_process_lives_later_until_it_goes_back(self) -> None:
        before = clock.now()
        clock.go_ahead(31)
        try:
            assert clock.now() - before >= timedelta(days=31)
            with clock.at(SUMMER_NIGHT):
                assert clock.now() == SUMMER_NIGHT
        finally:
            clock.go_ahead(0)
        assert clock.now() - before < timedelta(days=1)

    @pytest.mark.parametrize("days", [-1, 3_651])
    def test_it_goes_neither_back_nor_out_of_sight(self, days: int) -> None:
        with pytest.raises(ValueError, match="0 to 3650"):
            clock.go_ahead(days)
