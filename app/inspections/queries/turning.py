"""Statements by which midnight finds the sites whose outcome time alone changes."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, exists, func, or_, select

from app.db.events import WriteSession
from app.inspections.models.outcomes import HeldOutcome, StandardsImpact
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.terms import Status
from app.standards.models import PublishedPolicy, StandardsVersion
from app.standards.terms import PolicyCode, State


async def rules_changed(
    session: WriteSession, codes: Collection[PolicyCode], since: date, until: date
) -> bool:
    """Say whether standards, or any of some policies, began or ended between two days."""
    versions = _bounds(StandardsVersion, since, until)
    policies = _bounds(PublishedPolicy, since, until).where(
        PublishedPolicy.code.in_([code.value for code in codes])
    )
    counts = [(await session.execute(one)).scalar_one() for one in (versions, policies)]
    return any(counts)


async def drop_past_impacts(session: WriteSession, today: date) -> None:
    """Let go what versions would find that have taken effect: from then on outcomes say it."""
    begun = select(StandardsVersion.id).where(func.lower(StandardsVersion.in_force) <= today)
    await session.execute(delete(StandardsImpact).where(StandardsImpact.version_id.in_(begun)))


async def find_due(
    session: WriteSession,
    day: date,
    after: uuid.UUID | None,
    limit: int,
    *,
    everybody: bool,
) -> Sequence[uuid.UUID]:
    """Return the next providers with a site whose outcome changes by a day, by id.

    Or the next of all that have an outcome, or are or were on the register.
    """
    held = (
        exists()
        .where(Site.provider_id == Provider.id, HeldOutcome.site_id == Site.id)
        .correlate(Provider)
    )
    due = select(Site.provider_id).join(HeldOutcome).where(HeldOutcome.changes_on <= day)
    asked = or_(Provider.status != Status.KNOWN.value, held) if everybody else Provider.id.in_(due)
    statement = select(Provider.id).where(asked)
    if after is not None:
        statement = statement.where(Provider.id > after)
    return (await session.scalars(statement.order_by(Provider.id).limit(limit))).all()


def _bounds(
    dated: type[StandardsVersion | PublishedPolicy], since: date, until: date
) -> Select[Any]:
    first, end = func.lower(dated.in_force), func.upper(dated.in_force)
    within = or_(first.between(since, until), end.between(since, until))
    return select(func.count()).where(dated.state == State.PUBLISHED.value, within)
