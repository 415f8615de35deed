"""What is asked and told of notices."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from app.calculators.schemas.stated import RuleCited, RuleReason, YesOrNo
from app.children.schemas import PersonName
from app.notices.terms import Lacking, NoticeChange, SendingOutcome
from app.providers.schemas.stating import Line, Prose, Stated, Told, Whole
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.standing import NoticeLight, NoticeStanding, SendingWay
from app.rules.stated import RuleBasis


class NoticeAsked(Stated):
    """A notice to compose: the rest is read from the record and typed by nobody."""

    kind: NoticeKind
    contact: Annotated[Whole, Field(ge=1, le=50)] | None = Field(
        None, description="To which of the child's safe contacts, where it goes to a parent."
    )
    report_to: Line | None = Field(None, description="To whom the child reports on the first day.")
    reasons: Prose | None = Field(None, description="Why; a direction must say it.")
    what_for: Prose | None = Field(
        None, description="What the child is to gain; else the plan's objectives are told."
    )
    shorter_notice_agreed: YesOrNo = Field(
        False,
        description="Of a place during a suspension: it starts before the sixth day, and the "
        "parent consents to less than 48 hours.",
    )


class NoticeSent(Stated):
    """That a notice was sent: by you, not by the register, which mails no child's data."""

    outcome: SendingOutcome = SendingOutcome.SENT
    way: SendingWay | None = None
    sent_at: AwareDatetime | None = Field(None, description="Leave out where it was not sent.")
    sent_by: PersonName | None = Field(None, description="You, if left out.")
    corrects: uuid.UUID | None = Field(
        None, description="The row that this puts right; both stay on record."
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        unsent = self.outcome is SendingOutcome.NOT_SENT
        if unsent is not (self.sent_at is None) or unsent is not (self.way is None):
            message = "Say when and how it was sent; of what was not sent, neither."
            raise ValueError(message)
        if self.outcome is not SendingOutcome.SENT and self.corrects is None:
            message = "Name the row that this puts right as `corrects`."
            raise ValueError(message)
        return self


class NoticeSection(Told):
    """A part of a document."""

    heading: str
    lines: list[str]


class NoticeDocument(Told):
    """A notice as it was composed: the same for ever."""

    title: str
    on: date
    by: str
    to: list[str]
    sections: list[NoticeSection]
    signatures: list[str] = Field(description="Who signs; empty where nobody does.")
    lacking: list[Lacking] = Field(description="What it does not say and should.")


class NoticeSendingOut(Told):
    """That a notice was sent, came back, or was not sent after all."""

    id: uuid.UUID
    outcome: SendingOutcome
    to: Recipient
    way: SendingWay | None
    sent_at: datetime | None
    given_at: datetime | None = Field(description="When it counts as given.")
    late_by: str | None = Field(description="Against the day that held then; null: in time.")
    sent_by: str
    corrects: uuid.UUID | None
    stands: bool = Field(description="No later row puts it right.")
    recorded_by: str
    recorded_at: datetime


class NoticeBrief(Told):
    """A notice that was composed."""

    id: uuid.UUID
    kind: NoticeKind
    to: Recipient
    contact: int | None
    version: int
    composed_at: datetime
    composed_by: str
    due_on: date
    due_at: datetime | None
    superseded: bool = Field(description="Another was composed after it.")
    changed: list[NoticeChange] = Field(
        description="What has changed since: compose it again where there is anything."
    )
    sendings: list[NoticeSendingOut]


class NoticeOut(NoticeBrief):
    """A notice with its document; null once the child's record was erased."""

    document: NoticeDocument | None
    warnings: list[str] = Field(description="What is to be known, and stops nothing.")


class NeededNotice(Told):
    """A notice that the placement needs, by when, on what authority, and where it stands."""

    kind: NoticeKind
    title: str
    to: Recipient
    basis: RuleBasis
    why: list[RuleReason]
    content: RuleCited | None = Field(description="The rule on what it must say, if there is one.")
    due_by: date
    due_at: datetime | None = Field(description="Where the clock counts hours.")
    approximate: bool = Field(description="School days were guessed, for want of dates of terms.")
    note: str | None
    standing: NoticeStanding
    given_at: datetime | None
    late: bool
    light: NoticeLight


class PlacementNotices(Told):
    """Which notices a placement needs, and which were composed and sent (step W14)."""

    placement: uuid.UUID
    complete: bool = Field(description="Everything that is needed was sent and says what holds.")
    light: NoticeLight
    needed: list[NeededNotice] = Field(description="None once the placement has ended.")
    composed: list[NoticeBrief] = Field(description="The newest first.")
