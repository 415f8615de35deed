"""What the pages on who has not arrived show and ask."""

from collections.abc import Mapping
from typing import Any

from app.access import Actor
from app.attendance.schemas.told import AlertList, AlertOut
from app.pages.attendance_wording import ALERT_ANSWERS
from app.pages.attendance_wording import ALERTS as WHY
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS
from app.pages.filters import format_day, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question
from app.pages.typed_facts import show_time
from app.pages.view_models import ActionLink, Fact

ALERTS = f"{COMMISSIONING}/alerts"
DONE: Mapping[str, str] = {"taken": "You took it. What came of it is written down."}
_BACK = ActionLink("Not arrived", ALERTS)
_STILL = (("", "Nobody took it yet"), ("taken", "Somebody took it"))
_WRITTEN_DOWN = (
    "That you read this is written down, with your name and that it was for safeguarding."
)
_ANSWER = (
    Question(
        "answer",
        "What came of it?",
        "Choose what came of it",
        Kind.ONE,
        offered=tuple(ALERT_ANSWERS.items()),
        needed=True,
    ),
)


def alerts_part(actor: Actor, still: str, found: AlertList, *, further: bool) -> PartPage:
    """Return the list; `further` says whether it is another page than the first."""
    return PartPage(
        heading="Not arrived",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        paragraphs=(
            (
                "Who was expected and was not seen. No report received is no absence: call the "
                "provider first."
            ),
            "That you looked is written down.",
        ),
        sections=(
            Section(
                "The newest first",
                tuple(_row(one) for one in found.items),
                when_empty="There is none.",
            ),
        ),
        next_url=found.links.next,
        first_url=(f"{ALERTS}?still={still}" if still else ALERTS) if further else None,
        narrowed=(Narrowed("Which", select_field("still", _STILL, still)),),
    )


def _row(one: AlertOut) -> Row:
    lines = [one.provider_name, f"Expected {format_day(one.on)} at {show_time(one.starts)}"]
    if one.answer:
        lines.append(f"{ALERT_ANSWERS[one.answer]}: {one.answered_by}")
    return Row(
        one.reference, tuple(lines), (ActionLink("Open", f"{ALERTS}/{one.id}"),), WHY[one.why]
    )


def alert_part(told: AlertOut, *, takes: bool) -> PartPage:
    """Return the page of one alert; `takes` says whether whoever looks may take it."""
    rows = [
        Row("Expected", (f"{format_day(told.on)} at {show_time(told.starts)}",)),
        Row("At", (f"{told.provider_name} ({told.provider}), site {told.site}",)),
        Row("Somebody was to be told by", (format_moment(told.due_at),)),
        Row("Told", (format_moment(told.opened_at),)),
    ]
    if told.answer:
        by = f"{told.answered_by}, {format_moment(told.answered_at or told.opened_at)}"
        rows.append(Row("What came of it", (ALERT_ANSWERS[told.answer], by)))
    take = ActionLink("Take it, and say what came of it", f"{ALERTS}/{told.id}/take")
    week = ActionLink(
        "Who came, that week", f"{PLACEMENTS}/{told.placement}/attendance?since={told.on}"
    )
    return PartPage(
        heading="Not arrived",
        caption=told.reference,
        back=_BACK,
        tag=TagView("Taken", "grey") if told.answer else WHY[told.why],
        paragraphs=(_WRITTEN_DOWN,),
        sections=(
            Section(
                "What is known",
                tuple(rows),
                links=(take, week) if takes and not told.answer else (week,),
            ),
        ),
    )


def take_form(row: Any) -> FormAsked:
    """Return the form on which somebody takes an alert."""
    return FormAsked(
        heading="Take it, and say what came of it",
        button="Take it",
        back=ActionLink("The alert", f"{ALERTS}/{row.id}"),
        parts=(Part(_ANSWER),),
        facts=(Fact("Placement", (row.reference,)), Fact("At", (row.provider_name,))),
    )
