"""What goes into the log, before and after it has its number."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about to become an entry.

    Attributes:
        number: the provider number.
        effective_on: the London day from which it holds.
        record: canonical bytes.
        simulated_at: for a demonstration's past only: when the log is to have learned it.
    """

    number: str
    effective_on: date
    record: bytes
    simulated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that is in the log."""

    entry: int
    recorded_at: datetime
    effective_on: date
    number: str
    record: bytes
