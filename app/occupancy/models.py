"""The table of commitments: written by placements, read by whoever must know who is where."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import DATERANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class Commitment(Base):
    """A commissioner has a child at a site, on some days; who the child is cannot be told."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name="some_days"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 10080", name="weekly_minutes_range"),
        Index("commitments_site_id_period_idx", "site_id", "period", postgresql_using="gist"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"))
    commissioner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="The organisation that placed the child"
    )
    child_link: Mapped[uuid.UUID] = mapped_column(
        comment="The same for one child everywhere; says nothing else", index=True
    )
    period: Mapped[Range[date]] = mapped_column(DATERANGE, comment="The days it holds, London")
    weekly_minutes: Mapped[int] = mapped_column(Integer, comment="As the timetable says")
