"""The table of reliances: one QA body uses what another saw; providers are visited once."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.inspections import Inspection


class Reliance(Base):
    """A QA body relies on another's published inspection: for which criteria, and until when."""

    __tablename__ = "reliances"
    __table_args__ = (
        CheckConstraint(
            "(ended_on IS NULL) = (ended_because IS NULL)", name="ended_for_some_reason"
        ),
        CheckConstraint(
            "ended_because IN ('withdrawn', 'lapsed', 'inspection-withdrawn')",
            name="ended_because_known",
        ),
        CheckConstraint("until >= since", name="until_after_beginning"),
        Index(
            "reliances_present_key",
            "inspection_id",
            "organisation_id",
            unique=True,
            postgresql_where="ended_on IS NULL",
        ),
        Index("reliances_until_idx", "until", postgresql_where="ended_on IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id))
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="The QA body that relies on it"
    )
    criteria: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="For which, by number; none named is all"
    )
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, comment="The last day")
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    ended_on: Mapped[date | None] = mapped_column(Date, comment="The first day it holds no more")
    ended_because: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
