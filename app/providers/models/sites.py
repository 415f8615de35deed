"""Tables of sites and of what is offered there."""

import uuid
from datetime import date
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
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.places.models import LocalAuthority


class Site(Base):
    """One place, or way, at which a provider works."""

    __tablename__ = "sites"
    __table_args__ = (
        UniqueConstraint("provider_id", "reference"),
        CheckConstraint(
            "kind IN ('fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', 'hired', "
            "'home-visits', 'online')",
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


class Offer(Base):
    """A programme at a site: for whom, and how much of it."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("age_from BETWEEN 2 AND 25", name="age_from_range"),
        CheckConstraint("age_to BETWEEN age_from AND 25", name="age_to_range"),
        CheckConstraint("hours_per_week > 0 AND hours_per_week <= 50", name="hours_range"),
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
