"""Tables of jobs and schedules."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class Job(Base):
    """Something to be done once its transaction has committed, or when its time comes."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'dead')", name="state_known"),
        CheckConstraint("(lease IS NULL) = (leased_until IS NULL)", name="leased_until_some_time"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended_or_waiting"),
        Index("jobs_waiting_idx", "run_after", postgresql_where="state = 'waiting'"),
        Index("jobs_dead_idx", "ended_at", postgresql_where="state = 'dead'"),
        Index("jobs_done_idx", "ended_at", postgresql_where="state = 'done'"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, comment="Names the handler")
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="Identifiers alone")
    key: Mapped[str | None] = mapped_column(
        Text, unique=True, comment="Of which there may be only one, such as a schedule's day"
    )
    run_after: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(SmallInteger, comment="Begun so far")
    lease: Mapped[uuid.UUID | None] = mapped_column(comment="Names the attempt that has it now")
    leased_until: Mapped[datetime | None] = mapped_column(Moment, comment="After that, anyone's")
    last_error: Mapped[str | None] = mapped_column(Text, comment="Its kind and place, no values")
    made_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    made_by: Mapped[str] = mapped_column(Text, comment="The actor's kind and id")
    request_id: Mapped[str | None] = mapped_column(Text)


class ScheduleRun(Base):
    """How far a schedule has come, so that a stop is caught up with once."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    last_due_at: Mapped[datetime] = mapped_column(Moment, comment="The newest time it was due")
