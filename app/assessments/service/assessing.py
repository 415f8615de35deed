"""An assessment is asked for, gone on with step by step, or withdrawn."""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.assessments.errors import (
    AssessmentClosedError,
    AssessmentHeldAlreadyError,
    AssessmentNotFoundError,
    AssessmentNotYoursError,
)
from app.assessments.queries import assessments as queries
from app.assessments.schemas.assessments import AssessmentWithdrawal, NewAssessment
from app.assessments.schemas.steps import AnyStep, PlanStated
from app.assessments.terms import AssessmentState, WithdrawalReason
from app.audit.service import record
from app.audit.terms import Subject
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.children.events import ChildErased
from app.children.queries.children import get_child
from app.children.service.keeping import look_at as look_at_child
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.rules.clocks.reviewing import half_term_review
from app.rules.dated import NotInForceError
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
STEPS, OPTIONS = "assessment_steps.encrypted", "assessment_options.encrypted"


async def request(
    session: WriteSession, actor: Actor, new: NewAssessment
) -> tuple[uuid.UUID, bool]:
    """Begin an assessment for a child of the actor's organisation; return its id, and if it is new.

    Sent again under the same reference, nothing is added.

    Raises:
        ChildNotFoundError: no child of that id that the actor may see.
        AssessmentNotYoursError: the child's record is another commissioner's.
        ChildErasedError: the record was erased.
        AssessmentHeldAlreadyError: the reference is another assessment's.
        InvalidRequestError: the law is not held here for that day.
    """
    child = await look_at_child(session, new.child)
    if child.commissioner_id != actor.organisation_id:
        raise AssessmentNotYoursError(
            "An assessment is made for a child of your own. Add the child's record first."
        )
    if child.erased_at is not None:
        raise ChildErasedError("The record was erased. What is new is recorded anew.")
    await queries.lock_reference(session, child.commissioner_id, new.reference)
    earlier = await queries.find_by_reference(session, child.commissioner_id, new.reference)
    if earlier is not None:
        await _check_same(session, earlier, new)
        return earlier, False
    _check_day(new.starts_on, "/starts_on")
    row = {
        "id": uuid7(),
        "commissioner_id": child.commissioner_id,
        "reference": new.reference,
        "child_id": child.id,
        "route": new.route.value,
        "starts_on": new.starts_on,
        "requested_by": _person(actor),
        "requested_by_name": actor.name,
        "recorded_at": clock.now(),
        "version": 1,
    }
    await queries.add_assessment(session, row)
    subject = subject_of(row["id"], child.commissioner_id)
    await record(session, actor, "assessment.requested", subject, after={"route": new.route})
    return row["id"], True


async def say(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    said: AnyStep,
) -> None:
    """Write down what somebody says in a step. What was said before stays, and holds no more.

    Raises:
        AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError: as for `held`.
        ChildErasedError: the child's record was erased.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: the law is not held here for the first day.
    """
    assessment = await held(session, actor, *of)
    changed: dict[str, Any] = {}
    if isinstance(said, PlanStated):
        _check_day(said.starts_on, "/starts_on")
        changed = {"starts_on": said.starts_on, "ends_on": said.ends_on}
    key = await key_of(session, ring, assessment.child_id)
    step_id = uuid7()
    row = {
        "id": step_id,
        "assessment_id": assessment.id,
        "step": said.step.value,
        "encrypted": personal_parts.encrypt(
            key, context_of(STEPS, step_id), said.model_dump(mode="json")
        ),
        "written_by": _person(actor),
        "written_by_name": actor.name,
        "written_at": clock.now(),
    }
    await queries.add_step(session, row)
    await queries.change_assessment(session, assessment.id, changed)
    subject = subject_of(assessment.id, assessment.commissioner_id)
    await record(session, actor, "assessment.step_stated", subject, after={"step": said.step})


async def withdraw(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], said: AssessmentWithdrawal
) -> None:
    """Say that an assessment is not gone on with; it stays readable.

    Raises:
        AssessmentNotFoundError, AssessmentNotYoursError, AssessmentClosedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: the reason is the service's own.
    """
    assessment = await held(session, actor, *of)
    if said.reason is WithdrawalReason.CHILD_ERASED:
        detail = "The service itself says so, when the child's record is erased."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/reason"),))
    await _withdraw(session, actor, assessment, said.reason)


