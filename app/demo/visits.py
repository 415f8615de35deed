"""Invented inspections: who was seen when, what fell short, and what was said to it.

Drawn from a source of chance of their own, so that the rest of a plan is what it was without them.
Not drawn is what follows: outcomes, and until when they hold, the register computes.

A few local authorities have begun to see whoever they list; elsewhere few were seen yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import TypeAlias

from app.clock import LONDON
from app.demo import findings
from app.demo.findings import Finding, Profile
from app.demo.history import Step, draw_moment
from app.inspections.clocks import Clock, FairHearing, appeal_decision_due, comments_due
from app.inspections.terms import SHORT, InspectionKind
from app.places import facts
from app.providers.evidence import add_months
from app.providers.schemas.recording import NewSite
from app.providers.terms import Status
from app.standards.facts import shipped_versions

COVENTRY, WARWICKSHIRE = "331", "937"
BEGUN_ELSEWHERE = 6
"""In how many other authorities, drawn by the seed, most of those listed were seen."""
SEEN_SHARE, SEEN_ELSEWHERE = 0.95, 0.05
COUNTS_MONTHS = 14
"""For how long the policy that ships lets a judgement count, from the day its evidence was seen."""

_HEARING = FairHearing()
_VISITS_BEGIN, _VISITS_END = 280, 30
"""Working days before the end between which visits lie."""
_HEARD = (14, 22)
"""So many working days after a visit it is published: never before comments are over."""
_NEW_DAYS = 240
"""Whoever was listed so many days before is visited for the first time since."""
_UNANNOUNCED, _FOLLOWED = 0.06, 0.45
_OWNED, _APPEALED, _RELIED_ON = 0.3, 0.8, 0.04
_LATE_DAYS = 40
"""Whose inspection was published so many working days before the end may have appealed."""
_RELIED_FOR = timedelta(days=300)
_PRESENT = frozenset({Status.LISTED, Status.LISTED_WITH_ACTIONS})


@dataclass(frozen=True, slots=True)
class Inspecting:
    """An inspection of a provider is published, and what led to it and was said to it is held.

    Attributes:
        provider: its place in the plan.
        at: when it is published.
        number: its place among the inspections of the plan, from 1.
        kind: what it is for.
        la_code: the authority in whose area the sites lie.
        sites: references of those that are looked at.
        planned_on: the day of the visit.
        sent_at: when the provider was given the draft.
        comments: the clock that ran then.
        closed_at: when its time for comments was over.
        criteria: the only ones looked at; none named is all.
        findings: what is otherwise than met and seen on the spot that day.
        owned: whether the provider is in the hands of the invented owner, who answers.
        relied_on_until: until when another authority relies on it, if one does.
    """

    provider: int
    at: datetime
    number: int
    kind: InspectionKind
    la_code: str
    sites: tuple[int, ...]
    planned_on: date
    sent_at: datetime
    comments: Clock
    closed_at: datetime
    criteria: tuple[str, ...]
    findings: tuple[Finding, ...]
    owned: bool = False
    relied_on_until: date | None = None

    @property
    def effective_on(self) -> date:
        """The day from which what follows holds."""
        return _london(self.at)


@dataclass(frozen=True, slots=True)
class Appealing:
    """The owner of a provider appeals against whatever fell short, and nobody has decided yet."""

    provider: int
    at: datetime
    decision: Clock

    @property
    def effective_on(self) -> date:
        """The day on which the public is told."""
        return _london(self.at)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Midnight of the day on which some evidence is too old to count; nobody did anything."""

    provider: int
    at: datetime

    @property
    def effective_on(self) -> date:
        """The day on which what followed from it no longer does."""
        return _london(self.at)


Seen: TypeAlias = Inspecting | Appealing | Lapsing


@dataclass(frozen=True, slots=True)
class Looked:
    """A provider as whoever draws its inspections knows it.

    Attributes:
        provider: its place in the plan.
        sites: as they are recorded.
        steps: its moves, on rising days.
        days: the working days of the demonstration.
    """

    provider: int
    sites: Sequence[NewSite]
    steps: Sequence[Step]
    days: Sequence[date]

    def present(self, first: int, last: int) -> bool:
        """Say whether it is on the register, and not under review, from one place to another."""
        before = [step for step in self.steps if step.place < first]
        meanwhile = any(first <= step.place <= last for step in self.steps)
        return bool(before) and before[-1].status in _PRESENT and not meanwhile


@cache
def begun(seed: int) -> frozenset[str]:
    """Return the authorities that see whoever they list."""
    random = Random(f"authorities that inspect {seed}")  # noqa: S311 - repeatable
    others = sorted(one.la_code for one in facts.local_authorities())
    return frozenset({COVENTRY, WARWICKSHIRE, *random.sample(others, BEGUN_ELSEWHERE)})


