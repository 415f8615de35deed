"""The words of jobs and schedules."""

import uuid
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


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a job, by whoever claimed it.

    Attributes:
        job_id: of the job.
        kind: names its handler.
        payload: what the handler is given.
        number: 1 for the first.
        lease: names this attempt; as long as the job carries it, nobody else has begun another.
        request_id: of the request whose consequence the job is, if it is one's.
    """

    job_id: uuid.UUID
    kind: str
    payload: Payload
    number: int
    lease: uuid.UUID
    request_id: str | None


class Ending(StrEnum):
    """How an attempt ended."""

    DONE = "done"
    FAILED = "failed"
    """Nothing of it remains, and it will be tried again."""
    DEAD = "dead"
    """Nothing of it remains, and only an operator sends it back."""
    TAKEN = "taken"
    """Its lease had run out and somebody else has the job, or did it; this attempt did nothing."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt's ending, and the kind of failure that caused it, if one did."""

    how: Ending
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far the jobs are behind.

    Attributes:
        waiting: not done yet, whether due or not.
        dead: waiting for an operator.
        oldest_seconds: for how long the oldest job that is due has waited for somebody to begin.
    """

    waiting: int
    dead: int
    oldest_seconds: float


MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=60)
"""How long an attempt may take before another worker may begin one."""
DONE_KEPT = timedelta(days=14)
"""A finished job is kept so long, and its key with it."""
