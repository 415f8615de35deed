"""Tables of what providers say themselves of how they meet the standards, site by site."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.standards.models import Criterion, StandardsVersion


class SelfEvaluation(Base):
    """What is said of one site against one version of the standards; completed, it stays so."""

    __tablename__ = "self_evaluations"
    __table_args__ = (
        CheckConstraint(
            "(completed_at IS NULL) = (completed_by IS NULL)", name="completed_by_somebody"
        ),
        CheckConstraint("carried_from_id <> id", name="not_carried_from_itself"),
        Index(
            "self_evaluations_open_key",
            "site_id",
            "version_id",
            unique=True,
            postgresql_where="completed_at IS NULL",
        ),
        Index("self_evaluations_site_id_idx", "site_id", "version_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(StandardsVersion.id), index=True, comment="Of the standards"
    )
    carried_from_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("self_evaluations.id"), index=True, comment="Whose answers it began with"
    )
    begun_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    completed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    completed_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="From then on nothing of it changes"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class SelfEvaluationAnswer(Base):
    """What is said of one criterion."""

    __tablename__ = "self_evaluation_answers"
    __table_args__ = (
        CheckConstraint(
            "answer IN ('met', 'partly-met', 'not-met', 'not-applicable', 'not-assessed')",
            name="answer_known",
        ),
        CheckConstraint("length(btrim(comment)) > 0", name="comment_says_something"),
    )

    self_evaluation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(SelfEvaluation.id), primary_key=True
    )
    criterion_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Criterion.id), primary_key=True, index=True
    )
    answer: Mapped[str] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    carried: Mapped[bool] = mapped_column(comment="From an earlier version, through the crosswalk")
    look_again: Mapped[bool] = mapped_column(
        comment="The criterion asks for something else than it did; nobody has looked since"
    )
    answered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime] = mapped_column(Moment)


class SelfEvaluationEvidence(Base):
    """A document that shows what an answer says."""

    __tablename__ = "self_evaluation_evidence"
    __table_args__ = (
        ForeignKeyConstraint(
            ["self_evaluation_id", "criterion_id"],
            ["self_evaluation_answers.self_evaluation_id", "self_evaluation_answers.criterion_id"],
        ),
    )

    self_evaluation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    document_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("documents.id"), primary_key=True, index=True
    )
