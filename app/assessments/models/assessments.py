"""Tables of assessments: what was said, which settings were looked at, what was decided."""

import uuid
from datetime import date, datetime
from typing import Any

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
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_STEPS = (
    "'need', 'alternatives', 'voices', 'told', 'shortlist', 'registration', 'match', 'risk', "
    "'plan', 'money'"
)
_WITHDRAWALS = (
    "'not-needed', 'other-place-found', 'parent-refused', 'child-left', 'recorded-by-mistake', "
    "'child-erased'"
)
_LIGHTS = "'green', 'amber', 'incomplete', 'red'"
SEALED_AT_LEAST = 28
"""Bytes of a nonce and a tag: what is encrypted is never shorter."""


class Assessment(Base):
    """Whether a place suits a child of a commissioner, from the need to the decision."""

    __tablename__ = "assessments"
    __table_args__ = (
        UniqueConstraint("commissioner_id", "reference"),
        CheckConstraint("length(btrim(reference)) > 0", name="referred_to"),
        CheckConstraint("ends_on >= starts_on", name="in_order"),
        CheckConstraint(f"withdrawn_reason IN ({_WITHDRAWALS})", name="withdrawn_reason_known"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_for_some_reason"
        ),
        Index("assessments_commissioner_id_id_idx", "commissioner_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str] = mapped_column(Text, comment="The commissioner's own")
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), index=True)
    route: Mapped[str] = mapped_column(Text, comment="How the child comes to it: see rules.funding")
    starts_on: Mapped[date] = mapped_column(Date, comment="The first day, as it is meant to be")
    ends_on: Mapped[date | None] = mapped_column(Date, comment="The last day, once it is planned")
    requested_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Who asked for it; empty: a machine"
    )
    requested_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class AssessmentStep(Base):
    """What somebody said in a step; the newest of a step holds, and the others stay."""

    __tablename__ = "assessment_steps"
    __table_args__ = (
        CheckConstraint(f"step IN ({_STEPS})", name="step_known"),
        CheckConstraint(f"octet_length(encrypted) >= {SEALED_AT_LEAST}", name="encrypted"),
        Index("assessment_steps_assessment_id_step_id_idx", "assessment_id", "step", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    step: Mapped[str] = mapped_column(Text)
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="What was said, under the child's own key; AES-256-GCM"
    )
    written_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Empty: a machine"
    )
    written_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    written_at: Mapped[datetime] = mapped_column(Moment)


class AssessmentOption(Base):
    """A setting that was looked at for a child."""

    __tablename__ = "assessment_options"
    __table_args__ = (
        CheckConstraint("standing IN ('considered', 'turned-down', 'chosen')", name="standing"),
        CheckConstraint(
            "delivery IN ('at-a-setting', 'lone-tutor', 'online')", name="delivery_known"
        ),
        CheckConstraint(
            "price_unit IN ('hour', 'half-day', 'day', 'week', 'term', 'place')",
            name="price_unit_known",
        ),
        CheckConstraint("price_pence >= 0", name="price_no_less_than_nothing"),
        CheckConstraint("(price_pence IS NULL) = (price_unit IS NULL)", name="priced_whole"),
        CheckConstraint("weekly_minutes BETWEEN 1 AND 10080", name="weekly_minutes_range"),
        CheckConstraint("minutes_elsewhere BETWEEN 0 AND 10080", name="minutes_elsewhere_range"),
        CheckConstraint("(sessions IS NULL) = (weekly_minutes IS NULL)", name="timetabled_whole"),
        CheckConstraint(f"light IN ({_LIGHTS})", name="light_known"),
        CheckConstraint(
            "(light IS NULL) = (tested_at IS NULL) AND (light IS NULL) = (reached_on IS NULL) "
            "AND (light IS NULL) = (sessions IS NULL)",
            name="tested_whole",
        ),
        CheckConstraint(f"octet_length(encrypted) >= {SEALED_AT_LEAST}", name="encrypted"),
        Index("assessment_options_assessment_id_id_idx", "assessment_id", "id"),
        Index(
            "assessment_options_chosen_key",
            "assessment_id",
            unique=True,
            postgresql_where="standing = 'chosen'",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    programme: Mapped[str | None] = mapped_column(Text, comment="Which of the site's offers")
    delivery: Mapped[str] = mapped_column(Text, comment="at-a-setting, lone-tutor or online")
    sessions: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSONB(none_as_null=True), comment="The proposed week: weekday, starts, ends, site"
    )
    weekly_minutes: Mapped[int | None] = mapped_column(Integer, comment="Of the proposed week")
    minutes_elsewhere: Mapped[int | None] = mapped_column(
        Integer, comment="A week, at school or elsewhere; empty: nobody has said"
    )
    price_pence: Mapped[int | None] = mapped_column(BigInteger)
    price_unit: Mapped[str | None] = mapped_column(Text)
    standing: Mapped[str] = mapped_column(Text, comment="considered, turned-down or chosen")
    encrypted: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Gaps and reasons, under the child's own key; AES-256-GCM"
    )
    light: Mapped[str | None] = mapped_column(
        Text, comment="What the registration test of the setting said of the proposed week"
    )
    reached_on: Mapped[date | None] = mapped_column(Date, comment="The day on which it says so")
    tested_at: Mapped[datetime | None] = mapped_column(Moment)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class AssessmentTest(Base):
    """That somebody asked what a timetable would mean for a setting; counted, and never changed."""

    __tablename__ = "assessment_tests"
    __table_args__ = (
        CheckConstraint("asked_as IN ('what-if', 'option', 'decision')", name="asked_as_known"),
        CheckConstraint(f"light IN ({_LIGHTS})", name="light_known"),
        Index("assessment_tests_commissioner_id_asked_at_idx", "commissioner_id", "asked_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), index=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    asked_as: Mapped[str] = mapped_column(Text, comment="what-if, option or decision")
    weekly_minutes: Mapped[int] = mapped_column(Integer)
    light: Mapped[str] = mapped_column(Text)
    asked_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    asked_at: Mapped[datetime] = mapped_column(Moment)


class AssessmentDecision(Base):
    """What was decided, with everything that was shown, frozen. Never changed."""

    __tablename__ = "assessment_decisions"
    __table_args__ = (
        CheckConstraint("outcome IN ('approved', 'refused')", name="outcome_known"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256_length"),
        CheckConstraint(
            "outcome = 'refused' OR option_id IS NOT NULL", name="approved_for_a_setting"
        ),
        Index("assessment_decisions_decided_by_idx", "decided_by"),
    )

    assessment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    option_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assessment_options.id"), index=True, comment="Which setting was chosen"
    )
    outcome: Mapped[str] = mapped_column(Text, comment="approved or refused")
    decided_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    decided_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    decided_at: Mapped[datetime] = mapped_column(Moment)
    register_entry: Mapped[int] = mapped_column(
        BigInteger, comment="The register's newest entry then"
    )
    frozen: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Canonical JSON: facts in clear, personal parts as ciphertext"
    )
    sha256: Mapped[bytes] = mapped_column(LargeBinary, comment="Of the frozen bytes")
