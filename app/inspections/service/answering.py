"""What the provider answers to what is published: replies beside findings, a plan of actions."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    ActionMoveNotAllowedError,
    ActionNotFoundError,
    AnswersNotAcceptedError,
    InspectionMoveNotAllowedError,
    NotYourInspectionError,
    ReasonNeededError,
    ReplyNotFoundError,
)
from app.inspections.models.following import InspectionAction, InspectionReply
from app.inspections.outcome import Judged, judged_until
from app.inspections.queries import following as queries
from app.inspections.queries import judgements
from app.inspections.schemas.following import (
    ActionEvidence,
    ActionLookedAt,
    ActionsStated,
    ActionStated,
    RepliesStated,
)
from app.inspections.service.drafting import tell_owner
from app.inspections.service.looking import check_body, hold, subject_of
from app.inspections.service.policies import Rules, rules_on
from app.inspections.terms import SHORT, ActionState, InspectionState, Judgement, Notice
from app.providers.service.records import person_of
from app.standards.terms import Gate
from app.values.uuid7 import uuid7

Key = tuple[int, str]


async def reply(session: WriteSession, actor: Actor, reference: str, stated: RepliesStated) -> None:
    """Say something to findings, in public; the same again changes nothing.

    There is no last day: whoever reads a finding, years later, reads the reply with it.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
        AnswersNotAcceptedError: something is wrong; every fault at once.
    """
    person_id = person_of(actor)
    held = await published_of_mine(session, reference)
    found = await findings_of(session, held)
    check_named(stated.replies, found, "/replies")
    newest = newest_replies(await queries.list_replies(session, held.id))
    rows = []
    for one in stated.replies:
        before = newest.get((one.site, one.criterion))
        if before is not None and before.withdrawn_at is None and before.reply == one.reply:
            continue
        row = {"id": uuid7(), "inspection_id": held.id, "provider_id": held.provider_id}
        row |= {"judgement_id": found[one.site, one.criterion].id, "reply": one.reply}
        row |= {"site": one.site, "criterion": one.criterion, "signed_at": clock.now()}
        row |= {"signed_by": person_id, "signed_by_name": actor.name}
        rows.append(row | {"version": before.version + 1 if before is not None else 1})
    await queries.insert_rows(session, InspectionReply, rows)
    if rows:
        after = {"replies": [f"{row['site']}: {row['criterion']}" for row in rows]}
        await record(session, actor, "inspection.replied", subject_of(held), after=after)


async def withdraw_reply(session: WriteSession, actor: Actor, reference: str, key: Key) -> None:
    """Take a reply back; it stays on record, and the public is shown none.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
        ReplyNotFoundError: there is none, or it was withdrawn.
    """
    person_of(actor)
    held = await published_of_mine(session, reference)
    newest = newest_replies(await queries.list_replies(session, held.id)).get(key)
    if newest is None or newest.withdrawn_at is not None:
        raise ReplyNotFoundError(f"No reply to {key[1]} at site {key[0]} is shown.")
    gone = {"withdrawn_at": clock.now()}
    await queries.update_row(session, InspectionReply, newest.id, gone)
    after = {"reply": f"{key[0]}: {key[1]}"}
    await record(session, actor, "inspection.reply_withdrawn", subject_of(held), after=after)


async def plan_actions(
    session: WriteSession, actor: Actor, reference: str, stated: ActionsStated
) -> None:
    """Say what will be done about judgements that fall short, by whom and when.

    Given after its last day it is taken all the same, and was late.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
        AnswersNotAcceptedError: something is wrong; every fault at once.
    """
    person_id = person_of(actor)
    held = await published_of_mine(session, reference)
    found = await findings_of(session, held)
    check_named(stated.actions, found, "/actions")
    there = {(one.site, one.criterion): one for one in await queries.list_actions(session, held.id)}
    _check_actions(stated.actions, found, there, await rules_on(session, clock.today()))
    rows, told = [], []
    for one in stated.actions:
        key = (one.site, one.criterion)
        said = {"action": one.action, "role": one.role, "due_on": one.due_on}
        before = there.get(key)
        if before is not None and all(getattr(before, name) == said[name] for name in said):
            continue
        told.append(f"{one.site}: {one.criterion}")
        said |= {"given_by": person_id, "given_at": clock.now()}
        if before is not None:
            changed = said | {"version": before.version + 1}
            await queries.update_row(session, InspectionAction, before.id, changed)
            continue
        row = {"id": uuid7(), "inspection_id": held.id, "provider_id": held.provider_id}
        row |= {"judgement_id": found[key].id, "site": one.site, "criterion": one.criterion}
        rows.append(row | said | {"state": ActionState.OPEN.value, "version": 1})
    await queries.insert_rows(session, InspectionAction, rows)
    if told:
        after = {"actions": told}
        await record(session, actor, "inspection.actions_planned", subject_of(held), after=after)


async def send_evidence(
    session: WriteSession,
    actor: Actor,
    reference: str,
    action_id: uuid.UUID,
    evidence: ActionEvidence,
) -> None:
    """Show that an action was done; sent again, other evidence takes its place.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        ActionNotFoundError: it has no such action.
        ActionMoveNotAllowedError: it is verified already.
        AnswersNotAcceptedError: the record has no such evidence.
    """
    person_of(actor)
    held = await published_of_mine(session, reference)
    one = await _action(session, held, action_id)
    if one.state == ActionState.VERIFIED:
        raise ActionMoveNotAllowedError("An inspector has seen that it was done.", state=one.state)
    if not await queries.has_document(session, held.provider_id, evidence.document):
        words = "The provider's record has no such evidence. Send it there first."
        raise AnswersNotAcceptedError(words, errors=(FieldFault(words, "/document"),))
    if one.document_id == evidence.document and one.state == ActionState.EVIDENCE_SENT:
        return
    values = {"document_id": evidence.document, "evidence_sent_at": clock.now()}
    values |= {"state": ActionState.EVIDENCE_SENT.value, "version": one.version + 1}
    await queries.update_row(session, InspectionAction, one.id, values)
    after = {"action": f"{one.site}: {one.criterion}", "document": str(evidence.document)}
    await record(session, actor, "inspection.action_evidence_sent", subject_of(held), after=after)


async def look_at_action(
    session: WriteSession,
    actor: Actor,
    reference: str,
    action_id: uuid.UUID,
    stated: ActionLookedAt,
) -> None:
    """Say that an action was done, or what is missing; a second click changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not act for the body that inspects.
        ActionNotFoundError: it has no such action.
        ActionMoveNotAllowedError: there is no evidence to look at, or it is verified.
        ReasonNeededError: it is not enough, and nothing says why.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    one = await _action(session, held, action_id)
    if one.state == ActionState.VERIFIED and stated.verified:
        return
    if one.state != ActionState.EVIDENCE_SENT:
        raise ActionMoveNotAllowedError(
            "It waits for the provider's evidence."
            if one.state == ActionState.OPEN
            else "That it was done was seen before, and stays.",
            state=one.state,
        )
    if not stated.verified and stated.reason is None:
        words = "Say what is missing."
        raise ReasonNeededError(words, errors=(FieldFault(words, "/reason"),))
    values: dict[str, Any] = {"state": ActionState.OPEN.value, "sent_back_reason": stated.reason}
    if stated.verified:
        values = {"state": ActionState.VERIFIED.value, "sent_back_reason": None}
        values |= {"verified_by": person_id, "verified_at": clock.now()}
    values["version"] = one.version + 1
    await queries.update_row(session, InspectionAction, one.id, values)
    await tell_owner(session, actor, held, Notice.ACTION_LOOKED_AT)
    after = {"action": f"{one.site}: {one.criterion}", "verified": stated.verified}
    await record(session, actor, "inspection.action_looked_at", subject_of(held), after=after)


