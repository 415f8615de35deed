"""Appeals: by whoever was inspected, in time; decided by somebody who had no part in it."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault
from app.inspections import clocks
from app.inspections.clocks import Clock
from app.inspections.errors import (
    AmendmentSettledError,
    AppealNotFoundError,
    AppealNotPossibleError,
    AppealSettledError,
    JudgementsNotAcceptedError,
    NobodyToCheckError,
    NotIndependentError,
    NotYourInspectionError,
)
from app.inspections.independence import Part, Why
from app.inspections.models.following import InspectionAppeal
from app.inspections.queries import following as queries
from app.inspections.queries import inspections, publications
from app.inspections.schemas.following import AppealDecided, NewAppeal
from app.inspections.schemas.judgements import JudgementStated
from app.inspections.service.amending import apply_corrections, check_corrections
from app.inspections.service.answering import check_named, findings_of, published_of_mine
from app.inspections.service.drafting import tell_owner
from app.inspections.service.impartial import WORDS, could_check, who_else, why_not_here
from app.inspections.service.looking import Sheet, hold, subject_of
from app.inspections.service.policies import rules_on
from app.inspections.service.publishing import publish_version
from app.inspections.terms import (
    AmendmentKind,
    AmendmentState,
    AppealDecision,
    AppealState,
    Notice,
)
from app.providers.events import ProviderChanged
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def appeal(session: WriteSession, actor: Actor, reference: str, new: NewAppeal) -> uuid.UUID:
    """Appeal against judgements of what stands published; return the appeal's id.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: nothing is published yet.
        AnswersNotAcceptedError: it is about no judgement of the inspection.
        AppealNotPossibleError: its time is over, or it was appealed against before.
    """
    person_id = person_of(actor)
    held = await published_of_mine(session, reference)
    found = await findings_of(session, held)
    check_named(new.judgements, found, "/judgements")
    newest = (await publications.list_versions(session, held.id))[-1]
    await _check_possible(session, held, newest)
    present = clock.now()
    rules = await rules_on(session, clock.today())
    due = clocks.appeal_decision_due(clock.today(), rules.hearing)
    row = {
        "id": uuid7(),
        "inspection_id": held.id,
        "provider_id": held.provider_id,
        "of_version": newest.version,
        "judgement_ids": [found[one.site, one.criterion].id for one in new.judgements],
        "grounds": new.grounds,
        "state": AppealState.OPEN.value,
        "appealed_by": person_id,
        "appealed_at": present,
        "due_on": due.due_on if due else None,
        "due_rule": due.rule if due else None,
    }
    await queries.insert_rows(session, InspectionAppeal, [row])
    announce(session, ProviderChanged(held.provider_id))
    after = {"of_version": newest.version, "judgements": len(new.judgements)}
    await record(session, actor, "inspection.appealed", subject_of(held), after=after)
    return uuid.UUID(str(row["id"]))


async def withdraw(
    session: WriteSession, actor: Actor, reference: str, appeal_id: uuid.UUID
) -> None:
    """Take an appeal back; a second click changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        AppealNotFoundError: it has no such appeal.
        AppealSettledError: it is decided.
    """
    person_of(actor)
    held = await published_of_mine(session, reference)
    one = await _find(session, held, appeal_id)
    if one.state == AppealState.WITHDRAWN:
        return
    _check_open(one)
    gone = {"state": AppealState.WITHDRAWN.value}
    await queries.update_row(session, InspectionAppeal, one.id, gone)
    announce(session, ProviderChanged(held.provider_id))
    await record(session, actor, "inspection.appeal_withdrawn", subject_of(held))


async def ask_peer(
    session: WriteSession,
    actor: Actor,
    reference: str,
    appeal_id: uuid.UUID,
    body: uuid.UUID | None,
) -> None:
    """Ask another body to decide an appeal, or ask it no more.

    Raises:
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they act neither for the body nor for who answers there.
        AppealNotFoundError: it has no such appeal.
        AppealSettledError: it is settled.
        NobodyToCheckError: nobody uninvolved is there; `could_check` says where somebody is.
    """
    held = await hold(session, reference)
    if not (held.inspects or held.plans):
        raise NotYourInspectionError(
            f"{held.body_name}, or the authority that answers there, says who is asked to decide."
        )
    one = await _find(session, held, appeal_id)
    _check_open(one)
    could = await queries.who_could_decide(session, held.id)
    if body is not None and body not in {free.organisation_id for free in could}:
        peers = could_check(could)
        words = f"Nobody uninvolved could decide it there. {who_else(peers)}"
        raise NobodyToCheckError(
            words,
            errors=(FieldFault(words, "/body"),),
            could_check=[peer.model_dump(mode="json") for peer in peers],
        )
    if held.appeal_body_id == body:
        return
    await inspections.update_inspection(session, held.id, {"appeal_body_id": body})
    after = {"body": body}
    await record(session, actor, "inspection.appeal_body_asked", subject_of(held), after=after)


async def decide(
    session: WriteSession,
    actor: Actor,
    reference: str,
    appeal_id: uuid.UUID,
    stated: AppealDecided,
) -> None:
    """Decide an appeal; where it is upheld, a corrected version is published at once.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        AppealNotFoundError: it has no such appeal.
        NotIndependentError: they had a part in it; `why` says which, and who else could.
        AppealSettledError: it was decided, or taken back.
        JudgementsNotAcceptedError: what is to be corrected does not fit the decision.
        JudgementChangedError: it was corrected since it was read.
        AmendmentSettledError: a correction is proposed, and is decided first.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    one = await _find(session, held, appeal_id)
    why = await why_not_decide(session, actor, held)
    if why is not None:
        could = could_check(await queries.who_could_decide(session, held.id))
        raise NotIndependentError(
            f"{WORDS[why]} {who_else(could)}",
            why=why.value,
            could_check=[free.model_dump(mode="json") for free in could],
        )
    _check_open(one)
    sheet = await _check_decision(session, held, one, stated)
    newest = (await publications.list_versions(session, held.id))[-1].version
    decided = {
        "corrected_version": newest + 1 if sheet is not None else None,
        "state": AppealState.DECIDED.value,
        "decision": stated.decision.value,
        "reason": stated.reason,
        "decided_by": person_id,
        "decided_for": actor.organisation_id,
        "decided_at": clock.now(),
    }
    await queries.update_row(session, InspectionAppeal, one.id, decided)
    if sheet is not None:
        await _correct(session, held, one, (stated, sheet, newest), person_id)
    await inspections.update_inspection(session, held.id, {})
    announce(session, ProviderChanged(held.provider_id))
    await tell_owner(session, actor, held, Notice.APPEAL_DECIDED)
    after = {"appeal": str(one.id), "decision": stated.decision}
    act, subject = "inspection.appeal_decided", subject_of(held)
    await record(session, actor, act, subject, reason=stated.reason, after=after)


