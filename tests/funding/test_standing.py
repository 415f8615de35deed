"""Which days of a placement nobody pays for, and which are paid for outside it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.funding.service.standing import Days, days_outside, missing_days

FIRST = date(2026, 9, 1)


def days(since: int, until: int | None) -> Days:
    last = None if until is None else FIRST + timedelta(days=until)
    return Days(FIRST + timedelta(days=since), last)


@pytest.mark.parametrize(
    ("placed", "paid", "missing", "outside"),
    [
        ((0, 9), [], [(0, 9)], []),
        ((0, 9), [(0, 9)], [], []),
        ((0, 9), [(0, 4), (5, 9)], [], []),
        ((0, 9), [(0, 4), (6, 9)], [(5, 5)], []),
        ((0, 9), [(2, 7)], [(0, 1), (8, 9)], []),
        ((0, 9), [(-3, -1)], [(0, 9)], [(-3, -1)]),
        ((0, 9), [(-3, 2), (8, 12)], [(3, 7)], [(-3, -1), (10, 12)]),
        ((0, 9), [(20, 30)], [(0, 9)], [(20, 30)]),
        ((0, None), [(0, 4)], [(5, None)], []),
        ((0, None), [], [(0, None)], []),
    ],
)
def test_days_are_compared(
    placed: tuple[int, int | None],
    paid: list[tuple[int, int]],
    missing: list[tuple[int, int | None]],
    outside: list[tuple[int, int | None]],
) -> None:
    held = [days(*one) for one in paid]

    assert missing_days(days(*placed), held) == [days(*one) for one in missing]
    assert days_outside(days(*placed), held) == [days(*one) for one in outside]


@given(st.lists(st.integers(-20, 60), max_size=10, unique=True))
def test_every_day_is_paid_for_or_missing_and_never_both(bounds: list[int]) -> None:
    ordered = sorted(bounds)
    pairs = list(zip(ordered[::2], ordered[1::2], strict=False))
    paid = [days(*one) for one in pairs]
    found = missing_days(days(0, 39), paid)

    for number in range(40):
        day = FIRST + timedelta(days=number)
        is_paid = any(one.since <= day <= (one.until or day) for one in paid)
        is_missing = any(one.since <= day <= (one.until or day) for one in found)
        assert is_paid != is_missing
