"""When work that comes round is due, by the clock on the wall in London.

On the day the clocks go forward, a time that does not exist is due at the first moment after the
gap; on the day they go back, a time that comes twice is due the first time alone.
"""

from datetime import UTC, date, datetime, time, timedelta

from app.clock import LONDON
from app.outbox.terms import Schedule

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
MINUTES_OF_AN_HOUR = 60


def daily(name: str, *times: str) -> Schedule:
    """Return a schedule that is due each day at these times of London: `03:15`.

    Raises:
        ValueError: a time is not written as hours and minutes, or there is none.
    """
    if not times:
        raise ValueError(f"The schedule {name} needs a time of day, such as 03:15.")
    of_day = [_time_of_day(name, written) for written in times]

    def latest_due(moment: datetime) -> datetime:
        today = moment.astimezone(LONDON).date()
        days = (today - _DAY, today)
        dues = (_on(day, at) for day in days for at in of_day)
        return max(due for due in dues if due <= moment)

    return Schedule(name, latest_due)


def every(name: str, minutes: int) -> Schedule:
    """Return a schedule that is due every so many minutes, beginning with each full hour.

    An hour in London begins when one begins in UTC, summer or winter, so no clock change makes a
    gap in it. What comes round less often than hourly is `daily`, with its times.

    Raises:
        ValueError: an hour cannot be divided so.
    """
    if not 1 <= minutes <= MINUTES_OF_AN_HOUR or MINUTES_OF_AN_HOUR % minutes:
        raise ValueError(f"The schedule {name} cannot divide an hour by {minutes} minutes.")

    def latest_due(moment: datetime) -> datetime:
        minute = moment.astimezone(UTC).replace(second=0, microsecond=0)
        return minute - timedelta(minutes=minute.minute % minutes)

    return Schedule(name, latest_due)


def _time_of_day(name: str, written: str) -> time:
    try:
        return datetime.strptime(written, "%H:%M").time()  # noqa: DTZ007 - a time has no zone
    except ValueError:
        message = f"The schedule {name} has a time that cannot be read; write it as 03:15."
        raise ValueError(message) from None


def _on(day: date, at: time) -> datetime:
    """Return the moment a time comes on a day in London, the first time if it comes twice."""
    wall = datetime.combine(day, at)
    while not _exists(wall):
        wall += _MINUTE
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


def _exists(wall: datetime) -> bool:
    there = wall.replace(tzinfo=LONDON).astimezone(UTC)
    return there.astimezone(LONDON).replace(tzinfo=None) == wall
