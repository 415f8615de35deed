"""The dates of terms: stated by an authority or a school, and asked by whoever counts school days.

What nobody stated is guessed by a rule that says so (`app.rules.school_days`).
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.organisations.errors import OrganisationNotYoursError
from app.organisations.queries import calendars as queries
from app.organisations.schemas.calendars import DaysStated, SchoolCalendarStated
from app.rules.school_days import Period, SchoolCalendar, first_day_of_school_year, school_year_of

_DAY = timedelta(days=1)
NOT_YET = 1
"""The version of a school year that nobody has stated."""


async def state_calendar(
    session: WriteSession,
    actor: Actor,
    of: tuple[uuid.UUID, int, int],
    stated: SchoolCalendarStated,
) -> None:
    """State the terms of one school year; the whole of it, in the place of what was held.

    Args:
        session: the transaction.
        actor: of the authority or school.
        of: the organisation, the year in which the school year begins, and the version read.
        stated: its terms and closures.

    Raises:
        OrganisationNotYoursError: it is not the actor's own.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: a term lies outside the school year.
    """
    organisation_id, year, expected = of
    if organisation_id != actor.organisation_id:
        raise OrganisationNotYoursError("Terms are stated by the organisation whose they are.")
    _check_year(year, stated.terms)
    held = await queries.lock_calendar(session, organisation_id, year)
    version = NOT_YET if held is None else held.version
    if version != expected:
        detail = "It was changed since you read it. Read it again."
        raise VersionChangedError(detail, version=version)
    row = {
        "organisation_id": organisation_id,
        "school_year": year,
        "terms": queries.ranges((one.first, one.last) for one in stated.terms),
        "closures": queries.ranges((one.first, one.last) for one in stated.closures),
        "stated_by_name": actor.name,
        "stated_at": clock.now(),
        "version": version + 1,
    }
    await queries.keep_calendar(session, row)
    subject = Subject("school-calendar", organisation_id, str(year), organisation_id)
    after = {"terms": len(stated.terms), "closures": len(stated.closures)}
    await record(session, actor, "school_calendar.stated", subject, after=after)


async def calendar_for(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID, day: date
) -> SchoolCalendar | None:
    """Return the terms that hold for an organisation around a day.

    Its own, and where it stated none those of the local authority in whose area it lies. Years
    that do not follow one another are left out: a gap would be taken for a holiday.

    Args:
        session: of anybody.
        organisation_id: whose school days are counted.
        day: from or to which they are.

    Returns:
        Nothing where the year of that day is not held: then school days are guessed.
    """
    years = {row.school_year: row for row in await queries.calendars_for(session, organisation_id)}
    first = last = school_year_of(day)
    if first not in years:
        return None
    while first - 1 in years:
        first -= 1
    while last + 1 in years:
        last += 1
    run = [years[year] for year in range(first, last + 1)]
    return SchoolCalendar(
        terms=tuple(period for one in run for period in _periods(one.terms)),
        closures=tuple(period for one in run for period in _periods(one.closures)),
    )


def days_of(ranges: Iterable[Any]) -> list[DaysStated]:
    """Return days as they were stated."""
    return [DaysStated(first=one.first, last=one.last) for one in _periods(ranges)]


def _check_year(year: int, terms: Sequence[DaysStated]) -> None:
    first, following = first_day_of_school_year(year), first_day_of_school_year(year + 1)
    faults = tuple(
        FieldFault(
            f"The term lies outside the school year, from {first} to {following - _DAY}.",
            f"/terms/{number}",
        )
        for number, one in enumerate(terms)
        if one.first < first or one.last >= following
    )
    if faults:
        raise InvalidRequestError("Give the terms of one school year.", errors=faults)


def _periods(ranges: Iterable[Any]) -> list[Period]:
    """Return ranges as the database holds them, without their upper bound, as periods."""
    return [Period(one.lower, one.upper - _DAY) for one in ranges]
