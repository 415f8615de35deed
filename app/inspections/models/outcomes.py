"""The table of where each site stands: computed from what is published, and never typed."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.inspections.models.publications import InspectionPublication
from app.standards.models import StandardsVersion

OUTCOMES = "'meets-standards', 'meets-with-actions', 'does-not-yet-meet', 'not-yet-assessed'"


class HeldOutcome(Base):
    """What follows for a site from its published judgements; only the publisher writes it."""

    __tablename__ = "site_outcomes"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome_known"),
        CheckConstraint(f"next_outcome IN ({OUTCOMES})", name="next_outcome_known"),
        CheckConstraint("next_outcome <> outcome", name="next_is_another"),
        CheckConstraint("(valid_until IS NULL) = (next_outcome IS NULL)", name="ends_as_another"),
        CheckConstraint("changes_on <= valid_until + 1", name="changes_by_its_end"),
        CheckConstraint("seen_from <= seen_to", name="seen_in_order"),
        CheckConstraint("(seen_from IS NULL) = (seen_to IS NULL)", name="seen_both"),
        CheckConstraint("judged BETWEEN 0 AND asked", name="judged_of_those_asked"),
        CheckConstraint(
            "(due_on IS NULL) = (due_kind IS NULL) AND (due_on IS NULL) = (due_because IS NULL)",
            name="due_whole",
        ),
        Index(
            "site_outcomes_changes_on_idx", "changes_on", postgresql_where="changes_on IS NOT NULL"
        ),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(Text, comment="meets-standards, meets-with-actions …")
    since: Mapped[date] = mapped_column(Date, comment="The first day of it")
    valid_until: Mapped[date | None] = mapped_column(
        Date, comment="The last day on which it holds by itself; empty: until somebody acts"
    )
    next_outcome: Mapped[str | None] = mapped_column(Text, comment="What it is on the day after")
    decided_by: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, comment="The criteria that decided: number, judgement, because"
    )
    seen_from: Mapped[date | None] = mapped_column(
        Date, comment="When the oldest evidence that counts was seen"
    )
    seen_to: Mapped[date | None] = mapped_column(Date, comment="When the newest was")
    asked: Mapped[int | None] = mapped_column(
        SmallInteger, comment="Criteria that count for it there; empty where none was ever judged"
    )
    judged: Mapped[int | None] = mapped_column(
        SmallInteger, comment="Of them, those of which a judgement counts"
    )
    due_kind: Mapped[str | None] = mapped_column(Text, comment="Of the next visit that comes round")
    due_on: Mapped[date | None] = mapped_column(Date, comment="By when it is due")
    due_because: Mapped[str | None] = mapped_column(Text, comment="first-after-listing or yearly")
    publication_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey(InspectionPublication.id),
        index=True,
        comment="The newest inspection there, in its newest version",
    )
    site_kind: Mapped[str] = mapped_column(Text, comment="By which it was found what is asked")
    staff_size: Mapped[str | None] = mapped_column(Text, comment="Likewise, of the provider")
    changes_on: Mapped[date | None] = mapped_column(
        Date, comment="The first day on which time alone changes anything of it"
    )
    computed_at: Mapped[datetime] = mapped_column(
        Moment, comment="When it was last found to be otherwise"
    )


class StandardsImpact(Base):
    """What a site would fall short on when a version takes effect; the publisher alone writes it.

    Held of sites that were inspected, while the version is to come.
    """

    __tablename__ = "standards_impacts"
    __table_args__ = (CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome_known"),)

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey(StandardsVersion.id),
        primary_key=True,
        index=True,
        comment="Published, to take effect",
    )
    outcome: Mapped[str] = mapped_column(Text, comment="On its first day")
    not_met: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Numbers of its criteria; by judgements that count for them then"
    )
    partly_met: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Likewise")
    nothing_known: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="Those for which no judgement counts then"
    )
