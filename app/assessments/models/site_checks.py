"""The table of a commissioner's own checks of sites."""

import uuid
from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_KINDS = (
    "'staff-checks', 'visit', 'insurance', 'safeguarding-policy', 'health-and-safety', "
    "'fire-risk', 'first-aid'"
)


class SiteCheck(Base):
    """What a commissioner saw for itself of a site. It names no child."""

    __tablename__ = "site_checks"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint("length(btrim(seen_by)) > 0", name="seen_by_somebody"),
        CheckConstraint("length(btrim(what)) > 0", name="says_something"),
        CheckConstraint("usable_until >= seen_on", name="usable_in_order"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_for_some_reason"
        ),
        Index("site_checks_commissioner_id_id_idx", "commissioner_id", "id"),
        Index("site_checks_site_id_kind_idx", "site_id", "kind", "usable_until"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    commissioner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"))
    kind: Mapped[str] = mapped_column(Text, comment="staff-checks, visit, insurance …")
    seen_on: Mapped[date] = mapped_column(Date)
    seen_by: Mapped[str] = mapped_column(Text, comment="Who looked, and what they are")
    what: Mapped[str] = mapped_column(Text, comment="What was seen; names no child")
    usable_until: Mapped[date] = mapped_column(Date, comment="The last day; see rules.site_checks")
    is_shared: Mapped[bool] = mapped_column(
        Boolean, comment="With every organisation of the same trust or authority"
    )
    recorded_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
