"""Results that come in one document: landed once, however often and late they are sent."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.inspections.errors import (
    NotYourInspectionError,
    ResultDecidedError,
    ResultDiffersError,
    ResultNotFoundError,
    ResultStillStaleError,
)
from app.inspections.queries import results as queries
from app.inspections.schemas.results import ResultDecided, ResultDocument
from app.inspections.service.applying import apply
from app.inspections.service.examining import Examined, examine
from app.inspections.service.staleness import NOT_OVERRIDDEN, Stale
from app.inspections.terms import GO_ON, ResultDecision, ResultStatus
from app.ledger.canonical import canonical
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Sent:
    """A result as somebody sends it.

    Attributes:
        document: read.
        body: as it came.
        sha256: of its canonical JSON, so that spaces and order tell nothing apart.
    """

    document: ResultDocument
    body: bytes
    sha256: bytes


def read_sent(document: ResultDocument, body: bytes, whole: Any) -> Sent:
    """Return a result that was sent.

    Args:
        document: read.
        body: as it came.
        whole: the same as JSON, read without any model.

    Raises:
        InvalidRequestError: it holds a number that not everybody reads alike.
    """
    try:
        return Sent(document, body, hashlib.sha256(canonical(whole)).digest())
    except (TypeError, ValueError) as error:
        raise InvalidRequestError(f"The document cannot be told from others: {error}.") from None


async def submit(session: WriteSession, actor: Actor, sent: Sent) -> tuple[Any, bool]:
    """Take in a result; return it, and whether it came for the first time.

    It is applied to the inspection it names, or to one that is planned for it; where something has
    gone on since it was made, it is kept as it came. Sent again, what became of it is returned.

    Raises:
        ResultDiffersError: another came under this reference before.
        NotYourInspectionError: its sender is none of its inspectors, or another body inspects.
        ProviderNotFoundError: no inspection is named, and they do not answer for the provider.
        DecidedElsewhereError: another authority decides on the sites.
        ResultNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
        NoStandardsInForceError, InspectionNotPlannableError: as for `planning.plan`.
    """
    document, body_id = sent.document, actor.organisation_id or uuid.UUID(int=0)
    await queries.lock_reference(session, body_id, document.reference)
    earlier = await queries.get_result(session, body_id, document.reference)
    if earlier is not None:
        if bytes(earlier.sha256) != sent.sha256:
            raise _differs(earlier, sent)
        return earlier, False
    _check_sender(actor, document)
    body = (body_id, actor.organisation_name or "")
    examined = await examine(session, actor, document, body)
    inspection = None
    if not examined.stale:
        inspection = await apply(session, actor, document, examined)
    row = _row(actor, sent, examined, inspection)
    await queries.insert_result(session, row)
    kept = await get_result(session, body_id, document.reference)
    after = {
        "status": kept.status,
        "reasons": kept.reasons,
        "judgements": len(document.judgements),
        "inspection": kept.inspection_reference,
        "sha256": sent.sha256.hex(),
    }
    await record(session, actor, "inspection_result.received", subject_of(kept), after=after)
    return kept, True


async def decide(
    session: WriteSession,
    actor: Actor,
    of: tuple[uuid.UUID, str],
    decided: ResultDecided,
    expected: int,
) -> None:
    """Apply a result that was kept, or dismiss it; what came stays as it came.

    Args:
        session: the transaction.
        actor: an officer of the body.
        of: the body's id and its own reference.
        decided: what, and why.
        expected: the version they read.

    Raises:
        PersonNeededError: a machine asks.
        ResultNotFoundError: there is none that the actor may see.
        NotYourInspectionError: another body received it.
        VersionChangedError: it was changed since they read it.
        ResultDecidedError: it was applied or dismissed already.
        ResultStillStaleError: it cannot be applied as things stand.
        ResultNotAcceptedError: it does not fit what holds now; every fault at once.
    """
    person_id = person_of(actor)
    held = await get_result(session, *of, lock=True)
    if not held.ours:
        raise NotYourInspectionError(
            f"This result is for officers of {held.organisation_name}, who received it."
        )
    if held.version != expected:
        raise VersionChangedError(
            f"{held.reference} was changed since you read it. Read it again, then decide anew.",
            version=held.version,
        )
    if held.status != ResultStatus.KEPT:
        raise ResultDecidedError(f"{held.reference} is {held.status}.", status=held.status)
    values: dict[str, Any] = {"status": ResultStatus.DISMISSED.value}
    if decided.decision is ResultDecision.APPLY:
        inspection = await _applied(session, actor, held)
        values = {"status": ResultStatus.APPLIED.value, "inspection_id": inspection.id}
    values |= {"decided_at": clock.now(), "decided_by": person_id}
    await queries.update_result(session, held.id, values | {"decision_reason": decided.reason})
    before, after = {"status": held.status}, {"status": values["status"]}
    await record(
        session,
        actor,
        f"inspection_result.{values['status']}",
        subject_of(held),
        reason=decided.reason,
        before=before,
        after=after,
    )


async def get_result(
    session: ReadSession | WriteSession,
    body_id: uuid.UUID,
    reference: str,
    *,
    lock: bool = False,
) -> Any:
    """Return a result that the actor may see; see `queries.get_result`.

    Raises:
        ResultNotFoundError: there is none.
    """
    found = await queries.get_result(session, body_id, reference, lock=lock)
    if found is None:
        raise ResultNotFoundError(
            "No result came under this reference, or none that you may see. One of another body is "
            "read by naming that: ?organisation=."
        )
    return found


def subject_of(row: Any) -> Subject:
    """Return what the record of acts calls a result."""
    label = f"{row.reference} of {row.provider_name} ({row.provider_number})"
    return Subject("inspection_result", row.id, label, row.organisation_id, row.organisation_name)


async def _applied(session: WriteSession, actor: Actor, held: Any) -> Any:
    document = ResultDocument.model_validate_json(await queries.get_body(session, held.id))
    body = (held.organisation_id, held.organisation_name)
    examined = await examine(session, actor, document, body, applying=True)
    still = [one for one in examined.stale if one.code in NOT_OVERRIDDEN]
    if still:
        raise ResultStillStaleError(
            " ".join(f"{one.detail} {GO_ON[one.code]}" for one in still),
            reasons=[one.code.value for one in still],
        )
    return await apply(session, actor, document, examined)


def _check_sender(actor: Actor, document: ResultDocument) -> None:
    if actor.kind is ActorKind.PERSON and actor.id not in document.inspectors:
        words = (
            "You are none of its inspectors. One of them sends it, or a machine of your "
            "organisation does."
        )
        raise NotYourInspectionError(words, errors=(FieldFault(words, "/inspectors"),))


def _differs(earlier: Any, sent: Sent) -> ResultDiffersError:
    words = (
        f"{sent.document.reference} was received on {earlier.received_at:%d %B %Y at %H:%M:%S} UTC "
        "and says something else. Nothing was changed. Send a further result under a reference of "
        "its own; what was received can be read at its address."
    )
    return ResultDiffersError(
        words,
        errors=(FieldFault("Another result came under this reference before.", "/reference"),),
        held={
            "sha256": bytes(earlier.sha256).hex(),
            "received_at": earlier.received_at.isoformat(),
            "status": earlier.status,
        },
        sent={"sha256": sent.sha256.hex(), "received_at": clock.now().isoformat()},
    )


def _row(actor: Actor, sent: Sent, examined: Examined, inspection: Any | None) -> dict[str, Any]:
    stale: Sequence[Stale] = examined.stale
    machine = actor.kind is ActorKind.MACHINE
    return {
        "id": uuid7(),
        "organisation_id": actor.organisation_id,
        "reference": sent.document.reference,
        "provider_id": examined.target.provider_id,
        "body": sent.body,
        "sha256": sent.sha256,
        "status": (ResultStatus.KEPT if stale else ResultStatus.APPLIED).value,
        "reasons": [one.code.value for one in stale],
        "details": [one.detail for one in stale],
        "inspection_id": inspection.id if inspection is not None else None,
        "received_at": clock.now(),
        "received_by": None if machine else actor.id,
        "received_by_machine": actor.id if machine else None,
        "version": 1,
    }
