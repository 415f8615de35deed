"""Timetables read: where and when a child is to be, and for how many minutes a week."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.occupancy import queries
from app.occupancy.schemas import Timetable
from app.occupancy.terms import Weekday

AnySession = ReadSession | WriteSession
WEEKDAYS = tuple(Weekday)

Place = tuple[int, time, time, uuid.UUID]
"""A session: its weekday from 1, Monday, when it starts and ends, and its site's id."""


async def places_of(
    session: AnySession, provider_id: uuid.UUID, usual: uuid.UUID, timetable: Timetable
) -> list[Place]:
    """Return where and when a timetable's sessions are.

    Raises:
        InvalidRequestError: the provider has no such open site.
    """
    sites = await queries.list_site_ids(session, provider_id)
    places, faults = [], []
    for number, one in enumerate(timetable.sessions):
        site_id = usual if one.site is None else sites.get(one.site)
        if site_id is None:
            detail = f"The provider has no open site {one.site}."
            faults.append(FieldFault(detail, f"/sessions/{number}/site"))
            continue
        places.append((WEEKDAYS.index(one.weekday) + 1, one.starts, one.ends, site_id))
    if faults:
        raise InvalidRequestError("The timetable names unknown sites.", errors=tuple(faults))
    return places


async def minutes_by_institution(
    session: AnySession, places: Sequence[Place]
) -> dict[uuid.UUID, int]:
    """Return how many minutes a week a timetable has at each institution."""
    found: dict[uuid.UUID, int] = {}
    for site_id, minutes in minutes_by_site(places).items():
        institution_id = await queries.institution_of(session, site_id)
        found[institution_id] = found.get(institution_id, 0) + minutes
    return found


def minutes_by_site(places: Sequence[Place]) -> Mapping[uuid.UUID, int]:
    """Return how many minutes a week a timetable has at each site; breaks count."""
    found: dict[uuid.UUID, int] = {}
    for _, starts, ends, site_id in places:
        found[site_id] = found.get(site_id, 0) + _minutes(starts, ends)
    return found


def _minutes(starts: time, ends: time) -> int:
    """Return how long a session is. No clock is changed within a school day."""
    day = date.min
    lasts: timedelta = datetime.combine(day, ends) - datetime.combine(day, starts)
    return int(lasts.total_seconds()) // 60
