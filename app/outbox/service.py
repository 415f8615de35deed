"""Asking for jobs, in the transaction whose consequence they are; sending dead ones back."""

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import Event, Handler, WriteSession
from app.outbox import queries
from app.outbox.errors import JobNotDeadError, JobNotFoundError
from app.outbox.models import Job
from app.outbox.terms import JobState, Payload
from app.values.uuid7 import uuid7


async def enqueue(
    session: WriteSession,
    actor: Actor,
    kind: str,
    payload: Payload,
    *,
    run_after: datetime | None = None,
    key: str | None = None,
) -> None:
    """Ask for a job; it exists if this transaction commits, and not otherwise.

    Args:
        session: the transaction of the change.
        actor: who caused it.
        kind: names the handler in `app.handlers`.
        payload: identifiers it needs; never a fact about a person.
        run_after: not before then; at once if not given.
        key: makes a second job with the same key no job at all.
    """
    await queries.insert_jobs(session, [_row(actor, kind, payload, run_after, key)])


def enqueue_each(kind: str) -> Handler:
    """Return what reacts to an event by asking for a job, for the table of handlers.

    The job's payload is the event's fields.
    """

    async def react(session: WriteSession, actor: Actor, events: Sequence[Event]) -> None:
        rows = [_row(actor, kind, _fields(happened), None, None) for happened in events]
        await queries.insert_jobs(session, rows)

    return react


async def retry_job(session: WriteSession, actor: Actor, job_id: uuid.UUID) -> Job:
    """Give a dead job fresh attempts, beginning now; return it as it was.

    Raises:
        JobNotFoundError: there is none.
        JobNotDeadError: it is waiting or done.
    """
    job = await _dead(session, job_id)
    await queries.revive(session, [job.id], clock.now())
    return job


async def retry_dead_jobs(session: WriteSession, actor: Actor) -> Sequence[Job]:
    """Give every dead job fresh attempts, beginning now; return them as they were."""
    jobs = await queries.lock_dead_jobs(session)
    await queries.revive(session, [job.id for job in jobs], clock.now())
    return jobs


async def drop_job(session: WriteSession, actor: Actor, job_id: uuid.UUID) -> Job:
    """Remove a dead job for good: it will never be done; return it as it was.

    Raises:
        JobNotFoundError: there is none.
        JobNotDeadError: it is waiting or done.
    """
    job = await _dead(session, job_id)
    await queries.delete_job(session, job.id)
    return job


async def _dead(session: WriteSession, job_id: uuid.UUID) -> Job:
    job = await queries.lock_job(session, job_id)
    if job is None:
        raise JobNotFoundError(
            f"There is no job {job_id}. `ap-register jobs list` names those there are."
        )
    if job.state != JobState.DEAD:
        raise JobNotDeadError(
            f"Job {job_id} is {job.state}; only a dead one can be sent back or dropped. "
            "`ap-register jobs dead` lists them."
        )
    return job


def _fields(happened: Event) -> Payload:
    return {name: _plain(value) for name, value in dataclasses.asdict(happened).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _row(
    actor: Actor, kind: str, payload: Payload, run_after: datetime | None, key: str | None
) -> dict[str, Any]:
    present = clock.now()
    return {
        "id": uuid7(),
        "kind": kind,
        "payload": payload,
        "key": key,
        "run_after": run_after or present,
        "state": JobState.WAITING.value,
        "attempts": 0,
        "made_at": present,
        "made_by": actor.caller if actor.id else actor.name,
        "request_id": actor.request_id,
    }
