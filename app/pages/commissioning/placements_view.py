"""What the list of placements shows."""

import uuid
from dataclasses import dataclass

from app import clock
from app.access import Actor, Permission
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS
from app.pages.commissioning.placement_wording import ROUTES, STATES
from app.pages.filters import format_day
from app.pages.form_parts import select_field, text_field
from app.pages.part_view import Narrowed, NarrowedByText, PartPage, Row, Section, TagView
from app.pages.view_models import ActionLink
from app.placements.schemas import PlacementBrief, PlacementList

EXPORTS = f"{COMMISSIONING}/exports"

_STATES = (
    ("", "All of them"),
    ("live", "Those that run"),
    ("upcoming", "Those that have not begun"),
    ("ended", "Those that ended"),
    ("overdue", "Those not assessed in time"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which placements are shown; what is empty narrows nothing."""

    state: str
    provider: str
    child: uuid.UUID | None

    @property
    def narrowing(self) -> tuple[tuple[str, str], ...]:
        """What the list is narrowed to, for its address."""
        child = str(self.child) if self.child else ""
        named = (("state", self.state), ("provider", self.provider), ("child", child))
        return tuple((name, value) for name, value in named if value)


def placements_part(actor: Actor, shown: Shown, found: PlacementList, *, further: bool) -> PartPage:
    """Return the page that lists placements, the newest first."""
    first = f"{PLACEMENTS}?{'&'.join('='.join(one) for one in shown.narrowing)}".rstrip("?")
    child = str(shown.child) if shown.child else ""
    return PartPage(
        heading="All placements",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(
            Section(
                "Found",
                tuple(_row(one) for one in found.items),
                when_empty="There is none.",
                links=_links(actor),
            ),
        ),
        paragraphs=("Children are named here by your own references alone.",),
        next_url=found.links.next,
        first_url=first if further else None,
        narrowed=(Narrowed("Which", select_field("state", _STATES, shown.state)),),
        narrowed_by_text=(
            NarrowedByText("At the provider number", text_field("provider", shown.provider)),
        ),
        unseen=(("child", child),) if child else (),
    )


def _links(actor: Actor) -> tuple[ActionLink, ...]:
    exports = ActionLink("Lists for an inspector’s call and the census", EXPORTS)  # noqa: RUF001
    if Permission.PLACEMENTS_RECORD not in actor.permissions:
        return (exports,)
    return (
        ActionLink("Record a placement", f"{PLACEMENTS}/add"),
        ActionLink("Record many from a file", f"{PLACEMENTS}/file"),
        exports,
    )


def _row(one: PlacementBrief) -> Row:
    days = f"From {format_day(one.starts_on)}"
    if one.ended_on is not None:
        days += f" to {format_day(one.ended_on)}"
    elif one.planned_end_on is not None:
        days += f", planned until {format_day(one.planned_end_on)}"
    late = one.ended_on is None and one.assess_by is not None and one.assess_by < clock.today()
    return Row(
        one.reference,
        (f"{one.provider_name} ({one.provider}), site {one.site}", ROUTES[one.route], days),
        (ActionLink("Open it", f"{PLACEMENTS}/{one.id}"),),
        TagView("Not assessed in time", "red") if late else STATES[one.state],
    )
