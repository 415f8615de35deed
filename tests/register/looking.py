"""What the log and the read model hold, looked at by a superuser."""

from typing import Any

import asyncpg
import orjson

COLUMNS = {"register_words": "(t.word, t.documents)"}
"""What counts of a row, where that is not all: when a word was last counted a rebuild changes."""
READ_MODEL = (
    *("register_search", "register_documents", "register_sites", "register_words"),
    *("register_past", "register_past_sites"),
)


async def read_model(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Return every row of the read model, as PostgreSQL writes it, by table."""
    return {
        table: [
            row[0]
            for row in await owner.fetch(
                f"SELECT {COLUMNS.get(table, 't')}::text FROM {table} t ORDER BY 1"  # noqa: S608
            )
        ]
        for table in READ_MODEL
    }


async def entries(owner: asyncpg.Connection) -> list[tuple[int, str, dict[str, Any]]]:
    """Return number, provider number and record of each entry, in order."""
    rows = await owner.fetch(
        "SELECT entry, number, record FROM ledger_entries JOIN ledger_bodies USING (entry) "
        "ORDER BY entry"
    )
    return [(row["entry"], row["number"], orjson.loads(row["record"])) for row in rows]


async def newest_records(owner: asyncpg.Connection) -> dict[str, dict[str, Any]]:
    """Return each provider's record as last published, by number."""
    return {number: record for _, number, record in await entries(owner)}


async def head(owner: asyncpg.Connection) -> int:
    """Return the number of the newest entry."""
    return int(await owner.fetchval("SELECT entry FROM ledger_head"))
