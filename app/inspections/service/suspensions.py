"""Interim suspensions: noted when two officers impose one, and looked at again within days."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.inspections.clocks import Clock, suspension_review_due
from app.inspections.errors import SuspensionEndedError, SuspensionNotFoundError
from app.inspections.queries import suspensions as queries
from app.inspections.schemas.suspensions import NewSuspensionReview, ReviewDecision
from app.inspections.service.policies import rules_on
from app.providers.errors import NotYoursToJudgeError
from app.providers.events import ListingSuspended
from app.providers.service.decisions import Proposed, propose
from app.providers.service.records import person_of
from app.providers.terms import ListingState, PublicReason
from app.values.uuid7 import uuid7


async def note_suspensions(
    session: WriteSession, actor: Actor, events: Sequence[ListingSuspended]
) -> None:
    """React to suspensions: put each under its clock, in the transaction that imposes it."""
    today = clock.today()
    due = await review_clock(session, today)
    for event in events:
        row = {
            "id": uuid7(),
            "provider_id": event.provider_id,
            "listing_id": event.listing_id,
            "proposal_id": event.proposal_id,
            "imposed_on": today,
            "reviewed_on": today,
            "review_due_on": due.due_on if due else None,
            "version": 1,
        }
        await queries.add_suspension(session, row)
        after = {"listing": str(event.listing_id), "review_due_on": row["review_due_on"]}
        subject = Subject("interim_suspension", str(row["id"]))
        await record(session, actor, "interim_suspension.imposed", subject, after=after)


async def look_at(session: ReadSession | WriteSession, suspension_id: uuid.UUID) -> Any:
    """Return a suspension that the actor may see; see `queries.get_suspension`.

    Raises:
        SuspensionNotFoundError: there is none, or it is none of their business.
    """
    found = await queries.get_suspension(session, suspension_id)
    if found is None:
        raise SuspensionNotFoundError(
            "No interim suspension has this id, or none of a provider that you own or answer for."
        )
    return found


async def review(
    session: WriteSession,
    actor: Actor,
    suspension_id: uuid.UUID,
    said: NewSuspensionReview,
    expected: int,
) -> None:
    """Look at a suspension again: it stays, for days once more, or two officers shall lift it.

    Raises:
        PersonNeededError: a machine asks.
        SuspensionNotFoundError: there is none that the actor may see.
        NotYoursToJudgeError: they own the record, or worked for an owner of it.
        VersionChangedError: somebody reviewed it since they read it.
        SuspensionEndedError: the listing stands otherwise by now.
        ProposalOpenError: another decision on the listing waits for a second officer.
    """
    person_id = person_of(actor)
    await look_at(session, suspension_id)
    held = await queries.get_suspension(session, suspension_id, lock=True)
    if held is None or not held.judges:
        raise NotYoursToJudgeError(
            "A suspension is reviewed by an officer who answers for the provider and never worked "
            "for whoever owns it."
        )
    if held.version != expected:
        raise VersionChangedError(
            "Somebody reviewed it since you read it. Read it again, then decide anew.",
            version=held.version,
        )
    if not held.open:
        raise SuspensionEndedError("The listing is no longer suspended, so nothing is to review.")
    if said.decision is ReviewDecision.LIFT_PROPOSED:
        lift = Proposed(
            ListingState.UNDER_REVIEW, clock.today(), said.reason, PublicReason.DECISION_REVIEWED
        )
        await propose(session, actor, held.listing_id, lift)
    next_due = await review_clock(session, clock.today())
    row = {
        "id": uuid7(),
        "suspension_id": held.id,
        "person_id": person_id,
        "person_name": actor.name,
        "organisation_id": actor.organisation_id,
        "decision": said.decision.value,
        "reason": said.reason,
        "reviewed_at": clock.now(),
        "next_due_on": next_due.due_on if next_due else None,
    }
    await queries.add_review(session, row, clock.today())
    after = {"decision": said.decision, "next_due_on": row["next_due_on"]}
    label = f"{held.provider_name} ({held.provider}), site {held.site}"
    subject = Subject("interim_suspension", held.id, label)
    await record(
        session, actor, "interim_suspension.reviewed", subject, reason=said.reason, after=after
    )


async def review_clock(session: ReadSession | WriteSession, since: date) -> Clock | None:
    """Return by when a suspension imposed, or last reviewed, on a day is looked at again."""
    return suspension_review_due(since, (await rules_on(session, since)).hearing)
