"""What the provider says is factually wrong with a draft, and what inspectors answer."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    CommentAnsweredError,
    CommentNotFoundError,
    CommentsNotAcceptedError,
    CommentsOverError,
    CorrectFirstError,
    InspectionMoveNotAllowedError,
    NotYourInspectionError,
    ReasonNeededError,
)
from app.inspections.queries import hearing as queries
from app.inspections.queries import judgements
from app.inspections.schemas.hearing import CommentAnswered, CommentStated
from app.inspections.service.looking import check_body, hold, subject_of
from app.inspections.terms import CommentAnswer, InspectionState
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7

Key = tuple[int, str]


async def comment(
    session: WriteSession, actor: Actor, reference: str, stated: Sequence[CommentStated]
) -> None:
    """Say what is factually wrong with judgements, all or none; said again, it takes its place.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: the provider does not have the draft.
        CommentsOverError: its time is over, or it said that it was done.
        CommentsNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
    """
    person_of(actor)
    held = await hold(session, reference)
    if not held.owns:
        raise NotYourInspectionError(
            f"Only who keeps the record of {held.provider_name} comments. What came by letter is "
            f"written down by the inspectors, at /v1/inspections/{held.reference}/letters."
        )
    check_open(held)
    await _keep(session, actor, held, stated, clock.today(), by_letter=False)


async def write_down(
    session: WriteSession,
    actor: Actor,
    reference: str,
    stated: Sequence[CommentStated],
    received_on: date,
) -> None:
    """Write down comments that came by letter, as one of the inspecting body.

    A letter that came in time counts as long as the draft is not sent on, however late it is
    written down.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not act for the body.
        InspectionMoveNotAllowedError: the provider does not have the draft.
        CommentsOverError: it came after the last day.
        CommentsNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
    """
    person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    _check_with_provider(held)
    sent_on = held.sent_at.astimezone(clock.LONDON).date()
    if not sent_on <= received_on <= clock.today():
        words = f"A letter about a draft sent on {sent_on} came on that day or later, and by today."
        raise CommentsNotAcceptedError(words, errors=(FieldFault(words, "/received_on"),))
    if received_on > held.comments_due_on:
        raise CommentsOverError(
            f"The last day was {held.comments_due_on}: {held.comments_rule}.",
            errors=(FieldFault("It came after the last day.", "/received_on"),),
        )
    await _keep(session, actor, held, stated, received_on, by_letter=True)


async def close(session: WriteSession, actor: Actor, reference: str) -> None:
    """Say that one has nothing more to say; a second click changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not own the provider's record.
        InspectionMoveNotAllowedError: the provider does not have the draft.
    """
    person_of(actor)
    held = await hold(session, reference)
    if not held.owns:
        raise NotYourInspectionError(
            f"Only who keeps the record of {held.provider_name} says that it is done. Without it, "
            f"the comments close after {held.comments_due_on}."
        )
    _check_with_provider(held)
    if await queries.close_comments(session, held.id, clock.now()):
        await record(session, actor, "inspection.comments_closed", subject_of(held))


async def answer(
    session: WriteSession,
    actor: Actor,
    reference: str,
    comment_id: uuid.UUID,
    stated: CommentAnswered,
) -> None:
    """Answer a comment: accepted, the judgement having been corrected, or not, with a reason.

    The same answer again changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not act for the body that inspects.
        CommentNotFoundError: it has no such comment.
        CommentAnsweredError: it has another answer.
        InspectionMoveNotAllowedError: the provider does not have the draft.
        ReasonNeededError: it is not accepted, and nothing says why.
        CorrectFirstError: it is accepted, and the judgement still is as it was.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    found = {one.id: one for one in await queries.list_comments(session, held.id)}.get(comment_id)
    if found is None:
        raise CommentNotFoundError(f"{held.reference} has no comment with this id.")
    if found.answered_at is not None:
        if (found.answer, found.reason) == (stated.answer, stated.reason):
            return
        raise CommentAnsweredError(f"It was answered before: {found.answer}. That stays.")
    _check_with_provider(held)
    if stated.answer is CommentAnswer.NOT_ACCEPTED and stated.reason is None:
        words = "Tell the provider why its comment changes nothing."
        raise ReasonNeededError(words, errors=(FieldFault(words, "/reason"),))
    if stated.answer is CommentAnswer.ACCEPTED and found.present_version <= found.judgement_version:
        raise CorrectFirstError(
            f"Correct the judgement of {found.criterion} at site {found.site}, then accept what "
            "was said about it. Where nothing is to be corrected, it is not accepted."
        )
    values = {
        "answer": stated.answer.value,
        "reason": stated.reason,
        "answered_by": person_id,
        "answered_at": clock.now(),
    }
    await queries.update_comment(session, found.id, values)
    after = {"site": found.site, "criterion": found.criterion, "answer": stated.answer}
    await record(session, actor, "inspection.comment_answered", subject_of(held), after=after)


