"""`ap-register jobs`: what waits, what died and why, and sending it back."""

import asyncio
import uuid
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from app.access import OPERATOR
from app.audit import service as audit
from app.audit.terms import Subject
from app.cli.output import Exit, result
from app.cli.output import stop as end
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import reading, transaction
from app.outbox import queries, service
from app.outbox.models import Job
from app.outbox.terms import JobState

app = typer.Typer(help="Look at jobs, and send back or drop dead ones.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="Show at most so many.")]
DeadJob = Annotated[uuid.UUID, typer.Argument(help="The id of a dead job.")]


@app.command("list")
def show(
    *,
    state: Annotated[JobState, typer.Option(help="Which to show.")] = JobState.WAITING,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Count the jobs of each kind, and show those in one state: the next to be done first."""
    with database(Settings.load()) as reached:
        counts, found = asyncio.run(_read(reached.settings, state, limit))
    counted = [{"kind": row.kind, "state": row.state, "jobs": row.jobs} for row in counts]
    facts = {"counts": counted, "jobs": [_facts(job) for job in found]}
    words = [f"{one['jobs']:>7} {one['state']:<8}{one['kind']}" for one in counted]
    lines = [*(words or ["No jobs."]), "", *(_line(job) for job in found)]
    result(facts, as_json=as_json, text="\n".join(lines))


@app.command()
def dead(*, limit: Limit = 50, as_json: AsJson = False) -> None:
    """Show the jobs that failed too often, the newest first, and where they failed."""
    with database(Settings.load()) as reached:
        _, found = asyncio.run(_read(reached.settings, JobState.DEAD, limit))
    told = [f"{_line(job)}\n{_indented(job.last_error or '')}" for job in found]
    text = "\n\n".join(told) or "No job is dead."
    result({"jobs": [_facts(job) for job in found]}, as_json=as_json, text=text)


@app.command()
def retry(
    job_id: Annotated[
        uuid.UUID | None, typer.Argument(metavar="ID", help="The id of a dead job.")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Send back every dead job.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a dead job, or every one, fresh attempts, beginning now. Mend what ailed it first."""
    if every == (job_id is not None):
        end(Exit.USAGE, "Name one dead job, or say --all; `ap-register jobs dead` lists them.")
    with database(Settings.load()) as reached:
        sent = asyncio.run(_retry(reached.settings, job_id))
    facts = {"retried": [str(job.id) for job in sent]}
    result(facts, as_json=as_json, text=f"{len(sent)} sent back; a worker begins with them now.")


@app.command()
def drop(job_id: DeadJob, *, as_json: AsJson = False) -> None:
    """Remove a dead job for good: what it was to do will not be done."""
    with database(Settings.load()) as reached:
        job = asyncio.run(_drop(reached.settings, job_id))
    text = f"Job {job.id} ({job.kind}) is dropped and will not be done."
    result({"dropped": str(job.id)}, as_json=as_json, text=text)


async def _read(
    settings: Settings, state: JobState, most: int
) -> tuple[Sequence[Any], Sequence[Job]]:
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        return await queries.count_jobs(session), await queries.find_jobs(session, state, most)


async def _retry(settings: Settings, job_id: uuid.UUID | None) -> Sequence[Job]:
    async with opened(settings) as held, transaction(held, OPERATOR) as session:
        if job_id is None:
            sent = await service.retry_dead_jobs(session, OPERATOR)
        else:
            sent = [await service.retry_job(session, OPERATOR, job_id)]
        for job in sent:
            await _write_down(session, "job.retried", job)
    return sent


async def _drop(settings: Settings, job_id: uuid.UUID) -> Job:
    async with opened(settings) as held, transaction(held, OPERATOR) as session:
        job = await service.drop_job(session, OPERATOR, job_id)
        await _write_down(session, "job.dropped", job)
    return job


async def _write_down(session: WriteSession, act: str, job: Job) -> None:
    before = {"state": JobState.DEAD.value, "attempts": job.attempts}
    subject = Subject("job", job.id, label=job.kind)
    await audit.record(session, OPERATOR, act, subject, before=before)


def _facts(job: Job) -> dict[str, Any]:
    return {
        "id": str(job.id),
        "kind": job.kind,
        "state": job.state,
        "attempts": job.attempts,
        "run_after": job.run_after,
        "leased_until": job.leased_until,
        "made_at": job.made_at,
        "made_by": job.made_by,
        "ended_at": job.ended_at,
        "key": job.key,
        "payload": job.payload,
        "last_error": job.last_error,
    }


def _line(job: Job) -> str:
    moment = job.ended_at or job.run_after
    when = "ended" if job.ended_at else "due"
    begun = f"{job.attempts} attempts" if job.attempts != 1 else "1 attempt"
    return f"{job.id}  {job.kind}, {when} {moment:%Y-%m-%d %H:%M:%S} UTC, {begun}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
