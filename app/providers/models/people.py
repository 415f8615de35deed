"""Tables of the people behind a provider, and what else is told of it in confidence.

Row security hides rows, not fields: none of this stands beside anything public.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class ProviderPerson(Base):
    """A proprietor, officer or lead of a provider. Never public by name."""

    __tablename__ = "provider_people"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('proprietor', 'director', 'trustee', 'partner', 'manager', "
            "'designated-safeguarding-lead', 'deputy-safeguarding-lead')",
            name="kind_known",
        ),
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint("extract(day FROM birth_month) = 1", name="birth_month_only"),
        CheckConstraint("ended_on >= appointed_on", name="ends_after_beginning"),
        CheckConstraint(
            "source IN ('owner', 'authority', 'companies-house', 'charity-commission')",
            name="source_known",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    kind: Mapped[str] = mapped_column(Text, comment="proprietor, director, trustee …")
    name: Mapped[str] = mapped_column(Text)
    birth_month: Mapped[date | None] = mapped_column(
        Date, comment="First day of the month of birth, as Companies House shows it; no day"
    )
    appointed_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    confirmed_on: Mapped[date | None] = mapped_column(Date, comment="The owner's word, last given")
    source: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class ProviderContact(Base):
    """How the people behind a provider can be reached. Never public."""

    __tablename__ = "provider_contacts"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'email', 'address')", name="kind_known"),
        Index("provider_contacts_kind_canonical_idx", "kind", "canonical"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text, comment="As it was given")
    canonical: Mapped[str] = mapped_column(Text, comment="In the one spelling it is compared by")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class BankReference(Base):
    """A keyed hash of the account a provider is paid into; the account itself is not held."""

    __tablename__ = "bank_references"
    __table_args__ = (
        CheckConstraint("octet_length(reference_hash) = 32", name="hash_length"),
        Index("bank_references_reference_hash_idx", "reference_hash"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    reference_hash: Mapped[bytes] = mapped_column(
        LargeBinary, comment="HMAC-SHA-256 of sort code and account number under a matching key"
    )
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class StaffMember(Base):
    """Somebody who works with children at a provider, for the record of staff checks."""

    __tablename__ = "staff_members"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint("ended_on >= started_on", name="ends_after_beginning"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    duties: Mapped[str] = mapped_column(Text, comment="What they do: tutor, driver, cook …")
    regulated_activity: Mapped[bool] = mapped_column(
        comment="Safeguarding Vulnerable Groups Act 2006, schedule 4; decides which checks are due"
    )
    started_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class StaffCheck(Base):
    """That a check was made, with what outcome and when; never a certificate or its number.

    Append-only: a later check of the same kind takes the place of an earlier one.
    """

    __tablename__ = "staff_checks"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('identity', 'right-to-work', 'enhanced-dbs', 'barred-list', 'prohibition', "
            "'management-bar', 'references', 'overseas', 'qualifications', 'medical-fitness', "
            "'safeguarding-training')",
            name="kind_known",
        ),
        CheckConstraint(
            "status IN ('clear', 'pending', 'risk-assessed', 'not-clear', 'not-required')",
            name="status_known",
        ),
        CheckConstraint(
            "checked_by IN ('provider', 'third-party', 'commissioner', 'local-authority')",
            name="checked_by_known",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    staff_member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_members.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date | None] = mapped_column(Date)
    checked_by: Mapped[str] = mapped_column(Text, comment="What sort of body ran the check")
    basis: Mapped[str | None] = mapped_column(Text, comment="On what ground; no number of any kind")
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
