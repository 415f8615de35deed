"""What may be recorded of a failure: its kind and place, never its message.

Messages quote values: PostgreSQL names the row that broke a constraint, Python the text that was no
number. The place in the code is what mends the fault. At `DEBUG` the messages are recorded as well.
"""

import traceback

from app import log

MOST_FRAMES = 20

_logger = log.get(__name__)


class ResponseAbortedError(Exception):
    """Tells the server to break the connection off: an answer failed half way.

    Ending it quietly would make a truncated answer look whole.
    """


def record(event: str, failure: BaseException, *, ours: bool) -> None:
    """Log a failure without its message.

    Args:
        event: what failed, such as `request.failed`.
        failure: what was raised.
        ours: whether it is a fault of this program, and not of the moment or of a neighbour.
    """
    if isinstance(failure, ResponseAbortedError):
        return  # what aborted it is recorded already
    write = _logger.error if ours else _logger.warning
    write(event, error=type(failure).__name__, stack=frames_of(failure))
    _logger.debug("failure.message", of=event, exc_info=failure)


def frames_of(failure: BaseException) -> str:
    """Return where a failure and its causes arose, innermost last, without their messages."""
    parts: list[str] = []
    seen: set[int] = set()
    here: BaseException | None = failure
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        frames = traceback.extract_tb(here.__traceback__)[-MOST_FRAMES:]
        places = "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        parts.append(f"{type(here).__module__}.{type(here).__qualname__}\n{places}")
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "\ncaused by ".join(parts)
