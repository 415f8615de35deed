"""Statements on judgements: what is asked at each site, and what was found."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert

from app.db.base import WHOLE_ROWS
from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.judgements import InspectionJudgement, JudgementFile, JudgementNote
from app.inspections.terms import InspectionState
from app.providers.models.sites import Site
from app.standards.models import Criterion

AnySession = ReadSession | WriteSession


async def list_judgements(session: AnySession, inspection_id: uuid.UUID) -> Sequence[Any]:
    """Return what was found so far, by site and criterion.

    Each row: the judgement's columns, `site` (its reference), `criterion` (its number), `gate`,
    and `note` where the actor may see it.
    """
    statement = (
        select(
            *InspectionJudgement.__table__.columns,
            Site.reference.label("site"),
            Criterion.number.label("criterion"),
            Criterion.gate,
            Criterion.requirement,
            JudgementNote.note,
        )
        .join(Site, Site.id == InspectionJudgement.site_id)
        .join(Criterion, Criterion.id == InspectionJudgement.criterion_id)
        .outerjoin(JudgementNote, JudgementNote.judgement_id == InspectionJudgement.id)
        .where(InspectionJudgement.inspection_id == inspection_id)
        .order_by(Site.reference, Criterion.position, Criterion.number)
    )
    return (await session.execute(statement)).all()


async def list_files(
    session: AnySession, judgement_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the files of judgements that the actor may see, by judgement."""
    statement = (
        select(JudgementFile.judgement_id, JudgementFile.file_id)
        .where(JudgementFile.judgement_id.in_(judgement_ids))
        .order_by(JudgementFile.judgement_id, JudgementFile.file_id)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    for judgement_id, file_id in (await session.execute(statement)).all():
        found.setdefault(judgement_id, []).append(file_id)
    return found


async def newest_published(session: AnySession, site_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return what was found last and published, for each site and number of a criterion.

    Each row: `id`, `site_id`, `criterion` (its number), `judgement`, `finding`, `method`,
    `seen_on`, `reference` and `published_at` of the inspection. Evidence seen later goes before;
    what nobody looked at is passed over.
    """
    statement = (
        select(
            InspectionJudgement.id,
            InspectionJudgement.site_id,
            Criterion.number.label("criterion"),
            InspectionJudgement.judgement,
            InspectionJudgement.finding,
            InspectionJudgement.method,
            InspectionJudgement.seen_on,
            Inspection.reference,
            Inspection.published_at,
        )
        .ext(distinct_on(InspectionJudgement.site_id, Criterion.number))
        .join(Inspection, Inspection.id == InspectionJudgement.inspection_id)
        .join(Criterion, Criterion.id == InspectionJudgement.criterion_id)
        .where(
            InspectionJudgement.site_id.in_(site_ids),
            InspectionJudgement.seen_on.is_not(None),
            Inspection.state == InspectionState.PUBLISHED.value,
        )
        .order_by(
            InspectionJudgement.site_id,
            Criterion.number,
            InspectionJudgement.seen_on.desc(),
            Inspection.published_at.desc(),
            InspectionJudgement.id.desc(),
        )
    )
    return (await session.execute(statement)).all()


async def count_judged(
    session: AnySession, inspection_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return how many judgements each inspection has that the actor may see."""
    statement = (
        select(InspectionJudgement.inspection_id, func.count())
        .where(InspectionJudgement.inspection_id.in_(inspection_ids))
        .group_by(InspectionJudgement.inspection_id)
    )
    return {row[0]: row[1] for row in (await session.execute(statement)).all()}


async def has_judged(session: AnySession, inspection_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Say whether somebody judged anything in an inspection."""
    statement = select(
        select(InspectionJudgement.id)
        .where(
            and_(
                InspectionJudgement.inspection_id == inspection_id,
                InspectionJudgement.judged_by == person_id,
            )
        )
        .exists()
    )
    return bool((await session.execute(statement)).scalar_one())


async def insert_judgements(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add judgements."""
    if rows:
        statement = insert(InspectionJudgement)
        await session.execute(statement, list(rows), execution_options=WHOLE_ROWS)


async def update_judgements(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Change judgements by their `id`."""
    if rows:
        await session.execute(update(InspectionJudgement), list(rows))


async def set_notes(session: WriteSession, notes: Mapping[uuid.UUID, str | None]) -> None:
    """Keep the note of each judgement, or none."""
    gone = [one for one, note in notes.items() if note is None]
    if gone:
        await session.execute(delete(JudgementNote).where(JudgementNote.judgement_id.in_(gone)))
    kept = [{"judgement_id": one, "note": note} for one, note in notes.items() if note is not None]
    if kept:
        statement = upsert(JudgementNote)
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["judgement_id"], set_={"note": statement.excluded.note}
            ),
            kept,
        )


async def set_files(
    session: WriteSession, files: Mapping[uuid.UUID, Collection[uuid.UUID]]
) -> None:
    """Keep which files show what each judgement says, in place of those before."""
    if not files:
        return
    await session.execute(delete(JudgementFile).where(JudgementFile.judgement_id.in_(files)))
    rows = [
        {"judgement_id": judgement_id, "file_id": file_id}
        for judgement_id, ids in files.items()
        for file_id in sorted(set(ids))
    ]
    if rows:
        await session.execute(insert(JudgementFile), rows)
