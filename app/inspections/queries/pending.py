"""Statements that find what is still open about inspections, as far as the public is told."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.inspections.models.following import InspectionAppeal, InspectionRevisit
from app.inspections.models.inspections import Inspection, InspectionSite
from app.inspections.models.suspensions import InterimSuspension
from app.inspections.terms import CORRECTED_IN, AppealState, Pending, RevisitState
from app.providers.models.listings import Listing
from app.providers.terms import ListingState


async def find_pending(
    session: ReadSession | WriteSession, provider_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Pending]]:
    """Return by site what is open about its inspections.

    Whoever opens or closes anything announces that the provider changed, so that its record says
    so. Comments are open while the provider reads a draft; a suspension is reviewed, under a clock,
    for as long as its listing is suspended. An appeal is open until it is decided or taken back, a
    wish to be visited again until it is answered.
    """
    heard = (
        select(InspectionSite.site_id)
        .join(Inspection, Inspection.id == InspectionSite.inspection_id)
        .where(Inspection.provider_id.in_(provider_ids), Inspection.state == CORRECTED_IN.value)
        .distinct()
    )
    suspended = (
        select(Listing.site_id)
        .join(InterimSuspension, InterimSuspension.listing_id == Listing.id)
        .where(
            Listing.provider_id.in_(provider_ids),
            Listing.state == ListingState.SUSPENDED.value,
            InterimSuspension.review_due_on.is_not(None),
        )
        .distinct()
    )
    appealed, revisited = (
        select(InspectionSite.site_id)
        .join(table, table.inspection_id == InspectionSite.inspection_id)
        .where(table.provider_id.in_(provider_ids), table.state == state)
        .distinct()
        for table, state in (
            (InspectionAppeal, AppealState.OPEN.value),
            (InspectionRevisit, RevisitState.OPEN.value),
        )
    )
    found: dict[uuid.UUID, list[Pending]] = defaultdict(list)
    for code, statement in (
        (Pending.COMMENTS_OPEN, heard),
        (Pending.SUSPENSION_REVIEW, suspended),
        (Pending.APPEAL_OPEN, appealed),
        (Pending.REVISIT_ASKED, revisited),
    ):
        for site_id in await session.scalars(statement):
            found[site_id].append(code)
    return found
