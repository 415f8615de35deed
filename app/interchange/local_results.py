"""What an authority's own check found, as its list says it: read, and compared with what is held.

A result is the authority's own, in its own words. Its day must be a whole day: only a dated check
can be told from an older one, and only a dated one can carry a listing by transition.
"""

import re
from datetime import date, datetime
from typing import Protocol

EARLIEST = date(2010, 1, 1)
"""A check before this day is a slip of the pen: no list of today goes by one so old."""
_BRITISH = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")


class Stated(Protocol):
    """Whatever says a result and its day: a line of a file, or one that is held."""

    @property
    def local_result(self) -> str | None:
        """What was found."""

    @property
    def local_result_on(self) -> date | None:
        """On which day."""


def read_result_day(text: str, today: date) -> date:
    """Return the day of a check as lists write it: 31/07/2026, 2026-07-31 or 31 July 2026.

    Args:
        text: of the cell; the midnight that spreadsheets add is no part of it.
        today: the present day.

    Raises:
        ValueError: it is no whole day, has yet to come, or lies before 2010; says which.
    """
    day = _day(_MIDNIGHT.sub("", text.strip()))
    if day is None:
        message = f"“{text}” is no whole day."
    elif day > today:
        message = f"{day:%-d %B %Y} has yet to come."
    elif day < EARLIEST:
        message = f"{day:%-d %B %Y} is too long ago to be the day of a check."
    else:
        return day
    raise ValueError(message)


def is_newer(said: Stated, held: Stated) -> bool:
    """Say whether a list's result is taken over: nothing is held, or it is of a later check.

    A dated result replaces one without a day, whatever both say; never the other way round.
    """
    if said.local_result is None or is_same(said, held):
        return False
    if held.local_result is None:
        return True
    if said.local_result_on is None:
        return False
    return held.local_result_on is None or said.local_result_on > held.local_result_on


def contradicts(said: Stated, held: Stated) -> bool:
    """Say whether a list's result is another than is held, and not newer: a person must look."""
    return said.local_result is not None and not is_same(said, held) and not is_newer(said, held)


def is_same(said: Stated, held: Stated) -> bool:
    """Say whether both say the same of the same day; of no day, where a list has lost it."""
    return said.local_result == held.local_result and said.local_result_on in {
        None,
        held.local_result_on,
    }


def in_words(stated: Stated) -> str:
    """Return a result with its day, for reports; nothing, if there is none."""
    if stated.local_result is None:
        return ""
    day = stated.local_result_on
    return f"{stated.local_result} ({day.isoformat() if day else 'no day given'})"


def _day(text: str) -> date | None:
    british = _BRITISH.fullmatch(text)
    try:
        if british:
            return date(int(british[4]), int(british[3]), int(british[1]))
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        return None
    plain = _ORDINAL.sub(r"\1", text).replace(",", "")
    for shape in _IN_WORDS:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
