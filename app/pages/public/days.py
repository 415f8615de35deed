"""The day somebody asks for, as browsers send it and as people write it; pure."""

import re
from datetime import date, datetime

ADVICE = "Enter a day like 27/3/2026, or choose one"

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_WORDS = ("%d %B %Y", "%d %b %Y")


def read_day(typed: str) -> date:
    """Read a day: `2026-03-27`, `27/3/2026` or `27 March 2026`.

    Raises:
        ValueError: it is none; the message says how to write one.
    """
    text = " ".join(typed.split())
    numbers = _NUMBERS.fullmatch(text)
    try:
        if numbers:
            day, month, year = (int(each) for each in numbers.groups())
            return date(year, month, day)
        if text[:1].isdigit() and text[-1:].isdigit() and " " in text:
            return _in_words(text)
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(ADVICE) from None


def _in_words(text: str) -> date:
    for shape in _WORDS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(ADVICE)
