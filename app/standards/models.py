"""Tables of the standards, their criteria, what became of each, and of policies with days."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, DATERANGE, JSONB, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.organisations.models.people import Person

_TWO_PEOPLE = "published_by <> drafted_by AND published_by <> last_changed_by"
_PUBLISHED_WHOLE = (
    "(state = 'published') = (in_force IS NOT NULL) "
    "AND (state = 'published') = (published_at IS NOT NULL) "
    "AND (state = 'published' OR published_by IS NULL)"
)
_BY_SOMEBODY = "state = 'draft' OR (published_by IS NULL) = (drafted_by IS NULL)"


class StandardsVersion(Base):
    """A set of criteria. Once published nothing of it changes but the day it ends."""

    __tablename__ = "standards_versions"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="code_form"),
        CheckConstraint("length(btrim(title)) > 0", name="titled"),
        CheckConstraint("state IN ('draft', 'published')", name="state_known"),
        CheckConstraint("NOT isempty(in_force) AND NOT lower_inf(in_force)", name="some_days"),
        CheckConstraint(_TWO_PEOPLE, name="two_people"),
        CheckConstraint(_PUBLISHED_WHOLE, name="published_whole"),
        CheckConstraint(_BY_SOMEBODY, name="published_by_somebody"),
        ExcludeConstraint(
            ("in_force", "&&"),
            name="standards_versions_one_in_force_excl",
            using="gist",
            where="state = 'published'",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True, comment="working-set-1")
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, comment="draft or published")
    in_force: Mapped[Range[date] | None] = mapped_column(
        DATERANGE, comment="The days on which it holds, London; empty while a draft"
    )
    standard_titles: Mapped[dict[str, Any]] = mapped_column(
        JSONB, comment="Short title of each standard, by its number"
    )
    withdrawn: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Numbers of the version before that nothing takes the place of"
    )
    drafted_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Person.id), index=True, comment="Nobody, where it ships with the product"
    )
    last_changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    published_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Person.id), index=True, comment="Never who drafted or last changed it"
    )
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str | None] = mapped_column(Text, comment="What readers should know of it")
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class Criterion(Base):
    """One thing that is asked of providers, by one version of the standards."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        CheckConstraint("number ~ '^[1-4][.][0-9]{1,2}[a-z]{1,2}$'", name="number_form"),
        CheckConstraint("starts_with(number, standard)", name="of_its_standard"),
        CheckConstraint("standard ~ ('^' || part::text || '[.][0-9]{1,2}$')", name="of_its_part"),
        CheckConstraint("length(btrim(requirement)) > 0", name="says_something"),
        CheckConstraint("force IN ('law', 'standard', 'good-practice')", name="force_known"),
        CheckConstraint("gate IN ('critical', 'major', 'minor')", name="gate_known"),
        CheckConstraint(
            "site_kinds <@ ARRAY['fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', "
            "'hired', 'home-visits', 'online', 'satellite', 'subcontracted']",
            name="site_kinds_known",
        ),
        CheckConstraint(
            "staff_sizes <@ ARRAY['lone', 'small', 'larger']", name="staff_sizes_known"
        ),
        CheckConstraint("evidence_months BETWEEN 1 AND 120", name="evidence_months_range"),
        CheckConstraint(
            "source_status IN ('confirmed', 'second-hand', 'to-confirm')",
            name="source_status_known",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(StandardsVersion.id))
    number: Mapped[str] = mapped_column(Text, comment="1.1a: part, standard, letter")
    standard: Mapped[str] = mapped_column(Text, comment="1.1")
    part: Mapped[int] = mapped_column(SmallInteger, comment="1 to 4")
    position: Mapped[int] = mapped_column(SmallInteger, comment="Where it is shown, from 1")
    requirement: Mapped[str] = mapped_column(Text, comment="What is asked, in our own words")
    force: Mapped[str] = mapped_column(Text, comment="law, standard or good-practice")
    law_part: Mapped[str | None] = mapped_column(
        Text, comment="What of it is law, where the whole is not"
    )
    gate: Mapped[str] = mapped_column(Text, comment="critical, major or minor")
    site_kinds: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Of which kinds of site it is asked; none named is all"
    )
    staff_sizes: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Of which sizes of provider it is asked; none named is all"
    )
    evidence_kinds: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Kinds of document or record that show it"
    )
    evidence_months: Mapped[int | None] = mapped_column(
        SmallInteger, comment="How long evidence stays current; empty: until its own last day"
    )
    guidance: Mapped[str] = mapped_column(Text, comment="How to show it, in proportion")
    source: Mapped[str] = mapped_column(Text, comment="What it rests on")
    source_status: Mapped[str] = mapped_column(Text, comment="confirmed, second-hand or to-confirm")


class CrosswalkStep(Base):
    """What became of a criterion in the version that followed; belongs to the newer version."""

    __tablename__ = "criteria_crosswalk"
    __table_args__ = (
        CheckConstraint(
            "relation IN ('same', 'reworded', 'widened', 'narrowed', 'split', 'merged')",
            name="relation_known",
        ),
        CheckConstraint("from_criterion_id <> to_criterion_id", name="leads_on"),
    )

    from_criterion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Criterion.id), primary_key=True)
    to_criterion_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(Criterion.id), primary_key=True, index=True
    )
    relation: Mapped[str] = mapped_column(Text, comment="same, reworded, widened …")


class PublishedPolicy(Base):
    """A rule of the register's own, and the days on which it holds. Only its end may be set."""

    __tablename__ = "published_policies"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="code_form"),
        CheckConstraint("jsonb_typeof(parameters) = 'object'", name="parameters_object"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint("state IN ('draft', 'published')", name="state_known"),
        CheckConstraint("NOT isempty(in_force) AND NOT lower_inf(in_force)", name="some_days"),
        CheckConstraint(_TWO_PEOPLE, name="two_people"),
        CheckConstraint(_PUBLISHED_WHOLE, name="published_whole"),
        CheckConstraint(_BY_SOMEBODY, name="published_by_somebody"),
        ExcludeConstraint(
            ("code", "="),
            ("in_force", "&&"),
            name="published_policies_one_in_force_excl",
            using="gist",
            where="state = 'published'",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, comment="evidence-grace, yearly-confirmation …")
    parameters: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="Its figures; none at all says that it is switched off"
    )
    state: Mapped[str] = mapped_column(Text, comment="draft or published")
    in_force: Mapped[Range[date] | None] = mapped_column(
        DATERANGE, comment="The days on which it holds, London; empty while a draft"
    )
    reason: Mapped[str] = mapped_column(Text, comment="Why; public once published")
    source: Mapped[str] = mapped_column(Text, comment="What it rests on; public once published")
    drafted_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Person.id), index=True, comment="Nobody, where it ships with the product"
    )
    last_changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    published_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(Person.id), index=True, comment="Never who drafted or last changed it"
    )
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
