"""Whether two records are of one child: answered by a person who is entitled to see both."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.children.errors import MatchAnsweredError, MatchQuestionNotFoundError
from app.children.events import ChildChanged
from app.children.queries import children as queries
from app.children.schemas import MatchAnswered
from app.children.service.matching import join, part
from app.children.terms import MatchAnswer, MatchMethod
from app.db.events import ReadSession, WriteSession, announce
from app.errors import VersionChangedError
from app.providers.service.records import person_of


async def look_at(session: ReadSession | WriteSession, question_id: uuid.UUID) -> Any:
    """Return a question that the actor is to answer.

    Raises:
        MatchQuestionNotFoundError: there is none.
    """
    found = await queries.get_question(session, question_id)
    if found is None:
        raise MatchQuestionNotFoundError(
            "No question has this id, or none that your local authority or the department answers."
        )
    return found


async def sides_of(session: WriteSession, question: Any) -> Sequence[Any]:
    """Return both records of an open question; of one that is answered, nothing is shown."""
    if question.answered_at is not None:
        return ()
    both = (question.other_child_id, question.child_id)
    return await queries.list_sides(session, both, clock.today())


async def answer(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], stated: MatchAnswered
) -> None:
    """Say whether two records are of one child; if they are, they count as one from now on.

    Records that were taken for one child's, and are not, count as two; the newer one's number is
    put right by its commissioner, or it is matched again when who the child is changes.

    Raises:
        PersonNeededError: a machine asks.
        MatchQuestionNotFoundError: there is none that the actor is to answer.
        VersionChangedError: it was changed since they read it.
        MatchAnsweredError: somebody answered it already.
    """
    person_id = person_of(actor)
    question_id, expected = of
    await look_at(session, question_id)
    held = await queries.get_question(session, question_id, lock=True)
    if held is None or held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.",
            version=held.version if held else None,
        )
    if held.answered_at is not None:
        raise MatchAnsweredError("It was answered already. Whoever answered it can be asked why.")
    values = {
        "answer": stated.answer.value,
        "answered_by": person_id,
        "answered_at": clock.now(),
        "answered_reason": stated.reason,
    }
    await queries.answer_question(session, question_id, values)
    if stated.answer is MatchAnswer.SAME:
        link_id, joined = await join(session, held.child_id, held.other_child_id)
        for child_id in joined:
            announce(session, ChildChanged(child_id, link_id))
    elif held.method == MatchMethod.TWO_PLACES:
        announce(session, ChildChanged(held.child_id, await part(session, held.child_id)))
    subject = Subject("match-question", question_id, None, actor.organisation_id)
    await record(session, actor, "match.answered", subject, after={"answer": stated.answer})
