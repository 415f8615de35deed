"""What is refused about providers."""

from app.errors import AppError, ConflictError, ForbiddenError, InvalidRequestError, NotFoundError


class ProviderNotFoundError(NotFoundError):
    """No provider has this number, or none that the public may see."""

    slug = "provider-not-found"
    title = "No provider has this number"


class CommissionersOnlyError(ForbiddenError):
    """What authorities' own lists say is for those who place children, or answer for them."""

    slug = "commissioners-only"
    title = "This is for commissioners"


class SiteNotFoundError(NotFoundError):
    """A provider has no site with this reference."""

    slug = "site-not-found"
    title = "The provider has no such site"


class MoveNotAllowedError(ConflictError):
    """A provider cannot go from its present status to the one asked for."""

    slug = "move-not-allowed"
    title = "The provider cannot move to that status"


class ProviderWithoutSiteError(ConflictError):
    """What is listed are sites, and the provider has none."""

    slug = "provider-without-site"
    title = "The provider has no site that could be listed"


class IdentifierAlreadyHeldError(ConflictError):
    """The provider's record holds this identifier already."""

    slug = "identifier-already-held"
    title = "The identifier is already on this record"


class NumbersUsedUpError(ConflictError):
    """All provider numbers of six digits have been given out."""

    slug = "numbers-used-up"
    title = "No provider number is left"


class ApplicationNotFoundError(NotFoundError):
    """There is no application with this id that the caller's organisation answers for."""

    slug = "application-not-found"
    title = "There is no such application"


class MatchNotFoundError(NotFoundError):
    """The application has no such match with a record that was removed or refused."""

    slug = "match-not-found"
    title = "The application has no such match"


class NotYoursToJudgeError(ForbiddenError):
    """Whoever has, or had, to do with a provider decides nothing about it."""

    slug = "not-yours-to-judge"
    title = "This is for somebody without a stake in it"


class MergeNotFoundError(NotFoundError):
    """There is no such merge of two records that the caller's organisation answers for."""

    slug = "merge-not-found"
    title = "There is no such merge"


class MergeCannotBeError(InvalidRequestError):
    """These two records cannot be made one; the message says why."""

    slug = "merge-cannot-be"
    title = "These records cannot be merged"


class MergeOpenError(ConflictError):
    """A merge of one of the two records waits for a second person already."""

    slug = "merge-open"
    title = "A merge of this record is open already"


class MergeNotOpenError(ConflictError):
    """The merge does not stand where this can be done to it."""

    slug = "merge-not-open"
    title = "The merge does not wait for this"


class MergeOvertakenError(ConflictError):
    """What has happened to the records since keeps this from being done now."""

    slug = "merge-overtaken"
    title = "The records no longer stand as this needs"


class RecordMergedError(ConflictError):
    """The record was merged into another, which goes on for both."""

    slug = "record-merged"
    title = "The record was merged into another"


class SecondPersonNeededError(ForbiddenError):
    """What one person proposes another confirms or refuses."""

    slug = "second-person-needed"
    title = "This takes a second person"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "merges_absorbed_key": MergeOpenError,
    "merges_by_two_people_check": SecondPersonNeededError,
    "merges_undone_by_two_people_check": SecondPersonNeededError,
    "record_is_merged": RecordMergedError,
    "provider_identifiers_provider_id_scheme_value_key": IdentifierAlreadyHeldError,
}
"""Which refusal a violated constraint means."""
