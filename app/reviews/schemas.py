"""What is asked and told of reviews."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.children.schemas import OwnReference
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told, Whole
from app.reviews.terms import (
    ExtensionReason,
    PlacementReviewDecision,
    Progress,
    ReviewCause,
    ReviewLight,
)
from app.rules.stated import RuleBasis


class ReviewHeld(Stated):
    """A review that was held. What is said of the child is kept under its own key."""

    reference: OwnReference = Field(description="Your own system's; unique for the placement.")
    held_on: Day
    held_by: Line = Field(description="Who held it, and what they are.")
    childs_voice: Prose = Field(description="In the child's own words.")
    attendance_seen: Annotated[Whole, Field(ge=0, le=100)] = Field(
        description="Of the sessions since the last review, in per cent, as the register says."
    )
    progress: Progress
    against_objectives: Prose
    parents_view: Prose | None = None
    safeguarding: Prose = Field(description="Whether the child is safe there, and how it is known.")
    providers_view: Prose | None = None
    decision: PlacementReviewDecision
    next_on: Day | None = Field(
        None, description="By when once more; six school weeks on if left out, never over eight."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.next_on is not None and self.next_on <= self.held_on:
            message = "The next review comes after this one. Check both days."
            raise ValueError(message)
        return self


class ReviewOut(Told):
    """A review that was held."""

    id: uuid.UUID
    reference: str
    held_on: date
    decision: PlacementReviewDecision
    progress: Progress
    next_on: date | None
    held_by: str | None = Field(description="`null`, like all that was said, once erased.")
    childs_voice: str | None
    attendance_seen: int | None
    against_objectives: str | None
    parents_view: str | None
    safeguarding: str | None
    providers_view: str | None
    recorded_at: datetime


class ReviewOpeningOut(Told):
    """Something that changed at the provider."""

    cause: ReviewCause
    because: str
    opened_on: date
    acknowledge_by: date
    acknowledged_at: datetime | None
    settled_on: date | None


class ReviewContributed(Stated):
    """What the provider says for the next review. Name nobody but by what they do."""

    what: Prose


class ReviewContributionOut(Told):
    """What the provider said."""

    given_on: date
    by: str
    what: str | None


class ReviewRule(Told):
    """Why a review is due, and on what authority."""

    because: str
    rule: str
    basis: RuleBasis
    source: str


class PlacementReviews(Told):
    """When a placement is reviewed next, and what was found so far."""

    placement: uuid.UUID
    next_on: date | None = Field(description="`null` once the placement has ended.")
    latest_on: date | None
    approximate: bool = Field(description="School days were guessed: no terms are loaded.")
    light: ReviewLight | None
    why: list[ReviewRule]
    opened: list[ReviewOpeningOut] = Field(description="The newest first.")
    contributions: list[ReviewContributionOut] = Field(description="The newest first.")
    held: list[ReviewOut] = Field(description="The newest first.")


class ReviewDueOut(Told):
    """A placement in the list of reviews."""

    placement: uuid.UUID
    reference: str
    commissioner: str
    provider: str
    provider_name: str
    next_on: date
    light: ReviewLight
    opened_by: list[ReviewCause] = Field(description="Changes that no review has followed yet.")


class ReviewDueList(Told):
    """Reviews, the longest overdue first."""

    items: list[ReviewDueOut]
    links: PageLinks


class PlacementExtension(Stated):
    """A later planned end, and why."""

    planned_end_on: Day
    reason: ExtensionReason
