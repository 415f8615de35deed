"""What a record says of a site's inspections: the outcome, and when it changes by itself; pure.

Part of the allow-list. The judgements stand in the published inspection, to whose bytes the record
commits by their hash.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from app import clock
from app.inspections.outcome import provider_outcome
from app.inspections.terms import Outcome


def compose_inspection(held: Any, pending: Collection[str], *, on_register: bool) -> dict[str, Any]:
    """Compose what is public of where a site stands by its inspections.

    Args:
        held: its outcome and its newest inspection; a row as `inspections.queries.outcomes` has.
        pending: codes of what is open about its inspections.
        on_register: whether it is: of other sites no visit is due.
    """
    return {
        "outcome": held.outcome,
        "since": held.since.isoformat(),
        "valid_until": _day(held.valid_until),
        "next": held.next_outcome,
        "decided_by": [
            {name: one[name] for name in ("criterion", "judgement", "because")}
            for one in held.decided_by
        ],
        "seen": {"from": _day(held.seen_from), "to": _day(held.seen_to)}
        if held.seen_from
        else None,
        "due": {"kind": held.due_kind, "on": _day(held.due_on)}
        if held.due_on and on_register
        else None,
        "latest": _latest(held),
        "pending": sorted(pending),
    }


def outcome_on(held: Any, day: date) -> str:
    """Return a site's outcome on a day, as far ahead as it is told."""
    lapsed = held.valid_until is not None and held.valid_until < day
    outcome: str = held.next_outcome if lapsed else held.outcome
    return outcome


def worst(outcomes: Iterable[str]) -> str | None:
    """Return where a provider stands, of the outcomes of its sites on the register, if any."""
    told = [Outcome(one) for one in outcomes]
    return provider_outcome(told).value if told else None


def next_change(outcomes: Mapping[uuid.UUID, Any], day: date) -> date | None:
    """Return the next day on which time alone changes anything that is told of any site."""
    days = (held.changes_on for held in outcomes.values())
    return min((one for one in days if one is not None and one > day), default=None)


def _latest(held: Any) -> dict[str, Any] | None:
    if held.reference is None:
        return None
    return {
        "reference": held.reference,
        "kind": held.inspection_kind,
        "published_on": _day(held.published_at.astimezone(clock.LONDON).date()),
        "version": held.version,
        "sha256": held.sha256.hex(),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
