"""Tables of inspections: what is planned for which sites, who inspects, who cannot be impartial."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.places.models import LocalAuthority
from app.standards.models import StandardsVersion

KINDS = (
    "'entry-desktop', 'entry-visit', 'monitoring', 'annual', 'themed', 'unannounced', "
    "'follow-up', 'closure'"
)
STATES = "'planned', 'judging', 'with-provider', 'to-check', 'published', 'cancelled'"
OVER = "state IN ('published', 'cancelled')"


class Inspection(Base):
    """Somebody of a QA body looks at sites of a provider, against the standards of that day."""

    __tablename__ = "inspections"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint("kind <> 'themed' OR criteria <> '{}'", name="themed_names_criteria"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)", name="cancelled_with_reason"
        ),
        CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name="published_once"
        ),
        CheckConstraint(
            "state NOT IN ('with-provider', 'to-check', 'published') OR sent_at IS NOT NULL",
            name="heard_before_checked",
        ),
        CheckConstraint(
            "state NOT IN ('to-check', 'published') OR comments_closed_at IS NOT NULL",
            name="comments_closed_before_checked",
        ),
        CheckConstraint("(sent_at IS NULL) = (comments_due_on IS NULL)", name="comments_due"),
        Index("inspections_body_id_idx", "body_id", "planned_on", "id"),
        Index("inspections_la_code_idx", "la_code", "planned_on", "id"),
        Index("inspections_open_idx", "planned_on", "id", postgresql_where=f"NOT ({OVER})"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True, comment="QA000017K: public")
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    la_code: Mapped[str] = mapped_column(
        Text, ForeignKey(LocalAuthority.la_code), comment="The local authority that decides there"
    )
    body_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), comment="Whose inspectors look: the QA body"
    )
    check_body_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"),
        index=True,
        comment="The peer that was asked to check, where the body has nobody free",
    )
    appeal_body_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"),
        index=True,
        comment="The peer that was asked to decide an appeal",
    )
    kind: Mapped[str] = mapped_column(Text, comment="entry-visit, annual, themed …")
    state: Mapped[str] = mapped_column(Text, comment="planned, judging, with-provider …")
    standards_version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(StandardsVersion.id), index=True, comment="In force on the planned day"
    )
    planned_on: Mapped[date] = mapped_column(Date, comment="The day of the visit, London")
    criteria: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Numbers of the only criteria looked at; none named is all"
    )
    reason: Mapped[str] = mapped_column(Text, comment="Why it was planned; never public")
    sent_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="When the provider was first given the draft"
    )
    comments_due_on: Mapped[date | None] = mapped_column(
        Date, comment="The last day for what is factually wrong"
    )
    comments_rule: Mapped[str | None] = mapped_column(
        Text, comment="How that day was counted, in words"
    )
    comments_closed_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="When the provider was done, or its time was over"
    )
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_reason: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Empty where a machine submitted it"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class InspectionSite(Base):
    """A site that an inspection looks at."""

    __tablename__ = "inspection_sites"

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True, index=True)


class Inspector(Base):
    """Somebody who inspects. Who has judged anything stays, whatever comes after."""

    __tablename__ = "inspectors"
    __table_args__ = (
        CheckConstraint("part IN ('lead', 'inspector')", name="part_known"),
        Index(
            "inspectors_lead_key",
            "inspection_id",
            unique=True,
            postgresql_where="part = 'lead' AND left_at IS NULL",
        ),
    )

    inspection_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Inspection.id), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id"), primary_key=True, index=True
    )
    name: Mapped[str] = mapped_column(Text, comment="As it was then; never public")
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they inspect: their team"
    )
    part: Mapped[str] = mapped_column(Text, comment="lead or inspector")
    added_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="When they were taken off it, having judged nothing"
    )


class DeclaredInterest(Base):
    """What ties an officer to a provider, as they declared it."""

    __tablename__ = "declared_interests"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('worked-there', 'family', 'friend', 'financial', 'child-placed', 'other')",
            name="kind_known",
        ),
        CheckConstraint("length(btrim(detail)) > 0", name="explained"),
        CheckConstraint("ended_on >= since", name="ends_after_beginning"),
        Index("declared_interests_person_id_provider_id_idx", "person_id", "provider_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom they work"
    )
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"), index=True)
    kind: Mapped[str] = mapped_column(Text, comment="worked-there, family, friend …")
    detail: Mapped[str] = mapped_column(Text, comment="In their words; never public")
    since: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date, comment="The last day it binds")
    declared_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
