"""Tables of children, of what links them across commissioners, and of what was erased."""

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

_HOLDS = "'inquiry', 'court', 'complaint', 'safeguarding'"
_REASONS = "'retention-over', 'recorded-by-mistake', 'subject-request'"


class Child(Base):
    """A child as one commissioner holds it; another commissioner's is another row."""

    __tablename__ = "children"
    __table_args__ = (
        UniqueConstraint("commissioner_id", "reference"),
        CheckConstraint("length(btrim(reference)) > 0", name="referred_to"),
        CheckConstraint(
            "(erased_at IS NULL) = (sealed_key IS NOT NULL) "
            "AND (erased_at IS NULL) = (date_of_birth IS NOT NULL) "
            "AND (erased_at IS NULL) = (reference IS NOT NULL)",
            name="erased_whole",
        ),
        CheckConstraint(f"held_because IN ({_HOLDS})", name="hold_known"),
        CheckConstraint("erased_at IS NULL OR held_because IS NULL", name="not_erased_while_held"),
        Index("children_commissioner_id_id_idx", "commissioner_id", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str | None] = mapped_column(Text, comment="The commissioner's own")
    sealed_key: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="The child's own key, sealed under the keyring; empty once erased"
    )
    date_of_birth: Mapped[date | None] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    held_because: Mapped[str | None] = mapped_column(
        Text, comment="Not to be erased while this stands; empty: nothing stands against it"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class ChildParticulars(Base):
    """Who a child is, encrypted under its own key: row security hides rows, not columns."""

    __tablename__ = "child_particulars"
    __table_args__ = (CheckConstraint("octet_length(encrypted) >= 28", name="encrypted"),)

    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), primary_key=True)
    encrypted: Mapped[bytes] = mapped_column(LargeBinary, comment="UPN and names; AES-256-GCM")


class ChildCircumstances(Base):
    """Who has which duty towards a child from a day on, until the next row says otherwise."""

    __tablename__ = "child_circumstances"
    __table_args__ = (
        Index("child_circumstances_home_la_code_idx", "home_la_code"),
        Index("child_circumstances_plan_la_code_idx", "plan_la_code"),
        Index("child_circumstances_care_la_code_idx", "care_la_code"),
    )

    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), primary_key=True)
    since: Mapped[date] = mapped_column(Date, primary_key=True, comment="The first day, London")
    home_la_code: Mapped[str] = mapped_column(
        ForeignKey("local_authorities.la_code"), comment="Where the child lives"
    )
    school_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="On whose roll; empty: on none"
    )
    plan_la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"),
        comment="Which maintains the education, health and care plan; empty: there is none",
    )
    care_la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"), comment="Which looks after the child, if one does"
    )
    has_sen: Mapped[bool] = mapped_column(
        Boolean, comment="Special educational needs, with or without a plan"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class ChildLink(Base):
    """Which rows are one child; the matcher alone sees it."""

    __tablename__ = "child_links"
    __table_args__ = (
        CheckConstraint("octet_length(upn_hash) = 32", name="upn_hash_length"),
        CheckConstraint("octet_length(likeness_hash) = 32", name="likeness_hash_length"),
        Index("child_links_upn_hash_idx", "upn_hash"),
        Index("child_links_likeness_hash_idx", "likeness_hash"),
    )

    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), primary_key=True)
    link_id: Mapped[uuid.UUID] = mapped_column(
        index=True, comment="The same for one child everywhere; says nothing else"
    )
    upn_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="HMAC-SHA-256 of the UPN; empty where it is not known"
    )
    likeness_hash: Mapped[bytes] = mapped_column(
        LargeBinary, comment="HMAC-SHA-256 of family name, first name and day of birth"
    )


class MatchQuestion(Base):
    """Whether two records are of one child: for a person who may see both."""

    __tablename__ = "match_questions"
    __table_args__ = (
        UniqueConstraint("child_id", "other_child_id"),
        CheckConstraint("child_id > other_child_id", name="asked_once"),
        CheckConstraint(
            "method IN ('upn-alone', 'name-and-birth', 'two-places-at-once')", name="method_known"
        ),
        CheckConstraint("answer IN ('same', 'different')", name="answer_known"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer IS NULL) = (answered_reason IS NULL)",
            name="answered_whole",
        ),
        Index("match_questions_open_idx", "la_code", postgresql_where="answered_at IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"))
    other_child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), index=True)
    method: Mapped[str] = mapped_column(Text, comment="By what it came up; see terms.MatchMethod")
    la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"),
        comment="Which local authority answers: home of both; empty: the department",
    )
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text, comment="same or different; empty: open")
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_reason: Mapped[str | None] = mapped_column(Text, comment="Names no child")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class Erasure(Base):
    """That a child's record was erased; replayed after a backup is restored."""

    __tablename__ = "erasures"
    __table_args__ = (CheckConstraint(f"reason IN ({_REASONS})", name="reason_known"),)

    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("children.id"), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(Moment)
    erased_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, comment="retention-over, recorded-by-mistake …")
