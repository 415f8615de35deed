"""What an extract says about organisations' numbers, beside those held.

`said_numbers` is a table of this transaction alone: for each organisation and scheme that the file
speaks of, the number, or nothing where the file says that there is none.
"""

import asyncpg

from app.interchange.queries.driver import PATIENCE_SECONDS

CREATE = """
    CREATE TEMPORARY TABLE said_numbers (
      organisation_id uuid NOT NULL, scheme text NOT NULL, value text
    ) ON COMMIT DROP
"""
DIFFERING = """
    SELECT d.organisation_id FROM said_numbers d
    LEFT JOIN organisation_identifiers h USING (organisation_id, scheme)
    WHERE h.value IS DISTINCT FROM d.value
"""
_REMOVE = """
    DELETE FROM organisation_identifiers h USING said_numbers d
    WHERE h.organisation_id = d.organisation_id AND h.scheme = d.scheme
      AND h.value IS DISTINCT FROM d.value
"""
_ADD = """
    INSERT INTO organisation_identifiers (organisation_id, scheme, value)
    SELECT d.organisation_id, d.scheme, d.value FROM said_numbers d
    WHERE d.value IS NOT NULL AND NOT EXISTS (
      SELECT FROM organisation_identifiers h
      WHERE (h.organisation_id, h.scheme, h.value) = (d.organisation_id, d.scheme, d.value))
"""


async def merge(connection: asyncpg.Connection) -> None:
    """Make the numbers held what the file says, where it says anything."""
    for statement in (_REMOVE, _ADD):
        await connection.execute(statement, timeout=PATIENCE_SECONDS)
