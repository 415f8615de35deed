"""Tables of a fair hearing: what the provider says is wrong, and what was amended afterwards."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection
from app.inspections.models.judgements import InspectionJudgement


class InspectionComment(Base):
    """What the provider says is factually wrong with one judgement, and what came of it."""

    __tablename__ = "inspection_comments"
    __table_args__ = (
        CheckConstraint("length(btrim(comment)) > 0", name="says_something"),
        CheckConstraint("answer IN ('accepted', 'not-accepted')", name="answer_known"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) "
            "AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer = 'not-accepted' AND reason IS NULL) IS NOT TRUE",
            name="answered_with_reason",
        ),
        Index(
            "inspection_comments_open_key",
            "judgement_id",
            unique=True,
            postgresql_where="answered_at IS NULL",
        ),
        Index("inspection_comments_inspection_id_idx", "inspection_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    judgement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(InspectionJudgement.id), index=True)
    judgement_version: Mapped[int] = mapped_column(
        Integer, comment="Of the judgement as it was read when this was said"
    )
    comment: Mapped[str] = mapped_column(Text, comment="What is factually wrong; never public")
    by_letter: Mapped[bool] = mapped_column(
        Boolean, comment="Received outside the service, and written down by an inspector"
    )
    received_on: Mapped[date] = mapped_column(Date, comment="The day it was said, London")
    said_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    said_by_name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    said_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text, comment="accepted or not-accepted")
    reason: Mapped[str | None] = mapped_column(
        Text, comment="Why it was not accepted, or how it was"
    )
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class InspectionAmendment(Base):
    """A correction or redaction of what was published: one proposes it, another decides."""

    __tablename__ = "inspection_amendments"
    __table_args__ = (
        CheckConstraint("kind IN ('correction', 'redaction')", name="kind_known"),
        CheckConstraint(
            "state IN ('proposed', 'confirmed', 'refused', 'withdrawn')", name="state_known"
        ),
        CheckConstraint("(kind = 'correction') = (changes IS NOT NULL)", name="says_what_changes"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) "
            "AND (decided_at IS NULL) = (decided_by IS NULL)",
            name="decided",
        ),
        CheckConstraint(
            "state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by",
            name="decided_by_another",
        ),
        Index(
            "inspection_amendments_open_key",
            "inspection_id",
            "kind",
            unique=True,
            postgresql_where="state = 'proposed'",
        ),
        Index("inspection_amendments_inspection_id_idx", "inspection_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    kind: Mapped[str] = mapped_column(Text, comment="correction or redaction")
    of_version: Mapped[int] = mapped_column(
        Integer, comment="The published version that is corrected, or taken out"
    )
    appeal_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("inspection_appeals.id"), index=True, comment="The appeal that it follows from"
    )
    changes: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSONB(none_as_null=True), comment="The judgements as they are to be"
    )
    reason: Mapped[str] = mapped_column(Text, comment="What was wrong; public once confirmed")
    state: Mapped[str] = mapped_column(Text, comment="proposed, confirmed, refused, withdrawn")
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they proposed it"
    )
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision_reason: Mapped[str | None] = mapped_column(Text, comment="Why not; never public")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
