"""Jobs that clear away what is over, a thousand rows at a time and never without end."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from app import clock
from app.access import WORKER
from app.db.events import WriteSession
from app.outbox import queries
from app.outbox.service import enqueue
from app.outbox.terms import DONE_KEPT, Payload

BATCH = 1_000
MOST_BATCHES = 20
"""Of one kind of row in one run; what is left then is for a job that follows at once."""
KEYS_KEPT = timedelta(hours=48)
"""For how long a caller may send a request again under the same key and have it done once."""

JOBS_CLEAR = "jobs.clear"
IDEMPOTENCY_CLEAR = "idempotency.clear"

Delete = Callable[[int], Awaitable[int]]
"""Removes at most so many rows, and says how many."""


async def clear_jobs(session: WriteSession, payload: Payload) -> None:  # noqa: ARG001 - a handler
    """Remove jobs that were done long ago."""
    delete = partial(queries.delete_done, session, clock.now() - DONE_KEPT)
    if await in_batches(delete) == BATCH * MOST_BATCHES:
        await enqueue(session, WORKER, JOBS_CLEAR, {})


async def clear_idempotency_keys(session: WriteSession, payload: Payload) -> None:  # noqa: ARG001
    """Remove the keys under which no request will come again."""
    delete = partial(queries.delete_idempotency_keys, session, clock.now() - KEYS_KEPT)
    if await in_batches(delete) == BATCH * MOST_BATCHES:
        await enqueue(session, WORKER, IDEMPOTENCY_CLEAR, {})


async def in_batches(delete: Delete) -> int:
    """Remove rows until there are no more, or the most for one run; return how many.

    Small statements, because each holds its locks and is cancelled, or lost, as a whole.
    """
    removed = 0
    for _ in range(MOST_BATCHES):
        batch = await delete(BATCH)
        removed += batch
        if batch < BATCH:
            break
    return removed
