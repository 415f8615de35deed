"""What is said over HTTP about facts taken out of the log."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from app.organisations.schemas.members import PageLinks
from app.register.terms import RedactionGrounds, RedactionState
from app.values.json_pointer import LONGEST

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500)]


class RedactionAsked(BaseModel):
    """Which fact is to be taken out, and why. The record itself is corrected first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pointer: str = Field(
        min_length=2,
        max_length=LONGEST,
        description="JSON pointer into the record as the history shows it; `*` is every place of a "
        "list.",
        examples=["/sites/*/address/lines/*"],
    )
    value: JsonValue = Field(description="What wrongly stands there, exactly. It is not kept.")
    grounds: RedactionGrounds
    reason: Reason = Field(
        description="Why, for the public; it stays where the record was. Not the fact itself."
    )


class RedactedEntry(BaseModel):
    """An entry of the log that tells, or told, the fact."""

    entry: int
    recorded_at: datetime


class ToldElsewhere(BaseModel):
    """Where else the same words stand; a redaction leaves it as it is."""

    entry: int
    pointer: str


class RedactionRecord(BaseModel):
    """A fact proposed to be taken out of the log, or taken out. Its `ETag` names the version."""

    id: uuid.UUID
    number: str = Field(description="The provider's.", examples=["AP000001U"])
    pointer: str
    grounds: RedactionGrounds
    reason: str
    state: RedactionState
    entries: list[RedactedEntry] = Field(description="Those it takes, or took, out.")
    elsewhere: list[ToldElsewhere] | None = Field(
        default=None, description="Said once, when it is proposed."
    )
    proposed_by: uuid.UUID
    organisation_id: uuid.UUID
    proposed_at: datetime
    settled_by: uuid.UUID | None
    settled_at: datetime | None


class RedactionList(BaseModel):
    """Redactions, newest first."""

    items: list[RedactionRecord]
    links: PageLinks
