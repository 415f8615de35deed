"""What the log refuses."""

from app.errors import ConflictError


class LogNotEmptyError(ConflictError):
    """A log that has entries cannot become a demonstration, nor be given an invented past."""

    slug = "log-not-empty"
    title = "The register already has entries"
