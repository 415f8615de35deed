"""What is asked and shown of days on which nobody is expected, whoever says so."""

from typing import Any

from app.attendance.schemas.told import ClosureOut
from app.pages.attendance_wording import CLOSURES as REASONS
from app.pages.attendance_wording import SCOPES
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked
from app.pages.part_view import Row, TagView
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact

DAYS = (
    Question("since", "The first day", "Enter the first day", Kind.DAY, needed=True),
    Question("until", "The last day", "Enter the last day", Kind.DAY, needed=True),
    Question(
        "reason",
        "Why is nobody expected?",
        "Choose why",
        Kind.ONE,
        offered=tuple(REASONS.items()),
        needed=True,
    ),
)


def closure_row(one: ClosureOut, here: str) -> Row:
    """Return a line of what was said; `here` is where such pages are."""
    stands = one.withdrawn_at is None
    days = format_day(one.since)
    if one.until != one.since:
        days = f"{days} to {format_day(one.until)}"
    return Row(
        days,
        (REASONS[one.reason], SCOPES[one.scope], f"Said by {one.said_by}"),
        (ActionLink("Take it back", f"{here}/{one.id}/withdraw"),) if stands else (),
        None if stands else TagView("Taken back", "grey"),
    )


def taken_back(found: Any, back: ActionLink) -> FormAsked:
    """Return the form on which it is taken back, with the way back to where such pages are."""
    days = f"{format_day(found.since)} to {format_day(found.until)}"
    return FormAsked(
        heading="Expect children on these days after all?",
        button="Take it back",
        back=back,
        facts=(Fact("Days", (days,)), Fact("Why", (REASONS[found.reason],))),
    )
