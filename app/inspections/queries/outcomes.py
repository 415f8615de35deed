"""Statements that read where sites stand by their inspections, as it is made public."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.outcomes import HeldOutcome
from app.inspections.models.publications import InspectionPublication
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


async def find_outcomes(
    session: AnySession, provider_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Any]:
    """Return by site where it stands, for every site of some providers that has an outcome.

    Each row has the columns of `site_outcomes`, and of the newest inspection there, if any:
    `reference, inspection_kind, version, published_at, sha256`.
    """
    statement = (
        select(
            *HeldOutcome.__table__.columns,
            Inspection.reference,
            Inspection.kind.label("inspection_kind"),
            InspectionPublication.version,
            InspectionPublication.published_at,
            InspectionPublication.sha256,
        )
        .join(Site, Site.id == HeldOutcome.site_id)
        .outerjoin(InspectionPublication, InspectionPublication.id == HeldOutcome.publication_id)
        .outerjoin(Inspection, Inspection.id == InspectionPublication.inspection_id)
        .where(Site.provider_id.in_(provider_ids))
    )
    return {row.site_id: row for row in await session.execute(statement)}
