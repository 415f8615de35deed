"""What is refused about attendance. No message tells anything of a child."""

from app.errors import ConflictError, ForbiddenError, NotFoundError


class AttendanceNotYoursError(ForbiddenError):
    """Neither the provider's nor the commissioner's: they report nothing of it."""

    slug = "attendance-not-yours"
    title = "This is not yours to report"


class ReferenceTakenError(ConflictError):
    """The reporter used this reference for another fact."""

    slug = "attendance-reference-taken"
    title = "You reported something else under this reference"


class CodeForbiddenError(ConflictError):
    """An enactment forbids the code for what was reported."""

    slug = "attendance-code-forbidden"
    title = "The law forbids this code for what was reported"


class AlertNotFoundError(NotFoundError):
    """No alert has this id, or none that the actor may see."""

    slug = "attendance-alert-not-found"
    title = "There is no such alert"


class AlertAcknowledgedError(ConflictError):
    """Somebody took the alert already."""

    slug = "attendance-alert-acknowledged"
    title = "Somebody took the alert already"


class ClosureNotFoundError(NotFoundError):
    """No closure has this id, or none that the actor may see."""

    slug = "closure-not-found"
    title = "There is no such closure"


class ClosureWithdrawnError(ConflictError):
    """It was withdrawn already."""

    slug = "closure-withdrawn"
    title = "The closure was withdrawn already"
