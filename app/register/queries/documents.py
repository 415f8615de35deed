"""Rendered documents, one by one and all together, as the public's read role."""

from datetime import date, datetime

import asyncpg

_ENTRIES = (
    "SELECT e.entry, e.recorded_at, e.effective_on, e.number, b.record, b.redacted_at, "
    "b.redaction_reason, c.by, p.entry AS before_entry, p.record AS before "
    "FROM ledger_entries e JOIN ledger_bodies b USING (entry) LEFT JOIN ledger_causes c "
    "USING (entry) LEFT JOIN LATERAL ("
    "SELECT pe.entry, pb.record FROM ledger_entries pe JOIN ledger_bodies pb USING (entry) "
    "WHERE pe.number = e.number AND pe.entry < e.entry ORDER BY pe.entry DESC LIMIT 1"
    ") p ON true"
)
"""Entries of the log, each with record or tombstone, who caused it, and the entry before."""


async def get_document(connection: asyncpg.Connection, number: str) -> asyncpg.Record | None:
    """Return `document`, `entry`, `format` of a provider, or `None`.

    With it of the register: `head`, its newest entry, and whether it is a `demonstration`.
    """
    row: asyncpg.Record | None = await connection.fetchrow(
        "SELECT d.document, d.entry, d.format, h.entry AS head, h.demonstration "
        "FROM register_documents d CROSS JOIN ledger_head h WHERE d.number = $1",
        number,
    )
    return row


async def find_history(
    connection: asyncpg.Connection, number: str, before: int | None, limit: int
) -> list[asyncpg.Record]:
    """Return a provider's entries before one, newest first, with record or tombstone.

    Each is told with its `number`, in which part somebody caused it (`by`), and the entry before:
    its number, `before_entry`, and its record, `before`, if that still stands.
    """
    rows: list[asyncpg.Record] = await connection.fetch(
        f"{_ENTRIES} WHERE e.number = $1 AND ($2::bigint IS NULL OR e.entry < $2) "
        "ORDER BY e.entry DESC LIMIT $3",
        number,
        before,
        limit,
    )
    return rows


async def find_head_then(
    connection: asyncpg.Connection, known: datetime | int | None
) -> tuple[int, datetime | None]:
    """Return the log's newest entry of those known at a time, and when it was recorded.

    Before the first it is 0, and recorded never.
    """
    moment = known if isinstance(known, datetime) else None
    number = known if isinstance(known, int) else None
    row = await connection.fetchrow(
        "SELECT entry, recorded_at FROM ledger_entries WHERE "
        "($1::timestamptz IS NULL OR recorded_at < $1) AND ($2::bigint IS NULL OR entry <= $2) "
        "ORDER BY entry DESC LIMIT 1",
        moment,
        number,
    )
    return (row["entry"], row["recorded_at"]) if row else (0, None)


async def find_entry(
    connection: asyncpg.Connection,
    number: str,
    known: datetime | int | None,
    holding_on: date | None,
) -> asyncpg.Record | None:
    """Return a provider's newest entry of those known at a time and holding on a day.

    As `find_history`'s rows, without the entry before; what is `None` narrows nothing.

    Args:
        connection: the public's.
        number: the provider's.
        known: a moment before which it was recorded, or the last entry that counts.
        holding_on: the day.
    """
    row: asyncpg.Record | None = await connection.fetchrow(
        "SELECT e.entry, e.recorded_at, e.effective_on, b.record, b.redacted_at, "
        "b.redaction_reason FROM ledger_entries e JOIN ledger_bodies b USING (entry) "
        "WHERE e.number = $1 AND ($2::timestamptz IS NULL OR e.recorded_at < $2) "
        "AND ($3::bigint IS NULL OR e.entry <= $3) "
        "AND ($4::date IS NULL OR e.effective_on <= $4) ORDER BY e.entry DESC LIMIT 1",
        number,
        None if isinstance(known, int) else known,
        known if isinstance(known, int) else None,
        holding_on,
    )
    return row


async def follow(
    connection: asyncpg.Connection, after: int, limit: int
) -> tuple[asyncpg.Record, list[asyncpg.Record]]:
    """Return the head, and entries after one in their order, of one state of the log.

    Each row is as `find_history`'s.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head = await get_head(connection)
        rows: list[asyncpg.Record] = await connection.fetch(
            f"{_ENTRIES} WHERE e.entry > $1 ORDER BY e.entry LIMIT $2",
            after,
            limit,
        )
    return head, rows


async def find_tombstones(
    connection: asyncpg.Connection, after: int, limit: int
) -> tuple[asyncpg.Record, list[asyncpg.Record]]:
    """Return the head, and entries whose record was taken out, after one, of one state of it."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head = await get_head(connection)
        rows: list[asyncpg.Record] = await connection.fetch(
            "SELECT e.entry, e.number, b.redacted_at, b.redaction_reason "
            "FROM ledger_bodies b JOIN ledger_entries e USING (entry) "
            "WHERE b.redacted_at IS NOT NULL AND b.entry > $1 ORDER BY b.entry LIMIT $2",
            after,
            limit,
        )
    return head, rows


async def get_head(connection: asyncpg.Connection) -> asyncpg.Record:
    """Return `entry`, `recorded_at`, `epoch`, `demonstration`, `providers` and `tombstones`.

    The last two are counts.
    """
    return await connection.fetchrow(
        "SELECT h.entry, h.recorded_at, h.epoch, h.demonstration, "
        "(SELECT count(*) FROM register_search) AS providers, (SELECT count(*) FROM ledger_bodies "
        "WHERE redacted_at IS NOT NULL) AS tombstones FROM ledger_head h"
    )
