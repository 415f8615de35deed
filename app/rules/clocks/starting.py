"""Clocks of beginnings: by when education must start, and how long before it who must be told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.rules.clocks.clock import Clock, CountedIn, in_school_days
from app.rules.clocks.law import (
    EXCLUDED_FROM_DAY_SIX,
    HEALTH_ABSENCE,
    LOOKED_AFTER_FROM_DAY_ONE,
    OFF_SITE_NOTICE,
    OTHER_ABSENCE,
    SECTION_19,
    SUSPENDED_FROM_DAY_SIX,
    SUSPENSION_PLACE_NOTICE,
)
from app.rules.school_days import (
    SchoolCalendar,
    after_school_days,
    before_school_days,
    nth_school_day,
)
from app.rules.stated import Reason, in_force

_LONDON = ZoneInfo("Europe/London")


def suspension_education(first_day: date, calendar: SchoolCalendar | None = None) -> Clock:
    """Say from which day a suspended pupil must be given education.

    Args:
        first_day: of the suspension, or of the first of several without a school day between.
        calendar: the school's terms, where they are known.

    Raises:
        NotInForceError: nothing is known of the law, or of bank holidays, then.
    """
    rule = in_force((SUSPENDED_FROM_DAY_SIX,), first_day)
    counted = nth_school_day(first_day, rule.figures["school_day"], calendar)
    because = "The sixth school day of the suspension, its first school day counted as one."
    return in_school_days(counted, Reason(because, rule))


def permanent_exclusion_education(
    first_day: date, calendar: SchoolCalendar | None = None, *, looked_after: bool = False
) -> Clock:
    """Say from which day a permanently excluded pupil must be given education.

    Args:
        first_day: of the exclusion.
        calendar: the school's terms, where they are known.
        looked_after: whether the child is, by a local authority.

    Raises:
        NotInForceError: nothing is known of the law, or of bank holidays, then.
    """
    rule = in_force((EXCLUDED_FROM_DAY_SIX,), first_day)
    last = after_school_days(first_day, rule.figures["school_days"], calendar)
    reason = Reason("The sixth school day after the first day of the exclusion.", rule)
    if looked_after:
        sooner = after_school_days(first_day, 1, calendar)
        because = f"Expected from the first school day after. The law's last day is {last.day}."
        return in_school_days(sooner, Reason(because, LOOKED_AFTER_FROM_DAY_ONE), reason)
    earlier = nth_school_day(first_day, rule.figures["school_days"], calendar)
    note = f"Who counts the first day as one comes to {earlier.day}; to start by then is safe."
    return in_school_days(last, reason, note=note)


def health_absence(
    first_day: date, missed_before: int = 0, calendar: SchoolCalendar | None = None
) -> Clock:
    """Say on which day an absence for health comes to fifteen school days.

    Args:
        first_day: of the absence that goes on.
        missed_before: school days missed for health earlier in the school year.
        calendar: the school's terms, where they are known.

    Raises:
        NotInForceError: nothing is known of the guidance, or of bank holidays, then.
    """
    rule = in_force((HEALTH_ABSENCE,), first_day)
    left = max(1, rule.figures["school_days"] - missed_before)
    return in_school_days(
        nth_school_day(first_day, left, calendar),
        Reason("The fifteenth school day missed; guidance, and the latest day.", rule),
        Reason("The duty begins when it is clear that they would go without.", SECTION_19),
        note="Where it is clear from the first day that it will be so long, act from that day.",
    )


def other_absence(first_day: date, calendar: SchoolCalendar | None = None) -> Clock:
    """Say on which day local practice acts on an absence for another reason than health.

    Raises:
        NotInForceError: nothing is known of practice, or of bank holidays, then.
    """
    rule = in_force((OTHER_ABSENCE,), first_day)
    return in_school_days(
        nth_school_day(first_day, rule.figures["school_day"], calendar),
        Reason("The sixth school day of the absence: local practice, not law.", rule),
        Reason("The duty begins when it is clear that they would go without.", SECTION_19),
    )


def off_site_notice(starts_on: date, calendar: SchoolCalendar | None = None) -> Clock:
    """Say by which day notice of an off-site direction must be given.

    Args:
        starts_on: the first school day elsewhere.
        calendar: the school's terms, where they are known.

    Raises:
        NotInForceError: nothing is known of the law, or of bank holidays, then.
    """
    rule = in_force((OFF_SITE_NOTICE,), starts_on)
    days = rule.figures["school_days"]
    clear = before_school_days(starts_on, days + 1, calendar)
    return in_school_days(
        before_school_days(starts_on, days, calendar),
        Reason("Two school days before the first day; as soon as practicable if sooner.", rule),
        note=f"With two clear school days between it is {clear.day}; give it by then if you can. "
        "No consent makes this notice shorter.",
    )


def suspension_place_notice(
    starts_at: datetime, *, before_day_six: bool = False, parent_consents: bool = False
) -> Clock:
    """Say until when the parent must be told of a place during a suspension.

    Args:
        starts_at: when it starts, with a time zone.
        before_day_six: whether that is before education is due by law.
        parent_consents: to shorter notice.

    Raises:
        NotInForceError: nothing is known of the law then.
    """
    starts = starts_at.astimezone(_LONDON)
    rule = in_force((SUSPENSION_PLACE_NOTICE,), starts.date())
    waived = before_day_six and parent_consents
    hours = 0 if waived else rule.figures["hours"]
    # Hours pass while clocks are changed: they are taken off the moment, not off what clocks show.
    due = (starts.astimezone(UTC) - timedelta(hours=hours)).astimezone(_LONDON)
    if waived:
        because = "The parent consents to less, and the place starts before the sixth day."
    elif parent_consents:
        because = "48 hours before it starts: from the sixth day on consent does not shorten it."
    else:
        because = "48 hours before it starts."
    return Clock(
        due_on=due.date(),
        due_at=due,
        counted_in=CountedIn.HOURS,
        approximate=False,
        reasons=(Reason(because, rule),),
    )
