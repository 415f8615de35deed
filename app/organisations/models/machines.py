"""Tables of machines, their secrets, and the keys their tokens are signed with."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class Machine(Base):
    """Another system that acts for an organisation, with the scopes it was given."""

    __tablename__ = "machines"
    __table_args__ = (
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint("cardinality(scopes) > 0", name="may_do_something"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="Its client_id")
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(Text, comment="What its organisation calls it")
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class MachineSecret(Base):
    """What a machine shows to get a token; kept hashed, shown once."""

    __tablename__ = "machine_secrets"
    __table_args__ = (CheckConstraint("octet_length(secret_hash) = 32", name="hash_length"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    machine_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("machines.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(
        LargeBinary,
        unique=True,
        comment="SHA-256; the secret is 256 random bits, so this is enough",
    )
    ending: Mapped[str] = mapped_column(Text, comment="Its last four characters, to tell it by")
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment, comment="Last, to the minute")
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SigningKey(Base):
    """A key that tokens are signed with; its public half is published before and after its use."""

    __tablename__ = "signing_keys"
    __table_args__ = (
        CheckConstraint("signs_from < signs_until", name="signs_for_a_while"),
        CheckConstraint("signs_until <= published_until", name="published_while_used"),
    )

    kid: Mapped[str] = mapped_column(Text, primary_key=True, comment="RFC 7638 thumbprint")
    algorithm: Mapped[str] = mapped_column(Text, comment="ES256")
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sealed_private_jwk: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)
    signs_from: Mapped[datetime] = mapped_column(Moment)
    signs_until: Mapped[datetime] = mapped_column(Moment)
    published_until: Mapped[datetime] = mapped_column(Moment)
