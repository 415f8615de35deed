"""What can be refused about evidence files."""

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    NotFoundError,
    UnavailableError,
)


class FileRefusedError(InvalidRequestError):
    """A file cannot be taken; a subclass says why."""

    slug = "file-refused"
    title = "This file cannot be taken"


class FileNameRefusedError(FileRefusedError):
    """The name could lead a program, or a person, elsewhere than it seems to."""

    slug = "file-name-refused"
    title = "Files of this name are not taken"


class FileEmptyError(FileRefusedError):
    """There is not a single byte in it."""

    slug = "file-empty"
    title = "The file is empty"


class FileTooLargeError(AppError):
    """It has more bytes than a file may have here."""

    status = 413
    slug = "file-too-large"
    title = "The file is too large"


class FileTypeNotTakenError(AppError):
    """Its bytes are of a kind that is not taken, or of none that is known."""

    status = 415
    slug = "file-type-not-taken"
    title = "Files of this kind are not taken"


class FileTypeContradictedError(FileRefusedError):
    """Its name, or what was said of it, is one kind of file; its bytes are another."""

    slug = "file-type-contradicted"
    title = "The file is not what it says it is"


class FileTruncatedError(FileRefusedError):
    """Its end is missing."""

    slug = "file-truncated"
    title = "The end of the file is missing"


class FileDamagedError(FileRefusedError):
    """Its parts do not fit together."""

    slug = "file-damaged"
    title = "The file is damaged"


class FileUnpacksTooLargeError(FileRefusedError):
    """What is packed in it would be far larger than itself."""

    slug = "file-unpacks-too-large"
    title = "The file would unpack to far too much"


class FileHasActiveContentError(FileRefusedError):
    """Something in it would start, fetch or send something when it is opened."""

    slug = "file-has-active-content"
    title = "The file does things when it is opened"


class FileEncryptedError(FileRefusedError):
    """It is encrypted, so nobody can look into it before it is shown to others."""

    slug = "file-encrypted"
    title = "The file is protected by a password"


class FileHidesSomethingError(FileRefusedError):
    """Beside what it shows, it carries something that is no part of it."""

    slug = "file-hides-something"
    title = "There is something else in the file"


class FileInfectedError(FileRefusedError):
    """A virus, or what scanners are tested with, is in it."""

    slug = "file-infected"
    title = "The file is infected"


class StoredFileNotFoundError(NotFoundError):
    """No file has this id, or none that the caller may see."""

    slug = "file-not-found"
    title = "No such file is here"


class FileNotYoursError(ForbiddenError):
    """Files are sent as one's own organisation's evidence, and nobody else's."""

    slug = "file-not-yours"
    title = "You cannot send files for this organisation"


class FileQuarantinedError(ConflictError):
    """It waits to be scanned."""

    slug = "file-quarantined"
    title = "The file has yet to be scanned"


class FileNotScannedError(ConflictError):
    """It was taken in without a scanner, which production does not hand out."""

    slug = "file-not-scanned"
    title = "The file was never scanned"


class FileWithheldError(ForbiddenError):
    """It was found infected after it was taken in, and its content was removed."""

    slug = "file-withheld"
    title = "The file was found infected"


class FileContentLostError(UnavailableError):
    """Its bytes are not there, or are not those that were taken in."""

    slug = "file-content-lost"
    title = "The file's content cannot be read"


class FilesFullError(UnavailableError):
    """The store does not take the file just now."""

    slug = "files-unavailable"
    title = "Files cannot be taken just now"


class ScannerAwayError(UnavailableError):
    """The virus scanner does not answer, or not as it must."""

    slug = "scanner-away"
    title = "The virus scanner does not answer"
