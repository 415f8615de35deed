"""The public's read pool: plain asyncpg, logged in as a role that can read the read model alone."""

from typing import TypeAlias

import asyncpg

Reader: TypeAlias = asyncpg.Connection
"""A connection of the pool."""


async def open_read_pool(dsn: str, *, size: int = 8, timeout_ms: int = 2_000) -> asyncpg.Pool:
    """Open the pool.

    Args:
        dsn: the read role's address.
        size: connections at most.
        timeout_ms: how long one statement may take before PostgreSQL stops it.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        timeout=10,
        command_timeout=timeout_ms / 1000 + 3,
        server_settings={
            "statement_timeout": str(timeout_ms),
            "default_transaction_read_only": "on",
            "jit": "off",
            "application_name": "ap-register public",
        },
    )


async def check_pool(pool: asyncpg.Pool) -> None:
    """Ask for the least there is; raises whatever keeps the database from answering."""
    await pool.fetchval("SELECT 1")
