"""Statements on reviews and when they are due, for whoever may see the placement."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.reviews.models import PlacementReview, ReviewContribution, ReviewDue, ReviewOpening

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reviews are listed.

    Attributes:
        commissioner_ids: of these organisations' placements; nothing narrows to those it may see.
        before: due before this day.
        opened: only where something changed at the provider.
    """

    commissioner_ids: Sequence[uuid.UUID] | None
    before: date | None = None
    opened: bool = False


def _open(placement_id: Any) -> Any:
    return exists().where(
        ReviewOpening.placement_id == placement_id, ReviewOpening.settled_on.is_(None)
    )


async def get_due(
    session: AnySession, placement_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return by when a placement is reviewed next; locked, so that no two reviews cross."""
    statement = select(*ReviewDue.__table__.columns).where(ReviewDue.placement_id == placement_id)
    if lock:
        statement = statement.with_for_update()
    return (await session.execute(statement)).one_or_none()


async def list_due(
    session: AnySession, wanted: Wanted, after: tuple[date, uuid.UUID] | None, most: int
) -> Sequence[Any]:
    """Return placements by when they are reviewed next; each with the causes that are open."""
    causes = (
        select(func.array_agg(ReviewOpening.cause))
        .where(
            ReviewOpening.placement_id == ReviewDue.placement_id,
            ReviewOpening.settled_on.is_(None),
        )
        .scalar_subquery()
    )
    late = (
        select(func.min(ReviewOpening.acknowledge_by))
        .where(
            ReviewOpening.placement_id == ReviewDue.placement_id,
            ReviewOpening.settled_on.is_(None),
            ReviewOpening.acknowledged_at.is_(None),
        )
        .scalar_subquery()
    )
    statement = (
        select(
            *(ReviewDue.placement_id, ReviewDue.next_on),
            Placement.reference,
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            causes.label("causes"),
            late.label("acknowledge_by"),
        )
        .join(Placement, Placement.id == ReviewDue.placement_id)
        .join(Organisation, Organisation.id == ReviewDue.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )
    if wanted.commissioner_ids is not None:
        statement = statement.where(ReviewDue.commissioner_id.in_(wanted.commissioner_ids))
    if wanted.before is not None:
        statement = statement.where(ReviewDue.next_on < wanted.before)
    if wanted.opened:
        statement = statement.where(_open(ReviewDue.placement_id))
    if after is not None:
        statement = statement.where(
            tuple_(ReviewDue.next_on, ReviewDue.placement_id) > tuple_(*after)
        )
    ordered = statement.order_by(ReviewDue.next_on, ReviewDue.placement_id).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def set_due(session: WriteSession, row: dict[str, Any]) -> None:
    """Say by when a placement is reviewed next; one that is said already stays."""
    statement = postgresql.insert(ReviewDue).values(row).on_conflict_do_nothing()
    await session.execute(statement)


async def change_due(
    session: WriteSession, placement_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Say anew by when a placement is reviewed next."""
    await session.execute(
        update(ReviewDue).where(ReviewDue.placement_id == placement_id).values(values)
    )


async def drop_due(session: WriteSession, placement_id: uuid.UUID) -> None:
    """Ask for no review of a placement any more."""
    await session.execute(delete(ReviewDue).where(ReviewDue.placement_id == placement_id))


async def find_review(
    session: AnySession, placement_id: uuid.UUID, reference: str, held_on: date
) -> Sequence[Any]:
    """Return reviews of a placement under a reference or of a day."""
    statement = select(*PlacementReview.__table__.columns).where(
        PlacementReview.placement_id == placement_id,
        (PlacementReview.reference == reference) | (PlacementReview.held_on == held_on),
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_review(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a review."""
    await session.execute(insert(PlacementReview), [row])


async def list_reviews(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return a placement's reviews, the newest first."""
    statement = (
        select(*PlacementReview.__table__.columns)
        .where(PlacementReview.placement_id == placement_id)
        .order_by(PlacementReview.held_on.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_openings(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return what opened reviews of a placement, the newest first."""
    statement = (
        select(*ReviewOpening.__table__.columns)
        .where(ReviewOpening.placement_id == placement_id)
        .order_by(ReviewOpening.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def settle_openings(session: WriteSession, placement_id: uuid.UUID, day: date) -> None:
    """Write down that a review followed what had changed by a day, or that the placement ended."""
    statement = update(ReviewOpening).where(
        ReviewOpening.placement_id == placement_id,
        ReviewOpening.settled_on.is_(None),
        ReviewOpening.opened_on <= day,
    )
    await session.execute(statement.values(settled_on=day))


async def acknowledge(
    session: WriteSession, placement_id: uuid.UUID, values: dict[str, Any]
) -> int:
    """Write down that a commissioner knows what changed; return how many changes."""
    statement = (
        update(ReviewOpening)
        .where(ReviewOpening.placement_id == placement_id, ReviewOpening.acknowledged_at.is_(None))
        .values(values)
        .returning(ReviewOpening.id)
    )
    return len((await session.execute(statement)).all())


async def add_contribution(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep what a provider says."""
    await session.execute(insert(ReviewContribution), [row])


async def list_contributions(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return what the provider said of a placement, the newest first."""
    statement = (
        select(*ReviewContribution.__table__.columns)
        .where(ReviewContribution.placement_id == placement_id)
        .order_by(ReviewContribution.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def key_for_provider(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return a child's id and sealed key to who keeps the site where it is placed."""
    told = func.review_child_key(placement_id).table_valued("child_id", "sealed_key")
    return (await session.execute(select(told.c.child_id, told.c.sealed_key))).one_or_none()
