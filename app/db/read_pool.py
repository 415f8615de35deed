"""The public's reads: plain asyncpg, logged in as a role that can read the read model alone."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import asyncpg

Reader: TypeAlias = asyncpg.Connection
"""A connection of the pool."""

_PATIENCE_SECONDS = 10
_SESSION = {"default_transaction_read_only": "on", "jit": "off"}


async def open_read_pool(
    dsn: str,
    *,
    size: int = 8,
    timeout_ms: int = 2_000,
    admit: Callable[[asyncpg.Connection], Awaitable[None]] | None = None,
) -> asyncpg.Pool:
    """Open the pool.

    Args:
        dsn: the read role's address.
        size: connections at most.
        timeout_ms: how long one statement may take before PostgreSQL stops it.
        admit: looks at a connection before each use of it, and raises if it must not be used.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        timeout=_PATIENCE_SECONDS,
        command_timeout=timeout_ms / 1000 + 3,
        setup=admit,
        reset=_leave,
        server_settings=_SESSION
        | {"statement_timeout": str(timeout_ms), "application_name": "ap-register public"},
    )


async def connect_to_primary(dsn: str) -> asyncpg.Connection:
    """Open one connection as the read role, to the primary if it is among the hosts and answers."""
    facts: dict[str, Any] = {
        "timeout": _PATIENCE_SECONDS,
        "server_settings": _SESSION | {"application_name": "ap-register head"},
    }
    try:
        return await asyncpg.connect(dsn, target_session_attrs="primary", **facts)
    except (OSError, TimeoutError, asyncpg.TargetServerAttributeNotMatched):
        return await asyncpg.connect(dsn, **facts)


async def check_pool(pool: asyncpg.Pool) -> None:
    """Ask for the least there is; raises whatever keeps the database from answering."""
    await pool.fetchval("SELECT 1")


async def _leave(_: asyncpg.Connection) -> None:
    """Leave a connection as it is between two uses: nothing here sets, locks or listens.

    The driver's own reset is a statement more for each read. A transaction left open is rolled
    back all the same.
    """
