"""Tables of results that came in one document, and of the files that show what was seen."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection

REASONS = (
    "'standards-not-in-force', 'site-closed', 'later-result', 'inspection-over', 'judged-meanwhile'"
)


class ReceivedResult(Base):
    """A result as it was sent, byte by byte. Append-only but for what is decided of it, once."""

    __tablename__ = "received_results"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference"),
        CheckConstraint("octet_length(sha256) = 32", name="hash_length"),
        CheckConstraint("status IN ('applied', 'kept', 'dismissed')", name="status_known"),
        CheckConstraint(f"reasons <@ ARRAY[{REASONS}]", name="reasons_known"),
        CheckConstraint("cardinality(reasons) = cardinality(details)", name="reasons_explained"),
        CheckConstraint("status = 'applied' OR reasons <> '{}'", name="kept_with_reason"),
        CheckConstraint(
            "(status = 'applied') = (inspection_id IS NOT NULL)", name="applied_to_an_inspection"
        ),
        CheckConstraint(
            "num_nonnulls(received_by, received_by_machine) = 1", name="received_from_one"
        ),
        CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) "
            "AND (decided_at IS NULL) = (decision_reason IS NULL) "
            "AND (decided_at IS NULL) = (status = 'kept' OR reasons = '{}')",
            name="decided_with_reason",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), comment="Whose inspectors looked"
    )
    reference: Mapped[str] = mapped_column(Text, comment="The inspector's own")
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    body: Mapped[bytes] = mapped_column(
        LargeBinary, comment="As it came; may hold notes for colleagues alone"
    )
    sha256: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Of its canonical JSON, so that spaces and order tell nothing apart"
    )
    status: Mapped[str] = mapped_column(Text, comment="applied, kept or dismissed")
    reasons: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Why it was kept: standards-not-in-force, site-closed …"
    )
    details: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Each reason in words")
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Inspection.id), index=True, comment="Whose judgements it became"
    )
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    received_by_machine: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("machines.id"), index=True
    )
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    decision_reason: Mapped[str | None] = mapped_column(Text, comment="Never public")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class InspectionFile(Base):
    """A photo or a paper that shows what was seen in an inspection; for colleagues alone."""

    __tablename__ = "inspection_files"
    __table_args__ = (
        CheckConstraint("length(btrim(title)) > 0", name="titled"),
        Index("inspection_files_inspection_id_idx", "inspection_id", "file_id"),
    )

    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("files.id"), primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    title: Mapped[str] = mapped_column(Text, comment="What it shows; never public")
    added_at: Mapped[datetime] = mapped_column(Moment)
