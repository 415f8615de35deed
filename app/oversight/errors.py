"""What is refused about follow-ups and counts. No message repeats anything about a child."""

from app.errors import ConflictError, ForbiddenError, NotFoundError


class FollowUpNotFoundError(NotFoundError):
    """No follow-up has this id, or none that the actor may see."""

    slug = "follow-up-not-found"
    title = "There is no such follow-up"


class FollowUpNotYoursError(ForbiddenError):
    """Others look for the child; it can be seen and not changed."""

    slug = "follow-up-not-yours"
    title = "The follow-up is not yours to take further"


class FollowUpClosedError(ConflictError):
    """It ended with an outcome."""

    slug = "follow-up-closed"
    title = "The follow-up has ended"


class HandoverOpenError(ConflictError):
    """Another authority was asked already and has not answered."""

    slug = "handover-open"
    title = "Another local authority has been asked already"


class HandoverNotFoundError(NotFoundError):
    """Nobody was asked, or not the actor."""

    slug = "handover-not-found"
    title = "Nobody has asked you to take this over"


class FollowUpOpenError(ConflictError):
    """Somebody looks for the child; its record is kept until it is found."""

    slug = "child-still-followed"
    title = "The child is not accounted for"


class NotAnAuthorityError(ForbiddenError):
    """Counts are for local authorities, each its own, and for the department."""

    slug = "counts-not-for-you"
    title = "These counts are for local authorities and the department"
