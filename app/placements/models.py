"""Tables of placements, their timetables, searches for children, and cases about settings."""

import uuid
from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_ENDS = (
    "'objectives-met', 'reintegrated', 'moved', 'plan-named', 'left-area', 'safeguarding', "
    "'provider-ended', 'parent-withdrew', 'school-ended', 'excluded', 'school-age-over', "
    "'recorded-by-mistake', 'other'"
)
DESTINATIONS = (
    "'home-school', 'other-mainstream', 'special-school', 'registered-provision', "
    "'other-non-school-provision', 'further-education', 'home-education', 'custody', "
    "'moved-abroad', 'other-known'"
)


class Placement(Base):
    """A child's place at a provider, commissioned by one organisation."""

    __tablename__ = "placements"
    __table_args__ = (
        UniqueConstraint("commissioner_id", "reference"),
        CheckConstraint("length(btrim(reference)) > 0", name="referred_to"),
        CheckConstraint("planned_end_on >= starts_on", name="planned_in_order"),
        CheckConstraint("ended_on >= starts_on", name="ended_in_order"),
        CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL) "
            "AND (ended_on IS NULL) = (destination IS NULL)",
            name="ended_whole",
        ),
        CheckConstraint(f"end_reason IN ({_ENDS})", name="end_reason_known"),
        CheckConstraint(f"destination IN ({DESTINATIONS}, 'unknown')", name="destination_known"),
        CheckConstraint(
            "delivery IN ('at-a-setting', 'lone-tutor', 'online')", name="delivery_known"
        ),
        Index("placements_commissioner_id_id_idx", "commissioner_id", "id"),
        Index("placements_site_id_starts_on_idx", "site_id", "starts_on"),
        CheckConstraint("octet_length(encrypted_urgency) >= 28", name="urgency_encrypted"),
        Index("placements_live_idx", "site_id", postgresql_where="ended_on IS NULL"),
        Index(
            "placements_assessment_id_key",
            "assessment_id",
            unique=True,
            postgresql_where="assessment_id IS NOT NULL",
        ),
        Index(
            "placements_overrun_idx", "planned_end_on", "id", postgresql_where="ended_on IS NULL"
        ),
        Index("placements_assess_by_idx", "assess_by", "id", postgresql_where="ended_on IS NULL"),
        Index(
            "placements_ended_idx",
            *("site_id", "ended_on", "id"),
            postgresql_where="ended_on IS NOT NULL",
        ),
        Index("placements_ended_on_idx", "ended_on", "id", postgresql_where="ended_on IS NOT NULL"),
        Index("placements_open_until_idx", text("coalesce(ended_on, 'infinity'::date)")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str] = mapped_column(Text, comment="The commissioner's own")
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), comment="The usual one")
    host_la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"), index=True, comment="Where the site lies"
    )
    route: Mapped[str] = mapped_column(Text, comment="How the child comes to it: see rules.funding")
    delivery: Mapped[str] = mapped_column(Text, comment="at-a-setting, lone-tutor or online")
    starts_on: Mapped[date] = mapped_column(Date, comment="The first day")
    planned_end_on: Mapped[date | None] = mapped_column(Date, comment="The last day, as planned")
    ended_on: Mapped[date | None] = mapped_column(Date, comment="The last day, as it was")
    end_reason: Mapped[str | None] = mapped_column(Text)
    destination: Mapped[str | None] = mapped_column(Text, comment="unknown: a search is open")
    assess_by: Mapped[date | None] = mapped_column(
        Date, comment="Recorded as it is, not yet assessed: the day by which it is"
    )
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assessments.id"), comment="By which it was found suitable; empty: not yet"
    )
    encrypted_urgency: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Why it could not wait, under the child's own key; AES-256-GCM"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class PlacementTimetable(Base):
    """When a child is there, from a day on; a change is the next row."""

    __tablename__ = "placement_timetables"
    __table_args__ = (
        UniqueConstraint("placement_id", "since"),
        CheckConstraint("minutes_elsewhere BETWEEN 0 AND 10080", name="minutes_elsewhere_range"),
        CheckConstraint("light IN ('green', 'amber', 'incomplete', 'red')", name="light_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"))
    since: Mapped[date] = mapped_column(Date, comment="The first day it holds")
    minutes_elsewhere: Mapped[int | None] = mapped_column(
        Integer, comment="A week, at school or elsewhere; empty: nobody has said"
    )
    light: Mapped[str] = mapped_column(
        Text, comment="What the registration test of the setting said when it was written down"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class PlacementSession(Base):
    """One time of a week at one site."""

    __tablename__ = "placement_sessions"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_range"),
        CheckConstraint("ends > starts", name="in_order"),
    )

    timetable_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("placement_timetables.id"), primary_key=True
    )
    weekday: Mapped[int] = mapped_column(SmallInteger, primary_key=True, comment="1 is Monday")
    starts: Mapped[time] = mapped_column(Time, primary_key=True, comment="London time")
    ends: Mapped[time] = mapped_column(Time, comment="London time")
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)


class RegistrationCase(Base):
    """A setting may have to register as a school: for the department and the host authority."""

    __tablename__ = "registration_cases"
    __table_args__ = (
        CheckConstraint(
            "closure IN ('below-the-limit', 'hours-reduced', 'registered', 'referred')",
            name="closure_known",
        ),
        CheckConstraint(
            "(closure IS NULL) = (closed_at IS NULL) AND (closure IS NULL) = (closed_by IS NULL) "
            "AND (closure IS NULL) = (closed_reason IS NULL)",
            name="closed_whole",
        ),
        Index(
            "registration_cases_open_key",
            "provider_id",
            unique=True,
            postgresql_where="closed_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("providers.id"), index=True, comment="Whose institution it is"
    )
    would_reach_on: Mapped[date] = mapped_column(Date, comment="The day on which the limit is met")
    refused: Mapped[bool] = mapped_column(comment="A place was refused; otherwise it is so already")
    counts: Mapped[str] = mapped_column(Text, comment="What the limbs of the test said; no child")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closure: Mapped[str | None] = mapped_column(Text)
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class FullTimeFinding(Base):
    """What the department found of one child's hours at a setting; never changed, nor taken out."""

    __tablename__ = "full_time_findings"
    __table_args__ = (
        CheckConstraint("finding IN ('not-full-time', 'by-the-hours')", name="finding_known"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 10080", name="weekly_minutes_range"),
        CheckConstraint("until >= since", name="days_in_order"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registration_cases.id"),
        index=True,
        comment="Which says at whose institution it is",
    )
    child_link: Mapped[uuid.UUID] = mapped_column(
        index=True, comment="As in commitments; names nobody"
    )
    finding: Mapped[str] = mapped_column(Text)
    weekly_minutes: Mapped[int] = mapped_column(
        Integer, comment="As many were timetabled there; it covers no more"
    )
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date, comment="The last day; empty: no end is set")
    reasons: Mapped[str] = mapped_column(Text, comment="How it is known; names no child")
    found_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    found_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    found_at: Mapped[datetime] = mapped_column(Moment)
