"""What follows for a site on each day from what was published of it, and what time changes; pure.

A judgement is known from the day it was published, and counts from the day its evidence was seen.
So what followed on a past day never changes: what is published later is not known then.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app import clock
from app.inspections.cycle import Due, SiteFacts, next_due
from app.inspections.eras import Era, era_on
from app.inspections.outcome import Asked, Deciding, Judged, judged_until, site_outcome
from app.inspections.terms import EvidenceMethod, Judgement, Outcome
from app.standards.terms import Force
from app.values.site_kind import SiteKind, StaffSize

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PublishedJudgement:
    """A judgement as it was published.

    Attributes:
        criterion_id: of the criterion, of whichever version.
        judgement: what was found.
        method: how its evidence was seen; `None` where nobody looked.
        seen_on: when; likewise.
        looked_on: the day of the inspection, by which what rests on no evidence is put in order.
        published_at: when its inspection was published.
    """

    criterion_id: uuid.UUID
    judgement: Judgement
    method: EvidenceMethod | None
    seen_on: date | None
    looked_on: date
    published_at: datetime

    @property
    def published_on(self) -> date:
        """The day from which it is known."""
        return self.published_at.astimezone(clock.LONDON).date()

    @property
    def newness(self) -> tuple[bool, date, datetime]:
        """By which the newest is found; that nobody looked never stands over what somebody saw."""
        looked = self.judgement is not Judgement.NOT_ASSESSED
        return looked, self.seen_on or self.looked_on, self.published_at


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site.

    Attributes:
        kind: what kind of place it is.
        staff_size: of its provider.
        began_on: the first day of any listing of it; `None` while it never was on the register.
        listed_on: the first day of the listing by which it is on the register; `None`: it is not.
        judgements: that were published of it, in any order.
        visited_on: the day of its last round visit that is published.
    """

    kind: SiteKind
    staff_size: StaffSize | None
    began_on: date | None
    listed_on: date | None
    judgements: Sequence[PublishedJudgement]
    visited_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a site on a day.

    Attributes:
        outcome: what follows.
        decided_by: the criteria that decided; none where nothing was ever published.
        seen_from: the day on which the oldest evidence that counts was seen.
        seen_to: the newest.
        asked: how many criteria that count for the outcome are asked there; `None` where nothing
            was ever published.
        judged: for how many of them a judgement counts.
        due: the next visit that comes round.
    """

    outcome: Outcome
    decided_by: tuple[Deciding, ...] = ()
    seen_from: date | None = None
    seen_to: date | None = None
    asked: int | None = None
    judged: int | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is to tell of a site, and what time alone makes of it.

    Attributes:
        told: on the day.
        since: the first day of its outcome.
        valid_until: the last day on which it holds by itself; `None`: until somebody acts.
        next_outcome: what it is on the day after.
        changes_on: the first day on which anything that is told is otherwise; `None`: never.
    """

    told: Told
    since: date
    valid_until: date | None
    next_outcome: Outcome | None
    changes_on: date | None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a version of the standards finds of a site on its first day, from what is known before.

    What counts in an outcome alone; numbers of criteria in the order in which they are asked.

    Attributes:
        outcome: what follows there.
        not_met: by judgements that count for them then.
        partly_met: likewise.
        nothing_known: those for which no judgement counts: nobody looked, it was too long ago, or
            it asks for something else than what was looked at.
    """

    outcome: Outcome
    not_met: tuple[str, ...]
    partly_met: tuple[str, ...]
    nothing_known: tuple[str, ...]


def standing_on(site: Site, every: Sequence[Era], day: date) -> Standing | None:
    """Return where a site stands on a day; `None` where there is nothing to tell of it yet.

    Args:
        site: what is known of it.
        every: era, in order.
        day: the day in London.
    """
    began = min((one for one in _beginnings(site) if one <= day), default=None)
    if began is None:
        return None
    told, days = told_on(site, every, day), _days_of_change(site, every)
    earlier = sorted((one for one in days if began < one <= day), reverse=True)
    others = (one for one in earlier if told_on(site, every, one - _A_DAY).outcome != told.outcome)
    standing = Standing(told, next(others, began), None, None, None)
    for later in sorted(one for one in days if one > day):
        then = told_on(site, every, later)
        if standing.changes_on is None and then != told:
            standing = replace(standing, changes_on=later)
        if then.outcome != told.outcome:
            return replace(standing, valid_until=later - _A_DAY, next_outcome=then.outcome)
    return standing


def told_on(site: Site, every: Sequence[Era], day: date) -> Told:
    """Return what there is to tell of a site on a day, by what was known then.

    Args:
        site: what is known of it.
        every: era, in order.
        day: the day in London.
    """
    era = era_on(every, day)
    known = [one for one in site.judgements if one.published_on <= day]
    if not known:
        return Told(Outcome.NOT_YET_ASSESSED, due=_due(site, era, Outcome.NOT_YET_ASSESSED, day))
    judged = _newest(known, era)
    found = site_outcome(era.asked(site.kind, site.staff_size), judged.values(), era.rule, day)
    deciding = _deciding(site, era)
    counting = [held for one in deciding if (held := _counting(one, judged, era, day))]
    seen = [one.seen_on for one in counting if one.seen_on is not None]
    return Told(
        outcome=found.outcome,
        decided_by=found.decided_by,
        seen_from=min(seen, default=None),
        seen_to=max(seen, default=None),
        asked=len(deciding),
        judged=len(counting),
        due=_due(site, era, found.outcome, day),
    )


def impact_on(site: Site, every: Sequence[Era], day: date) -> Impact:
    """Return what a site would fall short on, were a day to come with what is known now.

    Args:
        site: what is known of it.
        every: era, in order.
        day: the first day of a version of the standards.
    """
    era = era_on(every, day)
    judged = _newest(site.judgements, era)
    found: dict[Judgement | None, list[str]] = defaultdict(list)
    for one in _deciding(site, era):
        held = _counting(one, judged, era, day)
        found[held.judgement if held else None].append(one.number)
    return Impact(
        told_on(site, every, day).outcome,
        *(tuple(found[one]) for one in (Judgement.NOT_MET, Judgement.PARTLY_MET, None)),
    )


def _deciding(site: Site, era: Era) -> list[Asked]:
    asked = era.asked(site.kind, site.staff_size)
    return [one for one in asked if one.force is not Force.GOOD_PRACTICE]


def _counting(one: Asked, judged: Mapping[str, Judged], era: Era, day: date) -> Judged | None:
    """Return the judgement that counts for a criterion on a day, if one does."""
    held = judged.get(one.number)
    if held is None or held.judgement is Judgement.NOT_ASSESSED:
        return None
    until = judged_until(held, one.gate, era.rule)
    return held if until is None or day <= until else None


def _beginnings(site: Site) -> Iterator[date]:
    if site.began_on is not None:
        yield site.began_on
    yield from (one.published_on for one in site.judgements)


def _due(site: Site, era: Era, outcome: Outcome, day: date) -> Due | None:
    if site.listed_on is None:
        return None
    return next_due(SiteFacts(site.listed_on, site.visited_on, outcome), era.cycle, day)


def _newest(known: Iterable[PublishedJudgement], era: Era) -> dict[str, Judged]:
    newest: dict[str, PublishedJudgement] = {}
    for one in known:
        for number in era.counts_for.get(one.criterion_id, ()):
            if number not in newest or newest[number].newness < one.newness:
                newest[number] = one
    return {
        number: Judged(number, one.judgement, one.seen_on, one.method)
        for number, one in newest.items()
    }


def _days_of_change(site: Site, every: Sequence[Era]) -> set[date]:
    """Return every day on which what is told may begin to be otherwise."""
    days = {era.first for era in every} | {one.published_on for one in site.judgements}
    for era in every if site.judgements else ():
        gates = {one.number: one.gate for one in era.asked(site.kind, site.staff_size)}
        for one in site.judgements:
            for number in era.counts_for.get(one.criterion_id, ()):
                if number in gates:
                    held = Judged(number, one.judgement, one.seen_on, one.method)
                    until = judged_until(held, gates[number], era.rule)
                    days |= set() if until is None else {until + _A_DAY}
    return days
