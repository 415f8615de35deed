"""How notices say days, times, places and people: plainly, and alike in all of them."""

from collections.abc import Sequence
from datetime import date, time

from app.notices.particulars import Lesson, Particulars, Person, Place, Section, Week, days_there
from app.rules.funding.rows import Route
from app.rules.notices.kinds import Recipient

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOON = 12
WITHHELD = "The address is not given in this letter, to keep a child safe."
REASONS_FOR: dict[Route, str] = {
    Route.OFF_SITE_DIRECTION: "to help improve behaviour, by a direction of the governing body",
    Route.OFF_SITE_ACADEMY: "to help improve behaviour, by a direction of the academy trust",
    Route.SUSPENSION: "because of a suspension of more than five school days",
    Route.SUSPENSION_FROM_UNIT: "because of a suspension from a pupil referral unit",
    Route.EXCLUSION: "because of a permanent exclusion",
    Route.HEALTH: "because health keeps the child from school",
    Route.OTHER_ABSENCE: "because the child cannot attend school at present",
    Route.SCHOOL_ARRANGED: "arranged by the school, with the parent's agreement",
    Route.PART_TIME: "with a part-time timetable, for a short time, with the parent's agreement",
    Route.PLAN_SCHOOL: "added by the school to what the education, health and care plan gives",
    Route.PLAN_AUTHORITY: "under the education, health and care plan",
    Route.OTHERWISE_THAN_AT_SCHOOL: "instead of school, under the education, health and care plan",
    Route.DUAL_REGISTRATION: "while registered at two schools",
    Route.SUB_CONTRACTED: "arranged by the school that has the child now",
    Route.LOOKED_AFTER_INTERIM: "until there is a school place, while looked after",
    Route.NEW_ARRIVAL: "until there is a school place",
    Route.COLLEGE: "at a college",
}


def day_of(day: date) -> str:
    """Return a day as people write it: Monday 30 November 2026."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B %Y}"


def time_of(moment: time) -> str:
    """Return a time as people say it: 9am, 1:30pm."""
    hour = moment.hour % _NOON or _NOON
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < _NOON else 'pm'}"


def where(told: Particulars) -> Section:
    """Say where it is; to whom the address is withheld, that it is."""
    if told.withheld:
        ask = f" Ask {told.lead.name} at {told.lead.body}." if told.lead else f" Ask {told.by}."
        return Section("Where", (WITHHELD + ask,))
    lines = [told.provider, *_addresses(told.places)]
    if told.provider_phone:
        lines.append(f"Telephone: {told.provider_phone}")
    return Section("Where", tuple(lines))


def when(told: Particulars) -> Section:
    """Say the first and last day, the days of the week and the times."""
    lines = [f"First day: {day_of(told.starts_on)}."]
    if told.planned_end_on is not None:
        lines.append(f"Last day: {day_of(told.planned_end_on)}.")
    else:
        lines.append("No last day is set yet. It is decided at a review.")
    several = len(told.places) > 1 and not told.withheld
    for number, week in enumerate(told.weeks):
        if number:
            lines.append(f"From {day_of(week.since)}:")
        lines += [_lesson(one, several=several) for one in week.lessons]
    return Section("When", tuple(lines))


def hours_a_week(week: Week) -> str:
    """Return how many hours a week has, as people write it."""
    minutes = sum(
        (one.ends.hour - one.starts.hour) * 60 + one.ends.minute - one.starts.minute
        for one in week.lessons
    )
    return f"{minutes / 60:g}"


def number_of_days(told: Particulars) -> str | None:
    """Say for how many days it is; nothing where no last day is set."""
    if told.planned_end_on is None:
        return None
    days = days_there(told.weeks, told.starts_on, told.planned_end_on)
    return f"It is for {days} school days, until {day_of(told.planned_end_on)}."


def whom_to_call(person: Person | None, by: str) -> tuple[str, ...]:
    """Say who answers, and how to reach them."""
    if person is None:
        return (f"Ask {by}.",)
    post = f", {person.post}" if person.post else ""
    lines = [f"{person.name}{post}, at {person.body}."]
    if person.phone:
        lines.append(f"Telephone: {person.phone}")
    if person.email:
        lines.append(f"E-mail: {person.email}")
    return tuple(lines)


def addressed(told: Particulars) -> tuple[str, ...]:
    """Return the lines of whom it goes to."""
    if told.addressee is not None:
        return (told.addressee.name, *told.addressee.post_to)
    return {
        Recipient.PARENT: (f"To the parent or carer of {told.child}",),
        Recipient.PUPIL: (told.child,),
        Recipient.SOCIAL_WORKER: ("The social worker", *_body(told)),
        Recipient.VIRTUAL_SCHOOL_HEAD: ("The virtual school head", *_body(told)),
        Recipient.PLAN_AUTHORITY: ("The caseworker for the plan", *_body(told)),
    }.get(told.to, _body(told))


def _body(told: Particulars) -> tuple[str, ...]:
    return (told.to_body,) if told.to_body else ()


def _addresses(places: Sequence[Place]) -> list[str]:
    return [line for place in places for line in (place.name, *place.lines)]


def _lesson(one: Lesson, *, several: bool) -> str:
    at = f", at site {one.site}" if several else ""
    return f"{WEEKDAYS[one.weekday - 1]}: {time_of(one.starts)} to {time_of(one.ends)}{at}"
