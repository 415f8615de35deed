"""Which standards and which figures held when, and for what each judgement counts then; pure.

A judgement of a criterion of an older version counts for what that became where the demand stayed
the same or shrank. Where it grew, was split or put together with others, nobody has looked yet.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app import clock
from app.inspections.cycle import Cycle
from app.inspections.outcome import Asked, OutcomeRule
from app.standards.policies import applicable
from app.standards.terms import Force, Gate, Relation
from app.standards.walking import Step, follow
from app.values.site_kind import SiteKind, StaffSize

CARRIES = frozenset({Relation.SAME, Relation.REWORDED, Relation.NARROWED})
"""What may have become of a criterion for a judgement of it to count on."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which one version of the standards, or one set of a policy's figures, holds.

    Attributes:
        first: the first day.
        end: the first day on which it holds no more; `None`: it has no end.
        published_at: when it was published.
        content: the criteria, or the figures; `None` for figures that are switched off.
    """

    first: date
    end: date | None
    published_at: datetime
    content: Any


@dataclass(frozen=True, slots=True)
class Version:
    """What a version of the standards asks.

    Attributes:
        criteria: rows with `id, number, gate, force, site_kinds, staff_sizes`.
        steps: what became of the criteria of the version before.
        id: of the version.
    """

    criteria: Sequence[Any]
    steps: Sequence[Step]
    id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Era:
    """Days on which the same standards and the same figures hold.

    Attributes:
        first: the first of them.
        criteria: of the version in force; none where none is.
        counts_for: of criteria of this version and of earlier ones, the numbers for which a
            judgement of them counts.
        rule: by which outcomes follow.
        cycle: when visits are due; `None` where that policy is switched off.
        version_id: of the version in force, if one is.
    """

    first: date
    criteria: Sequence[Any]
    counts_for: Mapping[uuid.UUID, tuple[str, ...]]
    rule: OutcomeRule
    cycle: Cycle | None
    version_id: uuid.UUID | None = None
    _asked: dict[tuple[SiteKind, StaffSize | None], tuple[Asked, ...]] = field(
        default_factory=dict, compare=False
    )

    def asked(self, kind: SiteKind, size: StaffSize | None) -> tuple[Asked, ...]:
        """Return what is asked of a site of a kind, of a provider of a size."""
        if (kind, size) not in self._asked:
            self._asked[kind, size] = tuple(
                Asked(one.number, Gate(one.gate), Force(one.force))
                for one in applicable(self.criteria, kind, size)
            )
        return self._asked[kind, size]


def eras(
    versions: Sequence[Period],
    rules: Collection[Period],
    cycles: Collection[Period],
    otherwise: OutcomeRule,
) -> list[Era]:
    """Return every era, in order; the first has no beginning.

    Args:
        versions: of the standards, in order, each with a `Version`.
        rules: figures by which outcomes follow.
        cycles: figures by which visits are due.
        otherwise: by which outcomes follow while no figures hold.
    """
    every = (*versions, *rules, *cycles)
    ends = {one.end for one in every} - {None}
    days = sorted({date.min, *map(_begins, every), *(end for end in ends if end is not None)})
    counting = [_counting(versions[: place + 1]) for place in range(len(versions))]
    made = []
    for day in days:
        held = _on(versions, day)
        made.append(
            Era(
                first=day,
                criteria=held.content.criteria if held else (),
                counts_for=counting[versions.index(held)] if held else {},
                rule=_content(rules, day) or otherwise,
                cycle=_content(cycles, day),
                version_id=held.content.id if held else None,
            )
        )
    return made


def era_on(every: Sequence[Era], day: date) -> Era:
    """Return the era in which a day lies."""
    return next(era for era in reversed(every) if era.first <= day)


def coming_versions(every: Sequence[Era], day: date) -> dict[uuid.UUID, date]:
    """Return the versions of the standards that take effect after a day, and when each does."""
    found: dict[uuid.UUID, date] = {}
    held = era_on(every, day).version_id
    for era in every:
        if era.first > day and era.version_id is not None and era.version_id != held:
            found.setdefault(era.version_id, era.first)
    return found


def _begins(period: Period) -> date:
    """What held when it was published, as what ships does, is not known ever to have begun."""
    published_on = period.published_at.astimezone(clock.LONDON).date()
    return date.min if period.first < published_on else period.first


def _on(periods: Iterable[Period], day: date) -> Period | None:
    return next(
        (one for one in periods if _begins(one) <= day and (one.end is None or day < one.end)), None
    )


def _content(periods: Iterable[Period], day: date) -> Any:
    held = _on(periods, day)
    return held.content if held else None


def _counting(versions: Sequence[Period]) -> dict[uuid.UUID, tuple[str, ...]]:
    """Return for what criteria of several versions count in the last of them."""
    *earlier, last = (one.content for one in versions)
    numbers = {one.id: one.number for one in last.criteria}
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for identity, number in numbers.items():
        found[identity].append(number)
    steps = [version.steps for version in (*earlier[1:], last)]
    for place in range(len(earlier)):
        for step in follow(steps[place:]):
            if step.relation in CARRIES and step.target in numbers:
                found[step.source].append(numbers[step.target])
    return {identity: tuple(held) for identity, held in found.items()}
