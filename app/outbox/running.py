"""One attempt at one job, from claim to end: its effects in the database happen exactly once.

The claim is committed first: it counts the attempt, so that a job which kills its worker every time
does not go on for ever, and gives it a lease, so that nobody else begins. Then everything the job
does, and that it was done, is one transaction, which locks the job's row first and goes on only if
the lease is still its own. Whoever is killed leaves nothing behind but the lease. Whoever was
paused until the lease ran out either still has the row locked, and nobody else could begin; or
finds the lease gone, and does nothing.

No attempt makes its lease last longer: it is ended a little before the lease is, so that its owner
writes down what became of it, and no second worker has to guess. What takes longer than that is cut
up into jobs, each asking for the next; so a stop never waits long either.

What leaves the database (mail, calls to others) cannot be undone: it happens at least once, and
carries a stable id by which whoever receives it can tell a repetition.
"""

import asyncio
import secrets
from datetime import timedelta

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.http.failures import frames_of
from app.outbox import queries
from app.outbox.errors import GiveUpError
from app.outbox.terms import (
    MOST_ATTEMPTS,
    Attempt,
    Ended,
    Ending,
    JobHandler,
    JobHandlers,
)
from app.values.uuid7 import uuid7

FIRST_WAIT = timedelta(seconds=10)
WAIT_GROWS = 4
LONGEST_WAIT = timedelta(hours=1)
PART_OF_LEASE = 5 / 6
"""How much of its lease an attempt may take; the rest is for writing down that it took too long."""
MOST_ERROR_CHARACTERS = 4_000

_chance = secrets.SystemRandom()


async def claim(database: Database, lease: timedelta) -> Attempt | None:
    """Begin an attempt at the job that has been due longest, or return nothing if none is due."""
    name = uuid7()
    async with transaction(database, WORKER) as session:
        row = await queries.claim(session, clock.now(), name, lease)
    if row is None:
        return None
    return Attempt(row.id, row.kind, row.payload, row.attempts, name, row.request_id)


async def run(
    database: Database, handlers: JobHandlers, attempt: Attempt, lease: timedelta
) -> Ended:
    """Do what an attempt was claimed for, and return how it ended.

    Raises:
        Exception: not even the ending could be written down: the database is away. Nothing was
            done, and the job can be had again once the lease has run out.
    """
    handler = handlers.get(attempt.kind)
    if handler is None:
        words = f"No handler is called {attempt.kind}. A newer or older release may have one."
        return await _bury(database, attempt, words)
    if attempt.number > MOST_ATTEMPTS:
        words = f"Attempt {MOST_ATTEMPTS} ended without a word: its worker was killed, or cut off."
        return await _bury(database, attempt, words)
    try:
        async with asyncio.timeout(lease.total_seconds() * PART_OF_LEASE):
            return await _do(database, handler, attempt, lease)
    except asyncio.CancelledError as failure:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise  # the worker itself is told to end
        return await _note(database, attempt, failure)
    except Exception as failure:  # noqa: BLE001 - whatever ails it, it is written down
        return await _note(database, attempt, failure)


def wait_before(attempt: int) -> timedelta:
    """Return how long a job waits after a failed attempt: ever longer, and never two alike.

    Jobs that failed together, because something they all need was away, do not come back together.
    """
    times: int = WAIT_GROWS ** (attempt - 1)
    return min(FIRST_WAIT * times, LONGEST_WAIT) * _chance.uniform(0.5, 1)


async def _do(database: Database, handler: JobHandler, attempt: Attempt, lease: timedelta) -> Ended:
    async with transaction(database, WORKER) as session:
        if not await queries.hold(session, attempt.job_id, attempt.lease, lease):
            return Ended(Ending.TAKEN)
        await handler(session, attempt.payload)
        await queries.finish(session, attempt.job_id, clock.now())
    return Ended(Ending.DONE)


async def _note(database: Database, attempt: Attempt, failure: BaseException) -> Ended:
    """Write down a failure, its effects being undone; by its kind and place, never its message."""
    error = frames_of(failure)[:MOST_ERROR_CHARACTERS]
    kind = type(failure).__name__
    if attempt.number >= MOST_ATTEMPTS or isinstance(failure, GiveUpError):
        return await _bury(database, attempt, error, kind)
    until = clock.now() + wait_before(attempt.number)
    async with transaction(database, WORKER) as session:
        ours = await queries.put_off(session, attempt.job_id, attempt.lease, until, error)
    return Ended(Ending.FAILED if ours else Ending.TAKEN, kind)


async def _bury(database: Database, attempt: Attempt, error: str, kind: str | None = None) -> Ended:
    async with transaction(database, WORKER) as session:
        ours = await queries.bury(session, attempt.job_id, attempt.lease, clock.now(), error)
    return Ended(Ending.DEAD if ours else Ending.TAKEN, kind)
