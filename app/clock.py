"""The only place that reads the time.

Everything else asks here, so that tests and the demonstration can live on another day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
"""The zone in which the register's days begin and end."""

_MOST_DAYS_AHEAD = 3_650

_ahead = timedelta()
_simulated: ContextVar[datetime | None] = ContextVar("simulated_clock", default=None)


def now() -> datetime:
    """Return the present moment, in UTC, to the microsecond."""
    return _simulated.get() or datetime.now(UTC) + _ahead  # noqa: TID251 - the one place that may


def today() -> date:
    """Return the present day in London."""
    return now().astimezone(LONDON).date()


def go_ahead(days: int) -> None:
    """Let this whole process live so many days later; for demonstrations, once, when it starts.

    Raises:
        ValueError: the days are fewer than none, or more than ten years'.
    """
    global _ahead  # noqa: PLW0603 - the one clock of the process
    if not 0 <= days <= _MOST_DAYS_AHEAD:
        message = f"The clock can go ahead 0 to {_MOST_DAYS_AHEAD} days."
        raise ValueError(message)
    _ahead = timedelta(days=days)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside the block live at `moment`.

    Args:
        moment: a time with a zone; tasks started inside the block inherit it.

    Raises:
        ValueError: `moment` carries no zone, so nobody could say when it is.
    """
    if moment.tzinfo is None:
        message = "A simulated moment needs a time zone."
        raise ValueError(message)
    token = _simulated.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _simulated.reset(token)
