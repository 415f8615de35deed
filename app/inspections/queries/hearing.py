"""Statements on a fair hearing: comments, who may check, checks made, and comments to close."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Text, Uuid, column, func, insert, select, tuple_, update

from app.db.events import ReadSession, WriteSession
from app.inspections.models.hearing import InspectionComment
from app.inspections.models.inspections import Inspection
from app.inspections.models.judgements import InspectionJudgement
from app.inspections.models.publications import InspectionCheck
from app.inspections.queries.inspections import shown
from app.inspections.terms import InspectionState
from app.providers.models.sites import Site
from app.standards.models import Criterion

AnySession = ReadSession | WriteSession


async def list_comments(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return what the provider said of a draft, by site and criterion.

    Each row: the comment's columns, `site` and `criterion` by their public numbers, and
    `present_version` of the judgement.
    """
    statement = (
        select(
            *InspectionComment.__table__.columns,
            Site.reference.label("site"),
            Criterion.number.label("criterion"),
            InspectionJudgement.version.label("present_version"),
        )
        .join(InspectionJudgement, InspectionJudgement.id == InspectionComment.judgement_id)
        .join(Site, Site.id == InspectionJudgement.site_id)
        .join(Criterion, Criterion.id == InspectionJudgement.criterion_id)
        .where(InspectionComment.inspection_id == inspection_id)
        .order_by(Site.reference, Criterion.position, Criterion.number, InspectionComment.id)
    )
    return (await session.execute(statement)).all()


async def insert_comments(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add comments."""
    if rows:
        await session.execute(insert(InspectionComment), list(rows))


async def update_comment(
    session: WriteSession, comment_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Change a comment and count the change."""
    changed = {**values, "version": InspectionComment.version + 1}
    statement = update(InspectionComment).where(InspectionComment.id == comment_id)
    await session.execute(statement.values(changed))


async def close_comments(session: WriteSession, inspection_id: uuid.UUID, moment: datetime) -> bool:
    """Let an owner end its own time for comments; say whether it was still running."""
    statement = select(func.close_comments(inspection_id, moment, type_=Boolean))
    return bool((await session.execute(statement)).scalar_one())


async def find_comments_over(session: WriteSession, today: date, most: int) -> Sequence[Any]:
    """Return drafts whose last day for comments has passed, locked; as the worker.

    Each row: `id`, `reference`, `body_id`.
    """
    statement = (
        select(Inspection.id, Inspection.reference, Inspection.body_id, Inspection.provider_id)
        .where(
            Inspection.state == InspectionState.WITH_PROVIDER.value,
            Inspection.comments_closed_at.is_(None),
            Inspection.comments_due_on < today,
        )
        .order_by(Inspection.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await session.execute(statement)).all()


async def get_part(session: AnySession, inspection_id: uuid.UUID) -> Any | None:
    """Return what ties whoever acts to an inspection.

    The row: `of_body`, `inspected`, `checked`, `tie`, `sole_commissioner`, `others_judge`.
    """
    names = ("of_body", "inspected", "checked", "tie", "sole_commissioner", "others_judge")
    called = func.part_in_inspection(inspection_id).table_valued(
        *(column(name, Text if name == "tie" else Boolean) for name in names)
    )
    return (await session.execute(select(called))).one_or_none()


async def who_could_check(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the bodies with an uninvolved second officer, the inspecting one first.

    Each row: `organisation_id`, `name`, `own`, `people`: how many.
    """
    called = func.who_could_check(inspection_id).table_valued(
        column("organisation_id", Uuid),
        column("name", Text),
        column("own", Boolean),
        column("people", BigInteger),
    )
    statement = select(called).order_by(
        called.c.own.desc(), called.c.name, called.c.organisation_id
    )
    return (await session.execute(statement)).all()


async def list_to_check(
    session: AnySession, after: tuple[datetime, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return inspections that wait for a check by whoever acts, the longest waiting first."""
    statement = (
        shown()
        .where(
            Inspection.state == InspectionState.TO_CHECK.value,
            func.checks_inspection(Inspection.id),
        )
        .order_by(Inspection.comments_closed_at, Inspection.id)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(tuple_(Inspection.comments_closed_at, Inspection.id) > after)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def insert_check(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what a second officer decided."""
    await session.execute(insert(InspectionCheck), [row])


async def list_checks(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return the checks of an inspection that the actor may see, the earliest first."""
    statement = (
        select(*InspectionCheck.__table__.columns)
        .where(InspectionCheck.inspection_id == inspection_id)
        .order_by(InspectionCheck.checked_at, InspectionCheck.id)
    )
    return (await session.execute(statement)).all()
