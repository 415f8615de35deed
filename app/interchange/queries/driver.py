"""The driver's own connection, for what SQLAlchemy has no words for: COPY, cursors, long work."""

import asyncpg

from app.db.events import WriteSession

PATIENCE_SECONDS = 3_600
"""How long one statement may take: a slow disk must not break off a national file."""


async def driver(session: WriteSession) -> asyncpg.Connection:
    """Return the driver's connection, in the transaction and role of the session.

    Raises:
        TypeError: there is no such connection.
    """
    raw = await (await session.connection()).get_raw_connection()
    connection = raw.driver_connection
    if not isinstance(connection, asyncpg.Connection) or not connection.is_in_transaction():
        message = "The session has no asyncpg connection in a transaction."
        raise TypeError(message)
    return connection
