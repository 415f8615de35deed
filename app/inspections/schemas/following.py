"""What is asked and told of what follows: replies, actions, appeals, revisits asked for."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.inspections.schemas.clocks import ClockOut
from app.inspections.schemas.hearing import CouldCheck
from app.inspections.schemas.inspections import CriterionNumber, SiteReference
from app.inspections.schemas.judgements import JudgementStated
from app.inspections.terms import (
    ActionState,
    AppealDecision,
    AppealState,
    Pending,
    RevisitState,
    WithheldBecause,
)
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Day, Line, Stated, Told


class JudgementNamed(Stated):
    """One judgement, by what it is about."""

    site: SiteReference
    criterion: CriterionNumber


class ReplyStated(JudgementNamed):
    """What you say to a finding, in public."""

    reply: Reason = Field(
        description="Shown beside the finding: nothing by which a child could be recognised."
    )


class RepliesStated(Stated):
    """Replies; one given before stays on record, and the new one is shown."""

    replies: Annotated[list[ReplyStated], Field(min_length=1, max_length=2_000)]


class ReplyWithdrawn(JudgementNamed):
    """Which reply is taken back."""


class ReplyWithheld(JudgementNamed):
    """Which reply the public is not to be shown, and why."""

    version: Annotated[int, Field(ge=1, le=32_767)] = Field(description="As you read it.")
    because: WithheldBecause = Field(description="Public.")
    reason: Reason = Field(description="In full, for the provider; never public.")


class ActionStated(JudgementNamed):
    """What you will do about a judgement that falls short."""

    action: Reason
    role: Line = Field(description="Who sees to it: a role, such as the head of centre; no name.")
    due_on: Day = Field(description="By when; not after the judgement itself stops counting.")


class ActionsStated(Stated):
    """The plan of actions, or a part of it; one given before is replaced while it is open."""

    actions: Annotated[list[ActionStated], Field(min_length=1, max_length=2_000)]


class ActionEvidence(Stated):
    """What shows that it was done."""

    document: uuid.UUID = Field(description="A piece of evidence on the provider's record.")


class ActionLookedAt(Stated):
    """Whether an inspector is content."""

    verified: bool
    reason: Reason | None = Field(None, description="Why not; needed for a no.")


class NewAppeal(Stated):
    """Against which judgements you appeal, and why."""

    grounds: Reason = Field(description="Read by whoever decides; never public.")
    judgements: Annotated[list[JudgementNamed], Field(min_length=1, max_length=500)]


class AppealAsked(Stated):
    """Who is asked to decide."""

    body: uuid.UUID | None = Field(description="A peer; none: your own uninvolved officers.")


class AppealDecided(Stated):
    """What is decided of an appeal."""

    decision: AppealDecision
    reason: Reason = Field(description="Why; public.")
    judgements: Annotated[list[JudgementStated], Field(max_length=500)] = Field(
        default=[],
        description="Where it is upheld, wholly or partly: the judgements as they are to be.",
    )


class NewRevisit(Stated):
    """Why it is time to be visited again."""

    reason: Reason = Field(description="What was put right; never public.")


class RevisitAnswered(Stated):
    """The inspection that is the revisit, or why there is none."""

    inspection: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")] | None = None
    reason: Reason | None = None


class StepClock(ClockOut):
    """The clock of one step."""

    what: str = Field(description="comments, action-plan, appeal or appeal-decision.")


class ReplyOut(Told):
    """A version of a reply."""

    site: int
    criterion: str
    version: int
    reply: str
    signed_at: datetime
    withdrawn_at: datetime | None
    withheld_because: WithheldBecause | None = Field(
        description="Why the public is not shown it; `null`: it is not withheld."
    )
    withheld_reason: str | None
    withheld_at: datetime | None


class ActionOut(Told):
    """An action."""

    id: uuid.UUID
    site: int
    criterion: str
    action: str
    role: str
    due_on: date
    state: ActionState
    document: uuid.UUID | None
    sent_back_reason: str | None
    verified_at: datetime | None


class AppealOut(Told):
    """An appeal."""

    id: uuid.UUID
    of_version: int
    judgements: list[JudgementNamed]
    grounds: str
    state: AppealState
    appealed_at: datetime
    due_on: date | None
    due_rule: str | None
    overdue: bool
    decision: AppealDecision | None
    reason: str | None
    decided_at: datetime | None


class RevisitOut(Told):
    """A revisit that was asked for."""

    id: uuid.UUID
    reason: str
    state: RevisitState
    asked_at: datetime
    place: int | None = Field(description="In the body's queue, while it is open; 1 is the next.")
    inspection: str | None = Field(description="The inspection that is the revisit.")
    answer: str | None


class FollowUp(Told):
    """Everything that followed a publication, with every clock and its rule."""

    reference: str
    pending: list[Pending] = Field(description="What is open, as the public is told.")
    clocks: list[StepClock]
    needs_action: list[JudgementNamed] = Field(
        description="Judgements that fall short and have no action yet."
    )
    replies: list[ReplyOut]
    actions: list[ActionOut]
    appeals: list[AppealOut]
    revisits: list[RevisitOut]
    could_decide: list[CouldCheck] = Field(
        description="Where somebody uninvolved could decide an appeal; not told to who appealed."
    )


class WaitingAppeal(Told):
    """An appeal that waits for somebody uninvolved."""

    id: uuid.UUID
    reference: str
    provider: str
    provider_name: str
    body_name: str
    appealed_at: datetime
    due_on: date | None
    due_rule: str | None
    overdue: bool
    asked_of: uuid.UUID | None = Field(description="The peer that was asked to decide.")
    why_not_you: str | None = Field(description="Why you yourself may not decide it.")


class WaitingAppeals(Told):
    """Appeals that wait, the oldest first."""

    items: list[WaitingAppeal]
    links: PageLinks


class WaitingRevisit(Told):
    """A revisit that waits for an answer."""

    id: uuid.UUID
    reference: str
    provider: str
    provider_name: str
    body_name: str
    asked_at: datetime
    place: int | None


class WaitingRevisits(Told):
    """Revisits asked for, the oldest first."""

    items: list[WaitingRevisit]
    links: PageLinks
