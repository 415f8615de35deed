"""Statements on assessments and on what was said in them, for whoever may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from app.assessments.models.assessments import (
    Assessment,
    AssessmentDecision,
    AssessmentOption,
    AssessmentStep,
)
from app.assessments.terms import AssessmentState, OptionStanding
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.rules.suitability.steps import Step

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which assessments are listed; what is empty does not narrow.

    Attributes:
        commissioner_ids: of these.
        child_id: of this child.
        state: where they stand.
    """

    commissioner_ids: Sequence[uuid.UUID]
    child_id: uuid.UUID | None = None
    state: AssessmentState | None = None


def _shown() -> Select[Any]:
    return (
        select(
            *Assessment.__table__.columns,
            Organisation.name.label("commissioner"),
            Organisation.kind.label("commissioner_kind"),
            AssessmentDecision.outcome,
        )
        .join(Organisation, Organisation.id == Assessment.commissioner_id)
        .outerjoin(AssessmentDecision, AssessmentDecision.assessment_id == Assessment.id)
    )


async def get_assessment(
    session: AnySession, assessment_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return an assessment that the actor may see; locked, so that nobody else changes it."""
    if lock:
        # Not against whoever records a placement by it, who waits for nothing that is held here.
        own = select(Assessment.id).where(Assessment.id == assessment_id)
        await session.execute(own.with_for_update(key_share=True))
    return (await session.execute(_shown().where(Assessment.id == assessment_id))).one_or_none()


async def lock_reference(session: WriteSession, commissioner_id: uuid.UUID, reference: str) -> None:
    """Let nobody else add an assessment under this reference until the transaction ends."""
    named = func.hashtextextended(f"assessment {commissioner_id} {reference}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def find_by_reference(
    session: AnySession, commissioner_id: uuid.UUID, reference: str
) -> uuid.UUID | None:
    """Return the id of the assessment that a commissioner calls so."""
    statement = select(Assessment.id).where(
        Assessment.commissioner_id == commissioner_id, Assessment.reference == reference
    )
    return (await session.scalars(statement)).one_or_none()


async def list_assessments(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return assessments, the newest first."""
    statement = _shown().where(Assessment.commissioner_id.in_(wanted.commissioner_ids))
    if wanted.child_id is not None:
        statement = statement.where(Assessment.child_id == wanted.child_id)
    withdrawn = Assessment.withdrawn_at.is_not(None)
    if wanted.state is AssessmentState.WITHDRAWN:
        statement = statement.where(withdrawn)
    elif wanted.state is AssessmentState.OPEN:
        statement = statement.where(~withdrawn, AssessmentDecision.outcome.is_(None))
    elif wanted.state is not None:
        statement = statement.where(AssessmentDecision.outcome == wanted.state.value)
    if before is not None:
        statement = statement.where(Assessment.id < before)
    ordered = statement.order_by(Assessment.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def list_to_decide(
    session: AnySession, commissioner_id: uuid.UUID, person_id: uuid.UUID, most: int
) -> Sequence[Any]:
    """Return open assessments that somebody may decide, the earliest to start first.

    Each has a chosen setting. Nobody decides on what they asked for, nor where they ever stated
    the need.
    """
    chosen = exists().where(
        AssessmentOption.assessment_id == Assessment.id,
        AssessmentOption.standing == OptionStanding.CHOSEN.value,
    )
    stated = exists().where(
        AssessmentStep.assessment_id == Assessment.id,
        AssessmentStep.step == Step.NEED.value,
        AssessmentStep.written_by == person_id,
    )
    statement = (
        _shown()
        .where(
            Assessment.commissioner_id == commissioner_id,
            Assessment.withdrawn_at.is_(None),
            AssessmentDecision.outcome.is_(None),
            Assessment.requested_by.is_distinct_from(person_id),
            chosen,
            ~stated,
        )
        .order_by(Assessment.starts_on, Assessment.id)
        .limit(most)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_assessment(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep an assessment."""
    await session.execute(insert(Assessment), [row])


async def change_assessment(
    session: WriteSession, assessment_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what changed of an assessment."""
    changed = {**values, "version": Assessment.version + 1}
    await session.execute(update(Assessment).where(Assessment.id == assessment_id).values(changed))


async def find_open_of_child(session: AnySession, child_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the assessments of a child that are neither decided nor withdrawn."""
    statement = (
        select(Assessment.id)
        .outerjoin(AssessmentDecision, AssessmentDecision.assessment_id == Assessment.id)
        .where(
            Assessment.child_id == child_id,
            Assessment.withdrawn_at.is_(None),
            AssessmentDecision.outcome.is_(None),
        )
    )
    return (await session.scalars(statement)).all()


async def add_step(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what was said in a step."""
    await session.execute(insert(AssessmentStep), [row])


async def list_steps(session: AnySession, assessment_id: uuid.UUID) -> Sequence[Any]:
    """Return what holds of each step: the newest that was said in it."""
    statement = (
        select(*AssessmentStep.__table__.columns)
        .ext(distinct_on(AssessmentStep.step))
        .where(AssessmentStep.assessment_id == assessment_id)
        .order_by(AssessmentStep.step, AssessmentStep.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def told_by_notices(
    session: AnySession, child_id: uuid.UUID, assessment_id: uuid.UUID
) -> dict[str, datetime]:
    """Return which notices were given of the place that an assessment is about, and when first.

    Those are of placements that rest on it, or rest on none yet.
    """
    told = func.told_by_notices(child_id, assessment_id).table_valued("kind", "given_at")
    rows = await session.execute(select(told.c.kind, told.c.given_at))
    return {row.kind: row.given_at for row in rows}


async def wrote_step(
    session: AnySession, assessment_id: uuid.UUID, step: str, person_id: uuid.UUID
) -> bool:
    """Say whether somebody ever wrote a step."""
    statement = select(AssessmentStep.id).where(
        AssessmentStep.assessment_id == assessment_id,
        AssessmentStep.step == step,
        AssessmentStep.written_by == person_id,
    )
    return (await session.scalars(statement.limit(1))).one_or_none() is not None
