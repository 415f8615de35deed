"""Tables of safeguarding: who answers for what since when, whom they name, what is offered."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_DUTIES = "duty IN ('lead-contact', 'attendance-follow-up')"


class DutyPeriod(Base):
    """A body answers for a duty on some days; together they cover the placement, without gap."""

    __tablename__ = "duty_periods"
    __table_args__ = (
        CheckConstraint(_DUTIES, name="duty_known"),
        CheckConstraint("until >= since", name="days_in_order"),
        ExcludeConstraint(
            ("placement_id", "="),
            ("duty", "="),
            (func.daterange(column("since"), column("until"), text("'[]'::text")), "&&"),
            name="duty_periods_one_at_a_time_excl",
            using="gist",
        ),
        Index("duty_periods_placement_id_idx", "placement_id", "duty", "since"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    duty: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    since: Mapped[date] = mapped_column(Date, comment="The first day; London")
    until: Mapped[date | None] = mapped_column(
        Date, comment="The last day; empty: until the placement ends"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class DutyContact(Base):
    """Whom a body names for a duty; the latest of a body stands. Append-only."""

    __tablename__ = "duty_contacts"
    __table_args__ = (
        CheckConstraint(_DUTIES, name="duty_known"),
        CheckConstraint("octet_length(encrypted_reach) >= 28", name="reach_encrypted"),
        Index("duty_contacts_placement_id_idx", "placement_id", "recorded_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    duty: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text, comment="What they are there")
    encrypted_reach: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Telephone and e-mail, under the child's own key; AES-256-GCM"
    )
    named_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class DutyOffer(Base):
    """A body asks another to take a duty over from a day; until it accepts, the former goes on."""

    __tablename__ = "duty_offers"
    __table_args__ = (
        CheckConstraint(_DUTIES, name="duty_known"),
        CheckConstraint("answer IN ('accepted', 'refused', 'withdrawn')", name="answer_known"),
        CheckConstraint("to_organisation_id <> from_organisation_id", name="to_another"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer IS NULL) = (answered_by_name IS NULL)",
            name="answered_whole",
        ),
        Index(
            "duty_offers_open_key",
            *("placement_id", "duty"),
            unique=True,
            postgresql_where="answer IS NULL",
        ),
        Index("duty_offers_placement_id_idx", "placement_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    duty: Mapped[str] = mapped_column(Text)
    from_organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    to_organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    since: Mapped[date] = mapped_column(Date, comment="From the beginning of this day; London")
    offered_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    offered_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    offered_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class SafeguardingItem(Base):
    """What was done of an item of the checklist; the latest version stands. Append-only."""

    __tablename__ = "safeguarding_items"
    __table_args__ = (
        UniqueConstraint("placement_id", "item", "version"),
        CheckConstraint("item ~ '^SG([1-9]|1[0-9]|2[0-2])$'", name="item_known"),
        CheckConstraint("num_nonnulls(done_on, next_due) > 0", name="says_something"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    item: Mapped[str] = mapped_column(Text, comment="SG1 to SG22; see rules.safeguarding")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; 1 is: nothing yet")
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Which body says so"
    )
    done_on: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[date | None] = mapped_column(Date)
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What was done, by whom, the evidence; AES-256-GCM"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class UrgentStartCompleted(Base):
    """That a start could not wait, and by when what was lacking is completed. Append-only."""

    __tablename__ = "urgent_starts"
    __table_args__ = (CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),)

    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    complete_by: Mapped[date] = mapped_column(Date)
    encrypted: Mapped[bytes] = mapped_column(LargeBinary, comment="Why; AES-256-GCM")
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ProviderSafeguardingItem(Base):
    """What a provider says of its own part of an item; the latest stands. Append-only."""

    __tablename__ = "provider_safeguarding_items"
    __table_args__ = (
        UniqueConstraint("placement_id", "item", "version"),
        CheckConstraint("item ~ '^SG([1-9]|1[0-9]|2[0-2])$'", name="item_known"),
        CheckConstraint("num_nonnulls(done_on, next_due) > 0", name="says_something"),
        CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    item: Mapped[str] = mapped_column(Text, comment="One that is the provider's, too")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; 1 is: nothing yet")
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Which body says so"
    )
    done_on: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[date | None] = mapped_column(Date)
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What was done, by whom, the evidence; AES-256-GCM"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class SafeguardingStatusKept(Base):
    """How a live placement stood when it was looked at last: an index for lists, never an answer.

    Triggers count every act that may change it; a job looks anew.
    """

    __tablename__ = "safeguarding_statuses"
    __table_args__ = (
        CheckConstraint("status IN ('green', 'amber', 'red')", name="status_known"),
        Index("safeguarding_statuses_commissioner_id_idx", "commissioner_id", "placement_id"),
        Index("safeguarding_statuses_swept_on_idx", "swept_on", "placement_id"),
        Index(
            "safeguarding_statuses_unsettled_idx",
            "placement_id",
            postgresql_where="touched <> settled",
        ),
    )

    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    status: Mapped[str] = mapped_column(Text, comment="As it stood when it was looked at last")
    touched: Mapped[int] = mapped_column(BigInteger, comment="Counts acts that may change it")
    settled: Mapped[int] = mapped_column(
        BigInteger, comment="How many of them the status takes into account"
    )
    swept_on: Mapped[date] = mapped_column(Date, comment="On which day it was looked at")
