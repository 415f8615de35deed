"""What is refused in quality assurance."""

from app.errors import AppError, ConflictError, ForbiddenError, InvalidRequestError, NotFoundError
from app.errors import VersionChangedError as ChangedError


class InspectionNotFoundError(NotFoundError):
    """No inspection has this reference, or none that the actor may see."""

    slug = "inspection-not-found"
    title = "There is no such inspection"


class NotYourInspectionError(ForbiddenError):
    """They see the inspection, but another body or another person does this."""

    slug = "not-your-inspection"
    title = "This inspection is somebody else's"


class NotIndependentError(ForbiddenError):
    """They inspected it, have a tie to the provider, or would judge alone; `why` says which."""

    slug = "not-independent"
    title = "Somebody uninvolved must do this"


class InspectionMoveNotAllowedError(ConflictError):
    """From where the inspection stands, this does not lead on."""

    slug = "inspection-move-not-allowed"
    title = "The inspection is not where this can be done"


class InspectionNotPlannableError(InvalidRequestError):
    """It cannot be planned as asked; `errors` says what is wrong and where."""

    slug = "inspection-not-plannable"
    title = "The inspection cannot be planned like this"


class NoStandardsInForceError(ConflictError):
    """On that day no version of the standards is in force to inspect against."""

    slug = "no-standards-in-force"
    title = "No standards are in force on that day"


class JudgementsNotAcceptedError(InvalidRequestError):
    """Something of the judgements is wrong; `errors` names every fault at once."""

    slug = "judgements-not-accepted"
    title = "The judgements cannot be kept like this"


class JudgementChangedError(ChangedError):
    """Another inspector changed a judgement since it was read; `errors` says which."""

    slug = "judgement-changed"
    title = "A judgement was changed since you read it"


class InspectorNotFoundError(NotFoundError):
    """The person is no inspector of that body, or not on this inspection."""

    slug = "inspector-not-found"
    title = "There is no such inspector"


class InspectorHasJudgedError(ConflictError):
    """Who has judged anything stays an inspector of it, so that they cannot check it later."""

    slug = "inspector-has-judged"
    title = "This inspector has judged already"


class InspectorNeededError(ConflictError):
    """Nobody is named to inspect."""

    slug = "inspector-needed"
    title = "Name an inspector first"


class SuspensionNotFoundError(NotFoundError):
    """No interim suspension has this id, or none that the actor may see."""

    slug = "suspension-not-found"
    title = "There is no such suspension"


class SuspensionEndedError(ConflictError):
    """The listing stands otherwise by now."""

    slug = "suspension-ended"
    title = "The suspension is over"


class InterestNotFoundError(NotFoundError):
    """No interest with this id is the actor's own."""

    slug = "interest-not-found"
    title = "There is no such declared interest"


class ResultNotAcceptedError(InvalidRequestError):
    """Something of a result is wrong; `errors` names every fault at once."""

    slug = "inspection-result-not-accepted"
    title = "The result cannot be taken like this"


class ResultDiffersError(ConflictError):
    """Another result came under this reference before; `held` and `sent` tell them apart."""

    slug = "inspection-result-differs"
    title = "Another result came under this reference before"


class ResultNotFoundError(NotFoundError):
    """No result came under this reference, or none that the actor may see."""

    slug = "inspection-result-not-found"
    title = "There is no such result"


class ResultDecidedError(ConflictError):
    """It was applied or dismissed already."""

    slug = "inspection-result-decided"
    title = "What becomes of this result is decided already"


class ResultStillStaleError(ConflictError):
    """It cannot be applied as things stand; `reasons` says why."""

    slug = "inspection-result-still-stale"
    title = "The result cannot be applied as things stand"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "inspectors_lead_key": InspectionNotPlannableError,
    "received_results_organisation_id_reference_key": ResultDiffersError,
}
"""Which refusal a violated constraint means."""