async def why_not_decide(
    session: ReadSession | WriteSession, actor: Actor, inspection: Any
) -> Why | None:
    """Return why whoever acts may not decide an appeal about an inspection; `None`: they may."""
    of_body = await queries.acts_for_deciding_body(session, inspection.id)
    why = await why_not_here(session, actor, inspection, Part.DECIDE_APPEAL, anybody=True)
    return why if of_body or why is not None else Why.NOT_OF_BODY


async def appeal_clock(session: ReadSession | WriteSession, newest: Any) -> Clock | None:
    """Return until when what stands published may be appealed against."""
    published_on = newest.published_at.astimezone(clock.LONDON).date()
    rules = await rules_on(session, published_on)
    return clocks.appeal_due(published_on, rules.hearing)


async def _check_possible(session: WriteSession, held: Any, newest: Any) -> None:
    due = await appeal_clock(session, newest)
    if clocks.is_over(due, clock.today()) and due is not None:
        raise AppealNotPossibleError(
            f"The last day to appeal was {due.due_on}: {due.rule}. You may still reply, or ask to "
            "be visited again.",
            due_on=due.due_on,
        )
    before = await queries.list_appeals(session, held.id)
    if any(
        one.of_version == newest.version and one.state != AppealState.WITHDRAWN for one in before
    ):
        raise AppealNotPossibleError("There is an appeal against this version already.")
    if any(one.corrected_version == newest.version for one in before):
        raise AppealNotPossibleError(
            "What stands published is what an appeal came to. You may still reply to it."
        )


async def _check_decision(
    session: WriteSession, held: Any, one: Any, stated: AppealDecided
) -> Sheet | None:
    if stated.decision is AppealDecision.DISMISSED:
        if stated.judgements:
            words = "An appeal that is dismissed changes no judgement: leave them out."
            raise JudgementsNotAcceptedError(words, errors=(FieldFault(words, "/judgements"),))
        return None
    sheet = await check_corrections(session, held, stated.judgements, "/judgements")
    found = await findings_of(session, held)
    faults = [
        FieldFault("The appeal is not against this judgement.", f"/judgements/{place}/criterion")
        for place, changed in enumerate(stated.judgements)
        if found[changed.site, changed.criterion].id not in one.judgement_ids
    ]
    if faults:
        raise JudgementsNotAcceptedError("See errors.", errors=tuple(faults))
    await _check_nothing_else_open(session, held)
    return sheet


async def _check_nothing_else_open(session: WriteSession, held: Any) -> None:
    for other in await publications.list_amendments(session, held.id):
        if other.state == AmendmentState.PROPOSED and other.kind == AmendmentKind.CORRECTION:
            raise AmendmentSettledError(
                f"A correction of {held.reference} is proposed. It is decided first.",
                amendment=str(other.id),
            )


async def _correct(
    session: WriteSession,
    held: Any,
    one: Any,
    correction: tuple[AppealDecided, Sheet, int],
    person_id: uuid.UUID,
) -> None:
    stated, sheet, newest = correction
    amendment = {
        "id": uuid7(),
        "inspection_id": held.id,
        "kind": AmendmentKind.CORRECTION.value,
        "of_version": newest,
        "appeal_id": one.id,
        "changes": _as_json(stated.judgements),
        "reason": stated.reason,
        "state": AmendmentState.PROPOSED.value,
        "proposed_by": one.appealed_by,
        "organisation_id": held.body_id,
        "proposed_at": one.appealed_at,
        "version": 1,
    }
    await publications.insert_amendment(session, amendment)
    decided: dict[str, Any] = {"state": AmendmentState.CONFIRMED.value, "decided_by": person_id}
    decided["decided_at"] = clock.now()
    await publications.update_amendment(session, amendment["id"], decided)
    await apply_corrections(session, held, sheet, stated.judgements)
    await publish_version(session, held, newest + 1, stated.reason)


def _as_json(stated: Sequence[JudgementStated]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in stated]


def _check_open(one: Any) -> None:
    if one.state != AppealState.OPEN:
        raise AppealSettledError(f"It is {one.state} already.", state=one.state)


async def _find(session: WriteSession, held: Any, appeal_id: uuid.UUID) -> Any:
    every = {one.id: one for one in await queries.list_appeals(session, held.id)}
    if appeal_id not in every:
        raise AppealNotFoundError(f"{held.reference} has no appeal with this id.")
    return every[appeal_id]
