"""What invented inspectors find otherwise than met, and what an owner says to it; pure draws.

Of what a finding leads to nothing is drawn: whether a site meets the standards follows from the
judgements by the register's own rule.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from random import Random
from typing import TypeAlias

from app.inspections.terms import SHORT, EvidenceMethod, Judgement
from app.standards.facts import ShippedCriterion, shipped_versions
from app.standards.policies import applicable
from app.standards.terms import Force, Gate
from app.values.site_kind import SiteKind

Asked: TypeAlias = ShippedCriterion


class Profile(StrEnum):
    """What an inspection comes upon, as a whole."""

    MEETS = "meets"
    ACTIONS = "actions"
    """Something major is partly met, and no more of it than may be."""
    FAILS = "fails"
    NOT_ALL_SEEN = "not-all-seen"
    """Something major could not be looked at."""
    LAPSING = "lapsing"
    """A paper was seen long before the visit, and is soon too old to count."""


_PROFILES = {
    Profile.MEETS: 50,
    Profile.ACTIONS: 26,
    Profile.FAILS: 12,
    Profile.NOT_ALL_SEEN: 5,
    Profile.LAPSING: 7,
}
"""How many of a hundred inspections."""
_MOST_PARTLY = 3
"""Major criteria that may be partly met; one more, and the site does not yet meet them."""
_MINOR_SHORT, _NOT_ASKED, _READ_BEFORE = 0.4, 0.15, 3
_AT_THE_DESK = (5, 25)
_LONG_BEFORE = (330, 385)
"""Days before the visit: not too old to count on it, and soon afterwards."""
_STILL_SHORT = 0.15
_REPLIED, _DUE = 0.7, (20, 90)

_WORDS: Mapping[Judgement, tuple[str, ...]] = {
    Judgement.PARTLY_MET: (
        "Invented: done, and not written down.",
        "Invented: written down, and not everybody has read it.",
        "Invented: in place at one end of the day and not at the other.",
        "Invented: the papers were not dated.",
    ),
    Judgement.NOT_MET: (
        "Invented: nothing of it could be shown.",
        "Invented: it ended last year and was not begun again.",
    ),
    Judgement.NOT_ASSESSED: ("Invented: whoever sees to it was away that day.",),
    Judgement.NOT_APPLICABLE: ("Invented: nothing of the kind is done at this site.",),
}
_REPLIES = (
    "Invented: it has been put right since, and can be shown.",
    "Invented: we had begun with this before the visit.",
    "Invented: we accept this, and thank the inspectors.",
)
_ACTIONS = (
    "Invented: write it down, and go through it with everybody.",
    "Invented: put it in place, and look at it again each term.",
)
_ROLES = ("Head of centre", "Safeguarding lead", "Office manager")


@dataclass(frozen=True, slots=True)
class Action:
    """What an owner will do about a finding, who sees to it, and by when."""

    action: str
    role: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement, and what the owner answered to it once it was published.

    Attributes:
        site: the reference of the site.
        criterion: its number.
        judgement: what was found.
        words: what was seen, or why nobody looked; none for what is met.
        method: how the evidence was seen; `None` where nobody looked.
        seen_on: when; likewise.
        action: what the owner will do about it, if it answered.
        reply: what it says to it in public, if it does.
    """

    site: int
    criterion: str
    judgement: Judgement
    words: str | None
    method: EvidenceMethod | None
    seen_on: date | None
    action: Action | None = None
    reply: str | None = None


@cache
def asked_at(kind: SiteKind) -> list[Asked]:
    """Return what the standards that ship ask of a site of a kind, but good practice."""
    asked = applicable(shipped_versions()[0].criteria, kind, None)
    return [one for one in asked if one.force is not Force.GOOD_PRACTICE]


def draw_profile(random: Random) -> Profile:
    """Draw what an inspection comes upon."""
    return random.choices(list(_PROFILES), list(_PROFILES.values()))[0]


