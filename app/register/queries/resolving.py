"""Looking many providers up at once, as the public's read role: one statement each."""

from collections.abc import Sequence

import asyncpg


async def find_numbered(
    connection: asyncpg.Connection, numbers: Sequence[str]
) -> dict[str, list[bytes]]:
    """Return the summary of each of these providers that is public, by number."""
    rows = await connection.fetch(
        "SELECT number AS asked, summary FROM register_documents WHERE number = ANY($1::text[])",
        numbers,
    )
    return _by_asked(rows)


async def find_bearing(
    connection: asyncpg.Connection, identifiers: Sequence[str]
) -> dict[str, list[bytes]]:
    """Return the summaries of the public providers that bear each of these, by `scheme:value`."""
    rows = await connection.fetch(
        "SELECT a.asked, d.summary FROM unnest($1::text[]) AS a(asked) "
        "JOIN register_search r ON r.identifiers @> ARRAY[a.asked] "
        "JOIN register_documents d USING (id) ORDER BY d.id",
        identifiers,
    )
    return _by_asked(rows)


def _by_asked(rows: Sequence[asyncpg.Record]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for row in rows:
        found.setdefault(row["asked"], []).append(row["summary"])
    return found
