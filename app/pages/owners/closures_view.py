"""What a provider's pages on days on which nobody is expected show and ask."""

from collections.abc import Sequence
from typing import Any

from app.attendance.schemas.told import ClosureOut
from app.pages.attendance_closures import DAYS, closure_row, taken_back
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.attendance_view import ATTENDANCE, CLOSURES, PLACEMENTS
from app.pages.owners.held_records import RECORDS
from app.pages.part_view import PartPage, Section
from app.pages.questions import Kind, Question, whole_number
from app.pages.view_models import ActionLink
from app.providers.service.records import Held


def closures_page(held: Held, items: Sequence[ClosureOut]) -> PartPage:
    """Return the page that lists what a provider said of its days."""
    here = f"{RECORDS}/{held.number}"
    return PartPage(
        heading="Days on which nobody is expected",
        caption=held.name,
        back=ActionLink("Who is expected", f"{here}/{ATTENDANCE}"),
        paragraphs=(
            "Bank holidays need not be said. On these days nobody is told that a child is missing.",
        ),
        sections=(
            Section(
                "What was said, the newest first",
                tuple(closure_row(one, f"{here}/{CLOSURES}") for one in items),
                when_empty="Nothing yet.",
                links=(ActionLink("Close a site on some days", f"{here}/{CLOSURES}/add"),),
            ),
        ),
    )


def add_closure_form(held: Held, sites: Sequence[Any], placement: str) -> FormAsked:
    """Return the form on which days are closed: of a site, or of one placement if one is named."""
    here = f"{RECORDS}/{held.number}"
    if placement:
        return FormAsked(
            heading="A child is not expected on some days",
            button="Say so",
            back=ActionLink("The placement", f"{here}/{PLACEMENTS}/{placement}"),
            parts=(Part(DAYS),),
            paragraphs=("Whoever placed the child sees it.",),
        )
    where = Question(
        "site",
        "Which site?",
        "Choose a site",
        Kind.ONE,
        offered=tuple((str(one.reference), one.name) for one in sites),
        needed=True,
        reads=whole_number,
    )
    return FormAsked(
        heading="Close a site on some days",
        button="Close it on these days",
        back=ActionLink("Days on which nobody is expected", f"{here}/{CLOSURES}"),
        parts=(Part((where, *DAYS)),),
        paragraphs=("Whoever placed children there sees it.",),
    )


def withdraw_form(held: Held, found: Any) -> FormAsked:
    """Return the form on which it is taken back that nobody is expected."""
    back = f"{RECORDS}/{held.number}/{CLOSURES}"
    return taken_back(found, ActionLink("Days on which nobody is expected", back))
