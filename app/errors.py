"""What can be refused, in one shape (RFC 9457).

A slice's own refusals are subclasses in its `errors.py`; `http.problems` turns any of them into
`application/problem+json`, and the command line into a message. A status is never chosen where an
error is raised, only where its class is written.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

PROBLEM_BASE = "https://ap-register.example/problems/"
"""Where problem types are named. A stable identifier; nothing has to answer there."""


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing wrong in what was sent.

    Attributes:
        detail: what is wrong and how to mend it, in a sentence.
        pointer: JSON pointer (RFC 6901) into the body, when the fault is there.
        parameter: the query or path parameter, when the fault is there.
    """

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class AppError(Exception):
    """A refusal that a caller can understand and act on.

    Attributes:
        afterwards: what is written although the request is undone, in a transaction of its own.
    """

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong here"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: tuple[FieldFault, ...] = (),
        headers: dict[str, str] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors
        self.headers = headers or {}
        self.facts = facts
        self.afterwards: Callable[[Any], Awaitable[None]] | None = None

    @property
    def type(self) -> str:
        """The stable URI that names this kind of problem."""
        return PROBLEM_BASE + self.slug


class InvalidRequestError(AppError):
    """What was sent cannot be read; `errors` says where and how to mend it."""

    status = 422
    slug = "invalid-request"
    title = "The request cannot be understood"


class NotFoundError(AppError):
    """Nothing is there, or nothing that this caller may see."""

    status = 404
    slug = "not-found"
    title = "Nothing is here"


class ForbiddenError(AppError):
    """The caller can see it but may not do this to it."""

    status = 403
    slug = "forbidden"
    title = "You may not do this"


class ConflictError(AppError):
    """The request is well formed but does not fit the present state."""

    status = 409
    slug = "conflict"
    title = "This does not fit the present state"


class TooManyRequestsError(AppError):
    """The caller asked more often than the published limit allows."""

    status = 429
    slug = "too-many-requests"
    title = "Too many requests"


class UnavailableError(AppError):
    """The service cannot answer just now; asking again later may work."""

    status = 503
    slug = "unavailable"
    title = "The service cannot answer just now"


class VersionChangedError(AppError):
    """Somebody changed it since the caller read it (RFC 9110 §13.1.1)."""

    status = 412
    slug = "changed-meanwhile"
    title = "It was changed since you read it"
