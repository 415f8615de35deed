"""What is refused about imports as a whole; what is wrong in single rows is a fault."""

from app.errors import ConflictError, InvalidRequestError


class FileNotReadableError(InvalidRequestError):
    """A file is missing, damaged, or not text; nothing of it was taken."""

    slug = "file-not-readable"
    title = "The file cannot be read"


class ColumnsNotRightError(InvalidRequestError):
    """A needed column is missing, or one thing is said by two columns."""

    slug = "columns-not-right"
    title = "The file's columns are not right"


class OptionsNotRightError(InvalidRequestError):
    """Something the operator chose for the import cannot be."""

    slug = "options-not-right"
    title = "The import cannot be done like this"


class ImportRunningError(ConflictError):
    """Another import of this kind has not ended yet."""

    slug = "import-running"
    title = "Another import of this kind is running"
