"""A worker to be killed at midnight: turns the day in small batches, until it is told to stop.

Run as `python -m tests.heavy.midnight_program ADDRESS PREFIX`: the service's login, and what its
roles' names begin with. It lives tomorrow, and turns listings and outcomes alike.
"""

import asyncio
import signal
import sys
from datetime import timedelta

from app import clock, log
from app.db.engine import open_engine
from app.db.transactions import Database
from app.handlers import INSIDE
from app.inspections.service import turning as outcomes
from app.providers.service import turning
from app.worker import Pace, work

BATCH = 25
LEASE = timedelta(seconds=3)
"""Short, so that a batch a killed worker had begun is soon begun again; no job takes so long."""


def main() -> None:
    """Work on the database at the address named."""
    log.set_up("json", "WARNING")
    clock.go_ahead(1)
    turning.BATCH = outcomes.BATCH = BATCH
    asyncio.run(_work(*sys.argv[1:]))


async def _work(address: str, role_prefix: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine = open_engine(address)
    pace = Pace(concurrency=1, poll_seconds=0.05, lease=LEASE)
    handlers = {turning.TURN: turning.turn_day, outcomes.TURN: outcomes.turn_outcomes}
    await work(Database(engine, role_prefix, INSIDE), handlers, (), stop, pace=pace)
    await engine.dispose()


if __name__ == "__main__":
    main()
