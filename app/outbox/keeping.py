"""Makes the jobs of schedules that have come due."""

from collections.abc import Sequence
from datetime import datetime

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.outbox import queries
from app.outbox.service import enqueue
from app.outbox.terms import Schedule

Reached = dict[str, datetime]
"""How far each schedule is known to have come; spares asking the database what it will deny."""


async def keep(database: Database, schedules: Sequence[Schedule], reached: Reached) -> int:
    """Make a job for every schedule that has come due since the last; return how many were made.

    However long nobody was there to look, a schedule is caught up with by one job. However many
    look, each time it is due makes one job: the schedule advances in the transaction that makes it.

    Args:
        database: where the jobs are.
        schedules: all of them; one that is new is due at once.
        reached: begun as `{}`, and handed in again the next time.
    """
    made = 0
    for schedule in schedules:
        due = schedule.latest_due(clock.now())
        if schedule.name in reached and due <= reached[schedule.name]:
            continue
        async with transaction(database, WORKER) as session:
            if await queries.advance_schedule(session, schedule.name, due):
                key, payload = f"{schedule.name}@{due.isoformat()}", {"due_at": due.isoformat()}
                await enqueue(session, WORKER, schedule.name, payload, key=key)
                made += 1
        reached[schedule.name] = due
    return made
