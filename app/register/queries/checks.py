"""What `doctor` asks, as the public's read role."""

import asyncpg

PUBLIC_TABLES = (
    "alembic_version",
    "criteria",
    "criteria_crosswalk",
    "former_local_authorities",
    "former_local_authority_successors",
    "inspection_actions",
    "inspection_appeals",
    "inspection_publications",
    "inspection_replies",
    "inspection_revisits",
    "inspections",
    "ledger_bodies",
    "ledger_causes",
    "ledger_entries",
    "ledger_head",
    "local_authorities",
    "postcode_areas",
    "postcode_districts",
    "postcodes",
    "published_policies",
    "register_documents",
    "register_past",
    "register_past_sites",
    "register_renditions",
    "register_search",
    "register_sites",
    "register_words",
    "standards_versions",
    "withheld_replies",
)
"""All that the public's read role may see."""


async def find_tables_beyond_the_public(connection: asyncpg.Connection) -> list[str]:
    """Return tables of which the present role can read or write anything, though it should not."""
    rows = await connection.fetch(
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
          AND ((has_any_column_privilege(c.oid, 'SELECT') AND c.relname <> ALL($1::text[]))
               OR has_any_column_privilege(c.oid, 'INSERT, UPDATE')
               OR has_table_privilege(c.oid, 'DELETE, TRUNCATE'))
        ORDER BY 1
        """,
        list(PUBLIC_TABLES),
    )
    return [row["relname"] for row in rows]


async def count_words_that_differ(connection: asyncpg.Connection) -> int:
    """Return how many words of the vocabulary are not counted as the records hold them."""
    count: int = await connection.fetchval(
        """
        SELECT count(*) FROM (
          SELECT word, count(*) AS documents
          FROM register_search, unnest(vocabulary) AS word GROUP BY word) held
        FULL JOIN register_words w USING (word)
        WHERE held.documents IS DISTINCT FROM w.documents
        """
    )
    return count
