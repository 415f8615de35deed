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
_KEYS = "{id,provider_id,site_id,listing_id}"
_OWNERS = {
    "providers": "SELECT t.number, t.* FROM providers t",
    "provider_links": (
        "SELECT p.number AS owner, t.* FROM provider_links t "
        "JOIN providers p ON p.id = t.predecessor_id"
    ),
    "listings": (
        "SELECT p.number || ' ' || s.reference AS owner, t.* FROM listings t "
        "JOIN sites s ON s.id = t.site_id JOIN providers p ON p.id = t.provider_id"
    ),
    **{
        table: (
            f"SELECT p.number || ' ' || s.reference AS owner, t.* FROM {table} t "
            "JOIN listings l ON l.id = t.listing_id "
            "JOIN sites s ON s.id = l.site_id JOIN providers p ON p.id = l.provider_id"
        )
        for table in ("listing_moves", "listing_proposals", "listing_questions")
    },
    **{
        table: (
            f"SELECT p.number || ' ' || s.reference AS owner, t.* FROM {table} t "
            "JOIN sites s ON s.id = t.site_id JOIN providers p ON p.id = s.provider_id"
        )
        for table in ("offers", "site_outcomes")
    },
}


async def whole_register(settings: Settings) -> dict[str, list[str]]:
    """Return the rows of every table about providers and the log, as text in a fixed order."""
    assert settings.database_owner_url is not None
    connection = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    try:
        tables = [
            row["tablename"]
            for row in await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND "
                "tablename ~ '^(ledger|register|provider|site|offer|listing)' ORDER BY 1"
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
    by_provider = (
        f"SELECT p.number AS owner, t.* FROM {table} t JOIN providers p ON p.id = t.provider_id"
    )
    rows = await connection.fetch(
        f"SELECT (to_jsonb(t) - '{_KEYS}'::text[])::text AS row "
        f"FROM ({_OWNERS.get(table, by_provider)}) t ORDER BY 1"
    )
    return [row["row"] for row in rows]