def check_open(held: Any) -> None:
    """Refuse comments after the last day, or after the provider said that it was done.

    Raises:
        InspectionMoveNotAllowedError: the provider does not have the draft.
        CommentsOverError: it has no more time.
    """
    _check_with_provider(held)
    if is_closed(held):
        raise CommentsOverError(
            f"The last day was {held.comments_due_on}: {held.comments_rule}."
            if held.comments_due_on < clock.today()
            else "You said that you had no more comments. After publication you may reply."
        )


def is_closed(held: Any) -> bool:
    """Say whether the time for comments is over, whether or not the worker has noted it."""
    return held.comments_closed_at is not None or held.comments_due_on < clock.today()


def _check_with_provider(held: Any) -> None:
    if held.state != InspectionState.WITH_PROVIDER:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: comments belong to a draft that is with the "
            "provider.",
            state=held.state,
        )


async def _keep(
    session: WriteSession,
    actor: Actor,
    held: Any,
    stated: Sequence[CommentStated],
    received_on: date,
    *,
    by_letter: bool,
) -> None:
    found = {
        (row.site, row.criterion): row for row in await judgements.list_judgements(session, held.id)
    }
    unanswered = {
        (row.site, row.criterion): row
        for row in await queries.list_comments(session, held.id)
        if row.answered_at is None
    }
    _check_faults(stated, found, unanswered, by_letter=by_letter)
    said = {
        "said_by": person_of(actor),
        "said_by_name": actor.name,
        "said_at": clock.now(),
        "received_on": received_on,
    }
    added = []
    told = []
    for one in stated:
        key = (one.site, one.criterion)
        words = said | {"comment": one.comment, "judgement_version": found[key].version}
        if key not in unanswered:
            of = {"inspection_id": held.id, "judgement_id": found[key].id, "by_letter": by_letter}
            added.append({"id": uuid7(), **of, **words, "version": 1})
        elif unanswered[key].comment != one.comment:
            await queries.update_comment(session, unanswered[key].id, words)
        else:
            continue
        told.append(f"{one.site}: {one.criterion}")
    await queries.insert_comments(session, added)
    if told:
        after = {"comments": told, "by_letter": by_letter}
        await record(session, actor, "inspection.commented", subject_of(held), after=after)


def _check_faults(
    stated: Sequence[CommentStated],
    found: Mapping[Key, Any],
    unanswered: Mapping[Key, Any],
    *,
    by_letter: bool,
) -> None:
    faults = []
    places: dict[Key, int] = {}
    for place, one in enumerate(stated):
        key = (one.site, one.criterion)
        where = f"/comments/{place}/criterion"
        first = places.setdefault(key, place)
        if first != place:
            faults.append(FieldFault(f"Item {first} is about the same judgement.", where))
        elif key not in found:
            words = f"The draft judges no criterion {one.criterion} at site {one.site}."
            faults.append(FieldFault(words, where))
        elif key in unanswered and unanswered[key].by_letter != by_letter:
            words = "There is a comment on it that came the other way. It is answered first."
            faults.append(FieldFault(words, where))
    if faults:
        raise CommentsNotAcceptedError(
            f"{len(faults)} thing(s) are wrong, and nothing was kept. See errors.",
            errors=tuple(faults),
        )
