"""Revisits: asked for by whoever put right what fell short, at no fee, in a queue all can see."""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import FieldFault
from app.inspections.errors import (
    NotYourInspectionError,
    ReasonNeededError,
    RevisitNotFoundError,
    RevisitNotPossibleError,
    RevisitSettledError,
)
from app.inspections.models.following import InspectionRevisit
from app.inspections.queries import following as queries
from app.inspections.schemas.following import RevisitAnswered
from app.inspections.service.answering import findings_of, published_of_mine
from app.inspections.service.drafting import tell_owner
from app.inspections.service.looking import hold, subject_of
from app.inspections.terms import OPEN_STATES, SHORT, Notice, RevisitState
from app.providers.events import ProviderChanged
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def ask(session: WriteSession, actor: Actor, reference: str, reason: str) -> uuid.UUID:
    """Ask to be visited again; return the request's id. The same again is the same request.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
        RevisitNotPossibleError: nothing fell short, or one was asked for already.
    """
    person_id = person_of(actor)
    held = await published_of_mine(session, reference)
    found = await findings_of(session, held)
    if not any(row.judgement in SHORT for row in found.values()):
        raise RevisitNotPossibleError(
            "Nothing was found wanting, so there is nothing to look at again before the next visit."
        )
    for one in await queries.list_revisits(session, held.id):
        if one.state == RevisitState.OPEN and one.reason == reason:
            return uuid.UUID(str(one.id))
        if one.state in {RevisitState.OPEN, RevisitState.PLANNED}:
            raise RevisitNotPossibleError(f"A revisit is {one.state} already.", state=one.state)
    row = {"id": uuid7(), "inspection_id": held.id, "provider_id": held.provider_id}
    row |= {"body_id": held.body_id, "reason": reason, "state": RevisitState.OPEN.value}
    row |= {"asked_by": person_id, "asked_at": clock.now()}
    await queries.insert_rows(session, InspectionRevisit, [row])
    announce(session, ProviderChanged(held.provider_id))
    await record(session, actor, "inspection.revisit_asked", subject_of(held), reason=reason)
    return uuid.UUID(str(row["id"]))


async def withdraw(
    session: WriteSession, actor: Actor, reference: str, revisit_id: uuid.UUID
) -> None:
    """Ask no more; a second click changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        RevisitNotFoundError: there is no such request.
        RevisitSettledError: it was answered.
    """
    person_of(actor)
    held = await published_of_mine(session, reference)
    one = await _find(session, held, revisit_id)
    if one.state == RevisitState.WITHDRAWN:
        return
    _check_open(one)
    gone = {"state": RevisitState.WITHDRAWN.value}
    await queries.update_row(session, InspectionRevisit, one.id, gone)
    announce(session, ProviderChanged(held.provider_id))
    await record(session, actor, "inspection.revisit_withdrawn", subject_of(held))


async def answer(
    session: WriteSession,
    actor: Actor,
    reference: str,
    revisit_id: uuid.UUID,
    stated: RevisitAnswered,
) -> None:
    """Say which planned inspection is the revisit, or why there is none.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they act neither for the body nor for who answers there.
        RevisitNotFoundError: there is no such request.
        RevisitSettledError: it was answered already, or taken back.
        ReasonNeededError: neither an inspection nor a reason is named, or both are.
        RevisitNotPossibleError: the inspection is of another provider, or over.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    if not (held.inspects or held.plans):
        raise NotYourInspectionError(
            f"{held.body_name}, or the authority that answers there, plans its revisits."
        )
    one = await _find(session, held, revisit_id)
    if (stated.inspection is None) == (stated.reason is None):
        words = "Name the inspection that is the revisit, or say why there is none."
        raise ReasonNeededError(words, errors=(FieldFault(words, "/inspection"),))
    _check_open(one)
    values: dict[str, Any] = {"answered_by": person_id, "answered_at": clock.now()}
    if stated.inspection is None:
        values |= {"state": RevisitState.REFUSED.value, "answer": stated.reason}
    else:
        number = stated.inspection.upper()
        planned = await queries.find_followed_by(session, number, held.provider_id)
        if planned is None or planned.id == held.id or planned.state not in OPEN_STATES:
            words = f"No inspection {number} of {held.provider_name} is planned. Plan it first."
            raise RevisitNotPossibleError(words, errors=(FieldFault(words, "/inspection"),))
        values |= {"state": RevisitState.PLANNED.value, "planned_id": planned.id}
    await queries.update_row(session, InspectionRevisit, one.id, values)
    announce(session, ProviderChanged(held.provider_id))
    await tell_owner(session, actor, held, Notice.REVISIT_ANSWERED)
    after = {"revisit": str(one.id), "state": values["state"]}
    await record(session, actor, "inspection.revisit_answered", subject_of(held), after=after)


def _check_open(one: Any) -> None:
    if one.state != RevisitState.OPEN:
        raise RevisitSettledError(f"It is {one.state} already.", state=one.state)


async def _find(session: WriteSession, held: Any, revisit_id: uuid.UUID) -> Any:
    every = {one.id: one for one in await queries.list_revisits(session, held.id)}
    if revisit_id not in every:
        raise RevisitNotFoundError(f"{held.reference} has no request for a revisit with this id.")
    return every[revisit_id]
