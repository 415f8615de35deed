"""The published outcome rule: what follows for a site, and a provider, from what was seen; pure.

Criteria of good practice never decide. One found not applicable is left out, until somebody judges
it again. Every other judgement counts for so many months from the day its evidence was seen, by the
gate of its criterion; after that the criterion counts as not assessed, as one that nobody judged.
Of what is left, the first of these that holds is the outcome:

1. does not yet meet: a critical criterion partly met or not met, a major one not met, or more than
   so many major ones partly met. A failing that counts is never hidden by what was not looked at;
2. not yet assessed: a critical or major criterion not assessed, or nothing assessed at all;
3. meets with actions: a major criterion partly met;
4. meets standards.

A minor criterion below met calls for an action, and never changes the outcome.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from string import ascii_lowercase

from app.inspections.terms import (
    NOT_LOOKED_AT,
    SHORT,
    WORST_FIRST,
    EvidenceMethod,
    Judgement,
    Outcome,
)
from app.providers.evidence import add_months
from app.standards.terms import Force, Gate


class Because(StrEnum):
    """Why a criterion decided an outcome."""

    CRITICAL_BELOW_MET = "critical-below-met"
    MAJOR_NOT_MET = "major-not-met"
    TOO_MANY_MAJOR_PARTLY_MET = "too-many-major-partly-met"
    NOT_ASSESSED = "not-assessed"
    EVIDENCE_TOO_OLD = "evidence-too-old"
    """It was judged, and its evidence was seen too long ago to count."""
    MAJOR_PARTLY_MET = "major-partly-met"


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion that is asked of the site."""

    number: str
    gate: Gate
    force: Force


@dataclass(frozen=True, slots=True)
class Judged:
    """What is held of a criterion at a site: the newest that was published.

    Attributes:
        number: of the criterion.
        judgement: what was found.
        seen_on: the day on which its evidence was seen; `None` where nobody looked.
        method: how; likewise.
    """

    number: str
    judgement: Judgement
    seen_on: date | None
    method: EvidenceMethod | None


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """The figures of the rule.

    Attributes:
        major_partly_at_most: how many major criteria may be partly met.
        counts_months: for how many calendar months a judgement counts; of a gate that is not named,
            without end.
    """

    major_partly_at_most: int
    counts_months: Mapping[Gate, int]


