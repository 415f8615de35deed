"""Statements on interim suspensions."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, insert, select, tuple_, update

from app.db.events import ReadSession, WriteSession
from app.inspections.models.suspensions import InterimSuspension, SuspensionReview
from app.providers.models.listings import Listing, ListingProposal
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.terms import ListingState

AnySession = ReadSession | WriteSession
_NEVER = date(9999, 12, 31)
_DUE = func.coalesce(InterimSuspension.review_due_on, _NEVER)


def _shown() -> Select[Any]:
    """A suspension with its site and what was found, as far as the actor may know it."""
    return (
        select(
            *InterimSuspension.__table__.columns,
            _DUE.label("due"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
            Listing.la_code,
            (Listing.state == ListingState.SUSPENDED.value).label("open"),
            ListingProposal.reason.label("finding"),
            ListingProposal.public_reason,
            func.judges_listing(Listing.id).label("judges"),
        )
        .join(Listing, Listing.id == InterimSuspension.listing_id)
        .join(Site, Site.id == Listing.site_id)
        .join(Provider, Provider.id == InterimSuspension.provider_id)
        .outerjoin(ListingProposal, ListingProposal.id == InterimSuspension.proposal_id)
    )


async def get_suspension(
    session: AnySession, suspension_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a suspension that the actor may see; locked, so that nobody else changes it."""
    if lock:
        held = select(InterimSuspension.id).where(InterimSuspension.id == suspension_id)
        await session.execute(held.with_for_update())
    statement = _shown().where(InterimSuspension.id == suspension_id)
    return (await session.execute(statement)).one_or_none()


async def list_open(
    session: AnySession,
    due_until: date | None,
    after: tuple[date, uuid.UUID] | None,
    most: int,
) -> Sequence[Any]:
    """Return suspensions that hold and the actor may see, those first that are due first."""
    statement = (
        _shown()
        .where(Listing.state == ListingState.SUSPENDED.value)
        .order_by(_DUE, InterimSuspension.id)
        .limit(most)
    )
    if due_until is not None:
        statement = statement.where(due_until >= _DUE)
    if after is not None:
        statement = statement.where(tuple_(_DUE, InterimSuspension.id) > after)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_reviews(session: AnySession, suspension_id: uuid.UUID) -> Sequence[SuspensionReview]:
    """Return how often, when and with what it was looked at again, as far as may be seen."""
    statement = (
        select(SuspensionReview)
        .where(SuspensionReview.suspension_id == suspension_id)
        .order_by(SuspensionReview.reviewed_at, SuspensionReview.id)
    )
    return (await session.scalars(statement)).all()


async def add_suspension(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a suspension."""
    await session.execute(insert(InterimSuspension), [row])


async def add_review(session: WriteSession, row: dict[str, Any], day: date) -> None:
    """Keep that it was looked at on a day, and when that is due once more."""
    await session.execute(insert(SuspensionReview), [row])
    await session.execute(
        update(InterimSuspension)
        .where(InterimSuspension.id == row["suspension_id"])
        .values(
            reviewed_on=day,
            review_due_on=row["next_due_on"],
            version=InterimSuspension.version + 1,
        )
    )
