"""Clocks of reviews, and the plain counting of school days and working days."""

from datetime import date, timedelta

from app.rules.clocks.clock import Clock, CountedIn, in_school_days
from app.rules.clocks.law import (
    HALF_TERMLY,
    OFF_SITE_REVIEWS,
    PLAN_REVIEW,
    REVIEW_OPENED,
    REVIEW_WEEKS,
    WORKING_DAYS,
)
from app.rules.school_age import birthday
from app.rules.school_days import SCHOOL_DAY, SchoolCalendar, after_school_days
from app.rules.stated import Reason, in_force
from app.rules.working_days import after_working_days

_WEEK_OF_SCHOOL = 5
_DAYS_OF_A_WEEK = 7


def half_term_review(since: date, calendar: SchoolCalendar | None = None) -> Clock:
    """Say by when a placement is reviewed.

    Args:
        since: when it started, or was last reviewed.
        calendar: the school's terms, where they are known.

    Raises:
        NotInForceError: nothing is known of the guidance, or of bank holidays, then.
    """
    guidance, weeks = in_force((HALF_TERMLY,), since), in_force((REVIEW_WEEKS,), since)
    due = after_school_days(since, weeks.figures["school_weeks"] * _WEEK_OF_SCHOOL, calendar)
    most = after_school_days(since, weeks.figures["most_school_weeks"] * _WEEK_OF_SCHOOL, calendar)
    return in_school_days(
        due,
        Reason("At least once in each half term.", guidance),
        Reason(f"Six school weeks; never later than eight, which is {most.day}.", weeks),
        note="Sooner where the half term ends sooner, or where there is a concern.",
    )


def latest_review(since: date, calendar: SchoolCalendar | None = None) -> date:
    """Say on which day at the latest a placement is reviewed, whatever was agreed.

    Raises:
        NotInForceError: nothing is known of the guidance, or of bank holidays, then.
    """
    weeks = in_force((REVIEW_WEEKS,), since).figures["most_school_weeks"]
    return after_school_days(since, weeks * _WEEK_OF_SCHOOL, calendar).day


def opened_review(on: date) -> tuple[Clock, Clock]:
    """Say by when a change at a provider is acknowledged, and the placement reviewed.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    rule = in_force((REVIEW_OPENED,), on)

    def within(name: str, what: str) -> Clock:
        days = rule.figures[name]
        return Clock(
            due_on=after_working_days(on, days),
            counted_in=CountedIn.WORKING_DAYS,
            approximate=False,
            reasons=(Reason(f"{what} within {days} working days.", rule),),
        )

    return (
        within("acknowledge_working_days", "Acknowledged"),
        within("review_working_days", "Reviewed"),
    )


def review_request(last_review_on: date) -> Clock:
    """Say from which day on a request for a review of an off-site direction must be followed.

    Args:
        last_review_on: the day of the last review meeting.

    Raises:
        NotInForceError: the law gave no right to ask then.
    """
    rule = in_force(OFF_SITE_REVIEWS[1:], last_review_on)
    days = rule.figures["weeks"] * _DAYS_OF_A_WEEK
    because = "A request made in the ten weeks after a review need not be followed; later it must."
    return Clock(
        # Ten weeks before a day end with the day before it: a review on their first day still bars.
        due_on=last_review_on + timedelta(days=days + 1),
        counted_in=CountedIn.CALENDAR_DAYS,
        approximate=False,
        reasons=(Reason(because, rule),),
    )


def plan_annual_review(since: date) -> Clock:
    """Say by when an education, health and care plan is reviewed.

    Args:
        since: when it was made, or last reviewed.

    Raises:
        NotInForceError: there were no such plans then.
    """
    rule = in_force((PLAN_REVIEW,), since)
    return Clock(
        due_on=birthday(since, 1) - timedelta(days=1),
        counted_in=CountedIn.CALENDAR_DAYS,
        approximate=False,
        reasons=(Reason("Within twelve months that begin with that day.", rule),),
    )


def school_days(since: date, count: int, calendar: SchoolCalendar | None = None) -> Clock:
    """Say which day comes so many school days after another.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    because = f"{count} school days after, the day itself not counted."
    return in_school_days(after_school_days(since, count, calendar), Reason(because, SCHOOL_DAY))


def working_days(since: date, count: int) -> Clock:
    """Say which day comes so many working days after another.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    because = f"{count} working days after, the day itself not counted."
    return Clock(
        due_on=after_working_days(since, count),
        counted_in=CountedIn.WORKING_DAYS,
        approximate=False,
        reasons=(Reason(because, WORKING_DAYS),),
    )
