"""Statements on versions of the standards and what is in them, for a session of any role."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.standards.models import Criterion, CrosswalkStep, StandardsVersion
from app.standards.terms import Force, Gate, Relation, State
from app.standards.walking import Step, follow

_COUNTS = (Force.LAW.value, Force.STANDARD.value)


async def in_force(session: ReadSession | WriteSession, on: date) -> StandardsVersion | None:
    """Return the version that is in force on a day in London, if one is.

    Args:
        session: of any role; a draft is never in force.
        on: the day.
    """
    statement = select(StandardsVersion).where(
        StandardsVersion.state == State.PUBLISHED.value, StandardsVersion.in_force.contains(on)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_criteria(
    session: ReadSession | WriteSession, version_id: uuid.UUID
) -> Sequence[Criterion]:
    """Return the criteria of a version that the session may see, in the order they are shown."""
    statement = (
        select(Criterion)
        .where(Criterion.version_id == version_id)
        .order_by(Criterion.position, Criterion.number)
    )
    return (await session.scalars(statement)).all()


async def critical_evidence(
    session: ReadSession | WriteSession, on: date
) -> frozenset[frozenset[str]]:
    """Return the evidence whose lapse tells against a provider on a day in London.

    Of each critical criterion that counts in an outcome and names any, in the version in force on
    that day: the kinds any of which show it. None, where no version is in force.
    """
    statement = (
        select(Criterion.evidence_kinds)
        .join(StandardsVersion, StandardsVersion.id == Criterion.version_id)
        .where(
            StandardsVersion.state == State.PUBLISHED.value,
            StandardsVersion.in_force.contains(on),
            Criterion.gate == Gate.CRITICAL.value,
            Criterion.force.in_(_COUNTS),
        )
    )
    named = (await session.scalars(statement)).all()
    return frozenset(frozenset(kinds) for kinds in named if kinds)


async def list_steps(session: ReadSession | WriteSession, to_version_id: uuid.UUID) -> list[Step]:
    """Return what a version says became of the criteria of the one before it, by id."""
    before, after = aliased(Criterion), aliased(Criterion)
    statement = (
        select(
            CrosswalkStep.from_criterion_id,
            CrosswalkStep.to_criterion_id,
            CrosswalkStep.relation,
        )
        .join(before, before.id == CrosswalkStep.from_criterion_id)
        .join(after, after.id == CrosswalkStep.to_criterion_id)
        .where(after.version_id == to_version_id)
        .order_by(before.position, after.position)
    )
    return [
        Step(source, target, Relation(relation))
        for source, target, relation in (await session.execute(statement)).all()
    ]


async def list_published(session: ReadSession | WriteSession) -> Sequence[StandardsVersion]:
    """Return every published version, the earliest in force first."""
    statement = (
        select(StandardsVersion)
        .where(StandardsVersion.state == State.PUBLISHED.value)
        .order_by(StandardsVersion.in_force)
    )
    return (await session.scalars(statement)).all()


async def crosswalk(
    session: ReadSession | WriteSession, from_code: str, to_code: str
) -> list[Step] | None:
    """Return where the criteria of a published version lead in a later one.

    Args:
        session: of any role.
        from_code: of the older version.
        to_code: of the newer.

    Returns:
        A step for each pair, by id; a criterion that was withdrawn on the way is in none. `None`
        where the two are not published one after the other.
    """
    published = list(await list_published(session))
    codes = [version.code for version in published]
    if from_code not in codes or to_code not in codes:
        return None
    first, last = codes.index(from_code), codes.index(to_code)
    if first >= last:
        return None
    return follow([await list_steps(session, one.id) for one in published[first + 1 : last + 1]])
