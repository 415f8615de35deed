"""`ap-register work`: a worker by itself, without the service."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer
from prometheus_client import CollectorRegistry, start_http_server

from app import clock, log
from app.cli.migrating import refuse_old_tables
from app.cli.output import Exit, say
from app.cli.output import stop as end
from app.cli.surroundings import database, opened
from app.config import Settings
from app.handlers import SCHEDULES, jobs
from app.keyring.ring import load as load_keyring
from app.outbox.meters import JobMeters, add_job_meters, watch_jobs
from app.worker import Pace, beside
from app.worker import work as do_jobs

HERE = "127.0.0.1"
MOST_AT_A_TIME = 32


def work(
    *,
    concurrency: Annotated[
        int, typer.Option(min=1, max=MOST_AT_A_TIME, help="Jobs at a time.")
    ] = Pace().concurrency,
    metrics_port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help=f"Show metrics of jobs on this port of {HERE}."),
    ] = None,
) -> None:
    """Do the service's jobs: mail, what comes round by itself, what is cleared away.

    Any number of workers may run at once. Ctrl-C or SIGTERM ends one after what it has begun, a
    second one at once; what is broken off is undone and done later, by this or another worker.
    """
    settings = Settings.load()
    log.set_up(settings.log_format, settings.log_level)
    clock.go_ahead(settings.demonstration_days_ahead)
    with database(settings) as reached:
        if not reached.embedded:
            asyncio.run(refuse_old_tables(reached.settings))
        registry = CollectorRegistry()
        meters = add_job_meters(registry, reached.settings.jobs_late_seconds)
        with _shown(registry, metrics_port):
            try:
                asyncio.run(_work(reached.settings, Pace(concurrency=concurrency), meters))
            except asyncio.CancelledError:
                end(Exit.INTERRUPTED, "Broken off; what was begun is undone and will be done.")
    say("Stopped; what was begun is done.")


async def _work(settings: Settings, pace: Pace, meters: JobMeters) -> None:
    stop = asyncio.Event()
    handlers = jobs(settings, load_keyring(settings.keyring_path))
    async with opened(settings) as held:
        watching = beside(partial(watch_jobs, held, meters))
        with _told_by_signals(stop):
            say("Doing jobs. Ctrl-C ends it after what it has begun; twice, at once.")
            async with watching:
                await do_jobs(held, handlers, SCHEDULES, stop, pace=pace, meters=meters)


@contextmanager
def _told_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Let the first SIGINT or SIGTERM ask for an end, and the second break off."""
    loop, working = asyncio.get_running_loop(), asyncio.current_task()

    def told() -> None:
        if stop.is_set() and working is not None:
            working.cancel()
        stop.set()

    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, told)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


@contextmanager
def _shown(registry: CollectorRegistry, port: int | None) -> Iterator[None]:
    """Show metrics to this machine alone, if they are wanted."""
    if port is None:
        yield
        return
    server, thread = start_http_server(port, HERE, registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
