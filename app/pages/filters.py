"""How facts are written on a page: days, times, distances, ages and counts, in GOV.UK style."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.clock import LONDON

METRES_IN_A_MILE = 1609.344
NOT_STATED = "Not stated"


def format_day(value: date | datetime | str | None) -> str:
    """Write a day as `3 March 2026`; a moment is the day it falls on in London.

    Args:
        value: a day, a moment with a zone, or either as ISO 8601 text; `None` is "Not stated".
    """
    if value is None:
        return NOT_STATED
    day = _parse(value)
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {day:%B %Y}"


def format_moment(value: datetime | str) -> str:
    """Write a moment as `3 March 2026 at 2:05pm`, London time; noon and midnight are named."""
    moment = _parse(value)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError(f"{value!r} is not a moment with a time zone")
    local = moment.astimezone(LONDON)
    named = {(0, 0): "midnight", (12, 0): "midday"}.get((local.hour, local.minute))
    half = "am" if local.hour < 12 else "pm"  # noqa: PLR2004 - the clock's own twelve
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{format_day(local)} at {named or f'{local.hour % 12 or 12}{minutes}{half}'}"


def format_distance(metres: float) -> str:
    """Write a straight-line distance in miles: `2.4 miles`, whole miles from ten on."""
    miles = round(metres / METRES_IN_A_MILE, 1)
    if miles < 0.1:  # noqa: PLR2004 - the smallest distance one decimal can show
        return "less than 0.1 miles"
    if miles >= 10:  # noqa: PLR2004 - a decimal says nothing useful from here on
        return count(round(metres / METRES_IN_A_MILE), "mile")
    return "1 mile" if miles == 1 else f"{miles:g} miles"


def format_ages(ages: Mapping[str, Any] | None) -> str:
    """Write an age range in years: `11 to 16`, `16`, `11 and over`, `up to 16`, `Not stated`."""
    youngest = ages.get("from") if ages else None
    oldest = ages.get("to") if ages else None
    if youngest is None and oldest is None:
        return NOT_STATED
    if oldest is None:
        return f"{youngest} and over"
    if youngest is None:
        return f"up to {oldest}"
    return f"{youngest}" if youngest == oldest else f"{youngest} to {oldest}"


def format_number(value: float) -> str:
    """Write a number with commas and no needless decimals: `1,204`, `12.5`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def count(number: int, one: str, many: str | None = None) -> str:
    """Write how many of something there are: `1 provider`, `1,204 providers`.

    Args:
        number: how many.
        one: the word for one of them.
        many: the word for several, where adding an "s" is wrong.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def join_words(words: Sequence[str]) -> str:
    """Write a list in a sentence: `name, town and postcode`."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def humanise(code: str) -> str:
    """Write a code nobody has given words to: `fixed-premises` becomes `Fixed premises`."""
    words = code.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _parse(value: date | datetime | str) -> date | datetime:
    if not isinstance(value, str):
        return value
    if len(value) == len("2026-03-03"):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value)
