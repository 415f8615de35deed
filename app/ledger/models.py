"""Tables of the log."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

CHANGED_BY = (
    "'provider', 'local-authority', 'qa-body', 'commissioner', 'department', 'service', 'operator'"
)
"""As `terms.ChangedBy` names them."""


class LedgerHead(Base):
    """The newest entry. Its one row is the last lock every publishing transaction takes."""

    __tablename__ = "ledger_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("(entry = 0) = (recorded_at IS NULL)", name="empty_or_dated"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, comment="Always 1")
    entry: Mapped[int] = mapped_column(BigInteger, comment="Number of the newest entry; 0 if none")
    recorded_at: Mapped[datetime | None] = mapped_column(Moment, comment="Its recorded time")
    epoch: Mapped[uuid.UUID] = mapped_column(
        comment="Names this log: a cursor of another log is not a cursor of this one"
    )
    demonstration: Mapped[bool] = mapped_column(
        comment="Every provider is invented; chosen while the log is empty, never changed after"
    )


class LedgerEntry(Base):
    """One change of one public record. Never changed, never removed."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("entry > 0", name="numbered_from_one"),
        CheckConstraint("octet_length(record_hash) = 32", name="record_hash_length"),
        CheckConstraint("octet_length(leaf_hash) = 32", name="leaf_hash_length"),
    )

    entry: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="From 1, without gaps"
    )
    recorded_at: Mapped[datetime] = mapped_column(
        Moment, unique=True, comment="When the log learned it; strictly rising with the number"
    )
    effective_on: Mapped[date] = mapped_column(Date, comment="The London day from which it holds")
    number: Mapped[str] = mapped_column(
        Text, index=True, comment="Provider number; no foreign key, the log outlives what it names"
    )
    record_hash: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256 of salt and record")
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary, comment="RFC 6962 leaf hash")


class LedgerCause(Base):
    """In which part somebody caused an entry; never changed. Older entries have none."""

    __tablename__ = "ledger_causes"
    __table_args__ = (CheckConstraint(f"by IN ({CHANGED_BY})", name="by_known"),)

    entry: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_entries.entry"), primary_key=True, autoincrement=False
    )
    by: Mapped[str] = mapped_column(Text, comment="The part of who caused it; never who it was")


class LedgerBody(Base):
    """The record an entry published, or the tombstone that took its place."""

    __tablename__ = "ledger_bodies"
    __table_args__ = (
        CheckConstraint(
            "(record IS NULL) = (salt IS NULL) AND (record IS NULL) = (redacted_at IS NOT NULL) "
            "AND (record IS NULL) = (redaction_reason IS NOT NULL)",
            name="record_or_tombstone",
        ),
        Index("ledger_bodies_tombstones_idx", "entry", postgresql_where="redacted_at IS NOT NULL"),
    )

    entry: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_entries.entry"), primary_key=True, autoincrement=False
    )
    salt: Mapped[bytes | None] = mapped_column(LargeBinary, comment="16 random bytes")
    record: Mapped[bytes | None] = mapped_column(LargeBinary, comment="Canonical JSON, RFC 8785")
    redacted_at: Mapped[datetime | None] = mapped_column(Moment, comment="When it was taken out")
    redaction_reason: Mapped[str | None] = mapped_column(Text, comment="Why, for the public")
