"""Every statement on jobs and schedules.

A lease is given, and found to have run out, by the database's clock: workers on machines whose
clocks differ must agree on it. All else goes by the service's own (`app.clock`), which `run_after`
was written by; being a little early or late does no harm there, and tests live on another day.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db.events import ReadSession, WriteSession
from app.db.idempotency import IdempotencyKey
from app.outbox.models import Job, ScheduleRun
from app.outbox.terms import JobState

_UNCHECKED = {"synchronize_session": False}
"""Rows are changed here by statements alone; the session holds none that could go stale."""


async def insert_jobs(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add jobs; one whose key is taken already is left out."""
    if rows:
        await session.execute(insert(Job).on_conflict_do_nothing(), list(rows))


async def claim(
    session: WriteSession, present: datetime, lease: uuid.UUID, lasts: timedelta
) -> Any | None:
    """Give a lease on the job that has been due longest, and count an attempt at it.

    A job that somebody works on is passed over even when its lease has run out, because its row is
    locked for as long as their transaction lives.
    """
    due = (
        select(Job.id)
        .where(Job.state == JobState.WAITING, Job.run_after <= present, _nobodys())
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    statement = (
        update(Job)
        .where(Job.id == due.c.id)
        .values(attempts=Job.attempts + 1, lease=lease, leased_until=func.now() + lasts)
        .returning(Job.id, Job.kind, Job.payload, Job.attempts, Job.request_id)
        .execution_options(**_UNCHECKED)
    )
    return (await session.execute(statement)).one_or_none()


async def hold(session: WriteSession, job_id: uuid.UUID, lease: uuid.UUID, idle: timedelta) -> bool:
    """Lock a job for the rest of this transaction, if the lease on it is still this one.

    PostgreSQL ends the transaction of a worker that falls silent in it for longer than `idle`: it
    is paused, or its machine has gone. So nobody keeps a job locked without doing it.
    """
    milliseconds = str(int(idle.total_seconds() * 1_000))
    statement = (
        select(func.set_config("idle_in_transaction_session_timeout", milliseconds, True))
        .select_from(Job)
        .where(Job.id == job_id, Job.lease == lease, Job.state == JobState.WAITING)
        .with_for_update()
    )
    return (await session.execute(statement)).one_or_none() is not None


async def finish(session: WriteSession, job_id: uuid.UUID, moment: datetime) -> None:
    """Mark a job done; its row is held by this transaction."""
    await session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(state=JobState.DONE, ended_at=moment, lease=None, leased_until=None)
        .execution_options(**_UNCHECKED)
    )


async def put_off(
    session: WriteSession, job_id: uuid.UUID, lease: uuid.UUID, until: datetime, error: str
) -> bool:
    """Let a job wait for its next attempt; say whether the lease on it was still this one."""
    return await _give_back(session, job_id, lease, {"run_after": until, "last_error": error})


async def bury(
    session: WriteSession, job_id: uuid.UUID, lease: uuid.UUID, moment: datetime, error: str
) -> bool:
    """Give a job up; say whether the lease on it was still this one."""
    values = {"state": JobState.DEAD, "ended_at": moment, "last_error": error}
    return await _give_back(session, job_id, lease, values)


async def _give_back(
    session: WriteSession, job_id: uuid.UUID, lease: uuid.UUID, values: dict[str, Any]
) -> bool:
    statement = (
        update(Job)
        .where(Job.id == job_id, Job.lease == lease, Job.state == JobState.WAITING)
        .values(lease=None, leased_until=None, **values)
        .returning(Job.id)
        .execution_options(**_UNCHECKED)
    )
    return (await session.execute(statement)).one_or_none() is not None


async def advance_schedule(session: WriteSession, name: str, due: datetime) -> bool:
    """Note that a schedule has come as far as `due`; say whether it had not before.

    Of two workers that notice at once, the second waits for the first and finds it noted.
    """
    statement = insert(ScheduleRun).values(name=name, last_due_at=due)
    advanced = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"last_due_at": statement.excluded.last_due_at},
        where=ScheduleRun.last_due_at < statement.excluded.last_due_at,
    ).returning(ScheduleRun.name)
    return (await session.execute(advanced)).one_or_none() is not None


