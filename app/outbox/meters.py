"""What is measured of jobs: how far behind they are, and how attempts end.

The backlog is read from the database now and then, and shown as it was then: whoever reads the
metrics waits for nothing, and hears that the backlog is not known when the database is away. How
attempts end is counted by the process that makes them.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from app import clock
from app.access import WORKER
from app.db.transactions import Database, reading
from app.http import failures
from app.outbox import queries
from app.outbox.terms import Backlog

REFRESH_SECONDS = 15.0
MOST_SECONDS = 2.0
"""How long reading the backlog may take; it must never be what holds the jobs up."""


class BacklogCollector(Collector):
    """Shows the backlog as it was last read."""

    def __init__(self, late_seconds: float) -> None:
        self.late_seconds = late_seconds
        self.backlog: Backlog | None = None

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the gauges; without a backlog, only that it is not known: never old numbers."""
        read = self.backlog
        known = "Whether the backlog of jobs could be read lately; if not, it is left out."
        yield GaugeMetricFamily("jobs_known", known, float(read is not None))
        if read is None:
            return
        late = read.oldest_seconds > self.late_seconds
        gauges = {
            "jobs_waiting": ("Jobs that are not done yet.", read.waiting),
            "jobs_dead": ("Jobs that failed too often and wait for an operator.", read.dead),
            "jobs_oldest_waiting_seconds": (
                "For how long the oldest job that is due has waited for a worker.",
                read.oldest_seconds,
            ),
            "jobs_late": ("Whether that is longer than it may (JOBS_LATE_SECONDS).", late),
        }
        for name, (meaning, value) in gauges.items():
            yield GaugeMetricFamily(name, meaning, float(value))


@dataclass(frozen=True, slots=True)
class JobMeters:
    """What is measured of jobs.

    Attributes:
        ended: attempts, by the job's kind and how they ended (`terms.Ending`).
        collector: shows the backlog.
    """

    ended: Counter
    collector: BacklogCollector


def add_job_meters(registry: CollectorRegistry, late_seconds: float) -> JobMeters:
    """Add the meters of jobs to a registry.

    Args:
        registry: what is shown as metrics, such as `app.state.metrics.registry`.
        late_seconds: how long the oldest due job may wait before `jobs_late` is 1.
    """
    collector = BacklogCollector(late_seconds)
    registry.register(collector)
    ended = Counter(
        "jobs_ended",
        "Attempts at jobs made by this process, by the job's kind and how they ended.",
        ["kind", "outcome"],
        registry=registry,
    )
    return JobMeters(ended, collector)


async def watch_jobs(
    database: Database,
    meters: JobMeters,
    stop: asyncio.Event,
    *,
    every_seconds: float = REFRESH_SECONDS,
    after_seconds: float = 0.0,
) -> None:
    """Read the backlog now and then until `stop` is set; a database that is away ends nothing.

    Args:
        database: where the jobs are.
        meters: where the backlog is shown.
        stop: ends it.
        every_seconds: how often it is read.
        after_seconds: when it is read first; until then none is shown.
    """
    reachable = True
    await _pause(stop, after_seconds)
    while not stop.is_set():
        try:
            meters.collector.backlog = await read_backlog(database)
            reachable = True
        except Exception as failure:  # noqa: BLE001 - whatever ails it, metrics go on being shown
            meters.collector.backlog = None
            if reachable:
                failures.record("jobs.not_measured", failure, ours=False)
            reachable = False
        await _pause(stop, every_seconds)
    meters.collector.backlog = None


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def read_backlog(database: Database) -> Backlog:
    """Return how far the jobs are behind.

    Raises:
        DBAPIError: it took too long, or the database is away.
    """
    present = clock.now()
    async with reading(database, WORKER) as session:
        row = await queries.measure(session, present, MOST_SECONDS)
    oldest = (present - row.oldest).total_seconds() if row.oldest else 0.0
    return Backlog(row.waiting, row.dead, oldest)
