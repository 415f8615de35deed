"""What is said over HTTP about matches of an application with records removed or refused."""

import uuid
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.providers.schemas.merges import Reason
from app.providers.terms import Ground, MatchJudgement, Status


class SharedThing(BaseModel):
    """One kind of thing that both records have in common."""

    ground: Ground
    sentences: list[str] = Field(
        description="What exactly, in the applicant's own words; empty where the application shows "
        "it no longer."
    )


class MatchedRecord(BaseModel):
    """The other record, as far as an assessor is told of it."""

    number: str
    name: str
    status: Status
    left_as: Literal["removed", "refused"] | None = Field(
        description="How it last left, or did not come onto, the register."
    )
    left_on: date | None


class MatchRecord(BaseModel):
    """What an application has in common with a record that was removed or refused."""

    id: uuid.UUID
    other: MatchedRecord
    score: float = Field(ge=0, le=1, description="How telling all of it together is.")
    shared: list[SharedThing]
    found_at: datetime
    judgement: MatchJudgement | None = Field(
        description="Nothing until an assessor judged; while it is, the application is not listed."
    )
    judged_at: datetime | None
    judged_reason: str | None


class MatchList(BaseModel):
    """The matches of one application, most telling first; all of them."""

    items: list[MatchRecord]


class MatchJudged(BaseModel):
    """What an assessor makes of a match, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    judgement: MatchJudgement
    reason: Reason
