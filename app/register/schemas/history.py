"""What a provider's record said before."""

from typing import Any

from pydantic import Field

from app.register.schemas.records import Answer
from app.register.schemas.search import PageLinks


class Redacted(Answer):
    """That a record was taken out of the log, when, and why."""

    at: str = Field(json_schema_extra={"format": "date-time"})
    reason: str


class HistoryEntry(Answer):
    """One entry of the log: what the register said of a provider from then on."""

    entry: int
    recorded_at: str = Field(json_schema_extra={"format": "date-time"})
    effective_on: str = Field(
        json_schema_extra={"format": "date"}, description="The London day from which it holds"
    )
    record: dict[str, Any] | None = Field(
        description="The canonical record, in the form of its time; null where it was taken out"
    )
    redacted: Redacted | None


class HistoryAnswer(Answer):
    """A provider's entries, newest first."""

    items: list[HistoryEntry]
    links: PageLinks
