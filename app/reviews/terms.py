"""The words of reviews."""

from enum import StrEnum


class PlacementReviewDecision(StrEnum):
    """What becomes of a placement."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"


class ReviewCause(StrEnum):
    """Why a review was opened before it was due."""

    LISTING = "listing"
    """Where the provider stands on the register changed."""
    OUTCOME = "outcome"
    """What inspections found of one of its sites changed."""
    DOCUMENT = "document"
    """Evidence that it had is out of date."""
    CONCERN = "concern"
    """Somebody raised a concern; who, is never told."""
    SUSPENSION = "suspension"
    """A listing was suspended for a risk of harm."""


CAUSES = {
    ReviewCause.LISTING: "Where the provider stands on the register has changed.",
    ReviewCause.OUTCOME: "What inspections found at the provider has changed.",
    ReviewCause.DOCUMENT: "Evidence that the provider had is out of date.",
    ReviewCause.CONCERN: "A concern about the provider is being looked into.",
    ReviewCause.SUSPENSION: "A listing of the provider was suspended for a risk of harm.",
}
"""The same in plain words, for whoever placed a child there."""


class Progress(StrEnum):
    """How a child does against the objectives of the placement."""

    AS_PLANNED = "as-planned"
    SOME = "some"
    NONE = "none"


class ExtensionReason(StrEnum):
    """Why a placement is to last longer; a closed list, so that it names nobody."""

    OBJECTIVES_NOT_MET_YET = "objectives-not-met-yet"
    EXAMINATIONS = "examinations"
    WAITING_FOR_A_PLACE = "waiting-for-a-place"
    """A place elsewhere is agreed and not free yet."""
    PLAN_UNDER_REVIEW = "plan-under-review"
    RETURN_STEP_BY_STEP = "return-step-by-step"


class ReviewLight(StrEnum):
    """How pressing a review is."""

    GREEN = "green"
    AMBER = "amber"
    """Due within a week, or opened by a change that is not acknowledged yet."""
    RED = "red"
    """Overdue, or not acknowledged in time."""
