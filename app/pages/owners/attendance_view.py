"""What the pages on whom a provider expects show and ask."""

from collections.abc import Sequence
from datetime import date, timedelta

from app import clock
from app.attendance.schemas.told import ExpectedChild
from app.pages.attendance_forms import Asked, row_part, told_part
from app.pages.attendance_wording import NO_REPORT, REPORTS, WHY_NOT
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked
from app.pages.form_parts import select_field
from app.pages.owners.held_records import RECORDS
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.typed_facts import show_time
from app.pages.view_models import ActionLink
from app.providers.service.records import Held

ATTENDANCE, CLOSURES, PLACEMENTS = "attendance", "closures", "placements"
_DAY = timedelta(days=1)
AROUND = 14
"""How many days before and after today the page offers."""
WRITTEN_DOWN = "That you read who is expected is written down, with your name."


def day_page(
    held: Held, day: date, items: Sequence[ExpectedChild], *, may_report: bool
) -> PartPage:
    """Return the page of a day: whom the provider expects, and what was reported.

    Args:
        held: the record.
        day: which.
        items: the sessions timetabled on it.
        may_report: whether whoever looks may report.
    """
    here = f"{RECORDS}/{held.number}"
    report = ActionLink("Report who came", f"{here}/{ATTENDANCE}/{day}/report")
    expected = [one for one in items if one.expected]
    others = [one for one in items if not one.expected]
    sections = [
        Section(
            f"Expected on {day:%A}, {format_day(day)}",
            tuple(_row(one, here) for one in expected),
            when_empty="Nobody is expected on this day.",
            links=(report,) if may_report and items else (),
        )
    ]
    if others:
        rows = tuple(_row(one, here) for one in others)
        sections.append(Section("Timetabled, and not expected", rows))
    return PartPage(
        heading="Who is expected",
        caption=held.name,
        back=ActionLink(held.name, here),
        paragraphs=(
            (
                "Report the same morning: whoever placed a child is told when it has not arrived, "
                "or when nobody has reported. No report is no absence."
            ),
            WRITTEN_DOWN,
        ),
        sections=tuple(sections),
        narrowed=(Narrowed("Which day", select_field("on", _days(day), str(day))),),
        others=(
            ActionLink("Days on which nobody is expected", f"{here}/{CLOSURES}"),
            ActionLink("Children placed with you", f"{here}/{PLACEMENTS}"),
        ),
    )


def _days(chosen: date) -> list[tuple[str, str]]:
    """Return the days that are offered: two weeks before today to two weeks after it."""
    today = clock.today()
    days = {chosen, *(today + _DAY * number for number in range(-AROUND, AROUND + 1))}
    words = {today: "Today, "}
    return [(str(day), f"{words.get(day, '')}{day:%A} {format_day(day)}") for day in sorted(days)]


def _at(here: str, day: date) -> str:
    return f"{here}/{ATTENDANCE}?on={day}"


def name_of(one: ExpectedChild) -> str:
    """Return what a child is called, or the commissioner's reference once that is erased."""
    return f"{one.given_names} {one.family_name}" if one.given_names else one.reference


def times_of(one: ExpectedChild) -> str:
    """Return when and where a session is."""
    return f"{show_time(one.starts)} to {show_time(one.ends)}, site {one.site}"


def _row(one: ExpectedChild, here: str) -> Row:
    whose = f"Placed by {one.commissioner}, {one.reference}"
    why = (WHY_NOT[one.why_not_expected],) if one.why_not_expected else ()
    return Row(
        name_of(one),
        (times_of(one), whose, *why),
        (ActionLink("Open", f"{here}/{PLACEMENTS}/{one.placement}"),),
        _tag(one),
    )


def _tag(one: ExpectedChild) -> TagView:
    return REPORTS[one.reported] if one.reported else NO_REPORT


def report_form(held: Held, day: date, items: Sequence[ExpectedChild]) -> FormAsked:
    """Return the form on which a whole day is reported."""
    parts = tuple(
        row_part(
            Asked(one.placement, one.on, one.starts),
            f"{name_of(one)}, {times_of(one)}",
            _so_far(one),
        )
        for one in items
    )
    return FormAsked(
        heading=f"Who came on {day:%A}, {format_day(day)}",
        button="Report" if items else None,
        back=ActionLink("Who is expected", _at(f"{RECORDS}/{held.number}", day)),
        parts=(*parts, told_part()) if items else (),
        paragraphs=(
            (
                "Leave a child out of whom there is nothing to report. What was reported before "
                "stays readable; what you report last stands."
            )
            if items
            else "Nobody is timetabled for this day.",
        ),
    )


def _so_far(one: ExpectedChild) -> str:
    said = f"Reported so far: {REPORTS[one.reported].label.lower()}." if one.reported else ""
    why = f"{WHY_NOT[one.why_not_expected]}." if one.why_not_expected else ""
    return " ".join(part for part in (f"Placed by {one.commissioner}.", why, said) if part)
