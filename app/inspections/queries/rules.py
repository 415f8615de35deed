"""Statements that read the rules of inspections over all days at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.db.events import ReadSession, WriteSession
from app.inspections.eras import Period, Version
from app.standards.models import Criterion, PublishedPolicy
from app.standards.queries.versions import list_published, list_steps
from app.standards.terms import PolicyCode, State

AnySession = ReadSession | WriteSession


async def find_policies(session: AnySession, codes: Sequence[PolicyCode]) -> dict[str, list[Any]]:
    """Return (in_force, published_at, parameters) of published policies, in order, by code."""
    statement = (
        select(
            PublishedPolicy.code,
            PublishedPolicy.in_force,
            PublishedPolicy.published_at,
            PublishedPolicy.parameters,
        )
        .where(
            PublishedPolicy.state == State.PUBLISHED.value,
            PublishedPolicy.code.in_([code.value for code in codes]),
        )
        .order_by(PublishedPolicy.in_force)
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in await session.execute(statement):
        found[row.code].append(row)
    return found


async def read_versions(session: AnySession) -> list[Period]:
    """Return every published version of the standards, in order, as its days and a `Version`."""
    published = await list_published(session)
    criteria: dict[Any, list[Any]] = defaultdict(list)
    statement = (
        select(
            Criterion.id,
            Criterion.version_id,
            Criterion.number,
            Criterion.gate,
            Criterion.force,
            Criterion.site_kinds,
            Criterion.staff_sizes,
        )
        .where(Criterion.version_id.in_([one.id for one in published]))
        .order_by(Criterion.position)
    )
    for row in await session.execute(statement):
        criteria[row.version_id].append(row)
    found = []
    for place, one in enumerate(published):
        steps = await list_steps(session, one.id) if place else []
        found.append(period_of(one, Version(criteria[one.id], steps, one.id)))
    return found


def period_of(row: Any, content: Any) -> Period:
    """Return the days on which a published row holds."""
    return Period(row.in_force.lower, row.in_force.upper, row.published_at, content)
