"""The table of concerns."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

KINDS = (
    "'safeguarding', 'allegation', 'quality', 'illegal-school', 'premises', 'attendance', "
    "'data', 'finance'"
)


class Concern(Base):
    """Something that worries somebody about a provider. Never public, nor shown to the provider."""

    __tablename__ = "concerns"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        CheckConstraint(
            "severity IN ('low', 'medium', 'high', 'immediate')", name="severity_known"
        ),
        CheckConstraint("length(btrim(what)) > 0", name="says_something"),
        CheckConstraint(
            "closure IN ('resolved', 'unfounded', 'passed-on', 'acted-on')", name="closure_known"
        ),
        CheckConstraint(
            "(closure IS NULL) = (closed_at IS NULL) AND (closure IS NULL) = (closed_by IS NULL) "
            "AND (closure IS NULL) = (closed_reason IS NULL)",
            name="closed_whole",
        ),
        Index("concerns_open_idx", "provider_id", postgresql_where="closed_at IS NULL"),
        Index("concerns_provider_id_idx", "provider_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    site_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("sites.id"), index=True, comment="Empty: about the provider as a whole"
    )
    kind: Mapped[str] = mapped_column(Text, comment="safeguarding, allegation, quality …")
    severity: Mapped[str] = mapped_column(Text, comment="low, medium, high or immediate")
    what: Mapped[str] = mapped_column(Text, comment="What was noticed; names no child")
    noticed_on: Mapped[date] = mapped_column(Date)
    raised_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    raised_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they raised it"
    )
    raised_at: Mapped[datetime] = mapped_column(Moment)
    closure: Mapped[str | None] = mapped_column(Text, comment="What came of it; empty while open")
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
