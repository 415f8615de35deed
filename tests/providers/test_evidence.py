from datetime import date
from typing import Any

import pytest

from app.providers.evidence import DocumentState, add_months, current_until, state_on

DAY = date(2026, 9, 1)


class TestAddMonths:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            pytest.param(date(2026, 9, 1), 12, date(2027, 9, 1), id="a-year"),
            pytest.param(date(2028, 2, 29), 12, date(2029, 2, 28), id="leap-day-a-year-on"),
            pytest.param(date(2028, 2, 29), 48, date(2032, 2, 29), id="leap-day-four-years-on"),
            pytest.param(date(2026, 8, 31), 1, date(2026, 9, 30), id="thirty-days-has-september"),
            pytest.param(date(2026, 12, 31), 2, date(2027, 2, 28), id="over-the-year-s-end"),
            pytest.param(date(2027, 12, 31), 2, date(2028, 2, 29), id="into-a-leap-february"),
        ],
    )
    def test_it_is_the_same_day_or_the_month_s_last(
        self, day: date, months: int, later: date
    ) -> None:
        assert add_months(day, months) == later


class TestCurrentUntil:
    def test_the_nearest_end_counts(self) -> None:
        assert current_until(DAY, date(2029, 1, 1), [24, 12]) == date(2027, 9, 1)
        assert current_until(DAY, date(2027, 1, 1), [24, 12]) == date(2027, 1, 1)

    def test_its_own_last_day_counts_where_the_standards_say_nothing(self) -> None:
        assert current_until(None, date(2027, 1, 1), []) == date(2027, 1, 1)
        assert current_until(DAY, date(2027, 1, 1), []) == date(2027, 1, 1)

    def test_without_any_end_it_counts_for_as_long_as_may_be(self) -> None:
        assert current_until(DAY, None, []) is None
        assert current_until(None, None, [12]) is None


class TestStateOn:
    @pytest.mark.parametrize(
        ("facts", "state"),
        [
            ({"until": None}, DocumentState.CURRENT),
            ({"until": date(2026, 11, 1)}, DocumentState.CURRENT),
            ({"until": date(2026, 10, 31)}, DocumentState.EXPIRING),
            ({"until": DAY}, DocumentState.EXPIRING),
            ({"until": date(2026, 8, 31)}, DocumentState.OUT_OF_DATE),
            ({"until": date(2027, 9, 2), "issued_on": date(2026, 9, 2)}, DocumentState.NOT_YET),
            ({"until": date(2027, 9, 1), "issued_on": DAY}, DocumentState.CURRENT),
            ({"until": None, "withdrawn": True}, DocumentState.WITHDRAWN),
            ({"until": date(2020, 1, 1), "withdrawn": True}, DocumentState.WITHDRAWN),
        ],
    )
    def test_a_document_stands_where_its_days_put_it(
        self, facts: dict[str, Any], state: DocumentState
    ) -> None:
        stated = {"issued_on": None, "withdrawn": False} | facts

        assert state_on(DAY, reminded_days=60, **stated) is state
