"""What is asked of attendance: facts one by one and many, codes, closures, contacts, answers."""

import uuid
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field, model_validator

from app.attendance.terms import AlertAnswer, ClosureReason, ClosureScope
from app.children.schemas import OwnReference
from app.occupancy.schemas import Minute
from app.providers.schemas.stating import Day, Line, Stated, Whole
from app.rules.attendance.codes import Code
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import NOT_ARRIVED, Half, ReportKind

MOST_ROWS = 500
MOST_MINUTES = NOT_ARRIVED[-1].figures["most_minutes"]


class SessionFact(Stated):
    """What was seen of a child at one expected session."""

    on: Day = Field(description="The day, in London.")
    starts: Minute | None = Field(
        None, description="When the session starts; leave it out where that day has one alone."
    )
    kind: ReportKind
    arrived_at: Minute | None = Field(None, description="Of who came late; London time.")
    minutes_late: Annotated[Whole, Field(ge=1, le=720)] | None = Field(
        None, description="Instead of `arrived_at`."
    )
    left_at: Minute | None = Field(None, description="Of who left early; London time.")
    absence: Absence | None = Field(None, description="Of who is absent: why, as far as known.")
    reference: OwnReference | None = Field(
        None, description="Your own system's. The same again under it records nothing."
    )
    told_by: Line | None = Field(None, description="By phone: who told it.")
    told_at: AwareDatetime | None = Field(None, description="By phone: when.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        late = self.arrived_at is not None or self.minutes_late is not None
        if self.arrived_at is not None and self.minutes_late is not None:
            message = "Say when they arrived, or how many minutes late; not both."
            raise ValueError(message)
        if self.kind is ReportKind.LATE and not late:
            message = "Say when they arrived, or how many minutes late."
            raise ValueError(message)
        came = self.kind in {ReportKind.LATE, ReportKind.LEFT_EARLY, ReportKind.ARRIVED}
        if (late or self.left_at is not None) and not came:
            message = "Who did not come neither arrived nor left."
            raise ValueError(message)
        if (self.kind is ReportKind.LEFT_EARLY) != (self.left_at is not None):
            message = "Say when they left where they left early, and nowhere else."
            raise ValueError(message)
        if self.absence is not None and self.kind is not ReportKind.ABSENT:
            message = "Only who is absent is so for a reason."
            raise ValueError(message)
        if (self.told_by is None) != (self.told_at is None):
            message = "Of a call say who told it and when."
            raise ValueError(message)
        return self


class BatchedFact(SessionFact):
    """A row of a batch."""

    placement: uuid.UUID


class AttendanceBatch(Stated):
    """Up to 500 facts. Each row is judged by itself: a wrong one keeps none of the others out."""

    items: Annotated[
        list[dict[str, Any]],
        Field(
            min_length=1,
            max_length=MOST_ROWS,
            description="Rows: `placement`, and what a single fact has.",
        ),
    ]


class NewCode(Stated):
    """The code that the home school enters for a half day."""

    on: Day
    half: Half
    code: Code


class NewClosure(Stated):
    """Days on which nobody is expected."""

    scope: ClosureScope
    since: Day
    until: Day
    reason: ClosureReason
    provider: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")] | None = Field(
        None, description="Of a site: its provider."
    )
    site: Annotated[Whole, Field(ge=1, le=32_767)] | None = None
    placement: uuid.UUID | None = None

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if self.until < self.since:
            message = "It ends before it starts. Check both days."
            raise ValueError(message)
        of_site = self.provider is not None and self.site is not None
        of_placement = self.placement is not None
        wanted = {
            ClosureScope.SITE: (True, False),
            ClosureScope.PLACEMENT: (False, True),
            ClosureScope.COMMISSIONER: (False, False),
        }[self.scope]
        if (of_site, of_placement) != wanted:
            message = "Name the provider and site, or the placement, that the scope says."
            raise ValueError(message)
        return self


class AgreedContact(Stated):
    """Whom alerts of a placement go to, and how soon after the expected time."""

    person: uuid.UUID = Field(description="Somebody who works for the commissioner.")
    minutes: Annotated[Whole, Field(ge=0, le=MOST_MINUTES)]


class AlertAcknowledgement(Stated):
    """That somebody took an alert, and what came of it."""

    answer: AlertAnswer
