"""The table of evidence files; their bytes lie in the store."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

STATES = "'quarantined', 'clean', 'infected', 'unscanned'"


class File(Base):
    """A file somebody sent as evidence. Written once; only what scanning found changes."""

    __tablename__ = "files"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint("size_bytes > 0", name="holds_something"),
        CheckConstraint("octet_length(sha256) = 32", name="hash_length"),
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint(
            "(state IN ('clean', 'infected')) = (scanned_at IS NOT NULL AND scanner IS NOT NULL)",
            name="scanned_by_something",
        ),
        CheckConstraint(
            "(state = 'infected') = (finding IS NOT NULL)", name="infected_by_something"
        ),
        CheckConstraint(
            "num_nonnulls(received_by, received_by_machine) <= 1", name="received_by_one"
        ),
        Index("files_organisation_idx", "organisation_id", "received_at", "id"),
        Index(
            "files_unscanned_idx", "id", postgresql_where="state IN ('quarantined', 'unscanned')"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="Names its object in the store")
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), comment="Whose evidence it is"
    )
    name: Mapped[str] = mapped_column(Text, comment="As its sender calls it; no path")
    media_type: Mapped[str] = mapped_column(Text, comment="Found out from its bytes")
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Of its bytes; the same file may be evidence of two organisations"
    )
    state: Mapped[str] = mapped_column(Text, comment="quarantined, clean, infected or unscanned")
    scanned_at: Mapped[datetime | None] = mapped_column(Moment)
    scanner: Mapped[str | None] = mapped_column(Text, comment="What scanned it")
    finding: Mapped[str | None] = mapped_column(
        Text, comment="What the scanner calls what it found"
    )
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), comment="Who sent it; empty: a machine, or the operator"
    )
    received_by_machine: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("machines.id"))
