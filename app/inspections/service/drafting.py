"""Sending the draft to the provider, and closing the time in which it says what is wrong."""

from typing import Any

from app import clock
from app.access import WORKER, Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession, announce
from app.errors import FieldFault
from app.inspections import clocks
from app.inspections.clocks import Clock, FairHearing
from app.inspections.errors import JudgementsMissingError, NotYourInspectionError
from app.inspections.queries import hearing, inspections, judgements
from app.inspections.service.looking import (
    check_body,
    check_move,
    check_version,
    hold,
    sheet_of,
    subject_of,
)
from app.inspections.service.policies import rules_on
from app.inspections.terms import InspectionState, InspectorPart, Notice
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.providers.events import ProviderChanged
from app.providers.service.records import person_of

TELL = "inspections.tell"
"""The job that finds out who keeps a provider's record and asks for a message to each."""
CLOSE_COMMENTS = "inspections.close_comments"
BATCH = 500
WITHOUT_POLICY = FairHearing()
"""How long the provider has where the policy is switched off: nobody is published unheard."""


async def send_draft(session: WriteSession, actor: Actor, reference: str, expected: int) -> None:
    """Give the draft to the provider, whose clock then runs; also where nobody owns its record.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not lead it.
        InspectionMoveNotAllowedError: nothing is judged yet, or it went on already.
        VersionChangedError: it was changed since they read it.
        JudgementsMissingError: something that is looked at has no judgement; all of it at once.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    inspectors = await inspections.list_inspectors(session, held.id)
    if not any(one.person_id == person_id and one.part == InspectorPart.LEAD for one in inspectors):
        raise NotYourInspectionError(
            f"Whoever leads {held.reference} sends its draft. Name another lead if that is you."
        )
    words = "A draft is sent while inspectors judge, once."
    check_move(held, InspectionState.WITH_PROVIDER, words)
    check_version(held, expected)
    await _check_complete(session, held)
    due = await comments_clock(session)
    present = clock.now()
    values: dict[str, Any] = {
        "state": InspectionState.WITH_PROVIDER.value,
        "sent_at": held.sent_at or present,
        "comments_due_on": due.due_on,
        "comments_rule": due.rule,
        "comments_closed_at": None,
    }
    await inspections.update_inspection(session, held.id, values)
    announce(session, ProviderChanged(held.provider_id))
    await tell_owner(session, actor, held, Notice.DRAFT_SENT)
    after = {"comments_due_on": due.due_on}
    await record(session, actor, "inspection.draft_sent", subject_of(held), after=after)


async def comments_clock(session: WriteSession) -> Clock:
    """Return the clock of a draft that is sent now."""
    today = clock.today()
    rules = await rules_on(session, today)
    due = clocks.comments_due(today, rules.hearing or WITHOUT_POLICY)
    assert due is not None  # noqa: S101 - there is a policy, or what stands in for it
    return due


async def tell_owner(session: WriteSession, actor: Actor, inspection: Any, notice: Notice) -> None:
    """Ask that whoever keeps the provider's record is written to, if anybody does."""
    payload = {"inspection_id": str(inspection.id), "notice": notice.value}
    payload["at"] = clock.now().isoformat()
    await enqueue(session, actor, TELL, payload)


async def close_due_comments(session: WriteSession, _: Payload) -> None:
    """Close the comments of every draft whose last day has passed, however long ago; as the worker.

    Does a batch, and asks for the next one where there may be more.
    """
    found = await hearing.find_comments_over(session, clock.today(), BATCH)
    present = clock.now()
    for row in found:
        await inspections.update_inspection(session, row.id, {"comments_closed_at": present})
        subject = Subject("inspection", row.id, row.reference, row.body_id)
        await record(session, WORKER, "inspection.comments_closed", subject)
    if len(found) == BATCH:
        await enqueue(session, WORKER, CLOSE_COMMENTS, {})


async def _check_complete(session: WriteSession, held: Any) -> None:
    sheet = await sheet_of(session, held)
    found = {
        (row.site, row.criterion) for row in await judgements.list_judgements(session, held.id)
    }
    missing = [
        FieldFault(f"Criterion {number} is not judged at site {site}.", f"/sites/{site}/{number}")
        for site, criteria in sheet.asked.items()
        for number in criteria
        if (site, number) not in found
    ]
    if missing:
        raise JudgementsMissingError(
            f"{len(missing)} of {sheet.count} judgement(s) are missing. Say of each what was found,"
            " or why nobody looked.",
            errors=tuple(missing),
        )
