"""What is refused about children's records. No message repeats anything about a child."""

from app.errors import ConflictError, ForbiddenError, NotFoundError


class ChildNotFoundError(NotFoundError):
    """No child has this id, or none whose record the actor may see."""

    slug = "child-not-found"
    title = "There is no such child's record"


class ChildHeldAlreadyError(ConflictError):
    """The commissioner holds this child, or the reference, already."""

    slug = "child-held-already"
    title = "You hold this child already"


class ChildErasedError(ConflictError):
    """The record was erased; only that it was is still told."""

    slug = "child-erased"
    title = "The child's record was erased"


class ChildNotYoursError(ForbiddenError):
    """Another commissioner's record: it can be seen and not changed."""

    slug = "child-not-yours"
    title = "The record is another commissioner's"


class ChildStillPlacedError(ConflictError):
    """A placement of the child runs, or is not accounted for; nothing is erased meanwhile."""

    slug = "child-still-placed"
    title = "The child has a placement that is not closed"


class ChildHeldBackError(ConflictError):
    """The record is held for an inquiry, a court, a complaint or safeguarding."""

    slug = "child-held-back"
    title = "The child's record is not to be erased for now"


class MatchQuestionNotFoundError(NotFoundError):
    """No question has this id, or none that the actor is to answer."""

    slug = "match-question-not-found"
    title = "There is no such question"


class MatchAnsweredError(ConflictError):
    """Somebody answered it already."""

    slug = "match-answered"
    title = "The question was answered already"
