"""What forms ask about who came: a row for each session, and whoever told it by phone.

Each row's fields bear its own name, so that a fault is told where it was typed, and nothing that
somebody typed lands on another child where the day changed meanwhile. Pure but for the reading of
what came of each row.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from app.attendance.schemas.asked import BatchedFact
from app.attendance.service.reporting import Row as Reported
from app.attendance.service.reporting import read_rows
from app.clock import LONDON
from app.errors import AppError, FieldFault, InvalidRequestError
from app.pages.attendance_wording import ABSENCES, REPORTS
from app.pages.form_page import Answers
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question
from app.pages.typed_facts import read_time
from app.rules.attendance.reporting import ReportKind

_CAME_LATE = frozenset({ReportKind.LATE, ReportKind.LEFT_EARLY})
_TIME = "govuk-input--width-5"
_OF_ROW = ("arrived_at", "left_at", "absence")
_TOLD = (
    Question("told_by", "Who told you?", "Say who told it", hint="Their name and what they do."),
    Question("told_on", "On which day?", "Enter the day of the call", Kind.DAY),
    Question(
        "told_time",
        "At what time?",
        "Enter the time of the call, like 9:30am",
        reads=read_time,
        classes=_TIME,
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One session that a form asks about.

    Attributes:
        placement: of which placement.
        on: the day.
        starts: when it starts.
    """

    placement: uuid.UUID
    on: date
    starts: time

    @property
    def name(self) -> str:
        """What the names of its fields begin with."""
        return f"s{self.placement.hex}-{self.on:%m%d}-{self.starts:%H%M}"


def row_part(asked: Asked, heading: str, words: str) -> Part:
    """Return what is asked about one session, under a heading that says whose."""
    offered = tuple((code, tag.label) for code, tag in REPORTS.items())
    return Part(
        (
            Question(
                f"{asked.name}-kind",
                "What was seen",
                "Choose what was seen",
                Kind.LIST,
                offered=offered,
                none="Nothing to report",
            ),
            *(_time(asked, *one) for one in (("arrived_at", "Came at"), ("left_at", "Left at"))),
            Question(
                f"{asked.name}-absence",
                "Why absent",
                "Choose why they were absent",
                Kind.LIST,
                offered=tuple(ABSENCES.items()),
                none="Not absent",
            ),
        ),
        heading,
        words,
        beside=True,
    )


def _time(asked: Asked, field: str, label: str) -> Question:
    return Question(
        f"{asked.name}-{field}",
        label,
        "Enter a time, like 9:30am",
        reads=read_time,
        classes=_TIME,
    )


def told_part() -> Part:
    """Return what is asked of a call, by which somebody told it afterwards."""
    words = "Leave it empty for what you saw yourself."
    return Part(_TOLD, "If you were told by phone", words)


def facts_of(rows: Sequence[Asked], answers: Answers) -> list[tuple[Asked, BatchedFact]]:
    """Return what was answered of each session that something was answered of.

    Raises:
        InvalidRequestError: an answer lacks what belongs to it, or nothing was answered at all;
            each fault names its field.
    """
    faults = [fault for one in rows for fault in _faults(one.name, answers)]
    faults += _faults_of_call(answers)
    if faults:
        raise InvalidRequestError("Look at these answers again.", errors=tuple(faults))
    told = _told(answers)
    chosen = [one for one in rows if answers[f"{one.name}-kind"]]
    if not chosen:
        raise InvalidRequestError("Say of at least one session what was seen.")
    read = read_rows([_fact(one, answers) | told for one in chosen])
    wrong = [one for one in zip(chosen, read, strict=True) if isinstance(one[1], AppError)]
    if wrong:
        raise _refusal(wrong)
    return [
        (one, fact) for one, fact in zip(chosen, read, strict=True) if isinstance(fact, BatchedFact)
    ]


def refuse_wrong(rows: Sequence[Asked], outcomes: Sequence[Reported]) -> None:
    """Refuse a form of which a row was not taken, so that none is, and say what is wrong where.

    Raises:
        InvalidRequestError: a row was refused.
    """
    wrong = [
        (asked, row.refusal)
        for asked, row in zip(rows, outcomes, strict=True)
        if row.refusal is not None
    ]
    if wrong:
        raise _refusal(wrong)


def _refusal(wrong: Sequence[tuple[Asked, Any]]) -> InvalidRequestError:
    faults = tuple(
        FieldFault(one.detail, f"/{_field(asked, one.pointer)}")
        for asked, refused in wrong
        for one in refused.errors or (FieldFault(refused.detail),)
    )
    return InvalidRequestError("Look at these answers again.", errors=faults)


def _field(asked: Asked, pointer: str | None) -> str:
    part = (pointer or "").lstrip("/")
    if part == "told_at":
        return "told_time"
    return f"{asked.name}-{part if part in _OF_ROW else 'kind'}"


def _faults(name: str, answers: Answers) -> Iterator[FieldFault]:
    kind, arrived, left, absence = (answers[f"{name}-{one}"] for one in ("kind", *_OF_ROW))
    if kind is None:
        if arrived or left or absence:
            yield FieldFault("Choose what was seen as well", f"/{name}-kind")
        return
    if kind == ReportKind.LATE and not arrived:
        yield FieldFault("Enter when they came, like 9:30am", f"/{name}-arrived_at")
    if kind == ReportKind.LEFT_EARLY and not left:
        yield FieldFault("Enter when they left, like 9:30am", f"/{name}-left_at")
    if arrived and kind not in _CAME_LATE:
        yield FieldFault("Only who came late or left early has a time", f"/{name}-arrived_at")
    if left and kind != ReportKind.LEFT_EARLY:
        yield FieldFault("Only who left early has this time", f"/{name}-left_at")
    if absence and kind != ReportKind.ABSENT:
        yield FieldFault("Only who is absent is so for a reason", f"/{name}-absence")


def _faults_of_call(answers: Answers) -> Iterator[FieldFault]:
    missing = [one for one in _TOLD if not answers.get(one.name)]
    if len(missing) < len(_TOLD):
        yield from (FieldFault(one.when_empty, f"/{one.name}") for one in missing)


def _told(answers: Answers) -> dict[str, object]:
    if not answers.get("told_by"):
        return {}
    day, at = (
        date.fromisoformat(str(answers["told_on"])),
        time.fromisoformat(str(answers["told_time"])),
    )
    return {"told_by": answers["told_by"], "told_at": datetime.combine(day, at, LONDON)}


def _fact(asked: Asked, answers: Mapping[str, object]) -> dict[str, object]:
    of_row = {one: answers[f"{asked.name}-{one}"] for one in ("kind", *_OF_ROW)}
    said = {name: value for name, value in of_row.items() if value is not None}
    return {"placement": asked.placement, "on": asked.on, "starts": asked.starts} | said
