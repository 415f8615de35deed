"""Invented results of authorities' own checks, for providers that nobody listed.

Drawn from a source of chance of their own, so that the rest of a plan is what it was without them.
"""

from datetime import date, timedelta
from random import Random

from app.providers.schemas.recording import KnownBy, NewProvider

CHECKED_SHARE, UNDATED_SHARE, RECENT_SHARE = 0.8, 0.1, 0.6
_RECENT_DAYS, _LATEST_DAYS, _OLDEST_DAYS = 180, 7, 1_100
_RESULTS = {
    "Approved": 55,
    "Approved with actions": 20,
    "Visited, nothing outstanding": 15,
    "Not used at present": 10,
}
"""What authorities say, each in words of its own, and how often of a hundred."""


def give_local_result(stated: NewProvider, seed: int, number: int, end: date) -> NewProvider:
    """Return a provider with what its authority's own check found, if it is to have been checked.

    Most checks lie within the last months before the end, others some years back; a few have no
    day, as on real lists.

    Args:
        stated: the provider.
        seed: the plan's.
        number: the provider's place in the plan; the same place is given the same result.
        end: the plan's last day.
    """
    random = Random(f"local result {seed} {number}")  # noqa: S311 - repeatable, not unguessable
    if random.random() >= CHECKED_SHARE:
        return stated
    result = random.choices(list(_RESULTS), list(_RESULTS.values()))[0]
    recent = random.random() < RECENT_SHARE
    span = (_LATEST_DAYS, _RECENT_DAYS) if recent else (_RECENT_DAYS, _OLDEST_DAYS)
    on = end - timedelta(days=random.randint(*span))
    dated = random.random() >= UNDATED_SHARE
    (line,) = stated.known_by
    said = {"local_result": result, "local_result_on": on if dated else None}
    return stated.model_copy(update={"known_by": (KnownBy(**line.model_dump() | said),)})
