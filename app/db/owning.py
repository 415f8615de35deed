"""What only the owner does: making the database, and working as the role that owns its tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from app.db.roles import OWNER, quoted, role_name


async def create_database(dsn: str, name: str) -> None:
    """Create a database if the server has none of that name.

    Args:
        dsn: of any database on the server, for a login that may create others.
        name: of the database to be there.
    """
    connection = await asyncpg.connect(dsn)
    try:
        held = "SELECT 1 FROM pg_database WHERE datname = $1"
        if await connection.fetchval(held, name) is None:
            await connection.execute(f"CREATE DATABASE {quoted(name)}")
    finally:
        await connection.close()


@asynccontextmanager
async def as_owner(dsn: str, role_prefix: str) -> AsyncIterator[asyncpg.Connection]:
    """Open one transaction as the owner role; it commits when the block ends well."""
    connection = await asyncpg.connect(dsn)
    try:
        async with connection.transaction():
            owner = quoted(role_name(role_prefix, OWNER))
            await connection.execute(f"SET LOCAL ROLE {owner}")
            yield connection
    finally:
        await connection.close()
