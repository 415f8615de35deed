"""A week as somebody types it: for each weekday two times, from and until; and the site.

Each cell is a field of its own, so that what is wrong is told where it was typed. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.errors import AppError, FieldFault, InvalidRequestError
from app.occupancy.terms import Weekday
from app.pages.filters import join_words
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Offered, Question, Typed
from app.pages.typed_facts import read_time, show_time

TIMES = 2
"""How many sessions a day the form has room for, unless the week that is changed has more."""
MOST_TIMES = 10
_MINUTES = 60
_MOST_HOURS = 168
_HOURS = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?")
_CELL = re.compile(r"/sessions/([0-9]+)(?:/([a-z]+))?")


def week_parts(sites: Sequence[Offered], times: int = TIMES) -> tuple[Part, ...]:
    """Return what is asked of each weekday; the site only where there are several.

    Args:
        sites: of the provider.
        times: how many sessions a day there is room for.
    """
    numbers = range(1, times + 1)
    return tuple(
        Part(
            tuple(one for number in numbers for one in _cells(day.value, number, sites)),
            day.value.title(),
            beside=True,
        )
        for day in Weekday
    )


def _cells(day: str, number: int, sites: Sequence[Offered]) -> Iterator[Question]:
    for end, label in (("from", "From" if number == 1 else "Then from"), ("until", "Until")):
        yield Question(
            f"{day}-{number}-{end}",
            label,
            f"{day.title()}: enter a time, like 9:30am",
            reads=read_time,
            classes="govuk-input--width-5",
        )
    if len(sites) > 1:
        where, usual = Kind.LIST, "The usual site"
        yield Question(
            f"{day}-{number}-site", "Where", kind=where, offered=sites, none=usual, reads=int
        )


def read_week(answers: Mapping[str, object]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the sessions of a week, and the cells in which each of them stands.

    Raises:
        InvalidRequestError: a time lacks its other end, ends before it begins, or runs into the
            next; or there is none at all. Each fault names its cell.
    """
    sessions: list[dict[str, Any]] = []
    cells: list[str] = []
    faults: list[FieldFault] = []
    for day in Weekday:
        last: str | None = None
        for number in range(1, MOST_TIMES + 1):
            here = f"{day}-{number}"
            starts, ends = (answers.get(f"{here}-{end}") for end in ("from", "until"))
            if starts is None and ends is None:
                continue
            fault = _fault(here, starts, ends, last)
            if fault is not None:
                faults.append(fault)
                continue
            last = str(ends)
            one: dict[str, Any] = {"weekday": day.value, "starts": starts, "ends": ends}
            site = answers.get(f"{here}-site")
            sessions.append(one | ({"site": site} if site is not None else {}))
            cells.append(here)
    if faults:
        raise InvalidRequestError("Look at the week again.", errors=tuple(faults))
    if not sessions:
        words = "Say on which days the child is there: enter at least one time"
        raise InvalidRequestError(words, errors=(FieldFault(words, "/monday-1-from"),))
    return sessions, cells


def _fault(here: str, starts: object, ends: object, last: str | None) -> FieldFault | None:
    day = here.split("-", 1)[0].title()
    if starts is None:
        return FieldFault(f"{day}: enter when it begins", f"/{here}-from")
    if ends is None:
        return FieldFault(f"{day}: enter until when it lasts", f"/{here}-until")
    if str(ends) <= str(starts):
        words = f"{day}: it ends before it begins. Write am or pm with each time"
        return FieldFault(words, f"/{here}-until")
    if last is not None and str(starts) < last:
        return FieldFault(f"{day}: this begins before the former ends", f"/{here}-from")
    return None


def at_cells(refused: AppError, cells: Sequence[str]) -> AppError:
    """Let the faults of a refused week be told at the cells they are about."""
    refused.errors = tuple(_at_cell(fault, cells) for fault in refused.errors)
    return refused


def _at_cell(fault: FieldFault, cells: Sequence[str]) -> FieldFault:
    found = _CELL.match(fault.pointer or "")
    if found is None:
        where = {"/sessions": "/monday-1-from"}.get(fault.pointer or "")
        return fault if where is None else replace(fault, pointer=where)
    here = cells[min(int(found[1]), len(cells) - 1)]
    end = {"site": "site", "ends": "until"}.get(found[2] or "", "from")
    return replace(fault, pointer=f"/{here}-{end}")


def typed_week(sessions: Sequence[Any], usual: int) -> Typed:
    """Return a week as somebody would have typed it.

    Args:
        sessions: each with weekday, times and site, in the order of the week.
        usual: the usual site, which is not named.
    """
    typed: dict[str, list[str]] = {}
    counted: dict[str, int] = {}
    for one in sessions:
        day = str(one.weekday)
        number = counted[day] = counted.get(day, 0) + 1
        typed[f"{day}-{number}-from"] = [show_time(one.starts)]
        typed[f"{day}-{number}-until"] = [show_time(one.ends)]
        if one.site is not None and one.site != usual:
            typed[f"{day}-{number}-site"] = [str(one.site)]
    return typed


def times_of(sessions: Sequence[Any]) -> int:
    """Return for how many sessions a day a week needs room."""
    return max(TIMES, *Counter(str(one.weekday) for one in sessions).values(), 0)


def show_week(sessions: Sequence[Any], usual: int) -> tuple[str, ...]:
    """Return a week in lines; days with the same times and site together."""
    by_times: dict[str, list[str]] = {}
    for day in Weekday:
        times = ", ".join(_show(one, usual) for one in sessions if one.weekday == day)
        if times:
            by_times.setdefault(times, []).append(day.value.title())
    return tuple(f"{join_words(days)}: {times}" for times, days in by_times.items())


def _show(one: Any, usual: int) -> str:
    at = f" at site {one.site}" if one.site is not None and one.site != usual else ""
    return f"{show_time(one.starts)} to {show_time(one.ends)}{at}"


def read_hours(text: str) -> int:
    """Read hours a week, such as `5` or `7.5`, and return minutes.

    Raises:
        ValueError: it is none, or more than a week has.
    """
    found = _HOURS.fullmatch(text.strip())
    minutes = 0 if found is None else round(float(text.strip()) * _MINUTES)
    if found is None or minutes > _MOST_HOURS * _MINUTES:
        message = "Enter hours a week, like 5 or 7.5"
        raise ValueError(message)
    return minutes


def typed_hours(minutes: int | None) -> str | None:
    """Return minutes as somebody would type hours: `5`, `7.5`."""
    return None if minutes is None else f"{minutes / _MINUTES:g}"
