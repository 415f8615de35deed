"""Tables of the second officer's check, and of what was published."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection


class InspectionCheck(Base):
    """A second officer read an inspection: it may be published, or goes back. Append-only."""

    __tablename__ = "inspection_checks"
    __table_args__ = (
        CheckConstraint("decision IN ('published', 'returned')", name="decision_known"),
        CheckConstraint(
            "decision = 'published' OR reason IS NOT NULL", name="returned_with_reason"
        ),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    decision: Mapped[str] = mapped_column(Text, comment="published or returned")
    reason: Mapped[str | None] = mapped_column(Text, comment="Why it goes back; never public")
    checked_at: Mapped[datetime] = mapped_column(Moment)


class InspectionPublication(Base):
    """An inspection as it was published; a correction is a further version. Append-only.

    The one change it may see: what should never have been public goes, and its hash stays.
    """

    __tablename__ = "inspection_publications"
    __table_args__ = (
        UniqueConstraint("inspection_id", "version"),
        CheckConstraint("version >= 1", name="counted_from_one"),
        CheckConstraint("(version = 1) = (correction IS NULL)", name="corrected_with_reason"),
        CheckConstraint("octet_length(sha256) = 32", name="hash_length"),
        CheckConstraint(
            "(document IS NULL) = (redacted_at IS NOT NULL) "
            "AND (redacted_at IS NULL) = (redacted_reason IS NULL)",
            name="redacted_with_reason",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    version: Mapped[int] = mapped_column(Integer, comment="1, and one more for each correction")
    document: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What is public of it: canonical JSON, as UTF-8"
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="Of the document")
    correction: Mapped[str | None] = mapped_column(Text, comment="What changed and why; public")
    published_at: Mapped[datetime] = mapped_column(Moment)
    redacted_at: Mapped[datetime | None] = mapped_column(Moment)
    redacted_reason: Mapped[str | None] = mapped_column(Text, comment="Why it is gone; public")
