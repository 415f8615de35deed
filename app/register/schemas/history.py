"""What a provider's record said before."""

from typing import Any

from pydantic import Field

from app.ledger.terms import ChangedBy
from app.organisations.schemas.members import PageLinks
from app.providers.terms import PublicReason
from app.register.schemas.answer import Answer, WrittenDay, WrittenMoment


class Redacted(Answer):
    """That a record was taken out of the log, when, and why."""

    at: WrittenMoment
    reason: str


class DifferenceOut(Answer):
    """One thing that an entry changed."""

    pointer: str = Field(
        description="Where it stands in the record (RFC 6901); of what was taken away, where it "
        "stood in the record before",
        examples=["/sites/0/offers/1/prices/day"],
    )
    old: Any = Field(description="What stood there; null for what was added", examples=[9500])
    new: Any = Field(description="What stands there; null for what was taken away", examples=[9900])


class ComingOut(Answer):
    """One thing that is known to change."""

    on: WrittenDay = Field(
        description="The first London day on which it will be otherwise",
        examples=["2027-09-01"],
    )
    pointer: str = Field(
        description="What changes: a place in the present record (RFC 6901)",
        examples=["/sites/0/closed_on"],
    )
    now: Any = Field(description="What stands there until then; null for nothing", examples=[None])
    then: Any = Field(
        description="What will; null for what will be there no more", examples=["2027-09-01"]
    )


class HistoryEntry(Answer):
    """One entry of the log: what the register said of a provider from then on."""

    entry: int
    recorded_at: WrittenMoment
    effective_on: WrittenDay = Field(description="The London day from which it holds")
    record: dict[str, Any] | None = Field(
        description="The canonical record, in the form of its time; null where it was taken out"
    )
    redacted: Redacted | None
    by: ChangedBy | None = Field(
        description="In which part somebody caused it, never who it was: `provider` for itself, "
        "`service` for time alone or a job, `operator` for an import. Null in older entries"
    )
    reason: PublicReason | None = Field(
        description="For which its listings moved, or will; null where none did, or for several "
        "reasons"
    )
    changed: list[str] | None = Field(
        description="Members of the record that differ from the provider's entry before; null "
        "where there was none, or its record was taken out",
        examples=[["sites", "status"]],
    )
    differences: list[DifferenceOut] | None = Field(
        description="The same, line by line: records in a list are told one by one, by what makes "
        "them the same. Null where `changed` is"
    )


class HistoryAnswer(Answer):
    """A provider's entries, newest first."""

    items: list[HistoryEntry]
    ahead: list[ComingOut] = Field(
        description="What is known to come, from its present record, in order of day"
    )
    links: PageLinks
