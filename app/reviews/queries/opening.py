"""Statements of the worker: how providers stand, and which placements run there."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from app.access import Role
from app.db.events import WriteSession
from app.inspections.models.outcomes import HeldOutcome
from app.organisations.models.people import Membership, Person
from app.placements.models import Placement
from app.providers.models.documents import Document
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.reviews.models import ReviewDue, ReviewOpening, ReviewWatch

_TOLD = [Role.COMMISSIONER.value, Role.SAFEGUARDING_LEAD.value]


async def stand(session: WriteSession, provider_ids: Sequence[uuid.UUID], day: date) -> Any:
    """Return how providers stand that somebody is placed with, by id.

    Rows: `id`, `number`, `name`, `status`, `outcomes`, `documents_out`.
    """
    by_site = func.array_agg(postgresql.aggregate_order_by(HeldOutcome.outcome, Site.id))
    told = (
        select(func.coalesce(func.array_to_string(by_site, ","), ""))
        .select_from(HeldOutcome)
        .join(Site, Site.id == HeldOutcome.site_id)
        .where(Site.provider_id == Provider.id)
        .correlate(Provider)
        .scalar_subquery()
    )
    other = aliased(Document)
    renewed = exists().where(
        other.provider_id == Document.provider_id,
        other.kind == Document.kind,
        other.withdrawn_at.is_(None),
        or_(other.site_id.is_(None), other.site_id == Document.site_id),
        or_(other.current_until.is_(None), other.current_until >= day),
    )
    out = (
        select(func.count())
        .where(
            Document.provider_id == Provider.id,
            Document.withdrawn_at.is_(None),
            Document.current_until < day,
            ~renewed,
        )
        .correlate(Provider)
        .scalar_subquery()
    )
    placed = (
        select(Placement.id)
        .join(Site, Site.id == Placement.site_id)
        .where(Site.provider_id == Provider.id, Placement.ended_on.is_(None))
        .correlate(Provider)
        .exists()
    )
    statement = select(
        *(Provider.id, Provider.number, Provider.name, Provider.status),
        told.label("outcomes"),
        out.label("documents_out"),
    ).where(Provider.id.in_(provider_ids), placed)
    found: Sequence[Any] = (await session.execute(statement.order_by(Provider.id))).all()
    return found


async def placed_among(
    session: WriteSession, provider_ids: Sequence[uuid.UUID]
) -> Sequence[uuid.UUID]:
    """Return those of these providers at which a placement runs, by id."""
    asked = select(func.placed_among(list(provider_ids)))
    return sorted((await session.scalars(asked)).all())


async def provider_of(session: WriteSession, placement_id: uuid.UUID) -> uuid.UUID | None:
    """Return at whose site a placement is."""
    statement = (
        select(Site.provider_id)
        .join(Placement, Placement.site_id == Site.id)
        .where(Placement.id == placement_id)
    )
    return (await session.scalars(statement)).one_or_none()


async def take_watches(
    session: WriteSession, provider_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Any]:
    """Return how providers stood when they were looked at last, locked."""
    statement = (
        select(*ReviewWatch.__table__.columns)
        .where(ReviewWatch.provider_id.in_(provider_ids))
        .order_by(ReviewWatch.provider_id)
        .with_for_update()
    )
    return {row.provider_id: row for row in await session.execute(statement)}


async def keep_watches(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Keep how providers stand now."""
    statement = postgresql.insert(ReviewWatch).values(list(rows))
    changed = {name: statement.excluded[name] for name in ("status", "outcomes", "documents_out")}
    changed["looked_at"] = statement.excluded["looked_at"]
    await session.execute(
        statement.on_conflict_do_update(index_elements=["provider_id"], set_=changed)
    )


async def live_placements(
    session: WriteSession, provider_id: uuid.UUID, site_id: uuid.UUID | None
) -> Sequence[Any]:
    """Return placements that run at a provider, or at one of its sites: `id`, `commissioner_id`."""
    statement = (
        select(Placement.id, Placement.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .where(Site.provider_id == provider_id, Placement.ended_on.is_(None))
    )
    if site_id is not None:
        statement = statement.where(Placement.site_id == site_id)
    found: Sequence[Any] = (await session.execute(statement.order_by(Placement.id))).all()
    return found


async def open_reviews(session: WriteSession, rows: Sequence[dict[str, Any]]) -> set[uuid.UUID]:
    """Open reviews; return the placements for which one was not open for that cause."""
    statement = (
        postgresql.insert(ReviewOpening)
        .values(list(rows))
        .on_conflict_do_nothing(
            index_elements=["placement_id", "cause"],
            index_where=ReviewOpening.settled_on.is_(None),
        )
        .returning(ReviewOpening.placement_id)
    )
    return set((await session.scalars(statement)).all())


async def hasten(session: WriteSession, placement_ids: Sequence[uuid.UUID], by: date) -> None:
    """Let reviews be due by a day, unless they are due earlier."""
    statement = (
        update(ReviewDue)
        .where(ReviewDue.placement_id.in_(placement_ids), ReviewDue.next_on > by)
        .values(next_on=by)
    )
    await session.execute(statement)


async def find_without_due(session: WriteSession, most: int) -> Sequence[Any]:
    """Return placements that run and of which it was never said when they are reviewed."""
    said = exists().where(ReviewDue.placement_id == Placement.id)
    statement = (
        select(Placement.id, Placement.commissioner_id, Placement.starts_on)
        .where(Placement.ended_on.is_(None), ~said)
        .order_by(Placement.id)
        .limit(most)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def find_people_to_tell(session: WriteSession, organisation_id: uuid.UUID) -> Sequence[Any]:
    """Return who places children for an organisation and is not blocked."""
    statement = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.roles.overlap(_TOLD),
            Person.blocked_at.is_(None),
        )
        .order_by(Membership.person_id)
    )
    return (await session.scalars(statement)).all()
