"""Statements by which outcomes are settled, as the publisher: whole, whatever the actor sees."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection, InspectionSite
from app.inspections.models.judgements import InspectionJudgement
from app.inspections.models.outcomes import HeldOutcome, StandardsImpact
from app.inspections.models.publications import InspectionPublication
from app.inspections.terms import InspectionState
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


async def find_sites(session: AnySession, provider_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return (id, provider_id, kind, staff_size) of every site of some providers, by id."""
    statement = (
        select(Site.id, Site.provider_id, Site.kind, Provider.staff_size)
        .join(Provider, Provider.id == Site.provider_id)
        .where(Site.provider_id.in_(provider_ids))
        .order_by(Site.id)
    )
    return (await session.execute(statement)).all()


async def find_judgements(
    session: AnySession, site_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return by site every judgement whose inspection is published, with that inspection's facts.

    Each has `criterion_id, judgement, method, seen_on`, and of its inspection `kind, planned_on,
    published_at`.
    """
    statement = (
        select(
            InspectionJudgement.site_id,
            InspectionJudgement.criterion_id,
            InspectionJudgement.judgement,
            InspectionJudgement.method,
            InspectionJudgement.seen_on,
            Inspection.kind,
            Inspection.planned_on,
            Inspection.published_at,
        )
        .join(Inspection, Inspection.id == InspectionJudgement.inspection_id)
        .where(
            InspectionJudgement.site_id.in_(site_ids),
            Inspection.state == InspectionState.PUBLISHED.value,
        )
        .order_by(InspectionJudgement.id)
    )
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(statement):
        found[row.site_id].append(row)
    return found


async def find_newest_publications(
    session: AnySession, site_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return by site the newest version of what was published of its newest inspection."""
    statement = (
        select(InspectionSite.site_id, InspectionPublication.id)
        .join(Inspection, Inspection.id == InspectionSite.inspection_id)
        .join(InspectionPublication, InspectionPublication.inspection_id == Inspection.id)
        .where(
            InspectionSite.site_id.in_(site_ids),
            Inspection.state == InspectionState.PUBLISHED.value,
        )
        .ext(distinct_on(InspectionSite.site_id))
        .order_by(
            InspectionSite.site_id,
            Inspection.published_at.desc(),
            Inspection.id.desc(),
            InspectionPublication.version.desc(),
        )
    )
    return {row.site_id: row.id for row in await session.execute(statement)}


async def find_held(
    session: AnySession, site_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, Any]]:
    """Return by site the whole row of where it was found to stand."""
    statement = select(HeldOutcome.__table__).where(HeldOutcome.site_id.in_(site_ids))
    rows = (await session.execute(statement)).mappings()
    return {row["site_id"]: dict(row) for row in rows}


async def write_outcomes(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write where sites stand, in the place of what stood there before."""
    await _write(session, HeldOutcome, rows)


async def write_impacts(session: WriteSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what versions to come would find at sites, in the place of what stood there before."""
    await _write(session, StandardsImpact, rows)


async def _write(
    session: WriteSession,
    table: type[HeldOutcome | StandardsImpact],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    if not rows:
        return
    statement = insert(table)
    columns = [one.name for one in table.__table__.columns if not one.primary_key]
    statement = statement.on_conflict_do_update(
        index_elements=[one.name for one in table.__table__.primary_key],
        set_={name: statement.excluded[name] for name in columns},
    )
    connection = await session.connection()
    await connection.execute(statement, [dict(row) for row in rows])
