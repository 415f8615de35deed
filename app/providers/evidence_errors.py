"""What is refused about evidence: documents, sharing, staff checks and self-evaluations."""

from app.errors import AppError, ConflictError, InvalidRequestError, NotFoundError


class DocumentNotFitError(InvalidRequestError):
    """What is said of a document cannot be right, or is not enough for its kind."""

    slug = "document-not-fit"
    title = "This does not fit such a document"


class DocumentNotFoundError(NotFoundError):
    """The record has no such document, or none that the caller may see."""

    slug = "document-not-found"
    title = "No such document is here"


class DocumentWithdrawnError(ConflictError):
    """The document was taken back; it stays on record and counts for nothing."""

    slug = "document-withdrawn"
    title = "This document was taken back"


class DocumentReplacedError(ConflictError):
    """Another document took its place already."""

    slug = "document-replaced"
    title = "This document was replaced already"


class FileMissingError(NotFoundError):
    """The document was recorded without a file."""

    slug = "file-missing"
    title = "The document has no file"


class ShareNotFitError(InvalidRequestError):
    """Evidence cannot be shared with them, or not until that day."""

    slug = "share-not-fit"
    title = "Evidence cannot be shared like this"


class ShareNotFoundError(NotFoundError):
    """The record has no such consent, or none that the caller may see."""

    slug = "share-not-found"
    title = "No such consent is here"


class ShareStandsError(ConflictError):
    """The same is shared with the same organisation already."""

    slug = "share-stands"
    title = "This is shared with them already"


class ShareEndedError(ConflictError):
    """The consent was taken back, or its last day is past."""

    slug = "share-ended"
    title = "This consent is over"


class StaffMemberNotFoundError(NotFoundError):
    """The record of staff checks has nobody with this id, or nobody the caller may see."""

    slug = "staff-member-not-found"
    title = "Nobody with this id is on the record"


class StaffMemberLeftError(ConflictError):
    """They work there no longer; what is on record of them stays as it was."""

    slug = "staff-member-left"
    title = "They work there no longer"


class CheckNotLawfulError(InvalidRequestError):
    """The law does not let this be checked of somebody who does that work."""

    slug = "check-not-lawful"
    title = "This may not be checked of them"


class SelfEvaluationNotFoundError(NotFoundError):
    """There is no such self-evaluation, or none that the caller may see."""

    slug = "self-evaluation-not-found"
    title = "No such self-evaluation is here"


class SelfEvaluationOpenError(ConflictError):
    """One of the same site against the same version is open; it can be gone on with."""

    slug = "self-evaluation-open"
    title = "A self-evaluation of this site is open"


class SelfEvaluationCompletedError(ConflictError):
    """It was completed, and never changes again."""

    slug = "self-evaluation-completed"
    title = "This self-evaluation is completed"


class SelfEvaluationUnfinishedError(ConflictError):
    """Something is not answered yet, or answered without what shows it; `errors` says what."""

    slug = "self-evaluation-unfinished"
    title = "The self-evaluation is not finished"


class CriterionNotAskedError(NotFoundError):
    """The version has no such criterion, or does not ask it of such a site."""

    slug = "criterion-not-asked"
    title = "This criterion is not asked here"


class AnswerNotFitError(InvalidRequestError):
    """The answer lacks its comment, or names a document that shows nothing of it."""

    slug = "answer-not-fit"
    title = "This answer cannot stand so"


class VersionNotInForceError(ConflictError):
    """No such version of the standards is published, or none is in force, or none follows."""

    slug = "standards-not-in-force"
    title = "No such version of the standards can be used"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "self_evaluations_open_key": SelfEvaluationOpenError,
}
"""Which refusal a violated constraint means."""
