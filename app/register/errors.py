"""What the register refuses: searches, and facts to be taken out of its log."""

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    UnavailableError,
)


class SearchRefusedError(InvalidRequestError):
    """The search asks for what has no answer; `errors` names the parameter and the cure."""

    slug = "search-refused"
    title = "This search cannot be answered as asked"


class DayAheadError(InvalidRequestError):
    """The past is asked for by a day that has not come."""

    slug = "day-ahead"
    title = "This day has not come"


class EntryAheadError(InvalidRequestError):
    """The past is asked for by an entry that the log does not have; `entry` is its newest."""

    slug = "entry-ahead"
    title = "The log has no such entry"


class DistancePagesEndError(SearchRefusedError):
    """A search by distance is followed no farther: what is nearest was told long ago."""

    slug = "distance-pages-end"
    title = "Results by distance end here"


class NotKnownThenError(NotFoundError):
    """The register had no such provider, or told nothing of it, at the time asked about."""

    slug = "not-known-then"
    title = "The register told nothing of this provider then"


class RecordTakenOutError(AppError):
    """What the register said then was taken out of its log; `redacted` says when and why."""

    status = 410
    slug = "record-taken-out"
    title = "This record was taken out"


class DownloadRefusedError(InvalidRequestError):
    """No such file of the register can be made; `errors` names the parameter and the cure."""

    slug = "download-refused"
    title = "The register cannot be downloaded like this"


class DownloadsBusyError(UnavailableError):
    """As many downloads are being read as this service sends at a time."""

    slug = "downloads-busy"
    title = "Others are downloading just now"


class CursorBeyondHeadError(ConflictError):
    """The reader has followed another log, or one that was restored to an earlier state.

    `epoch` names this log, `entry` its newest entry.
    """

    slug = "cursor-beyond-head"
    title = "This is a cursor of another log"


class RedactionNotFoundError(NotFoundError):
    """No redaction has this id, or none that the caller may see."""

    slug = "redaction-not-found"
    title = "No such redaction is here"


class RedactionRefusedError(InvalidRequestError):
    """What is to be redacted cannot be as it was described; `errors` says what to mend."""

    slug = "redaction-refused"
    title = "This cannot be redacted as it is described"


class StillPublishedError(ConflictError):
    """The newest record still holds the fact: it is corrected before the past is."""

    slug = "still-published"
    title = "Correct the record first"


class NothingToRedactError(ConflictError):
    """No entry of this provider holds the value where it is said to stand."""

    slug = "nothing-to-redact"
    title = "No entry holds this"


class RedactionOpenError(ConflictError):
    """Another redaction at the same place waits to be settled."""

    slug = "redaction-open"
    title = "A redaction of this is waiting already"


class RedactionSettledError(ConflictError):
    """It was confirmed or refused already, and stays so."""

    slug = "redaction-settled"
    title = "This redaction is settled"


class OwnRedactionError(ForbiddenError):
    """Whoever proposed a redaction does not settle it."""

    slug = "own-redaction"
    title = "Somebody else settles what you proposed"


class NotAnsweringForProviderError(ForbiddenError):
    """The caller's organisation does not answer for this provider, or the caller worked for it."""

    slug = "not-answering-for-provider"
    title = "You do not answer for this provider"


class DepartmentAloneError(ForbiddenError):
    """The log is the whole country's: the department's second officers settle what leaves it."""

    slug = "department-alone"
    title = "Only the department settles this"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "redactions_open_key": RedactionOpenError,
    "redactions_by_two_people_check": OwnRedactionError,
}
"""Which refusal stands behind a constraint, where two requests meet."""
