"""Which site is to be seen first: points for what is known of each, from a table; pure.

The points only order the work. Nothing is decided by them, and no provider is judged by them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.inspections.cycle import Cycle, Due, SiteFacts, is_overdue, next_due
from app.inspections.terms import Outcome
from app.standards.terms import Gate


class RiskGround(StrEnum):
    """What makes it more pressing to see a site."""

    SUSPENDED = "suspended"
    CONCERN = "concern"
    DOES_NOT_YET_MEET = "does-not-yet-meet"
    NEVER_SEEN = "never-seen"
    OVERDUE = "overdue"
    LEAD_CHANGED = "lead-changed"
    PROPRIETOR_CHANGED = "proprietor-changed"
    SITE_CHANGED = "site-changed"
    EVIDENCE_OUT_OF_DATE = "evidence-out-of-date"


POINTS: Mapping[RiskGround, int] = MappingProxyType(
    {
        RiskGround.SUSPENDED: 80,
        RiskGround.DOES_NOT_YET_MEET: 50,
        RiskGround.NEVER_SEEN: 40,
        RiskGround.OVERDUE: 30,
        RiskGround.LEAD_CHANGED: 25,
        RiskGround.PROPRIETOR_CHANGED: 20,
        RiskGround.SITE_CHANGED: 20,
        RiskGround.EVIDENCE_OUT_OF_DATE: 10,
    }
)
"""What each ground weighs, but for concerns."""

CONCERN_POINTS: Mapping[Gate, int] = MappingProxyType(
    {Gate.CRITICAL: 100, Gate.MAJOR: 40, Gate.MINOR: 20}
)
"""What the gravest concern weighs, by what it touches; one of which that is not known, as minor."""
FURTHER_CONCERN_POINTS = 5
"""What each further open concern adds."""


@dataclass(frozen=True, slots=True)
class Risk:
    """How pressing it is to see a site.

    Attributes:
        points: the sum over its grounds.
        grounds: why, the weightiest first.
        due: its next visit; `None` where no policy says when.
    """

    points: int
    grounds: tuple[RiskGround, ...]
    due: Due | None


def risk_of(facts: SiteFacts, cycle: Cycle | None, day: date) -> Risk:
    """Weigh what is known of a listed site on a day.

    Args:
        facts: what is known of it. A change counts only where no visit has followed it.
        cycle: the policy in force; `None` where it is switched off.
        day: the day in London.
    """
    due = next_due(facts, cycle, day)
    weights = {ground: _weight(ground, facts) for ground in _grounds(facts, due, cycle, day)}
    grounds = sorted(weights, key=lambda ground: (-weights[ground], ground))
    return Risk(sum(weights.values()), tuple(grounds), due)


def queue_order(risk: Risk) -> tuple[int, date]:
    """Return what sorts a work queue: the most points first, then whatever is due first.

    A site's number has to follow, so that two alike keep their places.
    """
    return -risk.points, risk.due.on if risk.due else date.max


def _grounds(
    facts: SiteFacts, due: Due | None, cycle: Cycle | None, day: date
) -> Iterator[RiskGround]:
    since = facts.evidence_out_of_date_since
    holds = {
        RiskGround.SUSPENDED: facts.suspended,
        RiskGround.CONCERN: facts.open_concerns > 0,
        RiskGround.DOES_NOT_YET_MEET: facts.outcome is Outcome.DOES_NOT_YET_MEET,
        RiskGround.NEVER_SEEN: facts.last_seen_on is None,
        RiskGround.OVERDUE: is_overdue(due, cycle, day),
        RiskGround.LEAD_CHANGED: facts.unseen_change(facts.lead_changed_on, day),
        RiskGround.PROPRIETOR_CHANGED: facts.unseen_change(facts.proprietor_changed_on, day),
        RiskGround.SITE_CHANGED: facts.unseen_change(facts.site_changed_on, day),
        RiskGround.EVIDENCE_OUT_OF_DATE: since is not None and since <= day,
    }
    return (ground for ground, held in holds.items() if held)


def _weight(ground: RiskGround, facts: SiteFacts) -> int:
    if ground is not RiskGround.CONCERN:
        return POINTS[ground]
    gravest = CONCERN_POINTS[facts.gravest_concern or Gate.MINOR]
    return gravest + FURTHER_CONCERN_POINTS * (facts.open_concerns - 1)
