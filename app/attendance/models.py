"""Tables of attendance: facts, days on which nobody is expected, codes, contacts, alerts."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class AttendanceFact(Base):
    """What somebody reported of one expected session; the latest of a session stands."""

    __tablename__ = "attendance_facts"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('arrived', 'late', 'left-early', 'absent', 'not-expected')",
            name="kind_known",
        ),
        CheckConstraint("kind <> 'late' OR arrived_at IS NOT NULL", name="late_at_some_time"),
        CheckConstraint("kind <> 'left-early' OR left_at IS NOT NULL", name="left_at_some_time"),
        CheckConstraint("kind = 'absent' OR absence IS NULL", name="absence_of_the_absent"),
        CheckConstraint("source IN ('provider', 'commissioner')", name="source_known"),
        CheckConstraint("(told_at IS NULL) = (told_by IS NULL)", name="told_whole"),
        Index("attendance_facts_session_idx", "placement_id", "day", "starts", "id"),
        Index(
            "attendance_facts_reference_key",
            "organisation_id",
            "reference",
            unique=True,
            postgresql_where="reference IS NOT NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    day: Mapped[date] = mapped_column(Date, comment="London")
    starts: Mapped[time] = mapped_column(Time, comment="Of the session; London time")
    kind: Mapped[str] = mapped_column(Text, comment="arrived, late, left-early, absent …")
    arrived_at: Mapped[time | None] = mapped_column(Time, comment="London time")
    left_at: Mapped[time | None] = mapped_column(Time, comment="London time")
    absence: Mapped[str | None] = mapped_column(Text, comment="Why; see rules.attendance.facts")
    source: Mapped[str] = mapped_column(Text, comment="provider or commissioner")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str | None] = mapped_column(Text, comment="The reporter's own")
    reported_by: Mapped[str] = mapped_column(Text, comment="Person or machine, as named then")
    told_by: Mapped[str | None] = mapped_column(Text, comment="By phone: who told it")
    told_at: Mapped[datetime | None] = mapped_column(Moment, comment="By phone: when")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class AttendanceClosure(Base):
    """That nobody is expected on some days: at a site, of a placement, or of a commissioner's."""

    __tablename__ = "attendance_closures"
    __table_args__ = (
        CheckConstraint("num_nonnulls(site_id, placement_id, commissioner_id) = 1", name="of_one"),
        CheckConstraint("until >= since", name="days_in_order"),
        CheckConstraint(
            "reason IN ('holiday', 'training-day', 'closed', 'other-arrangement')",
            name="reason_known",
        ),
        Index("attendance_closures_site_id_until_idx", "site_id", "until"),
        Index("attendance_closures_placement_id_until_idx", "placement_id", "until"),
        Index("attendance_closures_commissioner_id_until_idx", "commissioner_id", "until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("sites.id"))
    placement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("placements.id"))
    commissioner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisations.id"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, comment="The last day")
    reason: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Who said so"
    )
    said_by: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class AttendanceCode(Base):
    """The code a home school decided on for a half day; the latest stands."""

    __tablename__ = "attendance_codes"
    __table_args__ = (
        CheckConstraint("half IN ('morning', 'afternoon')", name="half_known"),
        CheckConstraint("length(code) BETWEEN 1 AND 2", name="code_form"),
        Index("attendance_codes_session_idx", "placement_id", "day", "half", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    day: Mapped[date] = mapped_column(Date, comment="London")
    half: Mapped[str] = mapped_column(Text, comment="morning or afternoon")
    code: Mapped[str] = mapped_column(Text, comment="Of the school's register")
    proposed: Mapped[str | None] = mapped_column(Text, comment="What the facts led to then")
    warning: Mapped[str | None] = mapped_column(Text, comment="Why it does not fit, as was told")
    decided_by: Mapped[str] = mapped_column(Text, comment="Person or machine, as named then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class AttendanceContact(Base):
    """Whom an alert of a placement goes to and how soon, as agreed; the latest stands."""

    __tablename__ = "attendance_contacts"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 0 AND 240", name="minutes_range"),
        Index("attendance_contacts_placement_id_idx", "placement_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    minutes: Mapped[int] = mapped_column(SmallInteger, comment="After the expected time")
    agreed_by: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class AttendanceAlert(Base):
    """That a child was expected and has not arrived, or nobody reported; once a session."""

    __tablename__ = "attendance_alerts"
    __table_args__ = (
        UniqueConstraint("placement_id", "day", "starts"),
        CheckConstraint("why IN ('not-reported', 'absent')", name="why_known"),
        CheckConstraint(
            "answer IN ('safe', 'being-looked-for', 'not-expected', 'attended')",
            name="answer_known",
        ),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer IS NULL) = (answered_by_name IS NULL)",
            name="answered_whole",
        ),
        Index("attendance_alerts_open_idx", "id", postgresql_where="answered_at IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    day: Mapped[date] = mapped_column(Date, comment="London")
    starts: Mapped[time] = mapped_column(Time, comment="London time")
    why: Mapped[str] = mapped_column(Text, comment="not-reported is never absent")
    due_at: Mapped[datetime] = mapped_column(Moment, comment="When somebody was to be told")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
