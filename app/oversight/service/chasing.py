"""Each morning: what is overdue is asked for again, and what an abolished authority left passes on.

A message says the reference and nothing else; what is behind it is behind a sign-in.
"""

import uuid
from typing import Any

from app import clock
from app.access import WORKER
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.oversight.queries import chasing as queries
from app.oversight.queries import follow_ups
from app.oversight.service.opening import lapse_handover
from app.oversight.terms import SpellBegin
from app.rules.missing.chasing import first_contact
from app.rules.working_days import is_working_day

CHASE = "follow_ups.chase"
MAIL = "mail.follow_up"
"""Payload: `follow_up_id`, `reference`, `due_on`, `asked_on`, `person_id`, `organisation_id`."""
BATCH = 200


async def chase(session: WriteSession, payload: Payload) -> None:
    """Ask for a message to whoever looks for a child and is late; a batch, and the next is asked.

    Args:
        session: as the worker.
        payload: `after`, the last follow-up of the batch before.
    """
    today = clock.today()
    after = uuid.UUID(payload["after"]) if "after" in payload else None
    if after is None:
        await _succeed(session)
    if not is_working_day(today):
        return
    found = await queries.find_overdue(session, today, after, BATCH)
    for overdue in found:
        await _ask(session, overdue)
    if len(found) == BATCH:
        await enqueue(session, WORKER, CHASE, {"after": str(found[-1].id)})


async def _ask(session: WriteSession, overdue: Any) -> None:
    asked_on = clock.today().isoformat()
    codes = [code for code in (overdue.la_code, overdue.care_la_code) if code is not None]
    for one in await queries.find_people_to_chase(session, codes, overdue.school_id):
        about = {
            "follow_up_id": str(overdue.id),
            "reference": overdue.reference,
            "due_on": overdue.next_step_by.isoformat(),
            "asked_on": asked_on,
            "person_id": str(one.person_id),
            "organisation_id": str(one.organisation_id),
        }
        key = f"{MAIL}:{overdue.id}:{asked_on}:{one.person_id}:{one.organisation_id}"
        await enqueue(session, WORKER, MAIL, about, key=key)


async def _succeed(session: WriteSession) -> None:
    """Give what an abolished authority looked into to the one that has its area, if it is one."""
    today = clock.today()
    for held in await queries.find_abolished(session):
        spell = {"follow_up_id": held.id, "la_code": held.successor, "since": today}
        await follow_ups.add_spell(session, spell | {"became": SpellBegin.SUCCEEDED.value})
        values = {"la_code": held.successor, "next_step_by": first_contact(today).due_on}
        await follow_ups.change_follow_up(session, held.id, values)
        await lapse_handover(session, WORKER, held.id)
        subject = Subject("follow-up", held.id, None, None)
        after = {"from_la": held.la_code, "to_la": held.successor}
        await record(session, WORKER, "follow_up.succeeded", subject, after=after)
