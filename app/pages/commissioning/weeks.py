"""A week of sessions: how people type it, day by day, and how it is shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.occupancy.terms import Weekday
from app.pages.filters import format_number
from app.pages.form_page_view import Part
from app.pages.questions import Question
from app.pages.records_wording import WEEKDAYS
from app.pages.typed_facts import read_sessions, show_sessions

MINUTES_IN_AN_HOUR = 60
MOST_HOURS = 168
_AT_SITE = re.compile(r"\s+at(?:\s+site)?\s+([1-9][0-9]{0,4})$")
_DAYS = tuple(Weekday)


def read_day(text: str) -> list[dict[str, object]]:
    """Read the sessions of one day, typed like `9:30am to 12pm, 1pm to 3pm at 2`.

    A number after `at` is another site of the provider.

    Raises:
        ValueError: it holds something else, or one session runs into another.
    """
    parts = re.split(r"[,;]|\band\b", text.lower())
    sites = [_AT_SITE.search(part) for part in parts]
    times = read_sessions(", ".join(_AT_SITE.sub("", part) for part in parts))
    return [
        {"starts": begins, "ends": ends} | ({"site": int(site[1])} if site else {})
        for (begins, ends), site in zip(times, sites, strict=True)
    ]


def read_hours(text: str) -> int:
    """Read hours typed like `12` or `12.5`, and return them in minutes.

    Raises:
        ValueError: it is no such number, or there are not so many hours in a week.
    """
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text) or float(text) > MOST_HOURS:
        message = "Enter hours in a week, like 12 or 12.5"
        raise ValueError(message)
    return round(float(text) * MINUTES_IN_AN_HOUR)


def typed_hours(minutes: int | None) -> str | None:
    """Return minutes as somebody would type them in hours."""
    return None if minutes is None else format_number(minutes / MINUTES_IN_AN_HOUR)


def show_hours(minutes: int) -> str:
    """Return minutes of a week as they are shown: `12.5 hours a week`."""
    hours = minutes / MINUTES_IN_AN_HOUR
    return f"{format_number(hours)} {'hour' if hours == 1 else 'hours'} a week"


ELSEWHERE = Question(
    "minutes_elsewhere",
    "How many hours of other education a week?",
    hint="At school or anywhere else that is not a placement here. Leave it empty only if you do "
    "not know: then nobody can say whether the setting would have to register as a school.",
    reads=read_hours,
    classes="govuk-input--width-4",
    mode="decimal",
)


def week_part(heading: str = "The week", words: str | None = None) -> Part:
    """Return the questions about a week, a line for each day."""
    told = words or (
        "Write times like 9:30am to 12pm, 1pm to 3pm. Breaks count. Leave a day empty on which "
        "nobody is there. Add “at 2” after a time that is at site 2 of the provider."
    )
    days = tuple(
        Question(day.value, name, reads=read_day, classes="govuk-input--width-20")
        for day, name in zip(_DAYS, WEEKDAYS, strict=True)
    )
    return Part((*days, ELSEWHERE), heading, told)


def sessions_in(answers: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the sessions that were typed, as the API takes them."""
    found: list[dict[str, object]] = []
    for day in _DAYS:
        held = answers.get(day.value)
        if isinstance(held, list):
            found += [{"weekday": day.value, **one} for one in held]
    return found


def timetable_in(answers: Mapping[str, object]) -> dict[str, object] | None:
    """Return the timetable that was typed, as the API takes it; nothing where no day was."""
    sessions = sessions_in(answers)
    if not sessions:
        return None
    return {"sessions": sessions, "minutes_elsewhere": answers.get(ELSEWHERE.name)}


def typed_week(sessions: Sequence[Any], elsewhere: int | None, site: int) -> dict[str, str | None]:
    """Return a week as somebody would type it, by the names of the questions."""
    typed = {day.value: _typed_day(sessions, day, site) for day in _DAYS}
    return typed | {ELSEWHERE.name: typed_hours(elsewhere)}


def show_week(sessions: Sequence[Any]) -> tuple[str, ...]:
    """Return a week in lines, a day a line."""
    return tuple(
        f"{name}: {times}"
        for day, name in zip(_DAYS, WEEKDAYS, strict=True)
        if (times := ", ".join(_times(one) for one in _of(sessions, day)))
    )


def _typed_day(sessions: Sequence[Any], day: Weekday, site: int) -> str | None:
    texts = [
        _times(one) + (f" at {one.site}" if one.site not in {None, site} else "")
        for one in _of(sessions, day)
    ]
    return ", ".join(texts) or None


def _of(sessions: Sequence[Any], day: Weekday) -> list[Any]:
    return sorted((one for one in sessions if one.weekday == day), key=lambda one: one.starts)


def _times(session: Any) -> str:
    return show_sessions([_Session(session)], 1)


class _Session:
    """A session of a timetable, as sessions of an offer are shown."""

    def __init__(self, session: Any) -> None:
        self.day, self.begins, self.ends = 1, session.starts, session.ends
