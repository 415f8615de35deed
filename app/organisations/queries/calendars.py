"""Statements on the dates of terms."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, type_coerce
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, Range

from app.db.events import ReadSession, WriteSession
from app.organisations.models.calendars import SchoolCalendar

AnySession = ReadSession | WriteSession


async def list_calendars(session: AnySession, organisation_id: uuid.UUID) -> Sequence[Any]:
    """Return an organisation's own school years, the earliest first."""
    statement = (
        select(*SchoolCalendar.__table__.columns)
        .where(SchoolCalendar.organisation_id == organisation_id)
        .order_by(SchoolCalendar.school_year)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def lock_calendar(
    session: WriteSession, organisation_id: uuid.UUID, school_year: int
) -> Any | None:
    """Return a school year as it is held, locked; nobody else begins it until the commit."""
    named = func.hashtextextended(f"calendar {organisation_id} {school_year}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))
    statement = select(*SchoolCalendar.__table__.columns).where(
        SchoolCalendar.organisation_id == organisation_id,
        SchoolCalendar.school_year == school_year,
    )
    return (await session.execute(statement)).one_or_none()


async def keep_calendar(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a school year in the place of what was held of it."""
    keys = ("organisation_id", "school_year")
    statement = postgresql.insert(SchoolCalendar).values(dict(row))
    changed = {name: value for name, value in row.items() if name not in keys}
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def ranges(periods: Iterable[tuple[date, date]]) -> list[Range[date]]:
    """Return days from the first to the last, both included, as the database has them."""
    return [Range(first, last, bounds="[]") for first, last in periods]


async def calendars_for(session: AnySession, organisation_id: uuid.UUID) -> Sequence[Any]:
    """Return the school years that hold for an organisation, the earliest first.

    Those of its own, and for others those of the local authority in whose area it lies. Each row:
    school_year, terms, closures.
    """
    told = func.school_calendars_for(organisation_id).table_valued(
        "school_year", "terms", "closures"
    )
    ranges = [
        type_coerce(told.c[name], DATEMULTIRANGE).label(name) for name in ("terms", "closures")
    ]
    statement = select(told.c.school_year, *ranges).order_by(told.c.school_year)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found
