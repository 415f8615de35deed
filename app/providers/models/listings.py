"""Tables of listings: one for each site that asked to be, or is, on the register."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.places.models import LocalAuthority
from app.standards.models import StandardsVersion

STATES = (
    "'draft', 'submitted', 'in-assessment', 'listed', 'listed-with-actions', 'under-review', "
    "'suspended', 'removed', 'closed', 'refused'"
)
APPLYING = "state IN ('draft', 'submitted', 'in-assessment')"
ON_REGISTER = "state IN ('listed', 'listed-with-actions', 'under-review', 'suspended')"
PUBLIC_REASONS = (
    "'assessment', 'recent-local-check', 'actions-agreed', 'actions-completed', "
    "'evidence-out-of-date', 'being-looked-into', 'standards-not-met', 'provider-asked', "
    "'no-longer-operating', 'replaced-by-later-listing', 'decision-reviewed', 'administrative'"
)
TWO_PEOPLE = "'listed', 'listed-with-actions', 'refused', 'removed'"
"""States that nobody brings about alone."""


class Listing(Base):
    """A site's way onto the register, its standing there, and its way off; scoped to what was seen.

    The state of a day is `next_state` from `next_on` on, and `state` before.
    """

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint(f"next_state IN ({STATES})", name="next_state_known"),
        CheckConstraint("(next_state IS NULL) = (next_on IS NULL)", name="next_state_dated"),
        CheckConstraint(
            "basis IN ('application', 'transition', 'conversion', 'operator')", name="basis_known"
        ),
        CheckConstraint("seen_how IN ('visit', 'remote', 'papers')", name="seen_how_known"),
        CheckConstraint("(seen_on IS NULL) = (seen_how IS NULL)", name="seen_on_some_day"),
        CheckConstraint("age_from BETWEEN 2 AND 25", name="age_from_range"),
        CheckConstraint("age_to BETWEEN age_from AND 25", name="age_to_range"),
        CheckConstraint(
            f"({ON_REGISTER} OR state = 'removed') <= (listed_on IS NOT NULL)",
            name="listed_some_day",
        ),
        Index("listings_applying_key", "site_id", unique=True, postgresql_where=APPLYING),
        Index("listings_on_register_key", "site_id", unique=True, postgresql_where=ON_REGISTER),
        Index("listings_la_code_state_idx", "la_code", "state", "id"),
        Index("listings_next_on_idx", "next_on", postgresql_where="next_on IS NOT NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    la_code: Mapped[str] = mapped_column(
        Text, ForeignKey(LocalAuthority.la_code), comment="The local authority that decides"
    )
    basis: Mapped[str] = mapped_column(Text, comment="Whence it came: application, transition …")
    state: Mapped[str] = mapped_column(Text, comment="Where it stood when it last moved")
    state_since: Mapped[date] = mapped_column(Date, comment="The first day of that state")
    next_state: Mapped[str | None] = mapped_column(Text, comment="Announced for a later day")
    next_on: Mapped[date | None] = mapped_column(Date, comment="The first day of the next state")
    listed_on: Mapped[date | None] = mapped_column(
        Date, comment="Its first day on the register; empty: never public"
    )
    standards_version_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(StandardsVersion.id),
        comment="The version of the minimum standards it is held against",
        index=True,
    )
    age_from: Mapped[int | None] = mapped_column(SmallInteger, comment="Scope: youngest, years")
    age_to: Mapped[int | None] = mapped_column(SmallInteger, comment="Scope: oldest, years")
    key_stages: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="Scope: 1 to 5")
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Scope: SEN need codes (DfE)")
    programmes: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Scope: what was seen")
    seen_on: Mapped[date | None] = mapped_column(Date, comment="When somebody looked")
    seen_how: Mapped[str | None] = mapped_column(Text, comment="visit, remote or papers")
    review_due_on: Mapped[date | None] = mapped_column(Date, comment="When it is looked at again")
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[uuid.UUID | None] = mapped_column(comment="The person who began it")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class ListingMove(Base):
    """One move of a listing from a state to another: who, why, from when. Append-only."""

    __tablename__ = "listing_moves"
    __table_args__ = (
        CheckConstraint(f"from_state IN ({STATES})", name="from_state_known"),
        CheckConstraint(f"to_state IN ({STATES})", name="to_state_known"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(f"public_reason IN ({PUBLIC_REASONS})", name="public_reason_known"),
        CheckConstraint(
            "actor_kind IN ('person', 'machine', 'operator', 'system')", name="actor_kind_known"
        ),
        CheckConstraint("second_actor_id <> actor_id", name="by_two_people"),
        CheckConstraint(
            f"to_state NOT IN ({TWO_PEOPLE}) OR second_actor_id IS NOT NULL "
            "OR actor_kind IN ('operator', 'system')",
            name="nobody_alone",
        ),
        Index("listing_moves_listing_id_idx", "listing_id", "recorded_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("listings.id"))
    from_state: Mapped[str | None] = mapped_column(Text, comment="Empty for the first")
    to_state: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[date] = mapped_column(Date, comment="The day from which it holds")
    reason: Mapped[str] = mapped_column(Text, comment="Why, in full; never public")
    public_reason: Mapped[str | None] = mapped_column(Text, comment="Why, of a closed list")
    actor_kind: Mapped[str] = mapped_column(Text)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(comment="Who decided, or proposed")
    actor_name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they acted"
    )
    second_actor_id: Mapped[uuid.UUID | None] = mapped_column(comment="Who confirmed")
    second_actor_name: Mapped[str | None] = mapped_column(Text)
    proposal_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("listing_proposals.id"), index=True
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ListingProposal(Base):
    """A move that one officer proposes and another must confirm."""

    __tablename__ = "listing_proposals"
    __table_args__ = (
        CheckConstraint(f"to_state IN ({STATES})", name="to_state_known"),
        CheckConstraint(f"public_reason IN ({PUBLIC_REASONS})", name="public_reason_known"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(
            "outcome IN ('confirmed', 'declined', 'withdrawn', 'overtaken')", name="outcome_known"
        ),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_some_time"),
        CheckConstraint(
            "outcome NOT IN ('confirmed', 'declined') "
            "OR (settled_by IS NOT NULL AND settled_by <> proposed_by)",
            name="by_two_people",
        ),
        Index(
            "listing_proposals_open_key",
            "listing_id",
            unique=True,
            postgresql_where="outcome IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("listings.id"), index=True)
    to_state: Mapped[str] = mapped_column(Text)
    effective_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, comment="Why, in full; never public")
    public_reason: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[dict[str, object] | None] = mapped_column(
        JSONB, comment="What was seen and when, where it changes: the scope's columns by name"
    )
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_by_name: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(Text, comment="Empty while it is open")
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    settled_by_name: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_reason: Mapped[str | None] = mapped_column(Text)


class ListingQuestion(Base):
    """What an assessor asked of an applicant, and what was answered."""

    __tablename__ = "listing_questions"
    __table_args__ = (
        CheckConstraint("length(btrim(question)) > 0", name="asked"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_some_time"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("listings.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    asked_by_name: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_by_name: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class WalkBackMatch(Base):
    """What an application shares with a removed or refused record, and what was made of it."""

    __tablename__ = "walk_back_matches"
    __table_args__ = (
        UniqueConstraint("listing_id", "other_provider_id"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_range"),
        CheckConstraint(
            "judgement IN ('same-people', 'connected', 'unrelated')", name="judgement_known"
        ),
        CheckConstraint(
            "(judgement IS NULL) = (judged_at IS NULL) "
            "AND (judgement IS NULL) = (judged_reason IS NULL)",
            name="judged_with_reason",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("listings.id"))
    other_provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    grounds: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="What they share, by kind")
    score: Mapped[Decimal] = mapped_column(Numeric(4, 3), comment="How telling it is, 0 to 1")
    found_at: Mapped[datetime] = mapped_column(Moment)
    judgement: Mapped[str | None] = mapped_column(Text, comment="Empty until an assessor judged")
    judged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    judged_at: Mapped[datetime | None] = mapped_column(Moment)
    judged_reason: Mapped[str | None] = mapped_column(Text)
