"""What the pages on whether children of a case are full-time there show and ask."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app import clock
from app.access import Actor, Permission
from app.pages.filters import format_day, join_words
from app.pages.form_page_view import FormAsked, Part
from app.pages.oversight.start_view import CASES
from app.pages.oversight.wording import rests_on
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink, Fact
from app.placements.schemas import CaseChildOut, CaseChildren, FullTimeFindingOut
from app.placements.terms import FullTime
from app.rules.registration.children import hours_of
from app.rules.registration.facts import Delivery
from app.rules.registration.law import DEPARTMENTS_FINDING

_DELIVERIES: Mapping[str, str] = {
    Delivery.AT_A_SETTING: "at the setting",
    Delivery.LONE_TUTOR: "with one tutor alone",
    Delivery.ONLINE: "online",
}
FINDINGS: Mapping[str, str] = {
    FullTime.NOT_FULL_TIME: "Not full-time there",
    FullTime.BY_THE_HOURS: "Counted by the hours again",
}
_LAW = f"{DEPARTMENTS_FINDING.says} {rests_on(DEPARTMENTS_FINDING.basis, '')}".rstrip(": ")
_ASKED = (
    Question(
        "finding",
        "What was found?",
        "Choose what was found",
        Kind.ONE,
        offered=(
            (
                FullTime.NOT_FULL_TIME.value,
                FINDINGS[FullTime.NOT_FULL_TIME],
                "Whatever the timetable says, up to the hours that are shown above.",
            ),
            (
                FullTime.BY_THE_HOURS.value,
                FINDINGS[FullTime.BY_THE_HOURS],
                "What was found before no longer holds.",
            ),
        ),
        needed=True,
    ),
    Question("since", "The first day on which it holds", "Enter the day", Kind.DAY, needed=True),
    Question(
        "until",
        "The last day on which it holds",
        "Enter the last day",
        Kind.DAY,
        "Leave it empty if no end is set.",
    ),
    Question(
        "reasons",
        "How is that known?",
        "Say how that is known",
        Kind.PROSE,
        "Name no child.",
        needed=True,
    ),
)


def children_part(actor: Actor, case: Any, told: CaseChildren) -> PartPage:
    """Return the page of the children of a case."""
    places = {one.child: place for place, one in enumerate(told.items, start=1)}
    finds = Permission.REGISTRATION_CASES_CLOSE in actor.permissions and case.closed_at is None
    return PartPage(
        heading="Children the case is about",
        caption=case.provider_name,
        back=ActionLink("The case", f"{CASES}/{told.case}"),
        paragraphs=(
            (
                "They have no names here, and are called differently in every case. Whoever places "
                "them is named for you to ask. That you looked is written down."
            ),
            f"{_LAW}. Neither commissioners nor the provider are told.",
        ),
        sections=(
            Section(
                f"On {format_day(told.on)}",
                tuple(_child(one, places[one.child], told.case, finds=finds) for one in told.items),
                when_empty="Nobody is placed there on this day.",
            ),
            Section(
                "What was found, the newest first",
                tuple(_finding(one, places) for one in told.findings),
                when_empty="Nothing yet.",
            ),
        ),
    )


def _child(one: CaseChildOut, place: int, case_id: UUID, *, finds: bool) -> Row:
    find = ActionLink("Record a finding", f"{CASES}/{case_id}/children/{one.child}/find")
    return Row(
        f"Child {place}",
        tuple(_facts(one)),
        (find,) if finds else (),
        TagView(FINDINGS[FullTime.NOT_FULL_TIME], "green") if one.found_not_full_time else None,
    )


def _facts(one: CaseChildOut) -> Iterator[str]:
    yield f"{_capital(hours_of(one.weekly_minutes))} here, {_DELIVERIES[one.delivery]}"
    if one.minutes_elsewhere is None:
        yield "Nobody has said whether there is other education"
    else:
        yield f"{_capital(hours_of(one.minutes_elsewhere))} elsewhere"
    if one.of_school_age is None:
        yield "Nobody holds the birth any more"
    elif not one.of_school_age:
        yield "Not of compulsory school age"
    if one.has_plan:
        yield "Has an EHC plan"
    if one.looked_after:
        yield "Looked after by a local authority"
    if one.has_needs and not one.has_plan:
        yield "Has special educational needs"
    yield f"Placed by {join_words(one.commissioners)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _finding(one: FullTimeFindingOut, places: Mapping[UUID, int]) -> Row:
    name = f"Child {places[one.child]}" if one.child in places else "A child no longer there"
    until = f" until {format_day(one.until)}" if one.until else ""
    return Row(
        name,
        (
            f"{FINDINGS[one.finding]}, up to {hours_of(one.weekly_minutes)}",
            f"From {format_day(one.since)}{until}",
            one.reasons,
            f"{one.found_by}, {format_day(one.found_at)}",
        ),
    )


def finding_form(case: Any, child: CaseChildOut) -> FormAsked:
    """Return the form on which the department says what it found of one child."""
    return FormAsked(
        heading="Record what was found of one child",
        button="Record it",
        back=ActionLink("Children the case is about", f"{CASES}/{case.id}/children"),
        parts=(Part(_ASKED),),
        facts=(Fact("Provider", (case.provider_name,)), Fact("Child", tuple(_facts(child)))),
        warning="It stands under your name and is never changed. A later finding can follow it.",
        typed=shown(_ASKED, {"since": clock.today()}),
    )