def draw_inspections(looked: Looked, seed: int, elsewhere: float = SEEN_ELSEWHERE) -> list[Seen]:
    """Draw what a provider was inspected for, if it was, and what came of it.

    Args:
        looked: the provider.
        seed: the plan's.
        elsewhere: which share is seen where an authority has not begun.
    """
    random = Random(f"inspections {seed} {looked.provider}")  # noqa: S311 - repeatable
    share = SEEN_SHARE if looked.sites[0].la_code in begun(seed) else elsewhere
    days = looked.days
    first = max(len(days) - _VISITS_BEGIN, _standards_begin(days))
    if random.random() >= share or first >= len(days) - _VISITS_END:
        return []
    visit = random.randrange(first, len(days) - _VISITS_END)
    published = visit + random.randint(*_HEARD)
    if not looked.present(visit, published):
        return []
    profile = findings.draw_profile(random)
    if profile is Profile.LAPSING and not looked.present(visit, len(days)):
        profile = Profile.MEETS
    asked = _asked(looked.sites)
    found = findings.draw(random, profile, asked, days[visit])
    kind = _draw_kind(random, looked, visit)
    one = _inspecting(random, looked, visit, published)
    owned = any(finding.judgement in SHORT for finding in found) and random.random() < _OWNED
    one = replace(
        one,
        kind=kind,
        findings=findings.answered(random, found, days[published]) if owned else found,
        owned=owned,
        relied_on_until=days[visit] + _RELIED_FOR if random.random() < _RELIED_ON else None,
    )
    return [one, *_what_came_of_it(random, looked, one, published, profile)]


def _what_came_of_it(
    random: Random, looked: Looked, one: Inspecting, published: int, profile: Profile
) -> Iterator[Seen]:
    days, end = looked.days, len(looked.days)
    if profile is Profile.LAPSING:
        oldest = min(finding.seen_on for finding in one.findings if finding.seen_on)
        lapses = add_months(oldest, COUNTS_MONTHS) + timedelta(days=1)
        if one.effective_on < lapses <= days[-1]:
            yield Lapsing(looked.provider, datetime.combine(lapses, time(), LONDON).astimezone(UTC))
        return
    short = findings.short(one.findings)
    if not short:
        return
    if one.owned and published >= end - _LATE_DAYS:
        appealed = published + random.randint(2, 8)
        if random.random() < _APPEALED and appealed < end and looked.present(published, appealed):
            clock = _clock(appeal_decision_due(days[appealed], _HEARING))
            yield Appealing(looked.provider, draw_moment(random, days[appealed]), clock)
        return
    visit = published + random.randint(30, 90)
    again = visit + random.randint(*_HEARD)
    if random.random() < _FOLLOWED and again < end and looked.present(published, again):
        yield replace(
            _inspecting(random, looked, visit, again),
            kind=InspectionKind.FOLLOW_UP,
            sites=tuple(sorted({finding.site for finding in short})),
            criteria=tuple(sorted({finding.criterion for finding in short})),
            findings=findings.seen_again(random, short, days[visit]),
        )


def _inspecting(random: Random, looked: Looked, visit: int, published: int) -> Inspecting:
    days = looked.days
    sent = visit + random.randint(1, 2)
    comments = _clock(comments_due(days[sent], _HEARING))
    closed_on = comments.due_on + timedelta(days=1)
    here = looked.sites[0].la_code
    return Inspecting(
        provider=looked.provider,
        at=draw_moment(random, days[published]),
        number=0,
        kind=InspectionKind.ANNUAL,
        la_code=here,
        sites=tuple(n for n, site in enumerate(looked.sites, start=1) if site.la_code == here),
        planned_on=days[visit],
        sent_at=draw_moment(random, days[sent]),
        comments=comments,
        closed_at=datetime.combine(closed_on, time(0, 10), LONDON).astimezone(UTC),
        criteria=(),
        findings=(),
    )


def _asked(sites: Sequence[NewSite]) -> dict[int, list[findings.Asked]]:
    here = sites[0].la_code
    return {
        reference: findings.asked_at(site.kind)
        for reference, site in enumerate(sites, start=1)
        if site.la_code == here
    }


def _draw_kind(random: Random, looked: Looked, visit: int) -> InspectionKind:
    if random.random() < _UNANNOUNCED:
        return InspectionKind.UNANNOUNCED
    listed_on = looked.days[looked.steps[0].place]
    new = looked.days[visit] - listed_on < timedelta(days=_NEW_DAYS)
    return InspectionKind.MONITORING if new else InspectionKind.ANNUAL


def _standards_begin(days: Sequence[date]) -> int:
    """Return the place of the first working day on which the standards that ship are in force."""
    first = shipped_versions()[0].in_force_from
    return next((place for place, day in enumerate(days) if day >= first), len(days))


def _clock(clock: Clock | None) -> Clock:
    assert clock is not None  # noqa: S101 - the policy that ships is on
    return clock


def _london(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
