"""The work queue: which sites of an authority are to be seen first, and why."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.concerns.terms import GRAVEST_FIRST, Severity
from app.db.events import ReadSession
from app.inspections.cycle import SiteFacts
from app.inspections.queries import queue as queries
from app.inspections.risk import Risk, queue_order, risk_of
from app.inspections.service.policies import rules_on
from app.inspections.terms import Outcome
from app.providers.queries.standing import find_documents
from app.providers.service.standing import rules_of_evidence
from app.providers.standing import evidence_on
from app.providers.terms import ListingState
from app.standards.terms import Gate

LEADS = ("designated-safeguarding-lead",)
PROPRIETORS = ("proprietor", "director", "trustee", "partner")
TOUCHES: Mapping[Severity, Gate] = {
    Severity.IMMEDIATE: Gate.CRITICAL,
    Severity.HIGH: Gate.CRITICAL,
    Severity.MEDIUM: Gate.MAJOR,
    Severity.LOW: Gate.MINOR,
}
"""What a concern of a severity weighs as."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A site in the queue.

    Attributes:
        row: the site, its provider and where it stands; see `queries.find_listed`.
        risk: how pressing it is to see it, and why.
        last_seen_on: the day of its last visit that is published.
        planned: its inspections that are not over.
    """

    row: Any
    risk: Risk
    last_seen_on: date | None
    planned: Sequence[Any]


async def queue_of(session: ReadSession, la_code: str, day: date) -> list[Waiting]:
    """Return every site on the register where an authority decides, the most pressing first.

    Nothing is decided by the order: it says where to go first, and why.

    Args:
        session: of somebody who answers there; of others' sites they see less.
        la_code: of the authority.
        day: the present day in London.
    """
    rows = await queries.find_listed(session, la_code, day)
    sites, providers = [row.site_id for row in rows], {row.provider_id for row in rows}
    cycle = (await rules_on(session, day)).cycle
    seen = await queries.find_last_seen(session, sites)
    planned = await queries.find_planned(session, sites)
    lapsed = await _lapses(session, rows, day)
    leads = await queries.find_appointed(session, providers, LEADS)
    proprietors = await queries.find_appointed(session, providers, PROPRIETORS)
    concerns = await queries.find_concerns(session, providers)
    found = []
    for row in rows:
        about = [
            one
            for one in concerns
            if one.provider_id == row.provider_id and one.site_id in {None, row.site_id}
        ]
        facts = SiteFacts(
            listed_on=row.listed_on,
            last_seen_on=seen.get(row.site_id),
            outcome=Outcome(row.outcome) if row.outcome else Outcome.NOT_YET_ASSESSED,
            evidence_out_of_date_since=lapsed.get(row.site_id),
            lead_changed_on=_after(leads.get(row.provider_id), row.listed_on),
            site_changed_on=_after(row.changed_on, row.listed_on),
            proprietor_changed_on=_after(proprietors.get(row.provider_id), row.listed_on),
            open_concerns=len(about),
            gravest_concern=_gravest(about),
            concern_since=_unseen_since(about, seen.get(row.site_id)),
            suspended=row.state == ListingState.SUSPENDED,
        )
        risk = risk_of(facts, cycle, day)
        found.append(Waiting(row, risk, facts.last_seen_on, planned.get(row.site_id, ())))
    return sorted(found, key=lambda one: (*queue_order(one.risk), one.row.number, one.row.site))


def _after(day: date | None, listed_on: date) -> date | None:
    """What was so when the site was listed is no change."""
    return day if day is not None and day > listed_on else None


def _gravest(concerns: Iterable[Any]) -> Gate | None:
    held = {Severity(one.severity) for one in concerns}
    return next((TOUCHES[one] for one in GRAVEST_FIRST if one in held), None)


def _unseen_since(concerns: Iterable[Any], seen_on: date | None) -> date | None:
    days = [one.raised_on for one in concerns if seen_on is None or one.raised_on > seen_on]
    return min(days, default=None)


async def _lapses(session: ReadSession, rows: Sequence[Any], day: date) -> dict[uuid.UUID, date]:
    rules = await rules_of_evidence(session, day)
    documents = await find_documents(session, {row.provider_id for row in rows})
    found = {}
    for row in rows:
        held = documents.get(row.provider_id, [])
        since = evidence_on(held, rules.critical, row.site_id, day).since
        if since is not None:
            found[row.site_id] = since
    return found
