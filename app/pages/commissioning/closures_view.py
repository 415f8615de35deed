"""What a commissioner's pages on days on which nobody is expected show and ask."""

import uuid
from collections.abc import Mapping

from pydantic import BaseModel

from app.access import Actor
from app.attendance.schemas.told import ClosureList
from app.pages.attendance_closures import DAYS, closure_row
from app.pages.commissioning.attendance_view import CLOSURES
from app.pages.commissioning.forms import DESK, PLACEMENTS
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Section
from app.pages.view_models import ActionLink

DONE: Mapping[str, str] = {
    "closed": "Nobody is expected on these days.",
    "opened": "It was taken back: children are expected on these days.",
}
BACK = ActionLink("Days on which nobody is expected", CLOSURES)


class Named(BaseModel):
    """The placement that an address names."""

    placement: uuid.UUID


def closures_part(actor: Actor, found: ClosureList, *, further: bool) -> PartPage:
    """Return the list; `further` says whether it is another page than the first."""
    return PartPage(
        heading="Days on which nobody is expected",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        paragraphs=(
            (
                "Your holidays, and days of one placement. Bank holidays need not be said. On "
                "these days nobody is told that a child is missing."
            ),
        ),
        sections=(
            Section(
                "What you said, the newest first",
                tuple(closure_row(one, CLOSURES) for one in found.items),
                when_empty="Nothing yet.",
                links=(ActionLink("Say it of every child whom you place", f"{CLOSURES}/add"),),
            ),
        ),
        next_url=found.links.next,
        first_url=CLOSURES if further else None,
    )


def add_closure_form(placement: str) -> FormAsked:
    """Return the form: of every child whom one places, or of one placement if one is named."""
    if placement:
        return FormAsked(
            heading="The child is not expected on some days",
            button="Say so",
            back=ActionLink("Who came", f"{PLACEMENTS}/{placement}/attendance"),
            parts=(Part(DAYS),),
            paragraphs=("The provider sees it.",),
        )
    return FormAsked(
        heading="No child whom you place is expected on some days",
        button="Say so",
        back=BACK,
        parts=(Part(DAYS),),
        paragraphs=("Every provider where you placed somebody sees it.",),
    )