async def published_of_mine(session: WriteSession, reference: str) -> Any:
    """Return a published inspection of the actor's own provider.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
    """
    held = await hold(session, reference)
    if not held.owns:
        raise NotYourInspectionError(
            f"This is for whoever keeps the record of {held.provider_name}, and nobody else."
        )
    if held.state != InspectionState.PUBLISHED:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: this begins once it is published.",
            state=held.state,
        )
    return held


async def findings_of(session: ReadSession | WriteSession, held: Any) -> dict[Key, Any]:
    """Return what was found, by site and criterion."""
    rows = await judgements.list_judgements(session, held.id)
    return {(row.site, row.criterion): row for row in rows}


def state_of(state: str, due_on: date) -> ActionState:
    """Return how far an action is; one that is open after its last day is overdue."""
    if state == ActionState.OPEN and due_on < clock.today():
        return ActionState.OVERDUE
    return ActionState(state)


def newest_replies(rows: Iterable[Any]) -> dict[Key, Any]:
    """Return the newest version of each reply, withdrawn or not."""
    return {(row.site, row.criterion): row for row in rows}


def check_named(stated: Iterable[Any], found: Mapping[Key, Any], where: str) -> None:
    """Refuse what is about no judgement of the inspection, or about one twice.

    Raises:
        AnswersNotAcceptedError: every such item at once.
    """
    faults = []
    places: dict[Key, int] = {}
    for place, one in enumerate(stated):
        key = (one.site, one.criterion)
        first = places.setdefault(key, place)
        if first != place:
            faults.append(FieldFault(f"Item {first} is about the same.", f"{where}/{place}"))
        elif key not in found:
            words = f"Nothing was judged of criterion {one.criterion} at site {one.site}."
            faults.append(FieldFault(words, f"{where}/{place}/criterion"))
    _refuse(faults)


def _check_actions(
    stated: Iterable[ActionStated], found: Mapping[Key, Any], there: Mapping[Key, Any], rules: Rules
) -> None:
    faults = []
    for place, one in enumerate(stated):
        key, where = (one.site, one.criterion), f"/actions/{place}"
        row = found[key]
        if row.judgement not in SHORT:
            words = f"It was found {row.judgement}: no action is called for."
            faults.append(FieldFault(words, f"{where}/criterion"))
            continue
        if key in there and there[key].state != ActionState.OPEN:
            words = f"Its action is {there[key].state}, and no longer changed."
            faults.append(FieldFault(words, f"{where}/action"))
        judged = Judged(row.criterion, Judgement(row.judgement), row.seen_on, None)
        until = judged_until(judged, Gate(row.gate), rules.outcome)
        if one.due_on < clock.today():
            faults.append(FieldFault("Give today or a later day.", f"{where}/due_on"))
        elif until is not None and one.due_on > until:
            words = f"The judgement counts to the end of {until}: say what is done by then."
            faults.append(FieldFault(words, f"{where}/due_on"))
    _refuse(faults)


def _refuse(faults: list[FieldFault]) -> None:
    if faults:
        raise AnswersNotAcceptedError(
            f"{len(faults)} thing(s) are wrong, and nothing was kept. See errors.",
            errors=tuple(faults),
        )


async def _action(session: WriteSession, held: Any, action_id: uuid.UUID) -> Any:
    every = {one.id: one for one in await queries.list_actions(session, held.id)}
    if action_id not in every:
        raise ActionNotFoundError(f"{held.reference} has no action with this id.")
    return every[action_id]
