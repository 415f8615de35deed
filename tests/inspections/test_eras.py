"""Which standards and figures hold when, and for what judgements of older criteria count."""

import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.inspections.cycle import Cycle
from app.inspections.eras import Era, Period, Version, coming_versions, era_on, eras
from app.inspections.outcome import OutcomeRule
from app.standards.terms import Force, Gate, Relation
from app.standards.walking import Step
from app.values.site_kind import SiteKind, StaffSize

SHIPPED, MADE = date(2025, 9, 1), datetime(2026, 9, 1, tzinfo=UTC)
SECOND, THIRD = date(2027, 1, 1), date(2028, 1, 1)
STRICT, MILD = OutcomeRule(0, {}), OutcomeRule(3, {Gate.MAJOR: 14})


def criterion(key: int, number: str, **said: Any) -> SimpleNamespace:
    asked = {"gate": "major", "force": "standard", "site_kinds": [], "staff_sizes": []}
    return SimpleNamespace(id=uuid.UUID(int=key), number=number, **asked | said)


def step(source: int, target: int, relation: Relation) -> Step:
    return Step(uuid.UUID(int=source), uuid.UUID(int=target), relation)


def three_versions(first: Relation, second: Relation) -> list[Period]:
    """Three versions, each of one criterion, the next with another number."""
    return [
        Period(SHIPPED, SECOND, MADE, Version([criterion(1, "1.1a")], [], uuid.UUID(int=11))),
        Period(
            *(SECOND, THIRD, MADE),
            Version([criterion(2, "1.1b")], [step(1, 2, first)], uuid.UUID(int=12)),
        ),
        Period(
            *(THIRD, None, MADE),
            Version([criterion(3, "1.1c")], [step(2, 3, second)], uuid.UUID(int=13)),
        ),
    ]


def counts(every: list[Era], day: date) -> dict[int, tuple[str, ...]]:
    return {key.int: numbers for key, numbers in era_on(every, day).counts_for.items()}


@pytest.mark.parametrize("relation", list(Relation))
def test_a_judgement_counts_on_where_the_demand_stayed_or_shrank(relation: Relation) -> None:
    every = eras(three_versions(relation, Relation.SAME), (), (), STRICT)

    carried = relation in {Relation.SAME, Relation.REWORDED, Relation.NARROWED}
    assert counts(every, date(2026, 12, 31)) == {1: ("1.1a",)}
    assert counts(every, SECOND) == {2: ("1.1b",)} | ({1: ("1.1b",)} if carried else {})
    assert counts(every, THIRD) == {2: ("1.1c",), 3: ("1.1c",)} | (
        {1: ("1.1c",)} if carried else {}
    )


def test_of_two_steps_the_graver_counts() -> None:
    every = eras(three_versions(Relation.REWORDED, Relation.WIDENED), (), (), STRICT)

    assert counts(every, THIRD) == {3: ("1.1c",)}


def test_what_held_when_it_was_published_is_not_known_to_have_begun() -> None:
    cycle = Cycle()
    every = eras(
        [Period(SHIPPED, None, MADE, Version([criterion(1, "1.1a")], []))],
        [Period(SHIPPED, SECOND, MADE, MILD), Period(THIRD, None, MADE, None)],
        [Period(SECOND, THIRD, MADE, cycle)],
        STRICT,
    )

    assert [era.first for era in every] == [date.min, SECOND, THIRD]
    assert [era.rule for era in every] == [MILD, STRICT, STRICT]
    assert [era.cycle for era in every] == [None, cycle, None]
    assert all(era.criteria for era in every)


def test_versions_that_are_to_come_are_told_with_their_first_days() -> None:
    every = eras(three_versions(Relation.SAME, Relation.SAME), (), (), STRICT)
    second, third = (one.version_id for one in (era_on(every, SECOND), era_on(every, THIRD)))

    assert second is not None
    assert third is not None
    assert coming_versions(every, date(2026, 12, 31)) == {second: SECOND, third: THIRD}
    assert coming_versions(every, SECOND) == {third: THIRD}
    assert coming_versions(every, THIRD) == {}


def test_without_standards_nothing_is_asked() -> None:
    (only,) = eras((), (), (), STRICT)

    assert only.asked(SiteKind.FIXED, None) == ()


def test_of_each_kind_and_size_only_what_applies_is_asked() -> None:
    criteria = [
        criterion(1, "1.1a", gate="critical", force="law"),
        criterion(2, "1.1b", site_kinds=["online"]),
        criterion(3, "1.1c", staff_sizes=["lone"]),
    ]
    (era,) = eras([Period(SHIPPED, None, MADE, Version(criteria, []))], (), (), STRICT)

    (first, second) = era.asked(SiteKind.ONLINE, StaffSize.LARGER)
    assert (first.number, first.gate, first.force) == ("1.1a", Gate.CRITICAL, Force.LAW)
    assert second.number == "1.1b"
    assert [one.number for one in era.asked(SiteKind.FIXED, None)] == ["1.1a", "1.1c"]
