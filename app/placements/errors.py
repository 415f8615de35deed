"""What is refused about placements. No message tells anything of another commissioner's child."""

from app.errors import AppError, ConflictError, ForbiddenError, NotFoundError


class PlacementNotFoundError(NotFoundError):
    """No placement has this id, or none that the actor may see."""

    slug = "placement-not-found"
    title = "There is no such placement"


class PlacementNotYoursError(ForbiddenError):
    """Another commissioner's placement: it can be seen and not changed."""

    slug = "placement-not-yours"
    title = "The placement is another commissioner's"


class PlacementHeldAlreadyError(ConflictError):
    """The commissioner uses this reference for another placement."""

    slug = "placement-held-already"
    title = "You hold a placement under this reference already"


class PlacementEndedError(ConflictError):
    """It has ended; nothing of it is changed any more."""

    slug = "placement-ended"
    title = "The placement has ended"


class PlacementRunsError(ConflictError):
    """It has not ended; there is no end to put right."""

    slug = "placement-runs"
    title = "The placement has not ended"


class ProviderSuspendedError(ConflictError):
    """No new place begins where a listing is suspended; places that run do not end by it."""

    slug = "provider-suspended"
    title = "The provider is suspended"


class ElsewhereAtOnceError(ConflictError):
    """The commissioner's own child is timetabled in another of its placements at the same time."""

    slug = "elsewhere-at-once"
    title = "The child is somewhere else at that time"


class AssessmentNeededError(ConflictError):
    """It has not begun, and rests neither on an assessment nor on reasons why it cannot wait."""

    slug = "assessment-needed"
    title = "Assess it first, or say why it cannot wait"


class AssessmentUsedError(ConflictError):
    """Another placement rests on this assessment, or this placement on another."""

    slug = "assessment-used"
    title = "The placement and the assessment cannot be linked"


class LimitReachedError(ConflictError):
    """With this place the setting would have to be registered as a school."""

    slug = "registration-limit-reached"
    title = "With this place the setting would have to register as a school"


class CaseNotFoundError(NotFoundError):
    """No case has this id, or none that the actor may see."""

    slug = "registration-case-not-found"
    title = "There is no such case"


class CaseClosedError(ConflictError):
    """It was closed already; what is new opens another."""

    slug = "registration-case-closed"
    title = "The case is closed"


class CaseNotYoursError(ForbiddenError):
    """Only the department says whether a setting reaches the limit."""

    slug = "registration-case-not-yours"
    title = "The case is the department's to close"


class CaseChildNotFoundError(NotFoundError):
    """No child of the case has this name, or it is there no longer."""

    slug = "case-child-not-found"
    title = "There is no such child in the case"


class NothingDeclaredError(NotFoundError):
    """The provider has not said whom it teaches beside those who are placed with it."""

    slug = "nothing-declared"
    title = "The provider has declared nothing yet"


class TableNeededError(AppError):
    """A table of placements was to be sent as CSV in UTF-8; something else came."""

    status = 415
    slug = "placements-table-needed"
    title = "Send the table as CSV"
