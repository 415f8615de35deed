"""What is told of attendance."""

import uuid
from datetime import date, datetime, time

from pydantic import Field

from app.attendance.terms import (
    AlertAnswer,
    AlertReason,
    ClosureReason,
    ClosureScope,
    FactSource,
    RowOutcome,
)
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Told
from app.rules.attendance.codes import Code
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import Half, ReportKind


class AttendanceFactOut(Told):
    """What was reported of a session. The latest stands; the former stay readable."""

    id: uuid.UUID
    placement: uuid.UUID
    on: date
    starts: time
    kind: ReportKind
    arrived_at: time | None
    left_at: time | None
    absence: Absence | None
    source: FactSource
    reported_by: str
    reference: str | None
    told_by: str | None
    told_at: datetime | None
    recorded_at: datetime


class RowProblem(Told):
    """What is wrong with a row, where and how to mend it."""

    type: str
    detail: str
    pointer: str | None


class BatchRow(Told):
    """What became of one row of a batch."""

    row: int = Field(description="From 0, as sent.")
    outcome: RowOutcome
    fact: uuid.UUID | None
    problems: list[RowProblem]


class BatchOutcome(Told):
    """What became of a batch, row by row."""

    recorded: int
    held_already: int
    refused: int
    rows: list[BatchRow]


class CodeDecided(Told):
    """A code that the home school decided on."""

    code: Code
    proposed: Code | None
    warning: str | None
    decided_by: str
    recorded_at: datetime


class HalfDay(Told):
    """A session of the school's register."""

    half: Half
    proposed: Code | None = Field(description="`null`: a person must decide; `why` says what.")
    why: RuleReason
    decided: CodeDecided | None


class AttendanceSession(Told):
    """An expected session, what was reported of it, and the codes."""

    on: date
    starts: time
    ends: time
    site: int
    expected: bool
    why_not_expected: str | None
    facts: list[AttendanceFactOut] = Field(description="The latest first; it stands.")
    halves: list[HalfDay]


class AttendanceCounts(Told):
    """How many sessions there were, and what became of them. Ages are not told."""

    expected: int
    attended: int = Field(description="Late or left early included.")
    late: int
    absent: int
    not_reported: int = Field(description="Past sessions of which nothing is known: not absences.")
    attended_percent: int | None = Field(
        description="Of those that were reported; `null` where none was."
    )


class AttendanceContactOut(Told):
    """Whom alerts go to, and how soon."""

    person: uuid.UUID | None = Field(description="`null`: everybody who places or safeguards.")
    name: str | None
    minutes: int
    rule: RuleCited = Field(description="Where the interval comes from unless it was agreed.")


class PlacementAttendance(Told):
    """A placement's sessions within some days."""

    placement: uuid.UUID
    since: date
    until: date
    counts: AttendanceCounts
    contact: AttendanceContactOut
    sessions: list[AttendanceSession]


class ExpectedChild(Told):
    """Whom a provider expects: what it needs, and no number of the child's."""

    placement: uuid.UUID
    reference: str = Field(description="The commissioner's own, of the placement.")
    commissioner: str
    given_names: str | None = Field(description="`null` once the child's record is erased.")
    family_name: str | None
    on: date
    starts: time
    ends: time
    site: int
    expected: bool
    why_not_expected: str | None
    reported: ReportKind | None = Field(description="What stands; `null`: nobody has reported.")


class ExpectedChildren(Told):
    """Whom a provider expects on some days, by day and time."""

    since: date
    until: date
    items: list[ExpectedChild]


class CodeOut(Told):
    """The code that was entered, and what was told of it."""

    placement: uuid.UUID
    on: date
    half: Half
    code: Code
    proposed: Code | None
    warning: RuleReason | None = Field(description="Why it does not fit; the school decides.")


class ClosureOut(Told):
    """Days on which nobody is expected."""

    id: uuid.UUID
    scope: ClosureScope
    since: date
    until: date
    reason: ClosureReason
    placement: uuid.UUID | None
    said_by: str
    recorded_at: datetime
    withdrawn_at: datetime | None


class ClosureList(Told):
    """What your organisation said, the newest first."""

    items: list[ClosureOut]
    links: PageLinks


class AlertOut(Told):
    """That a child was expected and has not arrived, or nobody reported."""

    id: uuid.UUID
    placement: uuid.UUID
    reference: str = Field(description="The commissioner's own, of the placement.")
    provider: str
    provider_name: str
    site: int
    on: date
    starts: time
    why: AlertReason = Field(description="`not-reported` is never an absence.")
    due_at: datetime
    opened_at: datetime
    answer: AlertAnswer | None
    answered_by: str | None
    answered_at: datetime | None


class AlertList(Told):
    """Alerts, the newest first."""

    items: list[AlertOut]
    links: PageLinks
