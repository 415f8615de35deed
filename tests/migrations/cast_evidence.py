"""What a provider says itself of a site, open and completed, and what it was reminded of."""

import uuid
from datetime import date

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert


async def add_said_evidence(
    owner: asyncpg.Connection, manager: Member, site: uuid.UUID, document: uuid.UUID
) -> None:
    """Add two self-evaluations of a site with an answer and evidence each, and a reminder."""
    criterion = await owner.fetchrow(
        "SELECT c.id, c.version_id FROM criteria c JOIN standards_versions v "
        "ON v.id = c.version_id WHERE v.state = 'published' ORDER BY c.position LIMIT 1"
    )
    assert criterion is not None
    for completed in (True, False):
        said, present = uuid7(), clock.now()
        begun = {"id": said, "site_id": site, "version_id": criterion["version_id"], "version": 1}
        by = {"begun_by": manager.person_id, "begun_at": present}
        await insert(owner, "self_evaluations", begun | by)
        of = {"self_evaluation_id": said, "criterion_id": criterion["id"]}
        answer = {"answer": "met", "carried": False, "look_again": False}
        by = {"answered_by": manager.person_id, "answered_at": present}
        await insert(owner, "self_evaluation_answers", of | answer | by)
        await insert(owner, "self_evaluation_evidence", of | {"document_id": document})
        if completed:
            await owner.execute(
                "UPDATE self_evaluations SET completed_at = now(), completed_by = $1 WHERE id = $2",
                manager.person_id,
                said,
            )
    reminded = {"subject_id": document, "due_on": date(2026, 9, 1), "days": 60}
    await insert(owner, "reminders", reminded | {"asked_at": clock.now()})
