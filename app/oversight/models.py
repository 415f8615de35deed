"""Tables of follow-ups, and of what is left of erased children so that counts hold."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.placements.models import DESTINATIONS

_OUTCOMES = (
    "'found', 'returned-to-school', 'received-by-authority', 'left-the-country', 'died', "
    "'over-school-age', 'recorded-by-mistake'"
)
_EVIDENCE = (
    "'seen-on-a-roll', 'seen-in-person', 'told-by-authority', 'told-by-agency', "
    "'told-by-family', 'own-record'"
)
_KINDS = (
    "'telephoned', 'wrote', 'visited-home', 'asked-family', 'asked-school', 'asked-authority', "
    "'asked-social-care', 'asked-health', 'asked-police', 'asked-border', 'searched-records', "
    "'other', 'closed'"
)
_REASONS = "'moved-there', 'seen-there', 'circumstances-changed', 'authority-abolished'"
_OPEN = "closed_on IS NULL"


class FollowUp(Base):
    """A placement ended and nobody knows where the child is: somebody looks until it is known."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({_OUTCOMES})", name="outcome_known"),
        CheckConstraint(f"evidence IN ({_EVIDENCE})", name="evidence_known"),
        CheckConstraint(f"destination IN ({DESTINATIONS})", name="destination_known"),
        CheckConstraint(
            "(outcome IS NULL) = (closed_on IS NULL) AND (outcome IS NULL) = (evidence IS NULL) "
            "AND (outcome IS NULL) = (closed_by_name IS NULL) "
            "AND (outcome IS NULL) = (next_step_by IS NOT NULL)",
            name="closed_with_outcome",
        ),
        CheckConstraint(
            "coalesce(outcome IN ('found', 'returned-to-school'), false) "
            "= (destination IS NOT NULL)",
            name="found_somewhere",
        ),
        Index("follow_ups_open_idx", "next_step_by", "id", postgresql_where=_OPEN),
        Index("follow_ups_open_la_idx", "la_code", "next_step_by", "id", postgresql_where=_OPEN),
        Index("follow_ups_open_commissioner_idx", "commissioner_id", postgresql_where=_OPEN),
        Index("follow_ups_open_school_idx", "school_id", postgresql_where=_OPEN),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(
        Text, unique=True, comment="Random; all that a message says"
    )
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), unique=True)
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), index=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    la_code: Mapped[str] = mapped_column(
        ForeignKey("local_authorities.la_code"), index=True, comment="Which looks now"
    )
    school_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="On whose roll: looks first, jointly"
    )
    care_la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"), index=True, comment="Corporate parent; looks, too"
    )
    since: Mapped[date] = mapped_column(Date, comment="The last day of the placement")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    next_step_by: Mapped[date | None] = mapped_column(
        Date, comment="By when something is tried; empty once it ended"
    )
    outcome: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[str | None] = mapped_column(Text, comment="How it is known")
    destination: Mapped[str | None] = mapped_column(Text, comment="Where the child is")
    closed_on: Mapped[date | None] = mapped_column(Date)
    closed_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class FollowUpSpell(Base):
    """Which authority looks from a day on, until the next row. Append-only."""

    __tablename__ = "follow_up_spells"
    __table_args__ = (
        CheckConstraint("became IN ('opened', 'handed-over', 'succeeded')", name="became_known"),
        CheckConstraint("number > 0", name="number_range"),
    )

    follow_up_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("follow_ups.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    la_code: Mapped[str] = mapped_column(ForeignKey("local_authorities.la_code"), index=True)
    since: Mapped[date] = mapped_column(Date)
    became: Mapped[str] = mapped_column(Text)


class FollowUpStep(Base):
    """What was tried to find a child. Append-only; what was said lies under the child's key."""

    __tablename__ = "follow_up_steps"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
        Index("follow_up_steps_follow_up_id_idx", "follow_up_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    follow_up_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("follow_ups.id"))
    kind: Mapped[str] = mapped_column(Text)
    taken_on: Mapped[date] = mapped_column(Date)
    by_name: Mapped[str] = mapped_column(Text, comment="Who recorded it, as it was then")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What was said and found; AES-256-GCM"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class FollowUpHandover(Base):
    """Another authority is asked to look for a child; until it accepts, the former goes on."""

    __tablename__ = "follow_up_handovers"
    __table_args__ = (
        CheckConstraint(f"reason IN ({_REASONS})", name="reason_known"),
        CheckConstraint("answer IN ('accepted', 'declined', 'lapsed')", name="answer_known"),
        CheckConstraint("to_la_code <> from_la_code", name="to_another"),
        CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL) "
            "AND (answer IS NULL) = (answered_by_name IS NULL)",
            name="answered_whole",
        ),
        Index(
            "follow_up_handovers_open_key",
            "follow_up_id",
            unique=True,
            postgresql_where="answer IS NULL",
        ),
        Index("follow_up_handovers_asked_idx", "to_la_code", postgresql_where="answer IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    follow_up_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("follow_ups.id"), index=True)
    from_la_code: Mapped[str] = mapped_column(ForeignKey("local_authorities.la_code"), index=True)
    to_la_code: Mapped[str] = mapped_column(ForeignKey("local_authorities.la_code"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    offered_on: Mapped[date] = mapped_column(Date)
    offered_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    answer: Mapped[str | None] = mapped_column(Text)
    answered_on: Mapped[date | None] = mapped_column(Date)
    answered_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")


class ErasedPlacementArea(Base):
    """In whose area an erased child lived from a day on, by placement. Append-only; no child."""

    __tablename__ = "erased_placement_areas"

    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    since: Mapped[date] = mapped_column(Date, primary_key=True)
    la_code: Mapped[str] = mapped_column(ForeignKey("local_authorities.la_code"), index=True)
