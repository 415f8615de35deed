"""A published inspection as everybody may read it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.inspections.outcome import Because
from app.inspections.terms import (
    ActionState,
    AppealDecision,
    AppealState,
    EvidenceMethod,
    InspectionKind,
    Judgement,
    Outcome,
    Pending,
    RevisitState,
    WithheldBecause,
)


class _Public(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FindingPublished(_Public):
    """What was found of one criterion at one site."""

    judgement: Judgement
    finding: str | None = Field(description="What was seen, or why nobody looked.")
    method: EvidenceMethod | None = Field(description="How the evidence was seen.")
    seen_on: date | None = Field(description="The day on which this evidence was seen.")
    carried: bool = Field(description="Nobody looked anew: an earlier finding was carried forward.")


class DecidingPublished(_Public):
    """A criterion that decided an outcome."""

    criterion: str
    judgement: Judgement | None
    because: Because


class OutcomePublished(_Public):
    """What followed for a site from this inspection alone, on the day it was published."""

    outcome: Outcome
    decided_by: list[DecidingPublished]
    valid_until: date | None
    next_outcome: Outcome | None = Field(description="What the same findings give after that day.")


class SitePublished(_Public):
    """What was found at one site."""

    outcome: OutcomePublished
    criteria: dict[str, FindingPublished] = Field(description="By the criterion's number.")


class InspectionDocument(_Public):
    """An inspection as it was published. Its SHA-256 is over these members as canonical JSON."""

    reference: str = Field(examples=["QA000017K"])
    kind: InspectionKind
    planned_on: date = Field(description="The day of the inspection.")
    sent_on: date = Field(description="When the provider was first given the draft.")
    published_on: date = Field(description="When this version was published.")
    provider: str = Field(description="The provider's number.")
    body: str = Field(description="The QA body whose inspectors looked.")
    standards: str = Field(description="The code of the version of the standards.")
    criteria: list[str] = Field(description="The only criteria looked at; none named is all.")
    sites: dict[str, SitePublished] = Field(description="By the site's reference.")


class VersionPublished(_Public):
    """A version of a published inspection."""

    version: int
    published_at: datetime
    sha256: str
    correction: str | None = Field(description="What was wrong with the version before.")
    taken_out: str | None = Field(description="Why its document is no longer shown.")


class ReplyPublished(_Public):
    """What the provider says to a finding."""

    reply: str
    version: int
    signed_at: datetime


class WithheldReplyPublished(_Public):
    """That the provider said something to a finding, and why it is not shown."""

    because: WithheldBecause
    version: int
    withheld_at: datetime


class ActionPublished(_Public):
    """How far an action is, about a judgement that fell short."""

    role: str = Field(description="Who sees to it.")
    due_on: date
    state: ActionState
    verified_at: datetime | None


class AppealPublished(_Public):
    """An appeal."""

    of_version: int
    state: AppealState
    appealed_at: datetime
    due_on: date | None = Field(description="The last day to decide it.")
    due_rule: str | None
    decision: AppealDecision | None
    reason: str | None
    decided_at: datetime | None


class RevisitPublished(_Public):
    """A revisit that was asked for."""

    state: RevisitState
    asked_at: datetime
    place: int | None = Field(description="In the queue of the body; 1 is the next.")


class PublishedInspection(_Public):
    """A published inspection, and what became of it since."""

    version: int
    published_at: datetime
    sha256: str = Field(description="Of the document's canonical JSON (RFC 8785), in hex.")
    corrected_by: int | None = Field(description="A later version stands in place of this one.")
    pending: list[Pending] = Field(description="What is open, so that this may yet change.")
    document: InspectionDocument
    replies: dict[str, dict[str, ReplyPublished]] = Field(
        description="By site and criterion: what the provider says to a finding."
    )
    withheld_replies: dict[str, dict[str, WithheldReplyPublished]] = Field(
        description="By site and criterion: replies that are not shown, and why."
    )
    actions: dict[str, dict[str, ActionPublished]] = Field(
        description="By site and criterion: what is done about what fell short."
    )
    appeals: list[AppealPublished]
    revisits: list[RevisitPublished]
    versions: list[VersionPublished] = Field(description="Every version, the first one first.")


class PublishedSummary(_Public):
    """A published inspection in a list, in its newest version."""

    reference: str
    kind: InspectionKind
    planned_on: date
    published_at: datetime = Field(description="When it was first published.")
    version: int
    body: str
    outcomes: dict[str, Outcome] = Field(description="What followed, by the site's reference.")
    href: str


class PublishedLinks(_Public):
    """Where to go on."""

    self: str
    next: str | None


class PublishedList(_Public):
    """The published inspections of a provider, the newest first."""

    items: list[PublishedSummary]
    links: PublishedLinks


PublishedVersion = Annotated[int, Field(ge=1, le=32_767)]
