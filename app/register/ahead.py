"""What a record says of standing, evidence and outcomes, today and on the next day; pure.

Nothing here decides: where listings stand is `providers.standing`'s, what follows from inspections
`inspections.history`'s, and this puts it into the words of a record. A record holds by itself until
`valid_until`; `next` is what it will say then.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.providers.standing import (
    EvidenceResult,
    ListingFacts,
    Picture,
    Standing,
    due_on,
    evidence_on,
    grace_end,
    next_change_on,
    standing_on,
)
from app.providers.terms import BEST_FIRST, ON_REGISTER, ListingState
from app.register.inspected import next_change, outcome_on, worst

GRACE_ENDS_FOR = frozenset({ListingState.LISTED, ListingState.LISTED_WITH_ACTIONS})
"""Standings that a lapse can change by itself; the others are being looked into already."""
_A_DAY = timedelta(days=1)
_WORST_FIRST = (EvidenceResult.OUT_OF_DATE, EvidenceResult.CURRENT, EvidenceResult.NONE_HELD)


@dataclass(frozen=True, slots=True)
class SiteStanding:
    """Where a site stands on a day.

    Attributes:
        listing: by which listing; its row.
        standing: where that stands.
        evidence: what its evidence says; `None` for a site that is not on the register.
        outcome: what follows from its inspections; `None` where nothing is told of them.
    """

    listing: Any
    standing: Standing
    evidence: dict[str, Any] | None
    outcome: str | None = None

    @property
    def on_register(self) -> bool:
        """Whether it is, on that day."""
        return self.standing.state in ON_REGISTER


def site_standings(
    picture: Picture, day: date, outcomes: Mapping[uuid.UUID, Any], *, ahead: bool = False
) -> dict[uuid.UUID, SiteStanding]:
    """Return where each site stands that is, or was, on the register on a day, by its id.

    A site whose first day on the register has yet to come is not among them. Of several listings
    of one site the one on the register counts, else the one that ended last.

    Args:
        picture: everything by which standing can change with time.
        day: the day.
        outcomes: by site, where it stands by its inspections and what it will be next.
        ahead: whether the day has yet to come, and what the service itself will do then counts;
            for the present day what was done counts.
    """
    found: dict[uuid.UUID, SiteStanding] = {}
    for listing in sorted(picture.listings, key=lambda one: str(one.id)):
        standing = _stands(picture, listing, day, ahead=ahead)
        if standing is None:
            continue
        other = found.get(listing.site_id)
        if other is None or _rank(standing) >= _rank(other.standing):
            evidence = _evidence(picture, listing.site_id, standing, day)
            held = outcomes.get(listing.site_id)
            outcome = outcome_on(held, day) if held else None
            found[listing.site_id] = SiteStanding(listing, standing, evidence, outcome)
    return found


def whole_evidence(sites: Sequence[SiteStanding]) -> dict[str, Any] | None:
    """Put the evidence of a provider's sites together: what is out of date at one is out of date.

    Returns `None` for a provider none of whose sites is on the register.
    """
    told = [site.evidence for site in sites if site.evidence is not None]
    for result in _WORST_FIRST:
        alike = [one for one in told if one["status"] == result.value]
        if alike:
            return min(alike, key=lambda one: (one["since"] or "", one["grace_until"] or ""))
    return None


def whole_outcome(sites: Iterable[SiteStanding]) -> str | None:
    """Return the worst outcome of a provider's sites on the register; `None` if it has none."""
    return worst(site.outcome for site in sites if site.on_register and site.outcome)


def changes_next(
    picture: Picture,
    outcomes: Mapping[uuid.UUID, Any],
    status: Mapping[str, Any],
    day: date,
) -> tuple[str | None, dict[str, Any] | None]:
    """Return the last day on which a record holds by itself, and what it will say then.

    Args:
        picture: everything by which its standing can change with time.
        outcomes: by site, where it stands by its inspections and what it will be next.
        status: what it says of the provider's status on `day`.
        day: the day from which it holds.
    """
    days = (next_change_on(picture, day), next_change(outcomes, day))
    on = min((one for one in days if one is not None), default=None)
    if on is None:
        return None, None
    now = site_standings(picture, day, outcomes)
    then = site_standings(picture, on, outcomes, ahead=True)
    changed = {
        identity: site
        for identity, site in then.items()
        if identity not in now or _said(now[identity]) != _said(site)
    }
    told = {
        "on": on.isoformat(),
        "status": _status(then.values()) or status["code"],
        "evidence": _code(whole_evidence(list(then.values()))),
        "outcome": whole_outcome(then.values()),
        "sites": changed,
    }
    return (on - _A_DAY).isoformat(), told


@dataclass(frozen=True, slots=True)
class _Moved:
    """A listing as it will be once the service has done what falls due."""

    id: uuid.UUID
    site_id: uuid.UUID
    state: str
    state_since: date
    next_state: str | None
    next_on: date | None
    listed_on: date | None


def _stands(picture: Picture, listing: Any, day: date, *, ahead: bool) -> Standing | None:
    if listing.listed_on is None or listing.listed_on > day:
        return None
    standing = standing_on(_brought_to(picture, listing, day) if ahead else listing, day)
    return standing if standing.state in BEST_FIRST else None


def _brought_to(picture: Picture, listing: ListingFacts, day: date) -> ListingFacts:
    """Do to a listing, on paper, everything that falls due by a day; several things may."""
    while due := due_on(picture, listing, day):
        ahead = (None, None) if due.announced else (listing.next_state, listing.next_on)
        listing = _Moved(
            listing.id,
            listing.site_id,
            due.to_state.value,
            due.effective_on,
            *ahead,
            listing.listed_on,
        )
    return listing


def _rank(standing: Standing) -> tuple[bool, date]:
    return standing.state in ON_REGISTER, standing.since


def _evidence(
    picture: Picture, site_id: uuid.UUID, standing: Standing, day: date
) -> dict[str, Any] | None:
    if standing.state not in ON_REGISTER:
        return None
    evidence = evidence_on(picture.documents, picture.critical, site_id, day)
    grace = None
    if evidence.since is not None and picture.grace_days is not None:
        ends = grace_end(evidence.since, picture.grace_days)
        # Who decided on the present state when the grace was over knew of the lapse.
        if standing.state in GRACE_ENDS_FOR and standing.since < ends:
            grace = (ends - _A_DAY).isoformat()
    return {
        "status": evidence.result.value,
        "since": evidence.since.isoformat() if evidence.since else None,
        "grace_until": grace,
    }


def _status(sites: Any) -> str | None:
    states = {site.standing.state for site in sites}
    best: ListingState | None = next((state for state in BEST_FIRST if state in states), None)
    return best.value if best else None


def _code(evidence: Mapping[str, Any] | None) -> str | None:
    return evidence["status"] if evidence else None


def _said(site: SiteStanding) -> tuple[str, str | None, str | None]:
    return site.standing.state.value, _code(site.evidence), site.outcome
