"""Where a placement stands on a day."""

from datetime import date

from app.placements.terms import PlacementState


def state_of(starts_on: date, ended_on: date | None, day: date) -> PlacementState:
    """Say where a placement stands: it runs until somebody ends it, whatever was planned."""
    if ended_on is not None and ended_on < day:
        return PlacementState.ENDED
    return PlacementState.UPCOMING if starts_on > day else PlacementState.LIVE
