"""Where a placement stands on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.placements.terms import PlacementState
from app.providers.record_terms import Availability
from app.rules.stated import Reason
from app.rules.suitability.law import AS_OFFERED, LISTED_HERE

_KNOWN = "known"


def state_of(starts_on: date, ended_on: date | None, day: date) -> PlacementState:
    """Say where a placement stands: it runs until somebody ends it, whatever was planned."""
    if ended_on is not None and ended_on < day:
        return PlacementState.ENDED
    return PlacementState.UPCOMING if starts_on > day else PlacementState.LIVE


def warnings_of(
    provider_status: str, offers: Sequence[Mapping[str, Any]] = (), weekly_minutes: int = 0
) -> list[Reason]:
    """Return what is to be known of a place, and stops nothing.

    Args:
        provider_status: where the provider stands on the register.
        offers: what is offered at the site, as its public record says.
        weekly_minutes: of the placement.
    """
    found = []
    if provider_status == _KNOWN:
        because = (
            "The provider is not on the register. The place is recorded as it is and counted; "
            "nobody has checked the setting for the register."
        )
        found.append(Reason(because, LISTED_HERE))
    bands = [offer["availability"]["band"] for offer in offers if offer["availability"]]
    if bands and len(bands) == len(offers) and set(bands) == {Availability.FULL}:
        because = "The provider says of everything that it offers at this site that it is full."
        found.append(Reason(because, AS_OFFERED))
    hours = [offer["hours_per_week"] for offer in offers]
    if hours and None not in hours and weekly_minutes > max(hours) * 60:
        because = f"The week is longer than the {max(hours):g} hours that it offers to one pupil."
        found.append(Reason(because, AS_OFFERED))
    return found
