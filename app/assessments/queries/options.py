"""Statements on the settings of an assessment, on tests of them and on decisions."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from app.assessments.models.assessments import (
    Assessment,
    AssessmentDecision,
    AssessmentOption,
    AssessmentTest,
)
from app.assessments.terms import AskedAs, DecisionOutcome, OptionStanding
from app.db.events import ReadSession, WriteSession
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


def _shown() -> Select[Any]:
    return (
        select(
            *AssessmentOption.__table__.columns,
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Provider.id.label("provider_id"),
            Site.reference.label("site"),
            Site.closed_on,
        )
        .join(Site, Site.id == AssessmentOption.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )


async def list_options(session: AnySession, assessment_id: uuid.UUID) -> Sequence[Any]:
    """Return the settings that were looked at, the oldest first."""
    statement = _shown().where(AssessmentOption.assessment_id == assessment_id)
    found: Sequence[Any] = (await session.execute(statement.order_by(AssessmentOption.id))).all()
    return found


async def get_option(session: AnySession, option_id: uuid.UUID) -> Any | None:
    """Return a setting of an assessment."""
    return (await session.execute(_shown().where(AssessmentOption.id == option_id))).one_or_none()


async def add_option(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a setting."""
    await session.execute(insert(AssessmentOption), [row])


async def change_option(
    session: WriteSession, option_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what changed of a setting."""
    statement = update(AssessmentOption).where(AssessmentOption.id == option_id)
    await session.execute(statement.values(values))


async def choose_none(session: WriteSession, assessment_id: uuid.UUID) -> None:
    """Let no setting of an assessment be the one that is chosen."""
    statement = update(AssessmentOption).where(
        AssessmentOption.assessment_id == assessment_id,
        AssessmentOption.standing == OptionStanding.CHOSEN.value,
    )
    await session.execute(statement.values(standing=OptionStanding.CONSIDERED.value))


async def lock_asking(session: WriteSession, commissioner_id: uuid.UUID) -> None:
    """Let nobody else of a commissioner have a setting tested until the transaction ends."""
    named = func.hashtextextended(f"assessment tests {commissioner_id}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def list_asked(
    session: AnySession, commissioner_id: uuid.UUID, since: datetime
) -> Sequence[datetime]:
    """Return when a commissioner had settings tested since a moment, the oldest first.

    What is tested because somebody decides does not count.
    """
    statement = (
        select(AssessmentTest.asked_at)
        .where(
            AssessmentTest.commissioner_id == commissioner_id,
            AssessmentTest.asked_at > since,
            AssessmentTest.asked_as != AskedAs.DECISION.value,
        )
        .order_by(AssessmentTest.asked_at)
    )
    return (await session.scalars(statement)).all()


async def add_test(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep that a setting was tested."""
    await session.execute(insert(AssessmentTest), [row])


async def list_tests(session: AnySession, assessment_id: uuid.UUID, most: int) -> Sequence[Any]:
    """Return on which occasions settings were tested for an assessment, the newest first."""
    statement = (
        select(
            *AssessmentTest.__table__.columns,
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
        )
        .join(Site, Site.id == AssessmentTest.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .where(AssessmentTest.assessment_id == assessment_id)
        .order_by(AssessmentTest.id.desc())
        .limit(most)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_decision(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what was decided."""
    await session.execute(insert(AssessmentDecision), [row])


async def get_decision(session: AnySession, assessment_id: uuid.UUID) -> Any | None:
    """Return what was decided of an assessment."""
    statement = select(*AssessmentDecision.__table__.columns).where(
        AssessmentDecision.assessment_id == assessment_id
    )
    return (await session.execute(statement)).one_or_none()


async def last_approved_at(
    session: AnySession, commissioner_id: uuid.UUID, site_id: uuid.UUID, besides: uuid.UUID
) -> datetime | None:
    """Return when a commissioner last approved a site for a child other than this one."""
    statement = (
        select(func.max(AssessmentDecision.decided_at))
        .join(AssessmentOption, AssessmentOption.id == AssessmentDecision.option_id)
        .join(Assessment, Assessment.id == AssessmentDecision.assessment_id)
        .where(
            AssessmentDecision.outcome == DecisionOutcome.APPROVED.value,
            Assessment.commissioner_id == commissioner_id,
            AssessmentOption.site_id == site_id,
            Assessment.child_id != besides,
        )
    )
    found: datetime | None = (await session.execute(statement)).scalar_one()
    return found
