"""Amending what was published: one officer proposes, an uninvolved other one decides.

A correction is a further version, and the judgements behind the outcome are corrected with it. What
should never have been public is corrected first; then the older version that tells it goes.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    AmendmentNotFoundError,
    AmendmentNotPossibleError,
    AmendmentSettledError,
    InspectionMoveNotAllowedError,
    JudgementChangedError,
    JudgementsNotAcceptedError,
    NotIndependentError,
    NotYourInspectionError,
)
from app.inspections.independence import Part
from app.inspections.queries import inspections, judgements
from app.inspections.queries import publications as queries
from app.inspections.schemas.amendments import AmendmentProposed
from app.inspections.schemas.judgements import JudgementStated
from app.inspections.service.drafting import tell_owner
from app.inspections.service.impartial import check_impartial
from app.inspections.service.judgement_faults import faults_of
from app.inspections.service.looking import Sheet, hold, sheet_of, subject_of
from app.inspections.service.policies import WITHOUT_LEEWAY
from app.inspections.service.publishing import publish_version
from app.inspections.service.reliances import end_taken_back
from app.inspections.terms import AmendmentKind, AmendmentState, InspectionState, Notice
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def propose(
    session: WriteSession, actor: Actor, reference: str, wanted: AmendmentProposed
) -> uuid.UUID:
    """Propose a correction or a redaction; return its id. The same again is the same proposal.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they act neither for its bodies nor for who answers there.
        InspectionMoveNotAllowedError: it is not published.
        AmendmentNotPossibleError: the version is not the one that can be amended like this.
        AmendmentSettledError: another one of its kind is open.
        JudgementsNotAcceptedError: the corrected judgements are wrong; every fault at once.
        JudgementChangedError: they were corrected since they were read.
    """
    person_id = person_of(actor)
    held = await _published(session, reference)
    changes = [one.model_dump(mode="json") for one in wanted.judgements]
    same: dict[str, Any] = {
        "kind": wanted.kind.value,
        "of_version": wanted.of_version,
        "reason": wanted.reason,
    }
    corrects = wanted.kind is AmendmentKind.CORRECTION
    same |= {"changes": changes if corrects else None, "proposed_by": person_id}
    for one in await queries.list_amendments(session, held.id):
        if one.state == AmendmentState.PROPOSED and one.kind == wanted.kind:
            if all(getattr(one, name) == value for name, value in same.items()):
                return uuid.UUID(str(one.id))
            raise AmendmentSettledError(
                f"Another {one.kind} of {held.reference} is open. It is decided first.",
                amendment=str(one.id),
            )
    await _check_possible(session, held, wanted.kind, wanted.of_version, wanted.judgements)
    amendment_id = uuid7()
    row = {
        "id": amendment_id,
        "inspection_id": held.id,
        "organisation_id": actor.organisation_id,
        "proposed_at": clock.now(),
        "state": AmendmentState.PROPOSED.value,
        "version": 1,
    }
    await queries.insert_amendment(session, row | same)
    after = {"amendment": str(amendment_id), "of_version": wanted.of_version}
    act = f"inspection.{wanted.kind}_proposed"
    await record(session, actor, act, subject_of(held), reason=wanted.reason, after=after)
    return amendment_id


async def confirm(
    session: WriteSession, actor: Actor, reference: str, amendment_id: uuid.UUID
) -> None:
    """Bring an amendment about: a further version is published, or an older one goes.

    With an older version ends what other bodies rely on because of it, and they are told.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        AmendmentNotFoundError: it has no such amendment.
        NotIndependentError: they proposed it, inspected, or have a tie to the provider.
        AmendmentSettledError: it was decided already.
        AmendmentNotPossibleError: something was published meanwhile.
        JudgementsNotAcceptedError: the corrected judgements no longer hold.
        JudgementChangedError: they were corrected meanwhile.
    """
    held, one = await _open(session, actor, reference, amendment_id)
    kind = AmendmentKind(one.kind)
    stated = [JudgementStated.model_validate(change) for change in one.changes or []]
    sheet = await _check_possible(session, held, kind, one.of_version, stated)
    decided = {"state": AmendmentState.CONFIRMED.value, "decided_by": person_of(actor)}
    decided["decided_at"] = clock.now()
    await queries.update_amendment(session, one.id, decided)
    if kind is AmendmentKind.CORRECTION:
        await apply_corrections(session, held, sheet, stated)
        await publish_version(session, held, one.of_version + 1, one.reason)
        await tell_owner(session, actor, held, Notice.CORRECTED)
    else:
        gone = {"redacted_at": clock.now(), "redacted_reason": one.reason}
        await queries.take_out(session, held.id, one.of_version, gone)
        await end_taken_back(session, held.id)
    await inspections.update_inspection(session, held.id, {})
    after = {"amendment": str(one.id), "of_version": one.of_version}
    act = f"inspection.{kind}_confirmed"
    await record(session, actor, act, subject_of(held), reason=one.reason, after=after)


async def refuse(
    session: WriteSession, actor: Actor, reference: str, amendment_id: uuid.UUID, reason: str
) -> None:
    """Leave what was published as it is.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        AmendmentNotFoundError: it has no such amendment.
        NotIndependentError: they proposed it, inspected, or have a tie to the provider.
        AmendmentSettledError: it was decided already.
    """
    held, one = await _open(session, actor, reference, amendment_id)
    decided = {"state": AmendmentState.REFUSED.value, "decided_by": person_of(actor)}
    decided |= {"decided_at": clock.now(), "decision_reason": reason}
    await queries.update_amendment(session, one.id, decided)
    act, after = f"inspection.{one.kind}_refused", {"amendment": str(one.id)}
    await record(session, actor, act, subject_of(held), reason=reason, after=after)


async def withdraw(
    session: WriteSession, actor: Actor, reference: str, amendment_id: uuid.UUID
) -> None:
    """Take back what one proposed, so that something else can be proposed.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        AmendmentNotFoundError: it has no such amendment of theirs.
        AmendmentSettledError: it was decided already.
    """
    held = await _published(session, reference)
    one = await _find(session, held, amendment_id)
    if one.proposed_by != person_of(actor):
        raise AmendmentNotFoundError("No amendment with this id is yours to take back.")
    _check_undecided(one)
    decided = {"state": AmendmentState.WITHDRAWN.value, "decided_by": one.proposed_by}
    await queries.update_amendment(session, one.id, decided | {"decided_at": clock.now()})
    after = {"amendment": str(one.id)}
    await record(session, actor, f"inspection.{one.kind}_withdrawn", subject_of(held), after=after)


async def apply_corrections(
    session: WriteSession, held: Any, sheet: Sheet, stated: Sequence[JudgementStated]
) -> None:
    """Put corrected judgements in the place of those that were published; who found them stays."""
    found = {
        (row.site, row.criterion): row for row in await judgements.list_judgements(session, held.id)
    }
    present = clock.now()
    rows = []
    for one in stated:
        there = found[one.site, one.criterion]
        row = {"id": there.id, "judgement": one.judgement.value, "finding": one.finding}
        row |= {"method": one.method.value if one.method else None, "seen_on": one.seen_on}
        carried = there.carried_from_id if one.carried else None
        row |= {"carried_from_id": carried, "judged_at": present, "version": there.version + 1}
        rows.append(row)
    await judgements.update_judgements(session, rows)


async def check_corrections(
    session: WriteSession | ReadSession, held: Any, stated: Sequence[JudgementStated], where: str
) -> Sheet:
    """Refuse corrected judgements that are wrong, or written from what was corrected since.

    Raises:
        JudgementsNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
        JudgementChangedError: somebody corrected them since they were read.
    """
    sheet = await sheet_of(session, held)
    found = {
        (row.site, row.criterion): row for row in await judgements.list_judgements(session, held.id)
    }
    last = {key: row for key, row in found.items() if row.carried_from_id is not None}
    # What counted when it was seen is corrected whenever the mistake is found: no age refuses it.
    faults = faults_of(sheet, stated, last, (), WITHOUT_LEEWAY)
    if not stated:
        faults = [FieldFault("Name at least one judgement that is to be otherwise.", where)]
    if faults:
        raise JudgementsNotAcceptedError(
            f"{len(faults)} thing(s) are wrong, and nothing was kept. See errors.",
            errors=tuple(faults),
        )
    stale = [
        FieldFault(f"It holds version {present} now.", f"{where}/{place}/version")
        for place, one in enumerate(stated)
        for present in (found[one.site, one.criterion].version,)
        if one.version != present
    ]
    if stale:
        raise JudgementChangedError(
            "Some of these were corrected since you read them. See errors.", errors=tuple(stale)
        )
    return sheet


async def _check_possible(
    session: WriteSession,
    held: Any,
    kind: AmendmentKind,
    of_version: int,
    stated: Sequence[JudgementStated],
) -> Sheet:
    versions = {row.version: row for row in await queries.list_versions(session, held.id)}
    newest = max(versions)
    if kind is AmendmentKind.CORRECTION:
        _check(
            of_version == newest,
            f"Version {newest} of {held.reference} is the newest, and the one to be corrected.",
        )
        return await check_corrections(session, held, stated, "/judgements")
    row = versions.get(of_version)
    _check(row is not None, f"{held.reference} has versions 1 to {newest}.")
    _check(
        of_version != newest,
        "This version stands now. Correct it first, so that a true one stands; then it can go.",
    )
    _check(row is not None and row.document is not None, "It was taken out already.")
    _check(not stated, "A redaction changes no judgement: leave them out, or correct them first.")
    return await sheet_of(session, held)


def _check(holds: bool, words: str) -> None:
    if not holds:
        raise AmendmentNotPossibleError(words)


async def _published(session: WriteSession, reference: str) -> Any:
    held = await hold(session, reference)
    if not (held.inspects or held.checks or held.plans):
        raise NotYourInspectionError(
            f"What is published of {held.reference} is amended by {held.body_name} or by the "
            "authority that answers there. You may reply to it, or appeal."
        )
    if held.state != InspectionState.PUBLISHED:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: only what is published is amended.",
            state=held.state,
        )
    return held


async def _find(session: WriteSession, held: Any, amendment_id: uuid.UUID) -> Any:
    every = {one.id: one for one in await queries.list_amendments(session, held.id)}
    if amendment_id not in every:
        raise AmendmentNotFoundError(f"{held.reference} has no amendment with this id.")
    return every[amendment_id]


async def _open(
    session: WriteSession, actor: Actor, reference: str, amendment_id: uuid.UUID
) -> tuple[Any, Any]:
    person_id = person_of(actor)
    held = await _published(session, reference)
    one = await _find(session, held, amendment_id)
    await check_impartial(session, actor, held, Part.CHECK, anybody=True)
    if one.proposed_by == person_id:
        raise NotIndependentError(
            "You proposed it yourself: another second officer decides.", why="proposed"
        )
    _check_undecided(one)
    return held, one


def _check_undecided(one: Any) -> None:
    if one.state != AmendmentState.PROPOSED:
        raise AmendmentSettledError(f"It is {one.state} already.", state=one.state)
