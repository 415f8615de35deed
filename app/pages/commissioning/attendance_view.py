"""What the pages on who came to a placement show and ask."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app import clock
from app.attendance.schemas.told import (
    AttendanceContactOut,
    AttendanceSession,
    CodeDecided,
    HalfDay,
    PlacementAttendance,
)
from app.pages.attendance_forms import Asked, row_part, told_part
from app.pages.attendance_wording import ABSENCES, HALVES, NO_REPORT, REPORTS, SOURCES, WHY_NOT
from app.pages.commissioning.forms import COMMISSIONING, PLACEMENTS, WRITTEN_DOWN
from app.pages.commissioning.placement_wording import BASES
from app.pages.filters import format_day, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.typed_facts import show_time
from app.pages.view_models import ActionLink
from app.rules.attendance.codes import MEANINGS
from app.rules.attendance.reporting import Half

CLOSURES = f"{COMMISSIONING}/closures"
DONE: Mapping[str, str] = {
    "codes": "The codes were entered. Where one does not fit, the page says why.",
    "noted": "What you were told was noted.",
    "contact": "Whom alerts go to was agreed.",
}
_WEEKS = 8
_CODES = tuple((code.value, f"{code.value}: {MEANINGS[code].says}") for code in MEANINGS)


@dataclass(frozen=True, slots=True)
class Acts:
    """What whoever looks may do: note calls, enter codes, agree on a contact."""

    reports: bool
    codes: bool
    agrees: bool


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_at(placement_id: uuid.UUID, monday: date, done: str) -> str:
    """Return where a week of a placement is shown, with what was just done."""
    return f"{PLACEMENTS}/{placement_id}/attendance?since={monday}&done={done}"


def attendance_part(reference: str, told: PlacementAttendance, acts: Acts) -> PartPage:
    """Return the page of a week of a placement."""
    here = f"{PLACEMENTS}/{told.placement}"
    contact = ActionLink("Agree on another", f"{here}/attendance/contact")
    away = f"{CLOSURES}/add?placement={told.placement}"
    closure = ActionLink("Say that the child is not expected on some days", away)
    codes = ActionLink("Enter the week’s codes", f"{here}/attendance/{told.since}/codes")  # noqa: RUF001
    return PartPage(
        heading="Who came",
        caption=reference,
        back=ActionLink(f"Placement {reference}", here),
        paragraphs=(WRITTEN_DOWN,),
        narrowed=(Narrowed("Which week", select_field("since", _weeks(told), str(told.since))),),
        sections=(
            Section("The week", tuple(_counts(told)), links=(codes,) if acts.codes else ()),
            *(_session(one, here, acts) for one in told.sessions),
            *(() if told.sessions else (Section("Sessions", (), when_empty="There is none."),)),
            Section(
                "Whom we call when somebody has not arrived",
                tuple(_contact(told.contact)),
                links=(contact, closure) if acts.agrees else (),
            ),
        ),
    )


def _weeks(told: PlacementAttendance) -> list[tuple[str, str]]:
    this = monday_of(clock.today())
    weeks = {told.since, *(this - timedelta(weeks=number) for number in range(-1, _WEEKS))}
    return [(str(one), f"From {format_day(one)}") for one in sorted(weeks, reverse=True)]


def _counts(told: PlacementAttendance) -> Iterator[Row]:
    counts = told.counts
    yield Row("Expected", (str(counts.expected),))
    yield Row("Attended", (f"{counts.attended}, of them late: {counts.late}",))
    yield Row("Absent", (str(counts.absent),))
    yield Row("No report received", (f"{counts.not_reported}; that is no absence",))


def _session(one: AttendanceSession, here: str, acts: Acts) -> Section:
    latest = one.facts[0] if one.facts else None
    tag = REPORTS[latest.kind] if latest else NO_REPORT
    lines = [line for fact in one.facts for line in _fact(fact)]
    if one.why_not_expected:
        lines.insert(0, f"Not expected: {WHY_NOT[one.why_not_expected]}")
        tag = tag if latest else TagView("Not expected", "grey")
    rows = [Row("Reported", tuple(lines), (), tag)]
    rows += [_half(half) for half in one.halves]
    note = ActionLink("Note what a call told you", f"{here}/attendance/{one.on}/call")
    heading = f"{one.on:%A} {format_day(one.on)}, {show_time(one.starts)} to {show_time(one.ends)}"
    return Section(heading, tuple(rows), links=(note,) if acts.reports else ())


def _fact(fact: Any) -> Iterator[str]:
    words = REPORTS[fact.kind].label
    if fact.arrived_at:
        words += f", came at {show_time(fact.arrived_at)}"
    if fact.left_at:
        words += f", left at {show_time(fact.left_at)}"
    if fact.absence:
        words += f": {ABSENCES[fact.absence].lower()}"
    by = f"{fact.reported_by}, of {SOURCES[fact.source]}, {format_moment(fact.recorded_at)}"
    yield f"{words}. {by}"
    if fact.told_by:
        yield f"By phone from {fact.told_by}, {format_moment(fact.told_at)}"


def _half(half: HalfDay) -> Row:
    rule = half.why.rule
    because = f"{half.why.because} This rests on {BASES[rule.basis]}: {rule.citation.source}"
    proposed = f"Proposed: {half.proposed}" if half.proposed else "Nothing is proposed"
    lines, tag = [f"{proposed}. {because}"], TagView("Not decided", "grey")
    if half.decided:
        lines.insert(0, f"Entered: {half.decided.code}, by {half.decided.decided_by}")
        fits = half.decided.warning is None
        tag = TagView("Fits", "green") if fits else TagView("Does not fit", "yellow")
        if half.decided.warning:
            lines.insert(1, half.decided.warning)
    return Row(f"Code, {HALVES[half.half].lower()}", tuple(lines), (), tag)


def _contact(contact: AttendanceContactOut) -> Iterator[Row]:
    whom = contact.name or "Everybody who places or safeguards for the commissioner"
    yield Row("Who is told", (whom,))
    yield Row("How soon", (f"{contact.minutes} minutes after the expected time",))
    rule = contact.rule
    why = f"The interval rests on {BASES[rule.basis]}: {rule.citation.source}"
    yield Row("Unless agreed otherwise", (why,))


def halves_of(
    week: Sequence[AttendanceSession],
) -> Iterator[tuple[str, date, Half, CodeDecided | None]]:
    """Yield each half day of a week once: its field, the day, the half, the code so far."""
    seen = set()
    for one in week:
        for half in one.halves:
            name = _name(one.on, half.half)
            if name not in seen:
                seen.add(name)
                yield name, one.on, half.half, half.decided


def _name(on: date, half: Half) -> str:
    return f"c{on:%m%d}-{half.value}"


def codes_form(
    placement_id: uuid.UUID, monday: date, week: Sequence[AttendanceSession]
) -> FormAsked:
    """Return the form on which a school enters the codes of a week."""
    proposed = {
        _name(one.on, half.half): (one, half) for one in reversed(week) for half in one.halves
    }
    parts = tuple(
        Part((_code_question(name, on, half, proposed[name]),))
        for name, on, half, _ in halves_of(week)
    )
    typed = {
        name: (half.decided.code if half.decided else half.proposed) or ""
        for name, (_, half) in proposed.items()
    }
    return FormAsked(
        heading=f"Codes of the week from {format_day(monday)}",
        button="Enter them" if parts else None,
        back=ActionLink("Who came", f"{PLACEMENTS}/{placement_id}/attendance?since={monday}"),
        parts=parts,
        paragraphs=(
            (
                "The school decides. What fits is filled in where nothing was entered; without a "
                "report nothing is proposed. A code that does not fit is warned of, and refused "
                "only where the law forbids it."
            ),
        )
        if parts
        else ("There is no session in this week.",),
        typed={name: [code] for name, code in typed.items()},
    )


def _code_question(
    name: str, on: date, half: Half, of: tuple[AttendanceSession, HalfDay]
) -> Question:
    session, told = of
    reported = REPORTS[session.facts[0].kind].label if session.facts else NO_REPORT.label
    label = f"{on:%A} {format_day(on)}, {HALVES[half].lower()}"
    hint = f"{reported}. {told.why.because}"
    return Question(name, label, "Choose a code", Kind.LIST, hint, _CODES, none="Enter no code")


def call_form(
    placement_id: uuid.UUID, day: date, sessions: Sequence[AttendanceSession]
) -> FormAsked:
    """Return the form on which is noted what a call told of a day."""
    parts = tuple(
        row_part(
            Asked(placement_id, one.on, one.starts),
            f"{show_time(one.starts)} to {show_time(one.ends)}",
            f"Reported so far: {REPORTS[one.facts[0].kind].label.lower()}."
            if one.facts
            else "Nothing was reported so far.",
        )
        for one in sessions
    )
    return FormAsked(
        heading=f"What a call told of {day:%A}, {format_day(day)}",
        button="Note it" if parts else None,
        back=ActionLink("Who came", f"{PLACEMENTS}/{placement_id}/attendance?since={day}"),
        parts=(*parts, told_part()) if parts else (),
        paragraphs=("What was reported before stays readable; what is noted last stands.",)
        if parts
        else ("There is no session on this day.",),
    )


def contact_form(
    placement_id: uuid.UUID, people: Sequence[Any], present: AttendanceContactOut
) -> FormAsked:
    """Return the form on which is agreed whom alerts go to, and how soon."""
    questions = (
        Question(
            "person",
            "Who is told?",
            "Choose who is told",
            Kind.LIST,
            offered=tuple((str(one.person_id), one.name) for one in people),
            needed=True,
        ),
        Question(
            "minutes",
            "How many minutes after the expected time?",
            "Enter how many minutes",
            reads=whole_number,
            needed=True,
            classes="govuk-input--width-4",
            mode="numeric",
        ),
    )
    facts = {"person": present.person, "minutes": present.minutes}
    return FormAsked(
        heading="Whom to call when somebody has not arrived",
        button="Agree",
        back=ActionLink("Who came", f"{PLACEMENTS}/{placement_id}/attendance"),
        parts=(Part(questions),),
        typed=shown(questions, facts),
    )
