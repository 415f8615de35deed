"""What HTTP itself can refuse, before or instead of any slice."""

from app.errors import AppError, ForbiddenError, InvalidRequestError, UnavailableError


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


class FormNeededError(AppError):
    """A file was to be sent, in a form of parts; something else came."""

    status = 415
    slug = "form-needed"
    title = "Send the file in a form"


class NotReadyError(UnavailableError):
    """The service runs but something it needs does not answer; `checks` says which."""

    slug = "not-ready"
    title = "The service is not ready"


class NotSignedInError(AppError):
    """Nobody said who is asking, or what they showed is no longer good."""

    status = 401
    slug = "not-signed-in"
    title = "Sign in first, or send a token"


class TokenRefusedError(AppError):
    """A token was sent that is not good; which part is wrong is told to its owner's log alone."""

    status = 401
    slug = "token-refused"
    title = "The token is not good"


class NotPermittedError(ForbiddenError):
    """None of the caller's roles or scopes permits this; `permission` names what is needed."""

    slug = "not-permitted"
    title = "Your roles do not permit this"


class OrganisationNotChosenError(ForbiddenError):
    """The caller belongs to several organisations and did not say for which one they act."""

    slug = "organisation-not-chosen"
    title = "Say for which organisation you act"


class SignInAgainError(ForbiddenError):
    """This needs somebody who showed who they are within the last minutes."""

    slug = "sign-in-again"
    title = "Show once more who you are"


class CrossSiteError(ForbiddenError):
    """Another site sent the browser here; what signs people in is not honoured for that."""

    slug = "cross-site-request"
    title = "The request came from another site"


class VersionNeededError(AppError):
    """An edit must say which version it edits (RFC 6585 §3)."""

    status = 428
    slug = "version-needed"
    title = "Say which version you are changing"


class KeyReusedError(InvalidRequestError):
    """The idempotency key was used for a different request before."""

    slug = "idempotency-key-reused"
    title = "This idempotency key belongs to another request"


class KeyNotTakenError(InvalidRequestError):
    """An idempotency key was sent to an address that cannot answer a second time."""

    slug = "idempotency-key-not-taken"
    title = "This address takes no idempotency key"
