"""Tables of commitments: written by placements, read by whoever must know who is where."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, Text
from sqlalchemy.dialects.postgresql import DATERANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_BANDS = (
    "'over-18-hours', 'from-15-to-18-hours', 'under-15-hours', "
    "'up-to-18-hours-and-little-elsewhere'"
)


class Commitment(Base):
    """A commissioner has a child at a site, on some days; who the child is cannot be told."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint("NOT isempty(period) AND NOT lower_inf(period)", name="some_days"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 10080", name="weekly_minutes_range"),
        CheckConstraint("minutes_elsewhere BETWEEN 0 AND 10080", name="minutes_elsewhere_range"),
        CheckConstraint(
            "delivery IN ('at-a-setting', 'lone-tutor', 'online')", name="delivery_known"
        ),
        Index("commitments_site_id_period_idx", "site_id", "period", postgresql_using="gist"),
        Index("commitments_child_link_period_idx", "child_link", "period", postgresql_using="gist"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"))
    commissioner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="The organisation that placed the child"
    )
    child_link: Mapped[uuid.UUID] = mapped_column(
        comment="The same for one child everywhere; says nothing else"
    )
    period: Mapped[Range[date]] = mapped_column(DATERANGE, comment="The days it holds, London")
    weekly_minutes: Mapped[int] = mapped_column(Integer, comment="As the timetable says")
    placement_id: Mapped[uuid.UUID] = mapped_column(comment="Which placement it is of", index=True)
    delivery: Mapped[str] = mapped_column(Text, comment="at-a-setting, lone-tutor or online")
    minutes_elsewhere: Mapped[int | None] = mapped_column(
        Integer, comment="A week, at school or anywhere not held here; empty: nobody has said"
    )


class AttendanceDeclaration(Base):
    """What a provider says of the children whom nobody on this service places with it."""

    __tablename__ = "attendance_declarations"
    __table_args__ = (
        Index("attendance_declarations_provider_id_idx", "provider_id", "declared_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    declared_on: Mapped[date] = mapped_column(Date)
    declared_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class DeclaredBand(Base):
    """How many children of compulsory school age a declaration counts in one band of hours."""

    __tablename__ = "declared_bands"
    __table_args__ = (
        CheckConstraint(f"band IN ({_BANDS})", name="band_known"),
        CheckConstraint(
            "children BETWEEN 0 AND 1000 AND with_plan_or_care BETWEEN 0 AND children "
            "AND with_needs BETWEEN 0 AND children",
            name="counts_fit",
        ),
    )

    declaration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("attendance_declarations.id"), primary_key=True
    )
    band: Mapped[str] = mapped_column(Text, primary_key=True)
    children: Mapped[int] = mapped_column(SmallInteger)
    with_plan_or_care: Mapped[int] = mapped_column(
        SmallInteger, comment="Of them, with an EHC plan or looked after"
    )
    with_needs: Mapped[int] = mapped_column(
        SmallInteger, comment="Of them, with special educational needs"
    )
