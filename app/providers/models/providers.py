"""Tables of providers, sites and offers."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Sequence,
    Text,
    UniqueConstraint,
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
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(
        Text, unique=True, comment="AP, six digits, check character (ISO 7064); never re-used"
    )
    name: Mapped[str] = mapped_column(Text, comment="The name it goes by now")
    status: Mapped[str] = mapped_column(Text, comment="Where it stands with the register")
    status_since: Mapped[date] = mapped_column(Date, comment="The day that status began")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="When the register first held it")
    last_entry: Mapped[int | None] = mapped_column(
        BigInteger, comment="Its newest ledger entry; empty while it is not public"
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


class ProviderKnownBy(Base):
    """A line of a local authority's own list on which the provider stands. Never public."""

    __tablename__ = "provider_known_by"
    __table_args__ = (
        Index("provider_known_by_la_code_list_reference_idx", "la_code", "list_reference"),
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
