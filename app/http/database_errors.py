"""What a database error means to the person who caused it, or who merely met it."""

from collections.abc import Mapping

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.errors import AppError, UnavailableError

TOOK_TOO_LONG = (
    "The answer took longer than the service allows. Narrow the request or try again later."
)
CANNOT_BE_REACHED = "The service cannot reach its records just now. Try again in a few seconds."
TOO_BUSY = "Someone else is changing the same records. Try again in a few seconds."
NO_CONNECTION_FREE = "The service is busier than it can serve just now. Try again in a few seconds."

_BY_STATE = {
    "57014": TOOK_TOO_LONG,  # statement timeout
    "25P03": TOOK_TOO_LONG,  # the transaction lay idle
    "57P01": CANNOT_BE_REACHED,  # the server is being shut down
    "57P02": CANNOT_BE_REACHED,
    "57P03": CANNOT_BE_REACHED,  # it is still starting
    "53300": CANNOT_BE_REACHED,  # no connection left
    "40001": TOO_BUSY,
    "40P01": TOO_BUSY,  # deadlock
    "55P03": TOO_BUSY,  # lock not available
}
_CONNECTION_LOST = "08"
"""The class of SQLSTATEs that tell of a broken connection."""


def refusal_for(
    error: Exception, constraint_errors: Mapping[str, type[AppError]]
) -> AppError | None:
    """Return the refusal a database error stands for, or `None` when it is a fault of ours.

    Args:
        error: as it came from SQLAlchemy or from asyncpg.
        constraint_errors: what breaking each named constraint means; an unnamed one is our fault.
    """
    if isinstance(error, PoolTimeoutError):
        return UnavailableError(NO_CONNECTION_FREE, headers={"Retry-After": "5"})
    cause = _cause(error)
    if isinstance(cause, asyncpg.IntegrityConstraintViolationError):
        mapped = constraint_errors.get(getattr(cause, "constraint_name", None) or "")
        return mapped() if mapped else None
    state = getattr(cause, "sqlstate", None) or ""
    words = CANNOT_BE_REACHED if _is_cut_off(error, cause, state) else _BY_STATE.get(state)
    return UnavailableError(words, headers={"Retry-After": "5"}) if words else None


def _is_cut_off(error: Exception, cause: BaseException, state: str) -> bool:
    """Say whether the database went away, or was never there."""
    return (
        state.startswith(_CONNECTION_LOST)
        or isinstance(cause, ConnectionError)
        or (isinstance(error, DBAPIError) and error.connection_invalidated)
    )


def _cause(error: Exception) -> BaseException:
    """Return what asyncpg raised, from within what SQLAlchemy made of it."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return error
    return error.orig.__cause__ or error.orig
