"""When schools meet: the dates of terms, as an authority or a school publishes them."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, Text
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

Ranges = list[Range[date]]


class SchoolCalendar(Base):
    """One school year of an organisation's schools; of a school, its own."""

    __tablename__ = "school_calendars"
    __table_args__: Any = (
        CheckConstraint("school_year BETWEEN 2000 AND 2100", name="school_year_range"),
        CheckConstraint("NOT isempty(terms)", name="some_term"),
        CheckConstraint(
            "range_merge(terms) <@ daterange(make_date(school_year, 8, 1), "
            "make_date(school_year + 1, 8, 1))",
            name="terms_within_the_year",
        ),
        CheckConstraint("closures <@ terms", name="closures_within_terms"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True
    )
    school_year: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="In which it begins: 2026 for 2026/27"
    )
    terms: Mapped[Ranges] = mapped_column(DATEMULTIRANGE)
    closures: Mapped[Ranges] = mapped_column(DATEMULTIRANGE, comment="Days in terms without school")
    stated_by_name: Mapped[str] = mapped_column(Text, comment="Person or machine, as named then")
    stated_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(comment="Counts changes; the entity tag")
