"""What the pages on the dates of terms show and ask."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.access import Actor, Permission
from app.organisations.schemas.calendars import DaysStated, SchoolCalendarOut
from app.organisations.service.calendars import NOT_YET
from app.pages.commissioning.forms import COMMISSIONING, DESK
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink

TERMS = f"{COMMISSIONING}/terms"
BACK = ActionLink("Dates of terms", TERMS)
DONE: Mapping[str, str] = {"stated": "The dates are kept. What is counted now is counted by them."}
_COUNTED_BY = (
    "School days are counted by these dates: when a place is reviewed, and by when notice is "
    "given. Where a school states none, those of its local authority are used. "
    "Where nobody stated any, school days are guessed, and every page that counts them says so."
)
_AHEAD = 2
"""So many school years can be filled in, the present one included."""
_FORM = re.compile(r"(.+?)\s+(?:to|-|–|until)\s+(.+)", re.IGNORECASE)  # noqa: RUF001 - as typed
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOW = "One period a line, with its first and last day, like 2 9 2026 to 23 10 2026."


def terms_part(
    actor: Actor, stated: Sequence[SchoolCalendarOut], holding: Sequence[int], year: int
) -> PartPage:
    """Return the page of the school years.

    Args:
        actor: who looks.
        stated: the organisation's own.
        holding: the years that hold for it, also those of its local authority.
        year: in which the present school year began.
    """
    may = Permission.PLACEMENTS_RECORD in actor.permissions
    years = {one.school_year: one for one in stated}
    wanted = sorted({*years, *range(year, year + _AHEAD)}, reverse=True)
    rows = tuple(_row(one, years.get(one), one in holding, may=may) for one in wanted)
    return PartPage(
        heading="Dates of terms",
        caption=actor.organisation_name or "",
        back=DESK,
        sections=(Section("School years", rows),),
        paragraphs=(_COUNTED_BY,),
    )


def _row(year: int, held: SchoolCalendarOut | None, holds: bool, *, may: bool) -> Row:
    links = (ActionLink(f"State the terms of {_named(year)}", f"{TERMS}/{year}"),) if may else ()
    if held is None:
        words = "Those of the local authority" if holds else "Not stated: school days are guessed"
        return Row(_named(year), (words,), links)
    terms = tuple(f"Term: {_days(one)}" for one in held.terms)
    closures = tuple(f"No school: {_days(one)}" for one in held.closures)
    said = f"Stated by {held.stated_by} on {format_day(held.stated_at.date())}"
    return Row(_named(year), (*terms, *closures, said), links)


def terms_asked(year: int, held: SchoolCalendarOut | None) -> FormAsked:
    """Return the form of one school year, filled in with what is held of it."""
    return FormAsked(
        heading=f"Terms of {_named(year)}",
        button="Keep these dates",
        back=BACK,
        parts=(Part(_QUESTIONS),),
        paragraphs=("State the whole school year. What was stated before is replaced.",),
        typed={
            "terms": [_lines(held.terms if held else ())],
            "closures": [_lines(held.closures if held else ())],
        },
        version=held.version if held else NOT_YET,
    )


def stated_of(answers: Mapping[str, object]) -> dict[str, object]:
    """Return what was answered, by the members of the schema."""
    return {name: answers[name] or [] for name in ("terms", "closures")}


def read_periods(text: str) -> list[dict[str, str]]:
    """Read periods, one a line.

    Raises:
        ValueError: a line is none; the words say which, and how to write it.
    """
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        parts = _FORM.fullmatch(line)
        days = [_day(part) for part in parts.groups()] if parts else []
        if None in days or not days:
            message = f"“{line[:60]}” is no first and last day. Write 2 9 2026 to 23 10 2026"
            raise ValueError(message)
        found.append({"first": str(days[0]), "last": str(days[1])})
    return found


def _day(text: str) -> date | None:
    parts = re.split(r"[\s/.]+", text.strip())
    if len(parts) != 3:  # noqa: PLR2004 - day, month and year
        return None
    day, month, year = parts
    number = month[:3].lower()
    month = str(_MONTHS.index(number) + 1) if number in _MONTHS else month
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_QUESTIONS = (
    Question(
        "terms",
        "Terms",
        kind=Kind.PROSE,
        hint=_HOW,
        needed=True,
        reads=read_periods,
        when_empty="Give at least one term",
    ),
    Question(
        "closures",
        "Days in terms without school",
        kind=Kind.PROSE,
        hint=f"Half terms and training days, if any. {_HOW}",
        reads=read_periods,
    ),
)


def _named(year: int) -> str:
    return f"{year} to {year + 1}"


def _days(days: DaysStated) -> str:
    if days.first == days.last:
        return format_day(days.first)
    return f"{format_day(days.first)} to {format_day(days.last)}"


def _lines(periods: Iterable[DaysStated]) -> str:
    return "\n".join(f"{_plain(one.first)} to {_plain(one.last)}" for one in periods)


def _plain(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
