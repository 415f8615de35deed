"""Holds who looks for a child, and by when, to the situations of `missing.md`."""

from datetime import date

import pytest

from app.rules.missing.chasing import Pressing, first_contact, next_step, pressing_on
from app.rules.missing.law import FOLLOWED_AT_ANY_AGE
from app.rules.missing.owning import is_over_school_age, searchers_of
from tests.rules.situations.reading import Row, situations

TABLES = "missing.md"
MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)


@situations(TABLES, "Searchers")
def test_somebody_looks_for_every_child(row: Row) -> None:
    found = searchers_of(
        date.fromisoformat(row["Born"]),
        date.fromisoformat(row["On"]),
        on_roll=row["On a roll"] == "yes",
        looked_after=row["Looked after"] == "yes",
    )

    assert (found.first, found.corporate_parent) == (row["First"], row["Carer"] == "yes")
    rule = found.reasons[-1].rule
    if row["Citation"] == "policy of the register":
        assert rule is FOLLOWED_AT_ANY_AGE
    else:
        source, _, provision = row["Citation"].partition(", ")
        assert (rule.citation.source, rule.citation.provision) == (source, provision)


@pytest.mark.parametrize(("day", "over"), [(date(2026, 6, 26), False), (date(2026, 6, 27), True)])
def test_school_age_ends_on_the_last_friday_in_june(day: date, over: bool) -> None:
    assert is_over_school_age(date(2010, 5, 6), day) is over


@pytest.mark.parametrize(
    ("known_on", "due_on"),
    [
        (MONDAY, MONDAY),
        (date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 12, 25), date(2026, 12, 29)),
    ],
    ids=["a working day", "a Saturday", "Christmas"],
)
def test_the_first_contact_is_tried_at_once(known_on: date, due_on: date) -> None:
    clock = first_contact(known_on)

    assert (clock.due_on, clock.approximate) == (due_on, False)


def test_something_further_is_tried_within_three_working_days() -> None:
    assert next_step(FRIDAY).due_on == date(2026, 12, 9)


def test_a_step_is_pressing_on_its_day_and_more_so_afterwards() -> None:
    days = [date(2026, 12, day) for day in (3, 4, 5)]

    assert [pressing_on(FRIDAY, day) for day in days] == [
        Pressing.GREEN,
        Pressing.AMBER,
        Pressing.RED,
    ]
