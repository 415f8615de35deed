# ruff: noqa: S608 - table names come from the catalogue
"""Everything in a register but what chance or the computer's own time made, to compare two."""

import asyncpg

from app.config import Settings

_MADE_BY_CHANCE = {
    "register_words": "{entry}",  # of the batch in which a word was last counted
    "ledger_entries": "{record_hash,leaf_hash}",
    "ledger_bodies": "{salt}",
    "ledger_head": "{epoch}",
}
"""Columns with a salt, what is hashed with it, or an identity of the database itself."""
_KEYS = (
    "{id,provider_id,predecessor_id,successor_id,site_id,listing_id,inspection_id,judgement_id,"
    "judgement_ids,publication_id}"
)
_WHOSE = {
    "provider_id": ("p.number", "providers p ON p.id = t.provider_id"),
    "predecessor_id": ("e.number", "providers e ON e.id = t.predecessor_id"),
    "successor_id": ("u.number", "providers u ON u.id = t.successor_id"),
    "site_id": (
        "sp.number, s.reference",
        "sites s ON s.id = t.site_id JOIN providers sp ON sp.id = s.provider_id",
    ),
    "listing_id": (
        "lp.number, ls.reference",
        """listings l ON l.id = t.listing_id JOIN sites ls ON ls.id = l.site_id
        JOIN providers lp ON lp.id = ls.provider_id""",
    ),
    "inspection_id": ("i.reference", "inspections i ON i.id = t.inspection_id"),
}
"""By which column of a table its rows are somebody's, whose, and what is joined to tell."""


async def whole_register(settings: Settings) -> dict[str, list[str]]:
    """Return the rows of every table about providers and the log, as text in a fixed order."""
    assert settings.database_owner_url is not None
    connection = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    try:
        tables = [
            row["tablename"]
            for row in await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND "
                "tablename ~ "
                "'^(ledger|register|provider|site|offer|listing|inspect|relian)' ORDER BY 1"
            )
        ]
        return {table: await _rows(connection, table) for table in tables}
    finally:
        await connection.close()


async def _rows(connection: asyncpg.Connection, table: str) -> list[str]:
    if table.startswith(("ledger", "register")):
        without = _MADE_BY_CHANCE.get(table, "{}")
        rows = await connection.fetch(
            f"SELECT (to_jsonb(t) - '{without}'::text[])::text AS row FROM {table} t ORDER BY 1"
        )
        return [row["row"] for row in rows]
    columns = await connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass", table
    )
    whose = [told for name, told in _WHOSE.items() if (name,) in {tuple(row) for row in columns}]
    owner = ", ".join(["''", *(names for names, _ in whose)])
    joined = " ".join(f"JOIN {tables}" for _, tables in whose)
    rows = await connection.fetch(
        f"SELECT (to_jsonb(t) - '{_KEYS}'::text[])::text AS row FROM "
        f"(SELECT concat_ws(' ', {owner}) AS owner, t.* FROM {table} t {joined}) t ORDER BY 1"
    )
    return [row["row"] for row in rows]
