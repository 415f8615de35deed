"""What HTTP itself can refuse, before or instead of any slice."""

from app.errors import AppError, UnavailableError


class UnreadableRequestError(AppError):
    """The bytes that arrived are not a request that can be read."""

    status = 400
    slug = "unreadable-request"
    title = "The request cannot be read"


class MethodNotAllowedError(AppError):
    """The address exists but does not take this method; `Allow` lists those it takes."""

    status = 405
    slug = "method-not-allowed"
    title = "This address does not take that method"


class ContentTooLargeError(AppError):
    """The body is larger than this service reads."""

    status = 413
    slug = "content-too-large"
    title = "The body is too large"


class NotReadyError(UnavailableError):
    """The service runs but something it needs does not answer; `checks` says which."""

    slug = "not-ready"
    title = "The service is not ready"
