"""Tables of reviews: when each is due, what was found, and what opened one."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_CAUSES = "'listing', 'outcome', 'document', 'concern', 'suspension'"


class ReviewDue(Base):
    """By when a placement that runs is reviewed next; the row goes when the placement ends."""

    __tablename__ = "reviews_due"
    __table_args__ = (
        CheckConstraint("next_on <= latest_on", name="within_the_limit"),
        Index("reviews_due_next_on_idx", "next_on", "placement_id"),
        Index("reviews_due_commissioner_idx", "commissioner_id", "next_on", "placement_id"),
    )

    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    counted_from: Mapped[date] = mapped_column(Date, comment="The last review, or the first day")
    next_on: Mapped[date] = mapped_column(Date, comment="By when")
    latest_on: Mapped[date] = mapped_column(Date, comment="Never later than this")
    approximate: Mapped[bool] = mapped_column(Boolean, comment="School days were guessed")


class PlacementReview(Base):
    """A review that was held. Append-only; what was said lies under the child's key."""

    __tablename__ = "placement_reviews"
    __table_args__ = (
        UniqueConstraint("placement_id", "held_on"),
        UniqueConstraint("placement_id", "reference"),
        CheckConstraint("decision IN ('continue', 'change', 'end')", name="decision_known"),
        CheckConstraint("progress IN ('as-planned', 'some', 'none')", name="progress_known"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
        CheckConstraint("next_on > held_on", name="next_afterwards"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    reference: Mapped[str] = mapped_column(Text, comment="The commissioner's own")
    held_on: Mapped[date] = mapped_column(Date)
    decision: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    next_on: Mapped[date | None] = mapped_column(Date, comment="Empty where the place ends")
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Who held it, the child's voice and the rest; AES-256-GCM"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ReviewContribution(Base):
    """What the provider says for the next review. Append-only; under the child's key."""

    __tablename__ = "review_contributions"
    __table_args__ = (
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
        Index("review_contributions_placement_id_idx", "placement_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    given_on: Mapped[date] = mapped_column(Date)
    by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    encrypted: Mapped[bytes] = mapped_column(LargeBinary, comment="AES-256-GCM")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ReviewOpening(Base):
    """Something changed at the provider: the placement is reviewed, and the change acknowledged."""

    __tablename__ = "review_openings"
    __table_args__ = (
        CheckConstraint(f"cause IN ({_CAUSES})", name="cause_known"),
        CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by_name IS NULL)", name="acknowledged_whole"
        ),
        Index(
            "review_openings_open_key",
            *("placement_id", "cause"),
            unique=True,
            postgresql_where="settled_on IS NULL",
        ),
        Index("review_openings_placement_id_idx", "placement_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    cause: Mapped[str] = mapped_column(Text)
    opened_on: Mapped[date] = mapped_column(Date)
    acknowledge_by: Mapped[date] = mapped_column(Date)
    acknowledged_at: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    settled_on: Mapped[date | None] = mapped_column(
        Date, comment="The day of the review that followed, or of the placement's end"
    )


class ReviewWatch(Base):
    """How a provider stood when it was looked at last, so that a change is seen."""

    __tablename__ = "review_watches"

    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), primary_key=True)
    status: Mapped[str] = mapped_column(Text)
    outcomes: Mapped[str] = mapped_column(Text, comment="Of its sites, in their order")
    documents_out: Mapped[int] = mapped_column(Integer, comment="Documents out of date")
    looked_at: Mapped[datetime] = mapped_column(Moment)
