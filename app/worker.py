"""Does jobs: several at a time, one attempt after the other, until it is told to stop.

Runs beside the service in its process, or by itself (`ap-register work`); any number may run.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app import log
from app.db.transactions import Database
from app.http import failures
from app.outbox import running
from app.outbox.keeping import Reached, keep
from app.outbox.meters import JobMeters
from app.outbox.terms import LEASE, Attempt, Ended, Ending, JobHandlers, Schedule

LONGEST_REST_SECONDS = 30.0
"""Between two looks for a database that is away."""
PATIENCE_SECONDS = 8.0
"""For what was begun, when the process must end."""

_logger = log.get(__name__)

Step = Callable[[], Awaitable[bool]]
"""Does one thing, and says whether there was one to do."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard a worker works.

    Attributes:
        concurrency: jobs at a time.
        poll_seconds: between two looks when nothing is due.
        lease: how long an attempt may take.
    """

    concurrency: int = 2
    poll_seconds: float = 1.0
    lease: timedelta = LEASE


USUAL_PACE = Pace()


async def work(
    database: Database,
    handlers: JobHandlers,
    schedules: Sequence[Schedule],
    stop: asyncio.Event,
    *,
    pace: Pace = USUAL_PACE,
    meters: JobMeters | None = None,
) -> None:
    """Do jobs until `stop` is set, and then finish those that were begun.

    A database that is away is waited for. Cancelling this breaks off what was begun: it is undone,
    and can be had again when its lease has run out.

    Args:
        database: where the jobs are.
        handlers: who does which kind of job.
        schedules: what comes round by itself.
        stop: ends it.
        pace: how hard it works.
        meters: where endings are counted.
    """
    reached: Reached = {}
    reach = _Reach()

    async def do_one() -> bool:
        return await _do_one(database, handlers, pace.lease, meters)

    async def keep_schedules() -> bool:
        await keep(database, schedules, reached)
        return False  # whatever was due has been seen to

    async with asyncio.TaskGroup() as lanes:
        for number in range(pace.concurrency):
            lane = _repeat(do_one, f"jobs {number}", stop, reach, pace.poll_seconds)
            lanes.create_task(lane)
        lanes.create_task(_repeat(keep_schedules, "schedules", stop, reach, pace.poll_seconds))


@asynccontextmanager
async def beside(
    start: Callable[[asyncio.Event], Coroutine[Any, Any, None]],
    *,
    patience_seconds: float = PATIENCE_SECONDS,
) -> AsyncIterator[None]:
    """Let something run beside the block, and end it with the block.

    Args:
        start: takes the event that ends it, such as `partial(work, database, handlers, schedules)`.
        patience_seconds: how long it may take to end by itself before it is broken off.
    """
    stop = asyncio.Event()
    task = asyncio.create_task(start(stop))
    try:
        yield
    finally:
        stop.set()
        done, _ = await asyncio.wait({task}, timeout=patience_seconds)
        if not done:
            task.cancel()
            await asyncio.wait({task})
        if not task.cancelled():
            task.result()


@dataclass(slots=True)
class _Reach:
    """Which lanes cannot reach the database, so that it is told once and not by each."""

    cut_off: set[str] = field(default_factory=set)

    def lost(self, lane: str, failure: Exception) -> None:
        if not self.cut_off:
            failures.record("jobs.interrupted", failure, ours=False)
        self.cut_off.add(lane)

    def regained(self, lane: str) -> None:
        if lane in self.cut_off:
            self.cut_off.remove(lane)
            if not self.cut_off:
                _logger.info("jobs.resumed")


async def _repeat(
    step: Step, lane: str, stop: asyncio.Event, reach: _Reach, poll_seconds: float
) -> None:
    """Do one thing after the other; look ever less often for a database that is away."""
    failed = 0
    while not stop.is_set():
        try:
            busy = await step()
        except Exception as failure:  # noqa: BLE001 - a worker outlives whatever befalls it
            reach.lost(lane, failure)
            await _rest(stop, min(poll_seconds * 2**failed, LONGEST_REST_SECONDS))
            failed = min(failed + 1, 10)
            continue
        reach.regained(lane)
        failed = 0
        if not busy:
            await _rest(stop, poll_seconds)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _do_one(
    database: Database, handlers: JobHandlers, lease: timedelta, meters: JobMeters | None
) -> bool:
    attempt = await running.claim(database, lease)
    if attempt is None:
        return False
    began = time.perf_counter()
    ended = await running.run(database, handlers, attempt, lease)
    if meters is not None:
        meters.ended.labels(attempt.kind, ended.how.value).inc()
    _tell(attempt, ended, time.perf_counter() - began)
    return True


def _tell(attempt: Attempt, ended: Ended, seconds: float) -> None:
    """Log one line for each attempt, without what the job was given."""
    facts: dict[str, Any] = {
        "job": str(attempt.job_id),
        "kind": attempt.kind,
        "attempt": attempt.number,
        "ms": round(seconds * 1_000, 1),
        "outcome": ended.how.value,
    }
    if ended.error:
        facts["error"] = ended.error
    if attempt.request_id:
        facts["request_id"] = attempt.request_id
    if ended.how is Ending.DONE:
        _logger.info("job.ended", **facts)
    elif ended.how is Ending.DEAD:
        _logger.error("job.ended", **facts)
    else:
        _logger.warning("job.ended", **facts)
