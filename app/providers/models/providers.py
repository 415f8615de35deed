"""Tables of providers, sites and offers."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.places.models import LocalAuthority

provider_numbers = Sequence("provider_numbers", metadata=Base.metadata, minvalue=1)
"""Where numbers come from; one that was taken is never given again."""


class Provider(Base):
    """An organisation that offers alternative provision and is not a school."""

    __tablename__ = "providers"
    __table_args__ = (
        CheckConstraint("number ~ '^AP[0-9]{6}[0-9A-Z]$'", name="number_form"),
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint(
            "status IN ('known', 'listed', 'listed-with-actions', 'under-review', 'suspended', "
            "'removed', 'closed')",
            name="status_known",
        ),
        CheckConstraint(
            "legal_form IN ('company', 'community-interest-company', 'charity', "
            "'charitable-company', 'partnership', 'sole-trader', 'public-body', 'other')",
            name="legal_form_known",
        ),
        CheckConstraint("staff_size IN ('lone', 'small', 'larger')", name="staff_size_known"),
        CheckConstraint("merged_into <> id", name="not_merged_into_itself"),
        Index("providers_name_idx", "name", "id"),
        Index("providers_changes_on_idx", "changes_on", postgresql_where="changes_on IS NOT NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(
        Text, unique=True, comment="AP, six digits, check character (ISO 7064); never re-used"
    )
    name: Mapped[str] = mapped_column(Text, comment="The name it goes by now")
    status: Mapped[str] = mapped_column(
        Text, comment="Where it stands with the register: follows from its listings"
    )
    status_since: Mapped[date] = mapped_column(Date, comment="The day that status began")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="When the register first held it")
    last_entry: Mapped[int | None] = mapped_column(
        BigInteger, comment="Its newest ledger entry; empty while it is not public"
    )
    changes_on: Mapped[date | None] = mapped_column(
        Date, comment="The next London day on which time alone changes its public record"
    )
    legal_form: Mapped[str | None] = mapped_column(Text, comment="company, charity, sole-trader …")
    staff_size: Mapped[str | None] = mapped_column(
        Text, comment="How many adults work for it: lone, small (to 4), larger"
    )
    website: Mapped[str | None] = mapped_column(Text, comment="Public, once it consents")
    public_email: Mapped[str | None] = mapped_column(Text, comment="Public, once it consents")
    public_phone: Mapped[str | None] = mapped_column(Text, comment="Public, once it consents")
    merged_into: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("providers.id"), index=True, comment="The record that goes on for both"
    )
    changed_at: Mapped[datetime] = mapped_column(
        Moment, server_default=func.now(), comment="When something was last said differently"
    )
    version: Mapped[int] = mapped_column(
        Integer, server_default="1", comment="Counts changes; the entity tag"
    )


class ProviderName(Base):
    """Another name a provider goes, or went, by."""

    __tablename__ = "provider_names"
    __table_args__ = (
        UniqueConstraint("provider_id", "kind", "name"),
        CheckConstraint("kind IN ('trading', 'former')", name="kind_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    kind: Mapped[str] = mapped_column(Text, comment="trading or former")
    name: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None] = mapped_column(Date, comment="For a former name: its last day")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment, comment="It was a mistake")


class ProviderIdentifier(Base):
    """What another register calls the provider."""

    __tablename__ = "provider_identifiers"
    __table_args__ = (
        UniqueConstraint("provider_id", "scheme", "value"),
        Index("provider_identifiers_scheme_value_idx", "scheme", "value"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    scheme: Mapped[str] = mapped_column(Text, comment="Whose identifier: companies-house …")
    value: Mapped[str] = mapped_column(Text, comment="As that register writes it")
    recorded_at: Mapped[datetime] = mapped_column(
        Moment, server_default=func.now(), comment="When the record gained it"
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment, comment="It was a mistake")


class ProviderKnownBy(Base):
    """A line of a local authority's own list on which the provider stands.

    Never public; whoever acts for a commissioner sees it.
    """

    __tablename__ = "provider_known_by"
    __table_args__ = (
        Index("provider_known_by_la_code_list_reference_idx", "la_code", "list_reference"),
        CheckConstraint(
            "local_result_on IS NULL OR local_result IS NOT NULL", name="result_of_its_day"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    la_code: Mapped[str] = mapped_column(
        Text, ForeignKey(LocalAuthority.la_code), comment="Whose list: DfE three-digit code"
    )
    list_name: Mapped[str] = mapped_column(Text, comment="What the list calls itself")
    list_date: Mapped[str | None] = mapped_column(Text, comment="Its date, as exact as given")
    list_reference: Mapped[str | None] = mapped_column(Text, comment="The list's own reference")
    listed_as: Mapped[str | None] = mapped_column(Text, comment="The list's own category")
    source_url: Mapped[str | None] = mapped_column(Text, comment="Where the list was published")
    local_result: Mapped[str | None] = mapped_column(
        Text, comment="What the authority's own check found, in its own words"
    )
    local_result_on: Mapped[date | None] = mapped_column(Date, comment="The day of that check")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="When it was imported")


class ProviderStatusChange(Base):
    """One move of a provider from a status to another. Append-only."""

    __tablename__ = "provider_status_changes"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    status: Mapped[str] = mapped_column(Text, comment="The status moved to")
    effective_on: Mapped[date] = mapped_column(Date, comment="The day from which it holds")
    reason: Mapped[str] = mapped_column(Text, comment="Why; not public")
    actor: Mapped[str] = mapped_column(Text, comment="Who moved it")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="When the register learned it")
