"""The table of acts."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_FIELDS = JSONB(none_as_null=True)


class AuditEntry(Base):
    """One act, look or refusal. No foreign keys: it must outlive what it tells of."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint("actor_kind IN ('person', 'machine', 'operator', 'system')", name="actor"),
        CheckConstraint("outcome IN ('done', 'read', 'refused')", name="outcome_known"),
        CheckConstraint("(outcome = 'read') <= (purpose IS NOT NULL)", name="reads_say_why"),
        Index("audit_entries_organisation_idx", "organisation_id", "recorded_at", "id"),
        Index(
            "audit_entries_subject_organisation_idx", "subject_organisation_id", "recorded_at", "id"
        ),
        Index("audit_entries_subject_idx", "subject_kind", "subject_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="Version 7: sorts by time")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="By the database's own clock")
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(comment="Of the person or machine")
    actor_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(comment="For whom they acted")
    organisation_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Held then; a machine's scopes")
    act: Mapped[str] = mapped_column(Text, comment="What was done: invitation.made …")
    outcome: Mapped[str] = mapped_column(Text, comment="done, read or refused")
    subject_kind: Mapped[str | None] = mapped_column(Text, comment="To what: membership …")
    subject_id: Mapped[str | None] = mapped_column(Text)
    subject_label: Mapped[str | None] = mapped_column(Text, comment="What people call it")
    subject_organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        comment="Whose record it was, who may therefore see this too"
    )
    subject_organisation_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    reason: Mapped[str | None] = mapped_column(Text, comment="Why it was done, or refused")
    purpose: Mapped[str | None] = mapped_column(Text, comment="Why somebody looked; a closed list")
    before: Mapped[dict[str, Any] | None] = mapped_column(_FIELDS, comment="Changed fields alone")
    after: Mapped[dict[str, Any] | None] = mapped_column(_FIELDS, comment="Changed fields alone")
    request_id: Mapped[str | None] = mapped_column(Text)