async def withdraw_of_erased(
    session: WriteSession, actor: Actor, events: Sequence[ChildErased]
) -> None:
    """Close what is open of a child whose record is erased: nobody could read it any more."""
    for event in events:
        for assessment_id in await queries.find_open_of_child(session, event.child_id):
            assessment = await look_at(session, assessment_id)
            await _withdraw(session, actor, assessment, WithdrawalReason.CHILD_ERASED)


async def look_at(session: AnySession, assessment_id: uuid.UUID) -> Any:
    """Return an assessment that the actor may see.

    Raises:
        AssessmentNotFoundError: there is none.
    """
    found = await queries.get_assessment(session, assessment_id)
    if found is None:
        raise AssessmentNotFoundError(
            "No assessment has this id, or none whose commissioner or local authority you act for."
        )
    return found


async def held(session: WriteSession, actor: Actor, assessment_id: uuid.UUID, expected: int) -> Any:
    """Return an open assessment of the actor's own organisation, locked.

    Raises:
        AssessmentNotFoundError: there is none that the actor may see.
        AssessmentNotYoursError: it is another commissioner's.
        AssessmentClosedError: it was decided or withdrawn.
        VersionChangedError: it was changed since they read it.
    """
    seen = await look_at(session, assessment_id)
    check_own(actor, seen)
    await queries.get_assessment(session, assessment_id, lock=True)
    # Read anew: whoever held the lock may have decided meanwhile.
    assessment = await look_at(session, assessment_id)
    check_open(assessment)
    if assessment.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=assessment.version
        )
    return assessment


def check_own(actor: Actor, assessment: Any) -> None:
    """Refuse to change another commissioner's assessment.

    Raises:
        AssessmentNotYoursError: it is one.
    """
    if assessment.commissioner_id != actor.organisation_id:
        raise AssessmentNotYoursError("Only the commissioner whose assessment it is changes it.")


def check_open(assessment: Any) -> None:
    """Refuse to go on with what is decided or withdrawn.

    Raises:
        AssessmentClosedError: it is.
    """
    state = state_of(assessment)
    if state is not AssessmentState.OPEN:
        raise AssessmentClosedError(
            f"It is {state}; nothing is said in it any more. Begin a new assessment.",
            state=state.value,
        )


def state_of(assessment: Any) -> AssessmentState:
    """Say where an assessment stands."""
    if assessment.withdrawn_at is not None:
        return AssessmentState.WITHDRAWN
    return AssessmentState(assessment.outcome) if assessment.outcome else AssessmentState.OPEN


def subject_of(assessment_id: uuid.UUID, commissioner_id: uuid.UUID) -> Subject:
    """Return an assessment as what an act was done to: by its id, never by a name."""
    return Subject("assessment", assessment_id, None, commissioner_id)


async def key_of(session: AnySession, ring: Keyring, child_id: uuid.UUID) -> bytes:
    """Return a child's own key.

    Raises:
        ChildErasedError: the record was erased, and the key with it.
    """
    child = await get_child(session, child_id)
    if child is None or child.sealed_key is None:
        raise ChildErasedError("The child's record was erased, and what was said with it.")
    return personal_parts.open_key(ring, child.id, child.sealed_key)


def _person(actor: Actor) -> uuid.UUID | None:
    return actor.id if actor.kind is ActorKind.PERSON else None


async def _withdraw(
    session: WriteSession, actor: Actor, assessment: Any, reason: WithdrawalReason
) -> None:
    values = {"withdrawn_at": clock.now(), "withdrawn_reason": reason.value}
    await queries.change_assessment(session, assessment.id, values)
    subject = subject_of(assessment.id, assessment.commissioner_id)
    await record(session, actor, "assessment.withdrawn", subject, after={"reason": reason})


async def _check_same(session: WriteSession, assessment_id: uuid.UUID, new: NewAssessment) -> None:
    """Refuse another assessment under a reference that is taken; its days may have moved since."""
    there = await look_at(session, assessment_id)
    if (there.child_id, there.route) != (new.child, new.route.value):
        detail = "You hold an assessment under this reference for something else. Send another."
        fault = FieldFault(detail, "/reference")
        raise AssessmentHeldAlreadyError(detail, errors=(fault,), assessment=str(assessment_id))


def _check_day(starts_on: Any, where: str) -> None:
    """Refuse a day so far away that it is not known when half a term is over.

    Raises:
        InvalidRequestError: it is.
    """
    try:
        half_term_review(starts_on)
    except NotInForceError:
        detail = "The law, or the bank holidays, of that day are not held here. Check the year."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, where),)) from None
