"""What is asked and told of a fair hearing: comments on the draft, answers, the second check."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.inspections.independence import Why
from app.inspections.schemas.inspections import (
    CriterionNumber,
    InspectionSummary,
    SiteReference,
)
from app.inspections.terms import CheckDecision, CommentAnswer
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Day, Prose, Stated, Told


class CommentStated(Stated):
    """What is factually wrong with one judgement."""

    site: SiteReference
    criterion: CriterionNumber
    comment: Prose = Field(
        description="What is wrong, and how it can be seen. Read by the inspectors and the second "
        "officer; never public. Nothing by which a child could be recognised."
    )


class CommentsStated(Stated):
    """Comments, some or all; one said before and not yet answered is replaced."""

    comments: Annotated[list[CommentStated], Field(min_length=1, max_length=2_000)]


class LetterStated(CommentsStated):
    """Comments that came outside the service."""

    received_on: Day = Field(description="The day on which the letter came.")


class CommentAnswered(Stated):
    """What came of a comment."""

    answer: CommentAnswer
    reason: Reason | None = Field(None, description="Told to the provider; needed for a no.")


class CommentOut(Told):
    """A comment, and its answer."""

    id: uuid.UUID
    site: int
    criterion: str
    comment: str
    by_letter: bool
    received_on: date
    answer: CommentAnswer | None
    reason: str | None
    answered_at: datetime | None


class CommentList(Told):
    """Everything the provider said of the drafts of an inspection."""

    reference: str
    due_on: date | None = Field(description="The last day for comments.")
    rule: str | None = Field(description="How that day was counted.")
    closed: bool = Field(description="Whether the time for comments is over.")
    items: list[CommentOut]


class CheckRequested(Stated):
    """Who is asked to check."""

    check_body: uuid.UUID | None = Field(
        None, description="A peer: another authority or QA body. None: your own second officers."
    )


class CheckDecided(Stated):
    """What the second officer decides."""

    decision: CheckDecision
    reason: Reason | None = Field(None, description="Why it goes back; needed for that.")


class CouldCheck(Told):
    """A body with second officers who are uninvolved."""

    body: uuid.UUID
    name: str
    own: bool = Field(description="Whether it is the body that inspects.")
    people: int = Field(description="How many of its second officers are uninvolved.")


class CheckMade(Told):
    """What a second officer decided."""

    decision: CheckDecision
    reason: str | None
    name: str
    checked_at: datetime


class HearingOut(Told):
    """How far an inspection's hearing is; what is not told to who is inspected is empty there."""

    reference: str
    comments: CommentList
    checks: list[CheckMade]
    could_check: list[CouldCheck] = Field(description="Where somebody uninvolved could check it.")


class WaitingCheck(InspectionSummary):
    """An inspection that waits for a second officer."""

    waits_since: datetime
    why_not_you: Why | None = Field(description="Why you yourself may not check it.")


class WaitingChecks(Told):
    """Inspections that wait for a second officer of yours, the longest waiting first."""

    items: list[WaitingCheck]
    links: PageLinks
