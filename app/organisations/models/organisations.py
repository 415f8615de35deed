"""Tables of organisations, and of what GIAS says about schools."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

KINDS = (
    "'local-authority', 'local-authority-team', 'school', 'trust', 'federation', 'qa-body', "
    "'provider-owner', 'department'"
)


class Organisation(Base):
    """Somebody people and machines act for."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        CheckConstraint("length(btrim(name)) > 0", name="named"),
        CheckConstraint("source IN ('facts', 'gias', 'operator', 'people')", name="source_known"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint(
            "kind <> 'local-authority-team' OR parent_id IS NOT NULL", name="team_of_somebody"
        ),
        CheckConstraint("kind <> 'local-authority' OR la_code IS NOT NULL", name="authority_coded"),
        CheckConstraint("closed_on >= opened_on", name="closes_after_opening"),
        Index(
            "organisations_authority_key",
            "la_code",
            unique=True,
            postgresql_where="kind = 'local-authority'",
        ),
        Index("organisations_kind_sort_name_idx", "kind", "sort_name", "id"),
        Index("organisations_sort_name_idx", "sort_name", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, comment="local-authority, school, trust …")
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text, comment="Its name as words, for order and search")
    la_code: Mapped[str | None] = mapped_column(
        Text,
        ForeignKey("local_authorities.la_code"),
        index=True,
        comment="The local authority it is, belongs to or lies in",
    )
    parent_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="A school's trust, a team's authority"
    )
    introduced_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"),
        index=True,
        comment="The organisation that brought it onto the service, and so may see it",
    )
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(
        Date, comment="The day it closed, as its source says"
    )
    source: Mapped[str] = mapped_column(Text, comment="Where its facts come from")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class OrganisationIdentifier(Base):
    """A number by which others know an organisation."""

    __tablename__ = "organisation_identifiers"
    __table_args__ = (
        CheckConstraint(
            "scheme IN ('urn', 'ukprn', 'uprn', 'dfe-number', 'gias-group-uid', 'gias-group-id', "
            "'companies-house', 'la-code')",
            name="scheme_known",
        ),
        Index(
            "organisation_identifiers_unique_key",
            "scheme",
            "value",
            unique=True,
            postgresql_where="scheme IN ('urn', 'gias-group-uid', 'la-code')",
        ),
        Index("organisation_identifiers_scheme_value_idx", "scheme", "value"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True
    )
    scheme: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text, primary_key=True, comment="As that register writes it")


class School(Base):
    """What GIAS says about an establishment, beside its name and dates."""

    __tablename__ = "schools"
    __table_args__ = (CheckConstraint("urn ~ '^[0-9]{6}$'", name="urn_form"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True
    )
    urn: Mapped[str] = mapped_column(Text, unique=True, comment="Six digits, never re-used")
    type_code: Mapped[str | None] = mapped_column(
        Text, comment="Two digits; 01 is community school"
    )
    type_name: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text, comment="As GIAS says: Open, Closed …; or Not said")
    phase: Mapped[str | None] = mapped_column(Text, comment="Primary, Secondary …")
    low_age: Mapped[int | None] = mapped_column(SmallInteger)
    high_age: Mapped[int | None] = mapped_column(SmallInteger)
    street: Mapped[str | None] = mapped_column(Text)
    locality: Mapped[str | None] = mapped_column(Text)
    town: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text, index=True, comment="Upper case, one space")
    easting: Mapped[int | None] = mapped_column(Integer, comment="Metres, British National Grid")
    northing: Mapped[int | None] = mapped_column(Integer, comment="Metres, British National Grid")


class SchoolLink(Base):
    """That one establishment followed another, merged with it, or split from it."""

    __tablename__ = "school_links"

    urn: Mapped[str] = mapped_column(Text, primary_key=True, comment="Whose link; may not be held")
    linked_urn: Mapped[str] = mapped_column(Text, primary_key=True, index=True)
    link_type: Mapped[str] = mapped_column(Text, primary_key=True, comment="As GIAS words it")
    linked_name: Mapped[str | None] = mapped_column(Text)
    established_on: Mapped[date | None] = mapped_column(Date)
