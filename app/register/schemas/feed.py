"""The log as others follow it: its head, and its entries in their order."""

from pydantic import Field

from app.organisations.schemas.members import PageLinks
from app.register.schemas.answer import Answer, WrittenMoment
from app.register.schemas.history import HistoryEntry, Redacted


class HeadLinks(Answer):
    """This answer, where the log is followed from its beginning, and the register as one file."""

    self: str
    entries: str
    download: str


class HeadState(Answer):
    """Where the log stands."""

    entry: int = Field(description="The newest entry's number; 0 for an empty register")
    recorded_at: WrittenMoment | None
    epoch: str = Field(
        json_schema_extra={"format": "uuid"},
        description="Names the log. Where it differs, a cursor kept from before is of another log",
    )
    demonstration: bool = Field(description="Every provider is invented")
    tombstones: int = Field(
        description="How many entries had their record taken out. Where it rises, something you "
        "were told before is among them: see `/v1/register/tombstones`"
    )


class HeadAnswer(HeadState):
    """The register as a whole."""

    providers: int = Field(description="How many are, or were, on the register")
    links: HeadLinks


class FeedEntry(HistoryEntry):
    """One entry of the log, and what it changed."""

    number: str = Field(examples=["AP000001U"])


class Tombstone(Answer):
    """An entry whose record was taken out."""

    entry: int
    number: str = Field(examples=["AP000001U"])
    redacted: Redacted


class TombstonesAnswer(Answer):
    """Entries whose records were taken out, oldest entry first."""

    items: list[Tombstone]
    links: PageLinks
    register_: HeadState = Field(alias="register")


class FeedAnswer(Answer):
    """Entries in the order of the log, oldest first."""

    items: list[FeedEntry]
    after: int = Field(description="The cursor to come back with: all up to it has been told")
    links: PageLinks
    register_: HeadState = Field(alias="register")