def draw(
    random: Random, profile: Profile, asked: Mapping[int, Sequence[Asked]], visited_on: date
) -> tuple[Finding, ...]:
    """Draw everything that is otherwise than met and seen on the spot, each criterion once.

    Args:
        random: the source of chance.
        profile: what the inspection comes upon.
        asked: by a site's reference, what is asked there.
        visited_on: the day of the visit.
    """
    site = random.choice(sorted(asked))
    drawing = _Drawing(random, site, list(asked[site]), visited_on)
    if profile is Profile.ACTIONS:
        drawing.short(Gate.MAJOR, random.randint(1, _MOST_PARTLY), Judgement.PARTLY_MET)
    elif profile is Profile.FAILS:
        _fail(random, drawing)
    elif profile is Profile.NOT_ALL_SEEN:
        drawing.unseen(Gate.MAJOR, Judgement.NOT_ASSESSED)
    elif profile is Profile.LAPSING:
        drawing.read(_LONG_BEFORE)
    if random.random() < _MINOR_SHORT:
        drawing.short(Gate.MINOR, 1, random.choice(sorted(SHORT)))
    if random.random() < _NOT_ASKED:
        drawing.unseen(Gate.MINOR, Judgement.NOT_APPLICABLE)
    for _ in range(_READ_BEFORE):
        drawing.read(_AT_THE_DESK)
    return tuple(drawing.made)


def short(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that fall short of a critical or major criterion."""
    gates = _gates()
    return [
        one for one in findings if one.judgement in SHORT and gates[one.criterion] is not Gate.MINOR
    ]


def answered(
    random: Random, findings: Iterable[Finding], published_on: date
) -> tuple[Finding, ...]:
    """Return findings with what the owner says to those that fall short, and plans about them."""
    made = []
    for one in findings:
        if one.judgement not in SHORT:
            made.append(one)
            continue
        due_on = published_on + timedelta(days=random.randint(*_DUE))
        action = Action(random.choice(_ACTIONS), random.choice(_ROLES), due_on)
        reply = random.choice(_REPLIES) if random.random() < _REPLIED else None
        made.append(replace(one, reply=reply, action=action))
    return tuple(made)


def seen_again(random: Random, before: Iterable[Finding], visited_on: date) -> tuple[Finding, ...]:
    """Return what a follow-up finds still short of what it looks at; the rest is met by then."""
    return tuple(
        replace(
            one,
            judgement=Judgement.PARTLY_MET,
            words=random.choice(_WORDS[Judgement.PARTLY_MET]),
            method=EvidenceMethod.VISIT,
            seen_on=visited_on,
            reply=None,
            action=None,
        )
        for one in before
        if random.random() < _STILL_SHORT
    )


@dataclass(slots=True)
class _Drawing:
    random: Random
    site: int
    left: list[Asked]
    visited_on: date
    made: list[Finding] = field(default_factory=list)

    def short(self, gate: Gate, count: int, judgement: Judgement) -> None:
        for one in self._take(gate, count):
            self._add(one, judgement, EvidenceMethod.VISIT, self.visited_on)

    def unseen(self, gate: Gate, judgement: Judgement) -> None:
        for one in self._take(gate, 1):
            self._add(one, judgement, None, None)

    def read(self, days_before: tuple[int, int]) -> None:
        seen_on = self.visited_on - timedelta(days=self.random.randint(*days_before))
        for one in self._take(Gate.MAJOR, 1):
            self._add(one, Judgement.MET, EvidenceMethod.DESK, seen_on)

    def _take(self, gate: Gate, count: int) -> Collection[Asked]:
        fitting = [one for one in self.left if one.gate is gate]
        taken = self.random.sample(fitting, min(count, len(fitting)))
        self.left = [one for one in self.left if one not in taken]
        return taken

    def _add(
        self, one: Asked, judgement: Judgement, method: EvidenceMethod | None, on: date | None
    ) -> None:
        words = _WORDS.get(judgement)
        told = self.random.choice(words) if words else None
        self.made.append(Finding(self.site, one.number, judgement, told, method, on))


def _fail(random: Random, drawing: _Drawing) -> None:
    way = random.randrange(3)
    if way == 0:
        drawing.short(Gate.CRITICAL, 1, random.choice(sorted(SHORT)))
    elif way == 1:
        drawing.short(Gate.MAJOR, 1, Judgement.NOT_MET)
    else:
        drawing.short(Gate.MAJOR, _MOST_PARTLY + 1, Judgement.PARTLY_MET)


@cache
def _gates() -> dict[str, Gate]:
    return {one.number: one.gate for one in shipped_versions()[0].criteria}
