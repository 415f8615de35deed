"""Tables of what follows a publication: replies, actions, appeals and revisits asked for."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection
from app.inspections.models.judgements import InspectionJudgement


class InspectionReply(Base):
    """What the provider says to a finding, in public; said otherwise, it is a further version."""

    __tablename__ = "inspection_replies"
    __table_args__ = (
        UniqueConstraint("judgement_id", "version"),
        CheckConstraint("length(btrim(reply)) > 0", name="says_something"),
        CheckConstraint("version >= 1", name="counted_from_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), index=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    judgement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(InspectionJudgement.id))
    site: Mapped[int] = mapped_column(Integer, comment="The site's reference")
    criterion: Mapped[str] = mapped_column(Text, comment="The criterion's number")
    version: Mapped[int] = mapped_column(Integer, comment="1, and one more each time it is changed")
    reply: Mapped[str] = mapped_column(Text, comment="Public")
    signed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    signed_by_name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    signed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class WithheldReply(Base):
    """That a version of a reply is not shown to the public, and why. Append-only."""

    __tablename__ = "withheld_replies"
    __table_args__ = (
        UniqueConstraint("reply_id"),
        CheckConstraint(
            "because IN ('child-recognisable', 'person-recognisable', 'unlawful')",
            name="because_known",
        ),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reply_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(InspectionReply.id))
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), index=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    site: Mapped[int] = mapped_column(Integer, comment="As of the reply; so the two after it")
    criterion: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    because: Mapped[str] = mapped_column(Text, comment="Of a closed list; public")
    reason: Mapped[str] = mapped_column(Text, comment="In full, for the provider; never public")
    withheld_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    withheld_at: Mapped[datetime] = mapped_column(Moment)


class InspectionAction(Base):
    """What a provider will do about one judgement that falls short, and whether it was done."""

    __tablename__ = "inspection_actions"
    __table_args__ = (
        UniqueConstraint("judgement_id"),
        CheckConstraint("state IN ('open', 'evidence-sent', 'verified')", name="state_known"),
        CheckConstraint("length(btrim(action)) > 0", name="says_something"),
        CheckConstraint("length(btrim(role)) > 0", name="says_who"),
        CheckConstraint(
            "state = 'open' OR (document_id IS NOT NULL AND evidence_sent_at IS NOT NULL)",
            name="with_evidence",
        ),
        CheckConstraint(
            "(state = 'verified') = (verified_at IS NOT NULL) "
            "AND (verified_at IS NULL) = (verified_by IS NULL)",
            name="verified_by_somebody",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), index=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    judgement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(InspectionJudgement.id))
    site: Mapped[int] = mapped_column(Integer, comment="The site's reference")
    criterion: Mapped[str] = mapped_column(Text, comment="The criterion's number")
    action: Mapped[str] = mapped_column(Text, comment="What will be done; never public")
    role: Mapped[str] = mapped_column(Text, comment="Who sees to it: a role, and no name")
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(Text, comment="open, evidence-sent, verified")
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(Moment)
    document_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("documents.id"), index=True, comment="The evidence that it was done"
    )
    evidence_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_back_reason: Mapped[str | None] = mapped_column(
        Text, comment="Why an inspector was not content with the evidence before"
    )
    verified_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes")


class InspectionAppeal(Base):
    """A provider appeals against judgements; somebody uninvolved decides."""

    __tablename__ = "inspection_appeals"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'decided', 'withdrawn')", name="state_known"),
        CheckConstraint("decision IN ('upheld', 'partly', 'dismissed')", name="decision_known"),
        CheckConstraint("length(btrim(grounds)) > 0", name="grounded"),
        CheckConstraint("judgement_ids <> '{}'", name="against_something"),
        CheckConstraint(
            "(state = 'decided') = (decision IS NOT NULL) "
            "AND (decision IS NULL) = (decided_by IS NULL) "
            "AND (decision IS NULL) = (decided_at IS NULL) "
            "AND (decision IS NULL) = (reason IS NULL) "
            "AND (coalesce(decision, 'dismissed') = 'dismissed') = (corrected_version IS NULL)",
            name="decided_with_reason",
        ),
        Index(
            "inspection_appeals_of_version_key",
            "inspection_id",
            "of_version",
            unique=True,
            postgresql_where="state <> 'withdrawn'",
        ),
        Index("inspection_appeals_open_idx", "due_on", "id", postgresql_where="state = 'open'"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    of_version: Mapped[int] = mapped_column(Integer, comment="The published version appealed")
    judgement_ids: Mapped[list[uuid.UUID]] = mapped_column(
        ARRAY(Uuid()), comment="The judgements it is against"
    )
    grounds: Mapped[str] = mapped_column(Text, comment="Why; never public")
    state: Mapped[str] = mapped_column(Text, comment="open, decided, withdrawn")
    appealed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    appealed_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None] = mapped_column(Date, comment="The last day to decide it")
    due_rule: Mapped[str | None] = mapped_column(Text, comment="How that day was counted")
    decision: Mapped[str | None] = mapped_column(Text, comment="upheld, partly, dismissed")
    reason: Mapped[str | None] = mapped_column(Text, comment="Why it was decided so; public")
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_for: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they decided it"
    )
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    corrected_version: Mapped[int | None] = mapped_column(
        Integer, comment="The version that it came to, where it was upheld"
    )


class InspectionRevisit(Base):
    """A provider asks to be visited again, because it has put right what fell short."""

    __tablename__ = "inspection_revisits"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'planned', 'refused', 'withdrawn')", name="state_known"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(
            "(state = 'planned') = (planned_id IS NOT NULL)", name="planned_as_something"
        ),
        CheckConstraint("state <> 'refused' OR answer IS NOT NULL", name="refused_with_reason"),
        Index(
            "inspection_revisits_open_key",
            "inspection_id",
            unique=True,
            postgresql_where="state IN ('open', 'planned')",
        ),
        Index("inspection_revisits_queue_idx", "asked_at", "id", postgresql_where="state = 'open'"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Whose queue it stands in"
    )
    reason: Mapped[str] = mapped_column(Text, comment="What was put right; never public")
    state: Mapped[str] = mapped_column(Text, comment="open, planned, refused, withdrawn")
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    planned_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Inspection.id), index=True, comment="The inspection that is the revisit"
    )
    answer: Mapped[str | None] = mapped_column(Text, comment="Why there is none")
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
