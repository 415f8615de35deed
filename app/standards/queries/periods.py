"""Periods of days as PostgreSQL keeps them: the first is in, the end is the first that is out."""

from datetime import date, timedelta
from typing import Protocol

from sqlalchemy.dialects.postgresql import Range


class Dated(Protocol):
    """A row that holds on some days."""

    @property
    def in_force(self) -> Range[date] | None:
        """Those days; none while it is a draft."""
        ...


def days_from(first: date) -> Range[date]:
    """Return the days from one on, without an end."""
    return Range(first, None)


def days_until(row: Dated, end: date) -> Range[date]:
    """Return a row's days, ended so that `end` is the first on which it holds no more."""
    return Range(first_day(row), end)


def first_day(row: Dated) -> date | None:
    """Return the first day on which a row holds; `None` while it is a draft."""
    return row.in_force.lower if row.in_force else None


def last_day(row: Dated) -> date | None:
    """Return the last day on which a row holds, if one is set."""
    end = row.in_force.upper if row.in_force else None
    return end - timedelta(days=1) if end else None
