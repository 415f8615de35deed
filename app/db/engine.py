"""The connection pool for work that decides or writes."""

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

LOST_PRIMARY = frozenset({"25006", "57P01", "57P02", "57P03"})
"""The server became read-only, was shut down, crashed, or is starting: connect anew, elsewhere."""
READ_ONLY = "read_only"
"""Where a connection's `info` says that we ourselves asked not to be able to write."""
_CANNOT_WRITE = "25006"


def open_engine(dsn: str, *, pool_size: int = 5) -> AsyncEngine:
    """Open a pool on a PostgreSQL address.

    Args:
        dsn: a libpq address; several hosts and `target_session_attrs` are allowed.
        pool_size: connections kept; as many again may be opened under load.
    """

    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(dsn, command_timeout=60, timeout=10)

    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        hide_parameters=True,  # a parameter may be about a child; errors are logged
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=10,
        pool_pre_ping=True,
    )
    event.listen(engine.sync_engine, "handle_error", _drop_connection_to_a_lost_primary)
    return engine


def _drop_connection_to_a_lost_primary(context: ExceptionContext) -> None:
    """After a failover the old connection still answers, read-only; it must not be pooled.

    A write in a transaction that was asked for reading is no failover, but a fault of ours.
    """
    state = getattr(context.original_exception, "sqlstate", None)
    if state == _CANNOT_WRITE and context.connection and context.connection.info.get(READ_ONLY):
        return
    if state in LOST_PRIMARY:
        context.is_disconnect = True
