"""Tables of sites and of what is offered there."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.places.models import LocalAuthority


class Site(Base):
    """One place, or way, at which a provider works."""

    __tablename__ = "sites"
    __table_args__ = (
        UniqueConstraint("provider_id", "reference"),
        CheckConstraint(
            "kind IN ('fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', 'hired', "
            "'home-visits', 'online', 'satellite', 'subcontracted')",
            name="kind_known",
        ),
        CheckConstraint("(easting IS NULL) = (northing IS NULL)", name="both_coordinates"),
        CheckConstraint(
            "(easting IS NULL) = (location_precision IS NULL)", name="located_with_precision"
        ),
        CheckConstraint("closed_on >= opened_on", name="closes_after_opening"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("providers.id"))
    reference: Mapped[int] = mapped_column(SmallInteger, comment="1, 2 … within the provider")
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, comment="fixed, farm-or-outdoor, workshop …")
    address_lines: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Street; may be empty")
    town: Mapped[str | None] = mapped_column(Text)
    postcode: Mapped[str | None] = mapped_column(Text, comment="Upper case, one space")
    la_code: Mapped[str] = mapped_column(
        Text,
        ForeignKey(LocalAuthority.la_code),
        index=True,
        comment="The local authority whose area it lies in",
    )
    easting: Mapped[int | None] = mapped_column(Integer, comment="Metres, British National Grid")
    northing: Mapped[int | None] = mapped_column(Integer, comment="Metres, British National Grid")
    location_precision: Mapped[str | None] = mapped_column(
        Text, comment="How near the point is: given, postcode, postcode-district, postcode-area"
    )
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date, comment="The first day it was shut")
    someones_home: Mapped[bool] = mapped_column(
        server_default="false", comment="Then its street address and point are never public"
    )
    run_by: Mapped[str | None] = mapped_column(
        Text, comment="Who runs it, where that is not the provider: a subcontractor, a host"
    )
    changed_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    version: Mapped[int] = mapped_column(
        Integer, server_default="1", comment="Counts changes; the entity tag"
    )


class Offer(Base):
    """A programme at a site: for whom, and how much of it."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("age_from BETWEEN 2 AND 25", name="age_from_range"),
        CheckConstraint("age_to BETWEEN age_from AND 25", name="age_to_range"),
        CheckConstraint("hours_per_week > 0 AND hours_per_week <= 50", name="hours_range"),
        CheckConstraint("group_from > 0", name="group_from_range"),
        CheckConstraint("group_to BETWEEN group_from AND 200", name="group_to_range"),
        *(
            CheckConstraint(f"{price}_pence BETWEEN 0 AND 10000000", name=f"{price}_range")
            for price in ("price_hour", "price_half_day", "price_day", "price_week")
        ),
        CheckConstraint(
            "availability IN ('places-now', 'soon', 'full')", name="availability_known"
        ),
        CheckConstraint(
            "(availability IS NULL) = (availability_confirmed_on IS NULL)",
            name="availability_confirmed",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    programme: Mapped[str] = mapped_column(Text, comment="What is done: tuition, motor vehicle …")
    age_from: Mapped[int] = mapped_column(SmallInteger, comment="Youngest age taken, in years")
    age_to: Mapped[int] = mapped_column(SmallInteger, comment="Oldest age taken, in years")
    key_stages: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="1 to 5")
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="SEN need codes (DfE)")
    hours_per_week: Mapped[Decimal | None] = mapped_column(
        Numeric(4, 1), comment="Most hours offered to one pupil in a usual week"
    )
    sessions: Mapped[list[dict[str, object]]] = mapped_column(
        JSONB, server_default="[]", comment="Days (1 is Monday) and times, from and to"
    )
    group_from: Mapped[int | None] = mapped_column(SmallInteger, comment="Smallest group, pupils")
    group_to: Mapped[int | None] = mapped_column(SmallInteger, comment="Largest group, pupils")
    price_hour_pence: Mapped[int | None] = mapped_column(Integer, comment="For one pupil")
    price_half_day_pence: Mapped[int | None] = mapped_column(Integer, comment="For one pupil")
    price_day_pence: Mapped[int | None] = mapped_column(Integer, comment="For one pupil")
    price_week_pence: Mapped[int | None] = mapped_column(Integer, comment="For one pupil")
    availability: Mapped[str | None] = mapped_column(
        Text, comment="places-now, soon, full: the provider's word, never counted"
    )
    availability_confirmed_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date, comment="The first day it was not offered")
    changed_at: Mapped[datetime] = mapped_column(Moment, server_default=func.now())
    version: Mapped[int] = mapped_column(
        Integer, server_default="1", comment="Counts changes; the entity tag"
    )
