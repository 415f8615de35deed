"""What the pages on the children placed with a provider show and ask."""

from collections.abc import Iterator, Sequence

from app.attendance.schemas.told import ExpectedChild
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.attendance_view import (
    CLOSURES,
    PLACEMENTS,
    WRITTEN_DOWN,
    name_of,
    times_of,
)
from app.pages.owners.held_records import RECORDS
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact
from app.providers.service.records import Held
from app.safeguarding.schemas import DutyOut, PlacementDuties
from app.safeguarding.terms import Duty

DUTIES = {
    Duty.LEAD_CONTACT: "Whom to call about the child",
    Duty.ATTENDANCE_FOLLOW_UP: "Whom to call about attendance",
}
_SAID = (
    Question(
        "what",
        "How does the child do?",
        "Say how the child does",
        Kind.PROSE,
        "Name nobody but by what they do. It is kept encrypted under the child's own key, and "
        "read by those who review the placement.",
        needed=True,
    ),
)


def placements_page(held: Held, items: Sequence[ExpectedChild]) -> PartPage:
    """Return the page that lists who is placed with a provider in the coming four weeks."""
    here = f"{RECORDS}/{held.number}"
    first: dict[object, ExpectedChild] = {}
    for one in items:
        first.setdefault(one.placement, one)
    rows = tuple(
        Row(
            name_of(one),
            (
                f"Placed by {one.commissioner}, {one.reference}",
                *week_of([other for other in items if other.placement == one.placement]),
            ),
            (ActionLink("Open", f"{here}/{PLACEMENTS}/{one.placement}"),),
        )
        for one in first.values()
    )
    return PartPage(
        heading="Children placed with you",
        caption=held.name,
        back=ActionLink(held.name, here),
        paragraphs=(
            (
                "Those with a session in the coming four weeks. You see what you need to keep them "
                "safe and to expect them: their names and times. Their numbers, needs and "
                "assessments stay with whoever placed them; ask there for what you lack."
            ),
            WRITTEN_DOWN,
        ),
        sections=(Section("Placed", rows, when_empty="Nobody is placed with you."),),
    )


def week_of(items: Sequence[ExpectedChild]) -> tuple[str, ...]:
    """Return when a child comes, a line for each weekday and time within the days looked at."""
    lines = {(one.on.weekday(), times_of(one)): one for one in reversed(items)}
    return tuple(f"{lines[key].on:%A}, {key[1]}" for key in sorted(lines))


def placement_page(
    held: Held, items: Sequence[ExpectedChild], told: PlacementDuties | None, *, keeps: bool
) -> PartPage:
    """Return the page of one placement.

    Args:
        held: the record.
        items: its sessions in the coming four weeks.
        told: who answers for the child; `None` where whoever looks may not know.
        keeps: whether they speak for the provider.
    """
    here, one = f"{RECORDS}/{held.number}", items[0]
    placed = (
        Row("Placed by", (one.commissioner,)),
        Row("Their reference", (one.reference,)),
        Row("Comes on", week_of(items)),
    )
    say = ActionLink(
        "Say how the child does, for the next review",
        f"{here}/{PLACEMENTS}/{one.placement}/review",
    )
    close = ActionLink(
        "Say that the child is not expected on some days",
        f"{here}/{CLOSURES}/add?placement={one.placement}",
    )
    sections = [Section("The placement", placed, links=(say, close) if keeps else ())]
    if told is not None:
        sections.append(
            Section(
                "Whom to call",
                tuple(row for duty in told.duties for row in _duty(duty)),
                (f"As it stands on {format_day(told.on)}.",),
            )
        )
    return PartPage(
        heading=name_of(one),
        listed_as=f"Placement {one.reference}",
        caption=held.name,
        back=ActionLink("Children placed with you", f"{here}/{PLACEMENTS}"),
        paragraphs=(WRITTEN_DOWN,),
        sections=tuple(sections),
    )


def _duty(duty: DutyOut) -> Iterator[Row]:
    lines = [duty.body.name]
    if duty.contact is None:
        lines.append("It has named nobody yet: ask it whom to call.")
    else:
        lines.append(", ".join(part for part in (duty.contact.name, duty.contact.post) if part))
        lines += [one for one in (duty.contact.phone, duty.contact.email) if one]
    yield Row(DUTIES[duty.duty], tuple(lines))


def contribution_form(held: Held, one: ExpectedChild) -> FormAsked:
    """Return the form on which a provider says how a child does."""
    return FormAsked(
        heading="Say how the child does",
        button="Send it",
        back=ActionLink(name_of(one), f"{RECORDS}/{held.number}/{PLACEMENTS}/{one.placement}"),
        parts=(Part(_SAID),),
        facts=(Fact("Child", (name_of(one),)), Fact("Placed by", (one.commissioner,))),
        paragraphs=("Whoever reviews the placement reads it. You do not see their review.",),
    )
