"""From an old version to a new, over those between."""

import uuid

import pytest

from app.standards.terms import Relation
from app.standards.walking import Step, follow

A, B, C, D, E, F = (uuid.UUID(int=number) for number in range(1, 7))


def test_one_crosswalk_leads_where_it_says() -> None:
    assert follow([[Step(A, B, Relation.REWORDED)]]) == [Step(A, B, Relation.REWORDED)]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Relation.SAME, Relation.SAME, Relation.SAME),
        (Relation.SAME, Relation.WIDENED, Relation.WIDENED),
        (Relation.WIDENED, Relation.SAME, Relation.WIDENED),
        (Relation.NARROWED, Relation.WIDENED, Relation.WIDENED),
        (Relation.REWORDED, Relation.NARROWED, Relation.NARROWED),
        (Relation.SPLIT, Relation.MERGED, Relation.SPLIT),
    ],
)
def test_over_two_versions_the_gravest_change_counts(
    first: Relation, second: Relation, together: Relation
) -> None:
    assert follow([[Step(A, B, first)], [Step(B, C, second)]]) == [Step(A, C, together)]


def test_what_is_withdrawn_on_the_way_leads_nowhere() -> None:
    assert follow([[Step(A, B, Relation.SAME)], [Step(D, E, Relation.SAME)]]) == []


def test_two_ways_to_one_criterion_are_one_line_and_the_gravest() -> None:
    split = [Step(A, B, Relation.SPLIT), Step(A, C, Relation.SPLIT)]
    merged = [Step(B, D, Relation.MERGED), Step(C, D, Relation.WIDENED)]

    assert follow([split, merged]) == [Step(A, D, Relation.WIDENED)]


def test_what_is_split_leads_to_each_part() -> None:
    split = [Step(A, B, Relation.SPLIT), Step(A, C, Relation.SPLIT)]
    same = [Step(B, E, Relation.SAME), Step(C, F, Relation.SAME)]

    assert follow([split, same]) == [Step(A, E, Relation.SPLIT), Step(A, F, Relation.SPLIT)]
