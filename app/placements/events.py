"""What is announced about placements."""

import uuid
from dataclasses import dataclass
from datetime import date

from app.db.events import Event


@dataclass(frozen=True, slots=True)
class TimetableChanged(Event):
    """A placement has another timetable from a day on.

    Attributes:
        placement_id: which placement.
        child_id: of which record of a child.
        since: the first day on which it holds.
        minutes_before: a week, by the timetable before.
        minutes_after: a week, by the new one.
    """

    placement_id: uuid.UUID
    child_id: uuid.UUID
    since: date
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True)
class PlacementRecorded(Event):
    """A placement was recorded, as it is planned or as it runs already.

    Attributes:
        placement_id: which.
        child_id: of which record of a child.
        commissioner_id: whose it is.
        starts_on: its first day.
    """

    placement_id: uuid.UUID
    child_id: uuid.UUID
    commissioner_id: uuid.UUID
    starts_on: date


@dataclass(frozen=True, slots=True)
class PlacementEnded(Event):
    """A placement was ended, or how it ended was put right.

    Attributes:
        placement_id: which.
        child_id: of which record of a child.
        commissioner_id: whose it is.
        ended_on: its last day.
        reason: why: `terms.PlacementEnd`.
        destination: where the child went: `terms.Destination`.
        known_by: how a destination learned later is known: `terms.KnownBy`; empty at first.
    """

    placement_id: uuid.UUID
    child_id: uuid.UUID
    commissioner_id: uuid.UUID
    ended_on: date
    reason: str
    destination: str
    known_by: str | None = None
