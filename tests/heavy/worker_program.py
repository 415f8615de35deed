"""A worker to be killed: does jobs whose one effect is a row, until it is told to stop.

Run as `python -m tests.heavy.worker_program ADDRESS PREFIX`: the service's login, and what its
roles' names begin with.
"""

import asyncio
import random
import signal
import sys
from datetime import timedelta

from app import log
from app.db.engine import open_engine
from app.db.events import WriteSession
from app.db.transactions import Database
from app.outbox.terms import Payload
from app.worker import Pace, work
from tests.outbox.effects import KIND, write_effect

LEASE = timedelta(seconds=2)
"""Short, so that what a killed worker had begun comes round again while the test looks."""


def main() -> None:
    """Work on the database at the address named."""
    log.set_up("json", "WARNING")
    asyncio.run(_work(*sys.argv[1:]))


async def _work(address: str, role_prefix: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine = open_engine(address)
    pace = Pace(concurrency=3, poll_seconds=0.05, lease=LEASE)
    handlers = {KIND: _write_effect_slowly}
    await work(Database(engine, role_prefix, {}), handlers, (), stop, pace=pace)
    await engine.dispose()


async def _write_effect_slowly(session: WriteSession, payload: Payload) -> None:
    """Stay a while on either side of the effect, where a kill would hurt most."""
    await asyncio.sleep(random.uniform(0, 0.01))  # noqa: S311 - nothing here is secret
    await write_effect(session, payload)
    await asyncio.sleep(random.uniform(0, 0.01))  # noqa: S311 - nothing here is secret


if __name__ == "__main__":
    main()