async def measure(session: ReadSession, present: datetime, most_seconds: float) -> Any:
    """Return how many jobs are waiting and dead, and since when the oldest due one has waited.

    Raises:
        DBAPIError: it took longer than `most_seconds`, or the database is away.
    """
    milliseconds = str(int(most_seconds * 1_000))
    await session.execute(select(func.set_config("statement_timeout", milliseconds, True)))
    waiting = Job.state == JobState.WAITING
    due = select(func.min(Job.run_after)).where(waiting, Job.run_after <= present, _nobodys())
    statement = select(
        select(func.count()).where(waiting).scalar_subquery().label("waiting"),
        select(func.count()).where(Job.state == JobState.DEAD).scalar_subquery().label("dead"),
        due.scalar_subquery().label("oldest"),
    )
    return (await session.execute(statement)).one()


async def find_jobs(session: ReadSession, state: JobState, most: int) -> Sequence[Job]:
    """Return jobs in a state: the waiting in the order they are due, the others newest first."""
    order = Job.run_after if state is JobState.WAITING else Job.ended_at.desc()
    statement = select(Job).where(Job.state == state).order_by(order, Job.id).limit(most)
    return (await session.scalars(statement)).all()


async def count_jobs(session: ReadSession) -> Sequence[Any]:
    """Return how many jobs there are of each kind in each state."""
    statement = select(Job.kind, Job.state, func.count().label("jobs"))
    grouped = statement.group_by(Job.kind, Job.state).order_by(Job.kind, Job.state)
    return (await session.execute(grouped)).all()


async def lock_job(session: WriteSession, job_id: uuid.UUID) -> Job | None:
    """Return a job, held by this transaction."""
    return (
        await session.scalars(select(Job).where(Job.id == job_id).with_for_update())
    ).one_or_none()


async def lock_dead_jobs(session: WriteSession) -> Sequence[Job]:
    """Return every dead job, held by this transaction."""
    statement = select(Job).where(Job.state == JobState.DEAD).order_by(Job.id).with_for_update()
    return (await session.scalars(statement)).all()


async def revive(session: WriteSession, job_ids: Sequence[uuid.UUID], present: datetime) -> None:
    """Let dead jobs wait for a first attempt again; what ailed them stays to be read."""
    await session.execute(
        update(Job)
        .where(Job.id.in_(job_ids))
        .values(state=JobState.WAITING, attempts=0, run_after=present, ended_at=None)
        .execution_options(**_UNCHECKED)
    )


async def delete_job(session: WriteSession, job_id: uuid.UUID) -> None:
    """Remove a job for good."""
    await session.execute(delete(Job).where(Job.id == job_id).execution_options(**_UNCHECKED))


async def delete_done(session: WriteSession, before: datetime, most: int) -> int:
    """Remove jobs done before a moment, the oldest first; return how many."""
    old = (
        select(Job.id)
        .where(Job.state == JobState.DONE, Job.ended_at < before)
        .order_by(Job.ended_at)
        .limit(most)
    )
    removed = delete(Job).where(Job.id.in_(old)).returning(Job.id)
    return len((await session.scalars(removed.execution_options(**_UNCHECKED))).all())


async def delete_idempotency_keys(session: WriteSession, before: datetime, most: int) -> int:
    """Remove callers' keys made before a moment, the oldest first; return how many."""
    old = (
        select(IdempotencyKey.id)
        .where(IdempotencyKey.made_at < before)
        .order_by(IdempotencyKey.made_at)
        .limit(most)
    )
    removed = delete(IdempotencyKey).where(IdempotencyKey.id.in_(old)).returning(IdempotencyKey.id)
    return len((await session.scalars(removed.execution_options(**_UNCHECKED))).all())


def _nobodys() -> ColumnElement[bool]:
    return or_(Job.leased_until.is_(None), Job.leased_until < func.now())
