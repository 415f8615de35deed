"""When a listed site is to be visited next, and why; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.inspections.terms import InspectionKind, Outcome
from app.providers.evidence import add_months
from app.rules.working_days import after_working_days
from app.standards.terms import Gate


class DueBecause(StrEnum):
    """Why a visit is due; of several that are due on one day, the first named here is told."""

    CONCERN = "concern"
    LEAD_CHANGED = "lead-changed"
    SITE_CHANGED = "site-changed"
    PROPRIETOR_CHANGED = "proprietor-changed"
    FIRST_AFTER_LISTING = "first-after-listing"
    YEARLY = "yearly"


ROUTINE = frozenset({DueBecause.FIRST_AFTER_LISTING, DueBecause.YEARLY})
"""Visits that come round; the others follow something that happened."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often a listed site is visited.

    Attributes:
        entry_visit_months: how long before a listing its entry visit may have been.
        entry_visit_before_listing: whether a listing that was applied for waits for one; it is
            asked by who decides on listings, see `app.providers.readiness`.
        monitoring_months: how long after a listing the first visit is due.
        yearly_months: how long after a visit the next one is.
        overdue_days: how many days a routine visit may be late before it is called overdue.
        after_concern_working_days: how many working days after a concern, or a change of who leads
            on safeguarding, of the site or of its proprietor, a visit is due.
    """

    entry_visit_months: int = 12
    monitoring_months: int = 6
    yearly_months: int = 12
    overdue_days: int = 60
    after_concern_working_days: int = 10
    entry_visit_before_listing: bool = False


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the work queue knows of a listed site. Days are London's.

    Attributes:
        listed_on: since when it is listed.
        last_seen_on: the day of its last visit that is published; `None`: never visited.
        outcome: where it stands.
        evidence_out_of_date_since: the first day on which evidence was out of date, while it is.
        lead_changed_on: the last change of its designated safeguarding lead.
        site_changed_on: the last change of its address or kind.
        proprietor_changed_on: the last change of who owns or directs it.
        open_concerns: how many concerns about it are open.
        gravest_concern: the gate of the gravest criterion these touch.
        concern_since: when the first of these that no visit has followed was raised.
        suspended: whether its listing is suspended.
    """

    listed_on: date
    last_seen_on: date | None
    outcome: Outcome
    evidence_out_of_date_since: date | None = None
    lead_changed_on: date | None = None
    site_changed_on: date | None = None
    proprietor_changed_on: date | None = None
    open_concerns: int = 0
    gravest_concern: Gate | None = None
    concern_since: date | None = None
    suspended: bool = False

    def unseen_change(self, changed_on: date | None, day: date) -> bool:
        """Say whether something happened by a day and no visit came on that day or later."""
        return (
            changed_on is not None
            and changed_on <= day
            and (self.last_seen_on is None or changed_on > self.last_seen_on)
        )


@dataclass(frozen=True, slots=True)
class Due:
    """The next visit of a site: what kind, by when, and why."""

    kind: InspectionKind
    on: date
    because: DueBecause


def next_due(facts: SiteFacts, cycle: Cycle | None, day: date) -> Due | None:
    """Return the next visit of a listed site; `None` where the policy is switched off.

    A visit before the listing, or on its very day, is the entry visit and not the first after it.

    Args:
        facts: what is known of the site.
        cycle: the policy in force.
        day: the day; what happens only later calls for nothing yet.
    """
    if cycle is None:
        return None
    order = list(DueBecause)
    candidates = (_routine(facts, cycle), *_called_for(facts, cycle, day))
    return min(candidates, key=lambda due: (due.on, order.index(due.because)))


def is_overdue(due: Due | None, cycle: Cycle | None, day: date) -> bool:
    """Say whether a visit is overdue; a routine one only after the days the policy leaves.

    Args:
        due: the next visit, if one is due at all.
        cycle: the policy in force; nothing is overdue where it is switched off.
        day: the day.
    """
    if due is None or cycle is None:
        return False
    leeway = cycle.overdue_days if due.because in ROUTINE else 0
    return due.on + timedelta(days=leeway) < day


def _routine(facts: SiteFacts, cycle: Cycle) -> Due:
    if facts.last_seen_on is None or facts.last_seen_on <= facts.listed_on:
        return Due(
            InspectionKind.MONITORING,
            add_months(facts.listed_on, cycle.monitoring_months),
            DueBecause.FIRST_AFTER_LISTING,
        )
    return Due(
        InspectionKind.ANNUAL,
        add_months(facts.last_seen_on, cycle.yearly_months),
        DueBecause.YEARLY,
    )


def _called_for(facts: SiteFacts, cycle: Cycle, day: date) -> Iterator[Due]:
    happened = (
        (DueBecause.CONCERN, InspectionKind.UNANNOUNCED, facts.concern_since),
        (DueBecause.LEAD_CHANGED, InspectionKind.THEMED, facts.lead_changed_on),
        (DueBecause.SITE_CHANGED, InspectionKind.THEMED, facts.site_changed_on),
        (DueBecause.PROPRIETOR_CHANGED, InspectionKind.THEMED, facts.proprietor_changed_on),
    )
    for because, kind, on in happened:
        if on is not None and facts.unseen_change(on, day):
            yield Due(kind, after_working_days(on, cycle.after_concern_working_days), because)
