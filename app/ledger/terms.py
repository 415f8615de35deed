"""What goes into the log, before and after it has its number."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ChangedBy(StrEnum):
    """In which part somebody caused an entry, as everybody may know; never who it was."""

    PROVIDER = "provider"
    """Whoever the provider belongs to, for itself."""
    LOCAL_AUTHORITY = "local-authority"
    QA_BODY = "qa-body"
    COMMISSIONER = "commissioner"
    """A school, trust or federation."""
    DEPARTMENT = "department"
    SERVICE = "service"
    """Time alone, or a job of the service's own."""
    OPERATOR = "operator"
    """An import, or whoever runs the service, at its command line."""


CHANNEL = "ledger_head"
"""Where PostgreSQL tells whoever listens that the head was written anew."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about to become an entry.

    Attributes:
        number: the provider number.
        effective_on: the London day from which it holds.
        record: canonical bytes.
        simulated_at: for a demonstration's past only: when the log is to have learned it.
        by: in which part somebody caused it; `None` where that is not known. It is no part of what
            is hashed.
    """

    number: str
    effective_on: date
    record: bytes
    simulated_at: datetime | None = None
    by: ChangedBy | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that is in the log."""

    entry: int
    recorded_at: datetime
    effective_on: date
    number: str
    record: bytes
