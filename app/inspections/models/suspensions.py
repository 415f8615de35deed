"""Tables of interim suspensions: a risk of harm was found, and is looked at again within days."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.providers.models.listings import Listing, ListingProposal


class InterimSuspension(Base):
    """A listing was suspended by two officers without a hearing; it stays under a clock."""

    __tablename__ = "interim_suspensions"
    __table_args__ = (CheckConstraint("review_due_on >= imposed_on", name="reviewed_afterwards"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Listing.id), index=True)
    proposal_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(ListingProposal.id),
        unique=True,
        comment="Says what was found, and who the two were",
    )
    imposed_on: Mapped[date] = mapped_column(Date)
    reviewed_on: Mapped[date] = mapped_column(
        Date, comment="When somebody looked at it last; at first the day it was imposed"
    )
    review_due_on: Mapped[date | None] = mapped_column(
        Date, index=True, comment="By when it is looked at again; empty where no clock runs"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class SuspensionReview(Base):
    """Somebody looked at a suspension again. Append-only."""

    __tablename__ = "suspension_reviews"
    __table_args__ = (
        CheckConstraint("decision IN ('stays', 'lift-proposed')", name="decision_known"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    suspension_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(InterimSuspension.id), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    decision: Mapped[str] = mapped_column(Text, comment="stays or lift-proposed")
    reason: Mapped[str] = mapped_column(Text, comment="Why; never public")
    reviewed_at: Mapped[datetime] = mapped_column(Moment)
    next_due_on: Mapped[date | None] = mapped_column(Date, comment="By when once more")
