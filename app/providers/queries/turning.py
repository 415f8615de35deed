"""Statements by which midnight finds and does what has come due."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from app.db.events import WriteSession
from app.providers.models.listings import Listing, ListingMove
from app.providers.models.providers import Provider
from app.providers.terms import Status
from app.standards.models import PublishedPolicy, StandardsVersion
from app.standards.terms import PolicyCode, State


async def rules_changed(session: WriteSession, since: date, until: date) -> bool:
    """Say whether standards, or the policy of grace, began or ended between two days."""
    versions = _bounds(StandardsVersion.in_force, since, until).where(
        StandardsVersion.state == State.PUBLISHED.value
    )
    policies = _bounds(PublishedPolicy.in_force, since, until).where(
        PublishedPolicy.state == State.PUBLISHED.value,
        PublishedPolicy.code == PolicyCode.EVIDENCE_GRACE.value,
    )
    for statement in (versions, policies):
        if (await session.execute(statement)).scalar_one():
            return True
    return False


async def find_due(
    session: WriteSession,
    day: date,
    after: uuid.UUID | None,
    limit: int,
    *,
    everybody: bool,
) -> Sequence[uuid.UUID]:
    """Return the next providers that something has come due for by a day, by id.

    Or the next that are or were on the register, where everybody is to be looked at.
    """
    due = Provider.changes_on <= day
    public = Provider.status != Status.KNOWN.value
    statement = select(Provider.id).where(or_(due, public) if everybody else due)
    if after is not None:
        statement = statement.where(Provider.id > after)
    return (await session.scalars(statement.order_by(Provider.id).limit(limit))).all()


async def newest_state(session: WriteSession, listing_id: uuid.UUID) -> str | None:
    """Return where a listing's newest move leads."""
    statement = (
        select(ListingMove.to_state)
        .where(ListingMove.listing_id == listing_id)
        .order_by(ListingMove.recorded_at.desc(), ListingMove.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def set_state(session: WriteSession, listing_id: uuid.UUID, values: dict[str, Any]) -> None:
    """Let a listing stand where its newest move led it, and count the change."""
    changed = {**values, "version": Listing.version + 1}
    await session.execute(update(Listing).where(Listing.id == listing_id).values(changed))


def _bounds(column: Any, since: date, until: date) -> Select[Any]:
    low, high = func.lower(column), func.upper(column)
    return select(func.count()).where(or_(low.between(since, until), high.between(since, until)))
