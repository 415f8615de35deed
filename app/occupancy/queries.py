"""Statements of the threshold: anonymous facts of a setting, and locks while it is tested."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Uuid, func, insert, select, text, type_coerce

from app.db.events import ReadSession, WriteSession
from app.occupancy.models import AttendanceDeclaration, DeclaredBand

AnySession = ReadSession | WriteSession

_FACTS = text(
    "SELECT * FROM threshold_facts("
    "CAST(:institution AS uuid), CAST(:day AS date), CAST(:link AS uuid), CAST(:besides AS uuid))"
)


async def lock(session: WriteSession, kind: str, of: uuid.UUID) -> None:
    """Let nobody else test this child, or this institution, until the transaction ends."""
    key = func.hashtextextended(f"{kind} {of}", 3)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def institution_of(session: AnySession, site_id: uuid.UUID) -> uuid.UUID:
    """Return the provider whose institution a site belongs to."""
    found: uuid.UUID = (await session.execute(select(func.institution_of(site_id)))).scalar_one()
    return found


async def institutions_of_link(
    session: WriteSession, link_id: uuid.UUID, since: date, until: date
) -> set[uuid.UUID]:
    """Return the institutions at which a child has a place within these days."""
    statement = select(func.institutions_of_link(link_id, since, until))
    return set((await session.scalars(statement)).all())


async def days_of_change(
    session: WriteSession, institution_id: uuid.UUID, since: date, until: date
) -> Sequence[date]:
    """Return the days after `since` on which somebody else's place there begins."""
    statement = select(func.threshold_days(institution_id, since, until))
    return sorted((await session.scalars(statement)).all())


async def threshold_facts(
    session: WriteSession,
    institution_id: uuid.UUID,
    day: date,
    link_id: uuid.UUID | None,
    besides: uuid.UUID | None,
) -> Sequence[Any]:
    """Return a row for each child there on a day, without a name.

    Args:
        session: in the role that may ask.
        institution_id: the provider whose institution it is.
        day: which.
        link_id: a child whose row is marked, and is there even without a place yet.
        besides: a placement that is left out, because it is about to be changed.
    """
    asked = {"institution": institution_id, "day": day, "link": link_id, "besides": besides}
    found: Sequence[Any] = (await session.execute(_FACTS, asked)).all()
    return found


async def latest_declaration(
    session: AnySession, institution_id: uuid.UUID, day: date
) -> tuple[date, Sequence[Any]] | None:
    """Return when a provider last declared whom nobody places, and its bands."""
    latest = (
        select(AttendanceDeclaration.id, AttendanceDeclaration.declared_on)
        .where(
            AttendanceDeclaration.provider_id == institution_id,
            AttendanceDeclaration.declared_on <= day,
        )
        .order_by(AttendanceDeclaration.declared_on.desc(), AttendanceDeclaration.id.desc())
        .limit(1)
    )
    found = (await session.execute(latest)).one_or_none()
    if found is None:
        return None
    bands = select(*DeclaredBand.__table__.columns).where(DeclaredBand.declaration_id == found.id)
    return found.declared_on, (await session.execute(bands)).all()


async def minutes_now(
    session: WriteSession, institution_id: uuid.UUID, placement_id: uuid.UUID | None, day: date
) -> int:
    """Return how many minutes a week a placement has at an institution on a day."""
    if placement_id is None:
        return 0
    asked = select(func.placement_minutes(institution_id, placement_id, day))
    return int((await session.execute(asked)).scalar_one())


async def add_declaration(
    session: WriteSession, row: dict[str, Any], bands: Sequence[dict[str, Any]]
) -> None:
    """Keep what a provider declared."""
    await session.execute(insert(AttendanceDeclaration), [row])
    await session.execute(insert(DeclaredBand), list(bands))


async def keep_overrun_committed(session: WriteSession, today: date) -> int:
    """Let places count on that were to end before today and that nobody has ended; count them."""
    return int((await session.execute(select(func.keep_overrun_committed(today)))).scalar_one())


async def placed_institutions(
    session: WriteSession, since: date, until: date, after: uuid.UUID | None, most: int
) -> Sequence[uuid.UUID]:
    """Return institutions with a place within these days, by id, from the one after `after` on."""
    asked = select(func.placed_institutions(since, until, after, most))
    return (await session.scalars(asked)).all()


async def list_site_ids(session: AnySession, provider_id: uuid.UUID) -> dict[int, uuid.UUID]:
    """Return the ids of a provider's open sites by their references, listed or not."""
    sites = func.open_sites_to_place_at(provider_id).table_valued("reference", "id")
    statement = select(sites.c.reference, type_coerce(sites.c.id, Uuid).label("id"))
    return {row.reference: row.id for row in await session.execute(statement)}
