"""What was imported: from where, of what day, under which licence, and how it went."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class ImportRun(Base):
    """One import that landed, wholly or (with consent) in its good part. Append-only."""

    __tablename__ = "import_runs"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('postcodes', 'providers', 'schools', 'school-groups', 'school-links')",
            name="kind_known",
        ),
        Index("import_runs_kind_recorded_at_idx", "kind", "recorded_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, comment="What was imported: postcodes …")
    file_name: Mapped[str] = mapped_column(Text, comment="Its name, without folders")
    sha256: Mapped[str] = mapped_column(Text, comment="Of the file as given, in hexadecimal")
    options: Mapped[str] = mapped_column(
        Text, comment="What else decided the result, such as the LA chosen for the whole list"
    )
    source: Mapped[str] = mapped_column(Text, comment="Who published it")
    source_date: Mapped[str | None] = mapped_column(Text, comment="The day it speaks of")
    licence: Mapped[str] = mapped_column(Text, comment="Under which terms it may be used")
    rows_read: Mapped[int] = mapped_column(BigInteger)
    rows_added: Mapped[int] = mapped_column(BigInteger)
    rows_changed: Mapped[int] = mapped_column(BigInteger)
    rows_removed: Mapped[int] = mapped_column(BigInteger)
    rows_refused: Mapped[int] = mapped_column(BigInteger, comment="Rows with a fault")
    accepted_good: Mapped[bool] = mapped_column(
        Boolean, comment="Landed although rows were refused, because the operator said so"
    )
    actor: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
