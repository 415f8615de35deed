"""Clocks, from facts as they are sent to an answer as it is told."""

from collections.abc import Callable, Mapping
from datetime import date

from app.calculators.errors import DayNotHeldError
from app.calculators.schemas.clocks import (
    CalendarAsked,
    CalendarClock,
    ClockAnswer,
    ClockAsked,
    ExclusionClock,
    HealthClock,
    SchoolDayClock,
    SchoolDaysClock,
    SuspensionPlaceClock,
)
from app.calculators.schemas.stated import RuleReason
from app.rules.clocks import reviewing, starting
from app.rules.clocks.clock import Clock
from app.rules.dated import NotInForceError
from app.rules.school_days import Period, SchoolCalendar

_FROM_ONE_DAY: Mapping[str, Callable[[date, SchoolCalendar | None], Clock]] = {
    "suspension-education": starting.suspension_education,
    "off-site-notice": starting.off_site_notice,
    "other-absence": starting.other_absence,
    "half-term-review": reviewing.half_term_review,
}
_BY_CALENDAR: Mapping[str, Callable[[date], Clock]] = {
    "review-request": reviewing.review_request,
    "plan-annual-review": reviewing.plan_annual_review,
}


def answer_clock(asked: ClockAsked, today: date) -> ClockAnswer:
    """Say by when, or from when, something must be done.

    Raises:
        DayNotHeldError: the law of that day is not held here.
    """
    try:
        clock = _run(asked, today)
    except NotInForceError as unknown:
        raise DayNotHeldError(str(unknown)) from None
    return ClockAnswer(
        clock=asked.clock,
        due_on=clock.due_on,
        due_at=clock.due_at,
        counted_in=clock.counted_in,
        approximate=clock.approximate,
        reasons=[RuleReason.model_validate(reason) for reason in clock.reasons],
        note=clock.note,
    )


def _run(asked: ClockAsked, today: date) -> Clock:
    if isinstance(asked, SuspensionPlaceClock):
        return starting.suspension_place_notice(
            asked.starts_at,
            before_day_six=asked.before_day_six,
            parent_consents=asked.parent_consents,
        )
    since = asked.since or today
    if isinstance(asked, CalendarClock):
        return _BY_CALENDAR[asked.clock](since)
    if isinstance(asked, SchoolDayClock | ExclusionClock | HealthClock | SchoolDaysClock):
        calendar = None if asked.calendar is None else _calendar(asked.calendar)
        return _in_school_days(asked, since, calendar)
    return reviewing.working_days(since, asked.count)


def _in_school_days(
    asked: SchoolDayClock | ExclusionClock | HealthClock | SchoolDaysClock,
    since: date,
    calendar: SchoolCalendar | None,
) -> Clock:
    if isinstance(asked, SchoolDayClock):
        return _FROM_ONE_DAY[asked.clock](since, calendar)
    if isinstance(asked, ExclusionClock):
        return starting.permanent_exclusion_education(
            since, calendar, looked_after=asked.looked_after
        )
    if isinstance(asked, HealthClock):
        return starting.health_absence(since, asked.missed_before, calendar)
    return reviewing.school_days(since, asked.count, calendar)


def _calendar(asked: CalendarAsked) -> SchoolCalendar:
    return SchoolCalendar(
        terms=tuple(Period(one.first, one.last) for one in asked.terms),
        closures=tuple(Period(one.first, one.last) for one in asked.closures),
    )
