"""Tables of whose a record is, what its owner and others vouch for, and of merged records."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class ProviderOwner(Base):
    """Which organisation a provider's record belongs to, since when."""

    __tablename__ = "provider_owners"
    __table_args__ = (
        Index(
            "provider_owners_present_key",
            "provider_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    claim_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("claims.id"), index=True, comment="Empty where the owner began the record"
    )
    began_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Claim(Base):
    """An officer's invitation to a provider to take its record into its own hands."""

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint(
            "verified_how IN ('known-phone', 'known-address', 'in-person', 'official-register', "
            "'other')",
            name="verified_how_known",
        ),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="one_ending"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_by_one"),
        Index(
            "claims_open_key",
            "provider_id",
            unique=True,
            postgresql_where="accepted_at IS NULL AND withdrawn_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="The owner who is invited"
    )
    invitation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("invitations.id"), index=True, comment="To the owner's first administrator"
    )
    verified_how: Mapped[str] = mapped_column(Text, comment="How it was made sure who they are")
    verified_note: Mapped[str | None] = mapped_column(Text)
    invited_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    invited_by_organisation: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    invited_at: Mapped[datetime] = mapped_column(Moment)
    accepted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class ProviderConsent(Base):
    """The owner's word on whether the record may be published. Append-only; the newest holds."""

    __tablename__ = "provider_consents"
    __table_args__ = (
        Index("provider_consents_provider_id_idx", "provider_id", "recorded_at", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    given: Mapped[bool] = mapped_column(comment="False: taken back")
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ProviderConfirmation(Base):
    """The owner's word that the whole record is right, given yearly. Append-only."""

    __tablename__ = "provider_confirmations"
    __table_args__ = (
        Index("provider_confirmations_provider_id_idx", "provider_id", "confirmed_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    confirmed_on: Mapped[date] = mapped_column(Date)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ProviderVerification(Base):
    """Somebody else than the owner made sure of a part of the record. Append-only."""

    __tablename__ = "provider_verifications"
    __table_args__ = (
        CheckConstraint(
            "subject_kind IN ('provider', 'identifier', 'site', 'document', 'person')",
            name="subject_kind_known",
        ),
        CheckConstraint(
            "how IN ('seen', 'official-register', 'companies-house', 'charity-commission', "
            "'telephone', 'other')",
            name="how_known",
        ),
        Index("provider_verifications_provider_id_idx", "provider_id", "subject_kind", "id"),
        Index("provider_verifications_subject_id_idx", "subject_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    subject_kind: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[uuid.UUID] = mapped_column(comment="Of the provider, identifier, site …")
    held: Mapped[bool] = mapped_column(comment="Whether it was found to be right")
    how: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text, comment="What was seen; never public")
    verified_on: Mapped[date] = mapped_column(Date)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Empty for a look-up by machine"
    )
    person_name: Mapped[str] = mapped_column(Text, comment="Never public")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class ProviderLink(Base):
    """One provider goes on from where another ended."""

    __tablename__ = "provider_links"
    __table_args__ = (
        CheckConstraint("predecessor_id <> successor_id", name="two_providers"),
        Index(
            "provider_links_present_key",
            "predecessor_id",
            "successor_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    predecessor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    successor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    since: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, comment="How that is known; never public")
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, comment="It was a mistake")


class InstitutionSite(Base):
    """A site of another provider that the department counts to this provider's institution."""

    __tablename__ = "institution_sites"
    __table_args__ = (
        Index(
            "institution_sites_present_key",
            "site_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("providers.id"), index=True, comment="Whose institution"
    )
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"))
    reason: Mapped[str] = mapped_column(Text)
    grouped_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    grouped_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Merge(Base):
    """Two records of one provider made one, by two people; it can be undone by two people."""

    __tablename__ = "merges"
    __table_args__ = (
        CheckConstraint("kept_id <> absorbed_id", name="two_records"),
        CheckConstraint(
            "state IN ('proposed', 'refused', 'merged', 'undoing', 'undone')", name="state_known"
        ),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(
            "state = 'proposed' OR (settled_by IS NOT NULL AND settled_by <> proposed_by)",
            name="by_two_people",
        ),
        CheckConstraint(
            "state NOT IN ('undoing', 'undone') OR undo_proposed_by IS NOT NULL",
            name="undoing_proposed",
        ),
        CheckConstraint(
            "state <> 'undone' "
            "OR (undo_settled_by IS NOT NULL AND undo_settled_by <> undo_proposed_by)",
            name="undone_by_two_people",
        ),
        Index(
            "merges_absorbed_key",
            "absorbed_id",
            unique=True,
            postgresql_where="state IN ('proposed', 'merged', 'undoing')",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kept_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    absorbed_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    undo_reason: Mapped[str | None] = mapped_column(Text)
    undo_proposed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    undo_proposed_at: Mapped[datetime | None] = mapped_column(Moment)
    undo_settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    undo_settled_at: Mapped[datetime | None] = mapped_column(Moment)


class MergeMove(Base):
    """A row that a merge gave to the other record, and what it was before. Append-only."""

    __tablename__ = "merge_moves"

    merge_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("merges.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(Text, primary_key=True)
    row_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    former: Mapped[dict[str, object]] = mapped_column(JSONB, comment="Columns as they were")
