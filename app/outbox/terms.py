"""The words of jobs and schedules."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from app.db.events import WriteSession


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"
    """Tried too often; waits for an operator to look and to send it back."""


Payload: TypeAlias = dict[str, Any]
"""Plain JSON: identifiers, never facts about a person."""
JobHandler: TypeAlias = Callable[[WriteSession, Payload], Awaitable[None]]
"""Does a job inside the transaction that marks it done; may be tried again after it failed."""
JobHandlers: TypeAlias = Mapping[str, JobHandler]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that comes round by itself.

    Attributes:
        name: of the schedule, and of the job kind it makes.
        latest_due: given a moment, the newest time at or before it at which the work was due.
    """

    name: str
    latest_due: Callable[[datetime], datetime]


MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=60)
"""How long an attempt may take before another worker may begin one."""
DONE_KEPT = timedelta(days=14)
