"""Where a placement stands on a day."""

from datetime import date

from app.placements.terms import PlacementState
from app.rules.stated import Reason
from app.rules.suitability.law import LISTED_HERE

_KNOWN = "known"


def state_of(starts_on: date, ended_on: date | None, day: date) -> PlacementState:
    """Say where a placement stands: it runs until somebody ends it, whatever was planned."""
    if ended_on is not None and ended_on < day:
        return PlacementState.ENDED
    return PlacementState.UPCOMING if starts_on > day else PlacementState.LIVE


def warnings_of(provider_status: str) -> list[Reason]:
    """Return what is to be known of a place at a provider that is not on the register."""
    if provider_status != _KNOWN:
        return []
    because = (
        "The provider is not on the register. The place is recorded as it is and counted; nobody "
        "has checked the setting for the register."
    )
    return [Reason(because, LISTED_HERE)]
