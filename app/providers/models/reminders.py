"""The table of what providers were reminded of."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class Reminder(Base):
    """That a message about one thing and its day was asked for, so that it is not asked for twice.

    No foreign key: what is reminded of is a document, or a provider's own word.
    """

    __tablename__ = "reminders"
    __table_args__ = (CheckConstraint("days >= 0", name="days_before"),)

    subject_id: Mapped[uuid.UUID] = mapped_column(
        primary_key=True, comment="Of the document, or of the provider that is to confirm"
    )
    due_on: Mapped[date] = mapped_column(
        Date, primary_key=True, comment="The document's last day, or the day to confirm by"
    )
    days: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="How many days before; 0: it is past"
    )
    asked_at: Mapped[datetime] = mapped_column(Moment)
