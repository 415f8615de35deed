"""Statements on self-evaluations, their answers and the documents that show them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from app.db.events import ReadSession, WriteSession
from app.providers.models.providers import Provider
from app.providers.models.self_evaluations import (
    SelfEvaluation,
    SelfEvaluationAnswer,
    SelfEvaluationEvidence,
)
from app.providers.models.sites import Site
from app.standards.models import Criterion, StandardsVersion
from app.standards.terms import State

AnySession = ReadSession | WriteSession


def _told() -> Any:
    return (
        select(
            SelfEvaluation,
            Site.reference.label("site"),
            Site.kind.label("site_kind"),
            Provider.staff_size,
            StandardsVersion.code.label("standards"),
        )
        .join(Site, Site.id == SelfEvaluation.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .join(StandardsVersion, StandardsVersion.id == SelfEvaluation.version_id)
        .execution_options(populate_existing=True)
    )


async def list_self_evaluations(
    session: AnySession,
    provider_id: uuid.UUID,
    site: int | None,
    after: uuid.UUID | None,
    most: int,
) -> Sequence[Any]:
    """Return a provider's self-evaluations that the actor may see, the newest first.

    Each row as `get_self_evaluation` returns it.
    """
    statement = _told().where(Site.provider_id == provider_id)
    if site is not None:
        statement = statement.where(Site.reference == site)
    if after is not None:
        statement = statement.where(SelfEvaluation.id < after)
    statement = statement.order_by(SelfEvaluation.id.desc()).limit(most)
    return (await session.execute(statement)).all()


async def get_self_evaluation(
    session: AnySession, provider_id: uuid.UUID, identity: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return `(SelfEvaluation, site, site_kind, staff_size, standards)` of a provider.

    Args:
        session: the transaction.
        provider_id: whose.
        identity: of the self-evaluation.
        lock: whether nobody else may change it until the end.
    """
    statement = _told().where(Site.provider_id == provider_id, SelfEvaluation.id == identity)
    if lock:
        statement = statement.with_for_update(of=SelfEvaluation)
    return (await session.execute(statement)).one_or_none()


async def newest_completed(session: AnySession, site_id: uuid.UUID) -> SelfEvaluation | None:
    """Return the self-evaluation of a site that was completed last."""
    statement = (
        select(SelfEvaluation)
        .where(SelfEvaluation.site_id == site_id, SelfEvaluation.completed_at.is_not(None))
        .order_by(SelfEvaluation.completed_at.desc(), SelfEvaluation.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def get_version(session: AnySession, code: str) -> StandardsVersion | None:
    """Return a published version of the standards."""
    statement = select(StandardsVersion).where(
        StandardsVersion.code == code, StandardsVersion.state == State.PUBLISHED.value
    )
    return (await session.scalars(statement)).one_or_none()


async def list_answers(
    session: AnySession, identity: uuid.UUID
) -> Mapping[uuid.UUID, SelfEvaluationAnswer]:
    """Return the answers of a self-evaluation by criterion."""
    statement = (
        select(SelfEvaluationAnswer)
        .where(SelfEvaluationAnswer.self_evaluation_id == identity)
        .execution_options(populate_existing=True)
    )
    return {one.criterion_id: one for one in (await session.scalars(statement)).all()}


async def list_evidence(
    session: AnySession, identity: uuid.UUID
) -> Mapping[uuid.UUID, Sequence[uuid.UUID]]:
    """Return the documents of a self-evaluation's answers, by criterion."""
    statement = (
        select(SelfEvaluationEvidence.criterion_id, SelfEvaluationEvidence.document_id)
        .where(SelfEvaluationEvidence.self_evaluation_id == identity)
        .order_by(SelfEvaluationEvidence.document_id)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for criterion_id, document_id in (await session.execute(statement)).all():
        found[criterion_id].append(document_id)
    return found


async def codes_of(session: AnySession) -> Mapping[uuid.UUID, str]:
    """Return the codes of all published versions, by id."""
    statement = select(StandardsVersion.id, StandardsVersion.code).where(
        StandardsVersion.state == State.PUBLISHED.value
    )
    return {row.id: row.code for row in (await session.execute(statement)).all()}


async def add_self_evaluation(session: WriteSession, begun: SelfEvaluation) -> None:
    """Keep a self-evaluation."""
    session.add(begun)
    await session.flush()


async def put_answer(
    session: WriteSession, answer: SelfEvaluationAnswer, documents: Sequence[uuid.UUID]
) -> None:
    """Keep an answer in place of any former one, and the documents that show it."""
    of = (answer.self_evaluation_id, answer.criterion_id)
    await session.merge(answer)
    await session.flush()
    await session.execute(
        delete(SelfEvaluationEvidence)
        .where(
            SelfEvaluationEvidence.self_evaluation_id == of[0],
            SelfEvaluationEvidence.criterion_id == of[1],
        )
        .execution_options(synchronize_session=False)
    )
    rows = [
        {"self_evaluation_id": of[0], "criterion_id": of[1], "document_id": one}
        for one in dict.fromkeys(documents)
    ]
    if rows:
        await session.execute(insert(SelfEvaluationEvidence), rows)


async def find_criterion(
    session: AnySession, version_id: uuid.UUID, number: str
) -> Criterion | None:
    """Return a criterion of a version by its number."""
    statement = select(Criterion).where(
        Criterion.version_id == version_id, Criterion.number == number
    )
    return (await session.scalars(statement)).one_or_none()
