"""Tables of what inspectors find, criterion by criterion and site by site."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection
from app.standards.models import Criterion

JUDGEMENTS = "'met', 'partly-met', 'not-met', 'not-applicable', 'not-assessed'"
NOT_LOOKED_AT = "judgement IN ('not-applicable', 'not-assessed')"


class InspectionJudgement(Base):
    """What was found of one criterion at one site, and how and when its evidence was seen."""

    __tablename__ = "inspection_judgements"
    __table_args__ = (
        UniqueConstraint("inspection_id", "site_id", "criterion_id"),
        CheckConstraint(f"judgement IN ({JUDGEMENTS})", name="judgement_known"),
        CheckConstraint("method IN ('visit', 'desk', 'call')", name="method_known"),
        CheckConstraint(
            f"({NOT_LOOKED_AT}) = (seen_on IS NULL) AND (seen_on IS NULL) = (method IS NULL)",
            name="seen_unless_not_looked_at",
        ),
        CheckConstraint(
            "judgement = 'met' OR coalesce(length(btrim(finding)), 0) > 0", name="explained"
        ),
        CheckConstraint("carried_from_id <> id", name="not_from_itself"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    criterion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Criterion.id), index=True)
    judgement: Mapped[str] = mapped_column(Text, comment="met, partly-met, not-met …")
    finding: Mapped[str | None] = mapped_column(
        Text, comment="What was seen, or why nobody looked; published, so nothing about a child"
    )
    method: Mapped[str | None] = mapped_column(Text, comment="visit, desk or call")
    seen_on: Mapped[date | None] = mapped_column(Date, comment="When this evidence was seen")
    carried_from_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("inspection_judgements.id"),
        index=True,
        comment="The published judgement whose evidence stands, where nobody looked anew",
    )
    judged_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    judged_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class JudgementNote(Base):
    """What an inspector noted of the evidence, for colleagues alone."""

    __tablename__ = "judgement_notes"
    __table_args__ = (CheckConstraint("length(btrim(note)) > 0", name="says_something"),)

    judgement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(InspectionJudgement.id), primary_key=True
    )
    note: Mapped[str] = mapped_column(Text, comment="Never public, nor shown to the provider")


class JudgementFile(Base):
    """A file that shows what was seen; for colleagues alone."""

    __tablename__ = "judgement_files"

    judgement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(InspectionJudgement.id), primary_key=True
    )
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.id"), primary_key=True, index=True)
