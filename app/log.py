"""Structured logs, one line an event, with the request id; never personal data.

Query strings, bodies and addresses stay out: a postcode someone searched near may be a child's.
"""

import logging
import sys
from typing import TYPE_CHECKING, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor


def set_up(log_format: str, level: str) -> None:
    """Send every log line, ours and the libraries', to standard error in one shape.

    Args:
        log_format: `json` for machines, `text` for people.
        level: `DEBUG`, `INFO`, `WARNING` or `ERROR`.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        # Most lines of a quiet service are not written: nothing is made of them.
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for talkative in ("alembic", "uvicorn.error"):
        logging.getLogger(talkative).setLevel(max(logging.WARNING, root.level))


def get(name: str) -> "FilteringBoundLogger":
    """Return the logger of a module."""
    return cast("FilteringBoundLogger", structlog.get_logger(name))
