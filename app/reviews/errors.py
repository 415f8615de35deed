"""What is refused about reviews."""

from app.errors import ConflictError, NotFoundError


class ReviewHeldAlreadyError(ConflictError):
    """A review of that day, or under that reference, is recorded already."""

    slug = "review-held-already"
    title = "The placement was reviewed on that day already"


class ReviewOverdueError(ConflictError):
    """No placement is made longer while its review is overdue."""

    slug = "review-overdue"
    title = "A review of the placement is overdue"


class NothingToAcknowledgeError(NotFoundError):
    """No change waits to be acknowledged."""

    slug = "nothing-to-acknowledge"
    title = "Nothing waits to be acknowledged"


class PlaceNotYoursError(NotFoundError):
    """No placement at the provider's sites has this id."""

    slug = "place-not-yours"
    title = "There is no such placement at your sites"
