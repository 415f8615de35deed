"""Keeps what this process knows of the register's head true: by notification, and by looking.

A connection of its own listens. Whatever breaks it puts the head in doubt at once, and the head is
looked at anew on the next one; and it is looked at every second in any case.
"""

import asyncio
from dataclasses import dataclass

from app.db.read_pool import connect_to_primary
from app.http import failures
from app.ledger.terms import CHANNEL
from app.register.heads import KnownHead, see_head


@dataclass(frozen=True, slots=True)
class Pace:
    """How closely the head is watched.

    Attributes:
        look_seconds: between two looks when nothing is told.
        patience_seconds: for one look.
        after_seconds: before the first.
    """

    look_seconds: float = 1.0
    patience_seconds: float = 1.0
    after_seconds: float = 0.0


USUAL_PACE = Pace()


async def watch(
    known: KnownHead, dsn: str, stop: asyncio.Event, *, pace: Pace = USUAL_PACE
) -> None:
    """Watch the head until `stop` is set; a database that is away is waited for.

    Args:
        known: what is kept true.
        dsn: the read role's address; of several hosts the primary is preferred, for only a primary
            notifies.
        stop: ends it.
        pace: how closely.
    """
    stopped = asyncio.create_task(stop.wait())
    failed = 0
    try:
        await asyncio.wait({stopped}, timeout=pace.after_seconds)
        while not stop.is_set():
            try:
                await _watch_on_one_connection(known, dsn, stopped, pace)
                failed = 0
            except Exception as failure:  # noqa: BLE001 - whatever ails it, answers go on being made
                if not failed:
                    failures.record("register.not_watched", failure, ours=False)
                await asyncio.wait({stopped}, timeout=pace.look_seconds * min(failed, 2) + 0.1)
                failed += 1
    finally:
        stopped.cancel()


async def _watch_on_one_connection(
    known: KnownHead, dsn: str, stopped: "asyncio.Task[bool]", pace: Pace
) -> None:
    """Watch until the connection ends, or all is to end.

    Raises:
        OSError: there is no connection to be had; so do the driver's own errors.
    """
    connection = await connect_to_primary(dsn)
    connection.add_termination_listener(lambda _: known.doubt())
    listening = False
    try:
        while not stopped.done() and not connection.is_closed():
            known.wake.clear()
            begun = known.begin_look()
            async with asyncio.timeout(pace.patience_seconds):
                seen, standby = await see_head(connection)
            known.end_look(begun, seen, standby=standby)
            if not listening and not standby:
                await connection.add_listener(CHANNEL, lambda *_: known.doubt())
                listening = True
                continue  # what was told before anybody listened is seen by looking
            await _wait(known, stopped, pace.look_seconds)
    finally:
        connection.terminate()
        known.doubt()


async def _wait(known: KnownHead, stopped: "asyncio.Task[bool]", seconds: float) -> None:
    woken = asyncio.create_task(known.wake.wait())
    await asyncio.wait({woken, stopped}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    woken.cancel()
