"""From a criterion of an old version to what became of it, over the versions between; pure."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.standards.terms import Relation

_GRAVITY = (
    Relation.SAME,
    Relation.REWORDED,
    Relation.NARROWED,
    Relation.MERGED,
    Relation.SPLIT,
    Relation.WIDENED,
)
"""From what changes least for somebody who met the old criterion, to what changes most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a crosswalk.

    Attributes:
        source: id of a criterion of the older version.
        target: id of the criterion it became, or one of those.
        relation: how they differ.
    """

    source: uuid.UUID
    target: uuid.UUID
    relation: Relation


def follow(crosswalks: Sequence[Iterable[Step]]) -> list[Step]:
    """Return where the criteria of the first version lead in the last.

    Over several versions the gravest change on the way counts; where several ways lead from one
    criterion to another, the gravest of them.

    Args:
        crosswalks: one for each version after the first, in order.
    """
    first, *later = crosswalks
    steps = list(first)
    for crosswalk in later:
        onward = defaultdict(list)
        for step in crosswalk:
            onward[step.source].append(step)
        steps = [
            Step(step.source, further.target, max(step.relation, further.relation, key=_gravity))
            for step in steps
            for further in onward[step.target]
        ]
    gravest: dict[tuple[uuid.UUID, uuid.UUID], Relation] = {}
    for step in steps:
        ends = (step.source, step.target)
        held = gravest.get(ends, Relation.SAME)
        gravest[ends] = max(held, step.relation, key=_gravity)
    return [Step(source, target, relation) for (source, target), relation in gravest.items()]


def gravest(relations: Iterable[Relation]) -> Relation:
    """Return the gravest of some changes; there is at least one."""
    return max(relations, key=_gravity)


def _gravity(relation: Relation) -> int:
    return _GRAVITY.index(relation)
