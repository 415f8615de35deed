"""Sums in pounds and times of the week: how people type them, and how they are shown; pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.pages.filters import join_words
from app.pages.records_wording import WEEKDAYS

PENCE_IN_A_POUND = 100
NOON = 12

_POUNDS = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})*|[0-9]{1,9})(?:\.([0-9]{2}))?")
_SESSION = re.compile(r"(.+?)\s*(?:\bto\b|\buntil\b|-|\u2013)\s*(.+)")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(am|pm)?")
_TIME_ADVICE = "Write times like 9:30am to 3pm. For two sessions: 9:30am to 12pm, 1pm to 3pm"


def read_pounds(text: str) -> int:
    """Read a sum typed in pounds, and return it in pence.

    Raises:
        ValueError: it is none.
    """
    found = _POUNDS.fullmatch(text.strip())
    if found is None:
        message = "Enter a sum in pounds, like 45 or 45.50"
        raise ValueError(message)
    pounds = int(found[1].replace(",", ""))
    return pounds * PENCE_IN_A_POUND + int(found[2] or 0)


def typed_pounds(pence: int | None) -> str | None:
    """Return a sum as somebody would type it: `45`, `45.50`."""
    if pence is None:
        return None
    pounds, rest = divmod(pence, PENCE_IN_A_POUND)
    return f"{pounds}.{rest:02d}" if rest else f"{pounds}"


def show_pounds(pence: int) -> str:
    """Return a sum as it is shown: `£45`, `£1,045.50`."""
    pounds, rest = divmod(pence, PENCE_IN_A_POUND)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"


def read_sessions(text: str) -> list[tuple[str, str]]:
    """Read the sessions of a day, typed like `9:30am to 12pm, 1pm to 3pm`; each ends later.

    Raises:
        ValueError: it holds something else, or one session runs into another.
    """
    sessions: list[tuple[str, str]] = []
    for part in re.split(r"[,;]|\band\b", text.lower()):
        found = _SESSION.fullmatch(part.strip())
        if found is None:
            raise ValueError(_TIME_ADVICE)
        begins, ends = read_time(found[1]), read_time(found[2])
        if ends <= begins:
            message = f"{part.strip()} ends before it begins. Write am or pm with each time"
            raise ValueError(message)
        if sessions and begins < sessions[-1][1]:
            message = "One session begins before the one before it ends"
            raise ValueError(message)
        sessions.append((begins, ends))
    return sessions


def show_sessions(sessions: Iterable[Any], day: int) -> str:
    """Return the sessions of a day of the week as somebody would type them."""
    of_day = [one for one in sessions if one.day == day]
    return ", ".join(f"{show_time(one.begins)} to {show_time(one.ends)}" for one in of_day)


def show_week(sessions: Sequence[Any]) -> tuple[str, ...]:
    """Return a week in lines; days with the same times together."""
    by_times: dict[str, list[str]] = {}
    for number, name in enumerate(WEEKDAYS, start=1):
        if times := show_sessions(sessions, number):
            by_times.setdefault(times, []).append(name)
    return tuple(f"{_days(days)}: {times}" for times, days in by_times.items())


def _days(days: Sequence[str]) -> str:
    first = WEEKDAYS.index(days[0])
    run = WEEKDAYS[first : first + len(days)]
    if len(days) > 2 and list(run) == list(days):  # noqa: PLR2004 - two are named
        return f"{days[0]} to {days[-1]}"
    return join_words(days)


def read_time(text: str) -> str:
    """Read a time of day, typed like `9:30am`, `9.30`, `13:00` or `midday`; `09:30` is returned.

    Raises:
        ValueError: it is none.
    """
    text = text.lower()
    if text.strip() in {"noon", "midday"}:
        return "12:00"
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(_TIME_ADVICE)
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None and not 1 <= hour <= NOON:
        raise ValueError(_TIME_ADVICE)
    if half == "pm" and hour < NOON:
        hour += NOON
    if half == "am" and hour == NOON:
        hour = 0
    if hour >= 2 * NOON or minute >= 60:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(_TIME_ADVICE)
    return f"{hour:02d}:{minute:02d}"


def show_time(moment: Any) -> str:
    """Return a time of day as it is shown: `9am`, `1:30pm`."""
    half = "am" if moment.hour < NOON else "pm"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour % NOON or NOON}{minutes}{half}"
