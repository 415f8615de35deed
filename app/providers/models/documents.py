"""Tables of the evidence a provider holds, and of with whom it shares it."""

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class Document(Base):
    """A piece of evidence: an insurance, a policy, a certificate. Never deleted."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("length(btrim(title)) > 0", name="titled"),
        CheckConstraint("expires_on >= issued_on", name="expires_after_issue"),
        CheckConstraint("current_until <= expires_on", name="current_no_longer_than_it_lasts"),
        CheckConstraint("limit_pence > 0", name="limit_positive"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_with_reason"
        ),
        Index("documents_provider_id_kind_idx", "provider_id", "kind", "current_until"),
        Index("documents_current_until_idx", "current_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    site_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("sites.id"), index=True, comment="Empty: for the provider as a whole"
    )
    kind: Mapped[str] = mapped_column(Text, comment="As the standards name evidence")
    title: Mapped[str] = mapped_column(Text)
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("files.id"), index=True)
    issued_on: Mapped[date | None] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date, comment="The last day it is good")
    current_until: Mapped[date | None] = mapped_column(
        Date, comment="The last day it counts as evidence: its expiry, or the standards' time"
    )
    insurer: Mapped[str | None] = mapped_column(Text)
    limit_pence: Mapped[int | None] = mapped_column(BigInteger, comment="Cover for one claim")
    covers_abuse: Mapped[bool | None] = mapped_column(
        comment="Of an insurance: claims of abuse are not excluded"
    )
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id"), index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class DocumentShare(Base):
    """The owner lets a commissioner see its evidence: all of it, or one document, for a time."""

    __tablename__ = "document_shares"
    __table_args__ = (
        Index(
            "document_shares_organisation_id_idx",
            "organisation_id",
            "provider_id",
            postgresql_where="revoked_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    document_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("documents.id"), index=True, comment="Empty: everything, also what comes later"
    )
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), comment="The commissioner who may see it"
    )
    until: Mapped[date] = mapped_column(Date, comment="The last day of the consent")
    granted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(Moment)
    revoked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