@dataclass(frozen=True, slots=True)
class Deciding:
    """A criterion that decided; its judgement is `None` where there never was one."""

    number: str
    judgement: Judgement | None
    because: Because


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """What follows for a site on a day.

    Attributes:
        outcome: what it is.
        decided_by: exactly the criteria that decided, by number; none where it meets standards, nor
            where nothing is asked.
        valid_until: the last day on which these judgements give this outcome; `None` where time
            alone never changes it.
        next_outcome: what they give on the day after.
    """

    outcome: Outcome
    decided_by: tuple[Deciding, ...]
    valid_until: date | None
    next_outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A criterion that is not left out, and the last day on which its judgement counts."""

    asked: Asked
    judged: Judged | None
    until: date | None

    def found(self, day: date) -> Judgement | None:
        """Return the judgement that counts on a day; `None`: not assessed."""
        if self.judged is None or self.judged.judgement is Judgement.NOT_ASSESSED:
            return None
        return None if self.until is not None and self.until < day else self.judged.judgement

    def deciding(self, because: Because) -> Deciding:
        """Return it as one of those that decided."""
        return Deciding(self.asked.number, self.judged.judgement if self.judged else None, because)


def site_outcome(
    asked: Iterable[Asked], judged: Iterable[Judged], rule: OutcomeRule, day: date
) -> SiteOutcome:
    """Return what follows for a site on a day, from what it decided, and until when.

    Args:
        asked: the criteria asked of it, each once.
        judged: what is held of them, each once; of others it is passed over.
        rule: the figures in force.
        day: the day in London.

    Raises:
        ValueError: a criterion is asked or judged twice, or judged without a day on which evidence
            was seen.
    """
    standing = _standing(asked, judged, rule)
    outcome, decided_by = _decide(standing, rule, day)
    for until in sorted({one.until for one in standing if one.until and one.until >= day}):
        then, _ = _decide(standing, rule, until + timedelta(days=1))
        if then is not outcome:
            return SiteOutcome(outcome, decided_by, until, then)
    return SiteOutcome(outcome, decided_by, None, None)


def provider_outcome(outcomes: Iterable[Outcome]) -> Outcome:
    """Return where a provider stands: as the worst of its sites, and without any not yet assessed.

    Args:
        outcomes: of its sites.
    """
    return min(outcomes, key=WORST_FIRST.index, default=Outcome.NOT_YET_ASSESSED)


def judged_until(judged: Judged, gate: Gate, rule: OutcomeRule) -> date | None:
    """Return the last day on which a judgement counts; `None`: it does not age.

    What rests on a reason instead of evidence does not age, nor does a judgement of a gate for
    which the rule names no months.

    Args:
        judged: the judgement.
        gate: of its criterion.
        rule: the figures in force.

    Raises:
        ValueError: it does not say when its evidence was seen.
    """
    if judged.judgement in NOT_LOOKED_AT:
        return None
    if judged.seen_on is None:
        message = f"{judged.number}: {judged.judgement.value} without a day on which it was seen."
        raise ValueError(message)
    months = rule.counts_months.get(gate)
    return None if months is None else add_months(judged.seen_on, months)


def _standing(
    asked: Iterable[Asked], judged: Iterable[Judged], rule: OutcomeRule
) -> Sequence[_Standing]:
    asked, judged = tuple(asked), tuple(judged)
    _refuse_doubled(one.number for one in asked)
    _refuse_doubled(one.number for one in judged)
    held = {one.number: one for one in judged}
    return [
        _Standing(one, found, judged_until(found, one.gate, rule) if found else None)
        for one in sorted(asked, key=_in_order)
        for found in (held.get(one.number),)
        if one.force is not Force.GOOD_PRACTICE
        and (found is None or found.judgement is not Judgement.NOT_APPLICABLE)
    ]


def _refuse_doubled(numbers: Iterable[str]) -> None:
    if twice := sorted(number for number, count in Counter(numbers).items() if count > 1):
        message = f"More than once: {', '.join(twice)}."
        raise ValueError(message)


def _in_order(one: Asked) -> tuple[str, int, int, str]:
    part, _, rest = one.number.partition(".")
    figure = rest.rstrip(ascii_lowercase)
    letters = rest[len(figure) :]
    return part, int(figure), len(letters), letters


def _decide(
    standing: Sequence[_Standing], rule: OutcomeRule, day: date
) -> tuple[Outcome, tuple[Deciding, ...]]:
    if failings := tuple(_failings(standing, rule, day)):
        return Outcome.DOES_NOT_YET_MEET, failings
    unseen = [one for one in standing if one.found(day) is None]
    gaps = [one for one in unseen if one.asked.gate is not Gate.MINOR]
    if gaps or len(unseen) == len(standing):
        return Outcome.NOT_YET_ASSESSED, tuple(_gap(one) for one in gaps or unseen)
    if partly := _major_partly_met(standing, day):
        return (
            Outcome.MEETS_WITH_ACTIONS,
            tuple(one.deciding(Because.MAJOR_PARTLY_MET) for one in partly),
        )
    return Outcome.MEETS_STANDARDS, ()


def _failings(standing: Sequence[_Standing], rule: OutcomeRule, day: date) -> Iterator[Deciding]:
    too_many = len(_major_partly_met(standing, day)) > rule.major_partly_at_most
    for one in standing:
        found, gate = one.found(day), one.asked.gate
        if gate is Gate.CRITICAL and found in SHORT:
            yield one.deciding(Because.CRITICAL_BELOW_MET)
        elif gate is Gate.MAJOR and found is Judgement.NOT_MET:
            yield one.deciding(Because.MAJOR_NOT_MET)
        elif gate is Gate.MAJOR and found is Judgement.PARTLY_MET and too_many:
            yield one.deciding(Because.TOO_MANY_MAJOR_PARTLY_MET)


def _major_partly_met(standing: Sequence[_Standing], day: date) -> Sequence[_Standing]:
    return [
        one
        for one in standing
        if one.asked.gate is Gate.MAJOR and one.found(day) is Judgement.PARTLY_MET
    ]


def _gap(one: _Standing) -> Deciding:
    # Only a judgement that rests on evidence has a last day; without one, nobody looked.
    return one.deciding(Because.NOT_ASSESSED if one.until is None else Because.EVIDENCE_TOO_OLD)
