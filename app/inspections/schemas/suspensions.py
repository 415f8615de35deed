"""What is asked and told of interim suspensions."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from app.inspections.schemas.clocks import ClockOut
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Stated, Told


class ReviewDecision(StrEnum):
    """What comes of looking at a suspension again."""

    STAYS = "stays"
    LIFT_PROPOSED = "lift-proposed"
    """The listing is to be under review instead; a second officer confirms that."""


class NewSuspensionReview(Stated):
    """What comes of looking at a suspension again, and why."""

    decision: ReviewDecision
    reason: Reason


class SuspensionReviewOut(Told):
    """That somebody looked at a suspension again."""

    decision: ReviewDecision
    reason: str
    name: str
    reviewed_at: datetime
    next_due_on: date | None


class SuspensionOut(Told):
    """An interim suspension. Its `ETag` names the version."""

    id: uuid.UUID
    listing: uuid.UUID
    provider: str
    provider_name: str
    site: int
    la_code: str
    holds: bool = Field(description="False once the listing stands otherwise.")
    imposed_on: date
    review: ClockOut | None = Field(description="By when it is looked at again, by which rule.")
    finding: str | None = Field(description="What was found; for the authority and its like.")
    reviews: list[SuspensionReviewOut]
    version: int


class SuspensionList(Told):
    """Suspensions that hold, those first that are due first."""

    items: list[SuspensionOut]
    links: PageLinks
