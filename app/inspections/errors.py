"""What is refused in quality assurance."""

from app.errors import AppError, ConflictError, ForbiddenError, InvalidRequestError, NotFoundError
from app.errors import VersionChangedError as ChangedError


class InspectionNotFoundError(NotFoundError):
    """No inspection has this reference, or none that the actor may see."""

    slug = "inspection-not-found"
    title = "There is no such inspection"


class NoComingStandardsError(NotFoundError):
    """No version of the standards is published that has yet to take effect, or not this one."""

    slug = "no-coming-standards"
    title = "No such version of the standards is to come"


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


class RelianceNotFoundError(NotFoundError):
    """No reliance has this id, or none that the actor may see."""

    slug = "reliance-not-found"
    title = "There is no such reliance"


class RelianceNotAcceptedError(InvalidRequestError):
    """Nobody relies on their own work, on criteria that were not asked, or for too long."""

    slug = "reliance-not-accepted"
    title = "You cannot rely on it like this"


class RelianceAlreadyHeldError(ConflictError):
    """The body relies on this inspection already."""

    slug = "reliance-already-held"
    title = "Your body relies on it already"


class RelianceEndedError(ConflictError):
    """The reliance holds no more."""

    slug = "reliance-ended"
    title = "The reliance is over"


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


class JudgementsMissingError(ConflictError):
    """Not everything that is looked at has a judgement; `errors` names every gap."""

    slug = "judgements-missing"
    title = "Something is not judged yet"


class CommentsNotAcceptedError(InvalidRequestError):
    """Something of the comments is wrong; `errors` names every fault at once."""

    slug = "comments-not-accepted"
    title = "The comments cannot be kept like this"


class CommentsOverError(ConflictError):
    """The provider said that it was done, or its last day has passed."""

    slug = "comments-over"
    title = "The time for comments is over"


class CommentsOpenError(ConflictError):
    """The provider may still say what is wrong, or something it said has no answer yet."""

    slug = "comments-open"
    title = "The provider has not been heard to the end"


class CommentNotFoundError(NotFoundError):
    """The inspection has no comment with this id."""

    slug = "comment-not-found"
    title = "There is no such comment"


class CommentAnsweredError(ConflictError):
    """It has another answer already, which stays."""

    slug = "comment-answered"
    title = "The comment is answered already"


class CorrectFirstError(ConflictError):
    """A comment is accepted by correcting the judgement it is about, which was not done."""

    slug = "correct-first"
    title = "Correct the judgement first"


class NobodyToCheckError(ConflictError):
    """Nobody uninvolved is free there; `could_check` names who is elsewhere."""

    slug = "nobody-to-check"
    title = "Nobody there may check this"


class ReasonNeededError(InvalidRequestError):
    """It is not returned, or refused, without saying why."""

    slug = "reason-needed"
    title = "Say why"


class AmendmentNotFoundError(NotFoundError):
    """The inspection has no amendment with this id, or none that the actor may see."""

    slug = "amendment-not-found"
    title = "There is no such amendment"


class AmendmentSettledError(ConflictError):
    """It was decided already, or another one is open."""

    slug = "amendment-settled"
    title = "This amendment cannot be decided now"


class AmendmentNotPossibleError(ConflictError):
    """What is to be amended is not there to be amended like this."""

    slug = "amendment-not-possible"
    title = "This cannot be amended like this"


class VersionNotFoundError(NotFoundError):
    """The inspection was never published in such a version."""

    slug = "inspection-version-not-found"
    title = "There is no such version"


class InspectionTakenOutError(AppError):
    """What this version said should never have been public; a later version stands."""

    status = 410
    slug = "inspection-taken-out"
    title = "This version was taken out"


class NotOfferedError(AppError):
    """None of the forms that were asked for is offered; `offered` names those that are."""

    status = 406
    slug = "not-offered"
    title = "It is not offered in that form"


class AnswersNotAcceptedError(InvalidRequestError):
    """Something of a reply or of the plan of actions is wrong; `errors` names every fault."""

    slug = "answers-not-accepted"
    title = "This cannot be kept like this"


class ReplyNotFoundError(NotFoundError):
    """There is no such reply, or it was withdrawn."""

    slug = "reply-not-found"
    title = "There is no such reply"


class ActionNotFoundError(NotFoundError):
    """The inspection has no action with this id."""

    slug = "action-not-found"
    title = "There is no such action"


class ActionMoveNotAllowedError(ConflictError):
    """From where the action stands, this does not lead on."""

    slug = "action-move-not-allowed"
    title = "The action is not where this can be done"


class AppealNotPossibleError(ConflictError):
    """Its time is over, or what is published was decided on appeal already."""

    slug = "appeal-not-possible"
    title = "There is no appeal against this now"


class AppealNotFoundError(NotFoundError):
    """The inspection has no appeal with this id."""

    slug = "appeal-not-found"
    title = "There is no such appeal"


class AppealSettledError(ConflictError):
    """It was decided or withdrawn already."""

    slug = "appeal-settled"
    title = "The appeal is settled already"


class RevisitNotPossibleError(ConflictError):
    """Nothing fell short, or one was asked for already."""

    slug = "revisit-not-possible"
    title = "A revisit cannot be asked for now"


class RevisitNotFoundError(NotFoundError):
    """The inspection has no such request for a revisit."""

    slug = "revisit-not-found"
    title = "There is no such request for a revisit"


class RevisitSettledError(ConflictError):
    """It was answered or withdrawn already."""

    slug = "revisit-settled"
    title = "The request for a revisit is settled already"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "inspectors_lead_key": InspectionNotPlannableError,
    "received_results_organisation_id_reference_key": ResultDiffersError,
    "inspection_comments_open_key": CommentsNotAcceptedError,
    "inspection_amendments_open_key": AmendmentSettledError,
    "reliances_present_key": RelianceAlreadyHeldError,
    "inspection_appeals_of_version_key": AppealNotPossibleError,
    "inspection_revisits_open_key": RevisitNotPossibleError,
}
"""Which refusal a violated constraint means."""
