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
        since: the first day on which it holds.
        minutes_before: a week, by the timetable before.
        minutes_after: a week, by the new one.
    """

    placement_id: uuid.UUID
    since: date
    minutes_before: int
    minutes_after: int
