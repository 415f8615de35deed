"""What is refused about standards and policies."""

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
)


class StandardsNotFoundError(NotFoundError):
    """No version of the standards has this code, or none that the caller may see."""

    slug = "standards-not-found"
    title = "No version of the standards has this code"


class CriterionNotFoundError(NotFoundError):
    """The version has no criterion of this number."""

    slug = "criterion-not-found"
    title = "The version has no such criterion"


class NoCrosswalkError(InvalidRequestError):
    """The two versions did not follow one another."""

    slug = "no-crosswalk"
    title = "No crosswalk leads from one version to the other"


class StandardsCodeTakenError(ConflictError):
    """Another version has this code."""

    slug = "standards-code-taken"
    title = "Another version has this code"


class NotTheNewestError(ConflictError):
    """A draft continues the newest published version, and this is another."""

    slug = "not-the-newest-version"
    title = "Only the newest published version is continued"


class AlreadyPublishedError(ConflictError):
    """It is published, and what is published never changes."""

    slug = "already-published"
    title = "What is published never changes"


class OwnDraftError(ForbiddenError):
    """Whoever drafted or last changed something does not publish it."""

    slug = "own-draft"
    title = "Somebody else publishes what you wrote"


class DayTakenError(ConflictError):
    """Something else that is published begins on that day or later."""

    slug = "day-taken"
    title = "Something published begins on that day or later"


class DraftIncompleteError(ConflictError):
    """The draft lacks what it needs to be published; the message says what."""

    slug = "draft-incomplete"
    title = "The draft is not ready to be published"


class PolicyDraftNotFoundError(NotFoundError):
    """No draft or published policy has this id, or none that the caller may see."""

    slug = "policy-draft-not-found"
    title = "No such policy is here"


class PolicyParametersError(InvalidRequestError):
    """The policy has no such figures, or they cannot be."""

    slug = "policy-parameters"
    title = "The policy cannot have these figures"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "standards_versions_code_key": StandardsCodeTakenError,
    "standards_versions_one_in_force_excl": DayTakenError,
    "standards_versions_two_people_check": OwnDraftError,
    "published_policies_one_in_force_excl": DayTakenError,
    "published_policies_two_people_check": OwnDraftError,
}
"""What breaking each named constraint stands for."""
