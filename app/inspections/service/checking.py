"""The second officer: asking for a check, of a peer where the own body has nobody free, and it."""

from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import FieldFault
from app.inspections.errors import (
    CommentsOpenError,
    InspectionMoveNotAllowedError,
    NobodyToCheckError,
    ReasonNeededError,
)
from app.inspections.independence import Part
from app.inspections.queries import hearing as queries
from app.inspections.queries import inspections
from app.inspections.schemas.hearing import CheckDecided, CheckRequested
from app.inspections.service.commenting import is_closed
from app.inspections.service.drafting import tell_owner
from app.inspections.service.impartial import check_impartial, could_check, who_else
from app.inspections.service.looking import check_body, check_version, hold, subject_of
from app.inspections.service.publishing import publish_version
from app.inspections.terms import CheckDecision, InspectionState, Notice
from app.providers.events import ProviderChanged
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def request_check(
    session: WriteSession, actor: Actor, reference: str, asked: CheckRequested, expected: int
) -> None:
    """Ask a second officer to read it; asked again, somebody else is asked instead.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not act for the body that inspects.
        InspectionMoveNotAllowedError: it is not with the provider, nor waits to be checked.
        VersionChangedError: it was changed since they read it.
        CommentsOpenError: the provider may still comment, or a comment has no answer.
        NobodyToCheckError: nobody uninvolved is there; `could_check` says where somebody is.
    """
    person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    if held.state not in {InspectionState.WITH_PROVIDER, InspectionState.TO_CHECK}:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}. A check is asked for once the provider was heard.",
            state=held.state,
        )
    check_version(held, expected)
    await _check_heard(session, held)
    wanted = asked.check_body or held.body_id
    could = await queries.who_could_check(session, held.id)
    chosen = next((one for one in could if one.organisation_id == wanted), None)
    if chosen is None and asked.check_body is None:
        chosen = next((one for one in could if one.own), None)
    if chosen is None:
        peers = could_check([one for one in could if one.organisation_id != wanted])
        words = f"Nobody uninvolved could check it there. {who_else(peers)}"
        raise NobodyToCheckError(
            words,
            errors=(FieldFault(words, "/check_body"),),
            could_check=[one.model_dump(mode="json") for one in peers],
        )
    body = None if chosen.own else chosen.organisation_id
    if held.state == InspectionState.TO_CHECK and held.check_body_id == body:
        return
    values = {
        "state": InspectionState.TO_CHECK.value,
        "check_body_id": body,
        "comments_closed_at": held.comments_closed_at or clock.now(),
    }
    await inspections.update_inspection(session, held.id, values)
    announce(session, ProviderChanged(held.provider_id))
    after = {"check_body": body or held.body_id}
    await record(session, actor, "inspection.check_requested", subject_of(held), after=after)


async def check(
    session: WriteSession, actor: Actor, reference: str, stated: CheckDecided, expected: int
) -> None:
    """Publish an inspection, or give it back to the inspectors with a reason.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotIndependentError: they are involved; `why` says how, and who else could.
        InspectionMoveNotAllowedError: it does not wait to be checked.
        VersionChangedError: it was changed since they read it.
        ReasonNeededError: it goes back, and nothing says why.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    await check_impartial(session, actor, held, Part.CHECK)
    if held.state != InspectionState.TO_CHECK:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: it does not wait to be checked.", state=held.state
        )
    check_version(held, expected)
    if stated.decision is CheckDecision.RETURNED and stated.reason is None:
        words = "Say what the inspectors have to look at again."
        raise ReasonNeededError(words, errors=(FieldFault(words, "/reason"),))
    present = clock.now()
    await queries.insert_check(
        session,
        {
            "id": uuid7(),
            "inspection_id": held.id,
            "person_id": person_id,
            "person_name": actor.name,
            "organisation_id": actor.organisation_id,
            "decision": stated.decision.value,
            "reason": stated.reason,
            "checked_at": present,
        },
    )
    if stated.decision is CheckDecision.PUBLISHED:
        await _publish(session, actor, held)
        return
    await inspections.update_inspection(
        session, held.id, {"state": InspectionState.JUDGING.value, "check_body_id": None}
    )
    announce(session, ProviderChanged(held.provider_id))
    subject = subject_of(held)
    await record(session, actor, "inspection.returned", subject, reason=stated.reason)


async def _publish(session: WriteSession, actor: Actor, held: Any) -> None:
    values = {"state": InspectionState.PUBLISHED.value, "published_at": clock.now()}
    await inspections.update_inspection(session, held.id, values)
    await publish_version(session, held, 1)
    await tell_owner(session, actor, held, Notice.PUBLISHED)
    await record(session, actor, "inspection.published", subject_of(held), after={"version": 1})


async def _check_heard(session: WriteSession, held: Any) -> None:
    comments = await queries.list_comments(session, held.id)
    unanswered = [
        FieldFault(
            f"What the provider says about {one.criterion} at site {one.site} has no answer.",
            f"/comments/{one.id}",
        )
        for one in comments
        if one.answered_at is None
    ]
    if not is_closed(held):
        raise CommentsOpenError(
            f"The provider may comment to the end of {held.comments_due_on}: {held.comments_rule}. "
            "It goes on at once where the provider says that it is done.",
            errors=tuple(unanswered),
        )
    if unanswered:
        raise CommentsOpenError(
            f"{len(unanswered)} comment(s) have no answer. Answer each, then ask for the check.",
            errors=tuple(unanswered),
        )
