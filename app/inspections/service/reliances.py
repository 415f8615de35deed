"""Relying on what another QA body saw: providers are visited once, not by twenty."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import WORKER, Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, VersionChangedError
from app.inspections.errors import (
    InspectionNotFoundError,
    RelianceEndedError,
    RelianceNotAcceptedError,
    RelianceNotFoundError,
)
from app.inspections.queries import reliances as queries
from app.inspections.schemas.reliances import NewReliance, RelianceEnd
from app.inspections.service.plan_faults import QA_KINDS
from app.inspections.service.policies import rules_on
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.providers.evidence import add_months
from app.providers.service.records import person_of
from app.standards.queries.versions import list_criteria
from app.values.uuid7 import uuid7

LAPSE = "reliances.lapse"
MAIL_ENDED = "mail.reliance_ended"
BATCH = 500


async def rely(session: WriteSession, actor: Actor, reference: str, new: NewReliance) -> uuid.UUID:
    """Rely on a published inspection of another body; return the reliance's id.

    It holds no longer than the inspection is good for: to the day on which the next visit would be
    overdue by the policy `inspection-cycle`.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: nothing published has this reference.
        RelianceNotAcceptedError: body, criteria or day do not fit; every fault at once.
        IntegrityError: the body relies on it already; see `CONSTRAINT_ERRORS`.
    """
    person_id = person_of(actor)
    found = await queries.find_published(session, reference.upper())
    if found is None:
        raise InspectionNotFoundError("No published inspection has this reference.")
    faults = [*_faults_of_body(actor, found), *await _faults_of_criteria(session, new, found)]
    faults += await _faults_of_day(session, new, found)
    if faults:
        raise RelianceNotAcceptedError(
            "You cannot rely on it like this. See errors.", errors=tuple(faults)
        )
    row = {
        "id": uuid7(),
        "inspection_id": found.id,
        "organisation_id": actor.organisation_id,
        "criteria": sorted(set(new.criteria)),
        "since": clock.today(),
        "until": new.until,
        "made_by": person_id,
        "made_at": clock.now(),
        "version": 1,
    }
    await queries.add_reliance(session, row)
    after = {"until": new.until, "criteria": row["criteria"]}
    subject = Subject("reliance", str(row["id"]), reference.upper(), actor.organisation_id)
    await record(session, actor, "reliance.made", subject, after=after)
    return uuid.UUID(str(row["id"]))


async def look_at(session: ReadSession | WriteSession, reliance_id: uuid.UUID) -> Any:
    """Return a reliance that the actor may see.

    Raises:
        RelianceNotFoundError: there is none.
    """
    found = await queries.get_reliance(session, reliance_id)
    if found is None:
        raise RelianceNotFoundError(
            "No reliance has this id, or none of your body, nor on an inspection that you see."
        )
    return found


async def withdraw(
    session: WriteSession, actor: Actor, reliance_id: uuid.UUID, expected: int
) -> None:
    """Rely on it no more.

    Raises:
        PersonNeededError: a machine asks.
        RelianceNotFoundError: it is none of the actor's own body.
        VersionChangedError: it was changed since they read it.
        RelianceEndedError: it holds no more.
    """
    person_of(actor)
    held = await look_at(session, reliance_id)
    if not held.own:
        raise RelianceNotFoundError("Another body relies on it; only that body ends it.")
    if held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=held.version
        )
    because = RelianceEnd.WITHDRAWN.value
    if not await queries.end_reliance(session, reliance_id, clock.today(), because):
        raise RelianceEndedError(f"It has held no more since {held.ended_on}.")
    subject = Subject("reliance", held.id, held.inspection, held.organisation_id)
    await record(session, actor, "reliance.withdrawn", subject)


async def lapse(session: WriteSession, _: Payload) -> None:
    """Do the job of ending what has lapsed, each with a message to the body that relied on it."""
    while ended := await queries.end_lapsed(session, clock.today(), BATCH):
        await announce_ended(session, ended)


async def end_taken_back(session: WriteSession, inspection_id: uuid.UUID) -> None:
    """End what rests on a version that was taken out, with a message to each who relied on it."""
    await announce_ended(
        session, await queries.end_taken_back(session, inspection_id, clock.today())
    )


async def announce_ended(session: WriteSession, ended: Sequence[uuid.UUID]) -> None:
    """Ask for the messages that say that reliances ended."""
    for reliance_id in ended:
        payload = {"reliance_id": str(reliance_id)}
        await enqueue(session, WORKER, MAIL_ENDED, payload, key=f"{MAIL_ENDED}:{reliance_id}")


def _faults_of_body(actor: Actor, found: Any) -> list[FieldFault]:
    if actor.organisation_kind not in QA_KINDS:
        words = "You act for an organisation that assures no quality."
    elif actor.organisation_id == found.body_id:
        words = "Your own body inspected: there is nobody else's work to rely on."
    elif not found.stands:
        words = "What was published was taken back."
    else:
        return []
    return [FieldFault(words, "")]


async def _faults_of_criteria(
    session: WriteSession, new: NewReliance, found: Any
) -> list[FieldFault]:
    if not new.criteria:
        return []
    known = {one.number for one in await list_criteria(session, found.standards_version_id)}
    words = "The standards it was held against have no criterion of this number."
    return [
        FieldFault(words, f"/criteria/{place}")
        for place, number in enumerate(new.criteria)
        if number not in known
    ]


async def _faults_of_day(session: WriteSession, new: NewReliance, found: Any) -> list[FieldFault]:
    last = await _good_until(session, found.planned_on)
    if clock.today() <= new.until <= last:
        return []
    words = f"Give a day from today to {last}: from then on a visit would be overdue."
    return [FieldFault(words, "/until")]


async def _good_until(session: WriteSession, seen_on: date) -> date:
    cycle = (await rules_on(session, clock.today())).cycle
    if cycle is None:
        return add_months(seen_on, 12)
    return add_months(seen_on, cycle.yearly_months) + timedelta(days=cycle.overdue_days)
