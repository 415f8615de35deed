"""Looking at the head alone, as the public's read role."""

import asyncpg


async def read_head(connection: asyncpg.Connection) -> asyncpg.Record:
    """Return `epoch`, `entry`, `written_by` (a transaction) and whether this is a `standby`."""
    return await connection.fetchrow(
        "SELECT epoch, entry, xmin::text::bigint AS written_by, pg_is_in_recovery() AS standby "
        "FROM ledger_head"
    )
