"""What is refused about concerns."""

from app.errors import ConflictError, NotFoundError


class ConcernNotFoundError(NotFoundError):
    """No concern has this id, or none that the actor may see."""

    slug = "concern-not-found"
    title = "There is no such concern"


class ConcernClosedError(ConflictError):
    """It is closed; what is new is raised anew."""

    slug = "concern-closed"
    title = "The concern is closed"
