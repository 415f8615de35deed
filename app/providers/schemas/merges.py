"""What is said over HTTP about duplicate records and their merging."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.organisations.schemas.members import PageLinks
from app.providers.terms import MergeState
from app.values.provider_number import parse_provider_number

Number = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(parse_provider_number),
    Field(description="A provider's number: AP, six digits, a check character."),
]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    Field(description="Why, in your own words; kept, never public."),
]


class LikelyDuplicateRecord(BaseModel):
    """A record that may be of the same provider."""

    number: str
    name: str
    score: float = Field(ge=0, le=1, description="How likely it is to be the same provider.")


class LikelyDuplicateList(BaseModel):
    """Records that may be of the same provider, likeliest first; all of them."""

    items: list[LikelyDuplicateRecord]


class MergeAsked(BaseModel):
    """Two records of one provider, of which one is to go on for both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep: Number
    absorb: Number
    reason: Reason


class ReasonGiven(BaseModel):
    """Why something is proposed or refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason


class RecordNamed(BaseModel):
    """One of the two records; nothing but its part where the caller may not see it."""

    number: str | None
    name: str | None


class MergeRecord(BaseModel):
    """That two records are, or were, to be made one. Names of people may be nobody's to see."""

    id: uuid.UUID
    state: MergeState
    keep: RecordNamed
    absorb: RecordNamed
    reason: str
    proposed_by: str | None
    proposed_at: datetime
    settled_by: str | None
    settled_at: datetime | None
    undo_reason: str | None
    undo_proposed_by: str | None
    undo_proposed_at: datetime | None
    undo_settled_by: str | None
    undo_settled_at: datetime | None


class MergeList(BaseModel):
    """Merges, newest first."""

    items: list[MergeRecord]
    links: PageLinks
