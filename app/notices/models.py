"""Tables of notices: whom it is safe to tell and how, what was composed, that it was sent."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_KINDS = (
    "'direction', 'suspension-place', 'parent-copy', 'home-authority', 'plan-authority', "
    "'social-worker', 'virtual-school-head', 'home-school', 'service-agreement'"
)
_RECIPIENTS = (
    "'parent', 'pupil', 'home-authority', 'plan-authority', 'social-worker', "
    "'virtual-school-head', 'home-school', 'provider'"
)


class SafeContacts(Base):
    """Who may be told of a child, and by which way; the latest version stands. Append-only."""

    __tablename__ = "safe_contacts"
    __table_args__ = (
        UniqueConstraint("child_id", "version"),
        CheckConstraint("version > 1", name="version_range"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"))
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; 1 is: nothing yet")
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Everybody who is named, and what is safe; AES-256-GCM"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class PlacementNotice(Base):
    """A notice as it was composed from the record at a moment. Append-only."""

    __tablename__ = "placement_notices"
    __table_args__ = (
        UniqueConstraint("placement_id", "kind", "addressee", "version"),
        UniqueConstraint("id", "placement_id", name="placement_notices_of_placement_key"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint(f"recipient IN ({_RECIPIENTS})", name="recipient_known"),
        CheckConstraint("addressee BETWEEN 0 AND 50", name="addressee_range"),
        CheckConstraint("version > 0", name="version_range"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    kind: Mapped[str] = mapped_column(Text, comment="parent-copy, direction …: see rules.notices")
    recipient: Mapped[str] = mapped_column(Text, comment="To whom, as a role; never a name")
    addressee: Mapped[int] = mapped_column(
        SmallInteger, comment="Which of the child's safe contacts; 0: the role alone"
    )
    version: Mapped[int] = mapped_column(
        Integer, comment="Counts what was composed of this kind for this addressee"
    )
    basis: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="Of which days, week, site and versions it was composed; names nobody"
    )
    due_on: Mapped[date] = mapped_column(Date, comment="The last day in time, as it was then")
    due_at: Mapped[datetime | None] = mapped_column(Moment, comment="Where the clock counts hours")
    shorter_agreed: Mapped[bool] = mapped_column(
        Boolean, comment="The parent consents to shorter notice, before the sixth day"
    )
    encrypted: Mapped[bytes] = mapped_column(LargeBinary, comment="The document; AES-256-GCM")
    composed_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    composed_at: Mapped[datetime] = mapped_column(Moment)


class NoticeSending(Base):
    """That a notice was sent, came back, or was not sent after all. Append-only."""

    __tablename__ = "notice_sendings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["notice_id", "placement_id"],
            ["placement_notices.id", "placement_notices.placement_id"],
            name="notice_sendings_notice_fkey",
        ),
        CheckConstraint("outcome IN ('sent', 'returned', 'not-sent')", name="outcome_known"),
        CheckConstraint("way IN ('post', 'hand', 'email', 'portal')", name="way_known"),
        CheckConstraint(
            "(outcome = 'not-sent') = (sent_at IS NULL) AND (sent_at IS NULL) = (way IS NULL) "
            "AND (sent_at IS NULL) = (given_at IS NULL)",
            name="sent_whole",
        ),
        CheckConstraint("outcome = 'sent' OR corrects IS NOT NULL", name="corrects_something"),
        CheckConstraint("given_at >= sent_at", name="given_after_sent"),
        CheckConstraint("corrects <> id", name="corrects_another"),
        UniqueConstraint("corrects"),
        Index("notice_sendings_notice_id_idx", "notice_id", "id"),
        Index("notice_sendings_placement_id_idx", "placement_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    notice_id: Mapped[uuid.UUID] = mapped_column()
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    outcome: Mapped[str] = mapped_column(Text, comment="sent, returned or not-sent")
    way: Mapped[str | None] = mapped_column(Text, comment="post, hand, email or portal")
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    given_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="When it counts as given; by post later than it was sent"
    )
    sent_by_name: Mapped[str] = mapped_column(Text, comment="Who sent it, as told")
    corrects: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("notice_sendings.id"), comment="Which earlier row this puts right"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
