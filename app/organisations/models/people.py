"""Tables of people: who they are, where they belong, how to reach them.

Row security hides rows, not fields; so what only some may see of a person has its own table.
"""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

ROLES = (
    "'administrator', 'commissioner', 'approver', 'finance-signatory', "
    "'designated-safeguarding-lead', 'inspector', 'second-officer', 'provider-manager', "
    "'assessor', 'analyst', 'standards-editor'"
)
ROLES_KNOWN = f"cardinality(roles) > 0 AND roles <@ ARRAY[{ROLES}]::text[]"


class Person(Base):
    """Somebody who signs in; one row however many organisations they work for."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("length(btrim(name)) > 0", name="named"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    blocked_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="From then on nothing they hold lets them in"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class PersonContact(Base):
    """Where a person can be written to."""

    __tablename__ = "person_contacts"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    email: Mapped[str] = mapped_column(Text, unique=True, comment="Lower case")


class PersonIdentity(Base):
    """Who a person is at an OpenID provider."""

    __tablename__ = "person_identities"

    issuer: Mapped[str] = mapped_column(
        Text, primary_key=True, comment="The provider's own address"
    )
    subject: Mapped[str] = mapped_column(Text, primary_key=True, comment="Its `sub`; never re-used")
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Moment)


class Membership(Base):
    """That a person works for an organisation, in these roles; kept after it has ended."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(ROLES_KNOWN, name="roles_known"),
        CheckConstraint("ended_at >= began_at", name="ends_after_beginning"),
        Index(
            "memberships_live_key",
            "person_id",
            "organisation_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    began_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class Invitation(Base):
    """That an organisation asked somebody to join it."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint(ROLES_KNOWN, name="roles_known"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("way IN ('openid', 'link')", name="way_known"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_by_one"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index(
            "invitations_open_key",
            "organisation_id",
            "email",
            unique=True,
            postgresql_where="accepted_at IS NULL AND withdrawn_at IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(Text, comment="As whoever invited them wrote it")
    email: Mapped[str] = mapped_column(Text, comment="Lower case")
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    way: Mapped[str] = mapped_column(Text, comment="How they will sign in: openid or link")
    invited_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), comment="Empty: the operator"
    )
    invited_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
