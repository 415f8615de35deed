"""Bringing an extract of links in: COPY, compare, merge, all in tables of one transaction."""

import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from app.db.events import WriteSession
from app.interchange.link_rows import LinkRow
from app.interchange.queries.driver import PATIENCE_SECONDS, driver
from app.interchange.queries.schools import Comparison

_TYPES = """
    urn text NOT NULL, linked_urn text NOT NULL, link_type text NOT NULL, linked_name text,
    established_on date
"""
_STAGE = f"""
    CREATE TEMPORARY TABLE incoming_links (
      line integer NOT NULL, {_TYPES}, unsaid text[] NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE target_links ({_TYPES}, known boolean NOT NULL, changed boolean NOT NULL)
    ON COMMIT DROP
"""
_TARGET = """
    INSERT INTO target_links
    SELECT said.*,
      held.urn IS NOT NULL,
      held.urn IS NOT NULL AND (held.linked_name, held.established_on)
        IS DISTINCT FROM (said.linked_name, said.established_on)
    FROM (
      SELECT i.urn, i.linked_urn, i.link_type,
        CASE WHEN 'linked_name' = ANY (q.unsaid) THEN h.linked_name ELSE i.linked_name END
          AS linked_name,
        CASE WHEN 'established_on' = ANY (q.unsaid) THEN h.established_on ELSE i.established_on END
          AS established_on
      FROM incoming_links i
      CROSS JOIN LATERAL (SELECT i.unsaid || $1::text[] AS unsaid) q
      LEFT JOIN school_links h USING (urn, linked_urn, link_type)
    ) said
    LEFT JOIN school_links held USING (urn, linked_urn, link_type)
"""
_NOT_IN_FILE = """
    FROM school_links h WHERE NOT EXISTS (
      SELECT FROM incoming_links i
      WHERE (i.urn, i.linked_urn, i.link_type) = (h.urn, h.linked_urn, h.link_type))
"""
_COUNT = f"""
    SELECT count(*) FILTER (WHERE NOT known) AS added, count(*) FILTER (WHERE changed) AS changed,
      count(*) FILTER (WHERE known) AS known, (SELECT count(*) {_NOT_IN_FILE}) AS missing
    FROM target_links
"""
_MISSING = f"""
    SELECT h.urn || ' ' || h.linked_urn || ' ' || h.link_type AS found {_NOT_IN_FILE}
    ORDER BY h.urn, h.linked_urn, h.link_type LIMIT $1
"""
_REMOVE_CHANGED = """
    DELETE FROM school_links h USING target_links t
    WHERE t.changed AND (t.urn, t.linked_urn, t.link_type) = (h.urn, h.linked_urn, h.link_type)
"""
_ADD = """
    INSERT INTO school_links (urn, linked_urn, link_type, linked_name, established_on)
    SELECT urn, linked_urn, link_type, linked_name, established_on FROM target_links
    WHERE changed OR NOT known
"""
_MISSING_SHOWN = 20


async def stage(session: WriteSession, rows: AsyncIterator[tuple[LinkRow, uuid.UUID]]) -> None:
    """Take incoming rows into a table of their own; a link is its own key, and needs no id."""
    connection = await driver(session)
    await connection.execute(_STAGE)
    records = (row async for row, _ in rows)
    await connection.copy_records_to_table(
        "incoming_links", records=records, columns=LinkRow._fields, timeout=PATIENCE_SECONDS
    )
    await connection.execute("ANALYZE incoming_links")


async def compare(session: WriteSession, unsaid: Sequence[str]) -> Comparison:
    """Count what the incoming rows would change; changes nothing.

    Args:
        session: the transaction in which they were staged.
        unsaid: the fields about which no row says anything.
    """
    connection = await driver(session)
    await connection.execute(_TARGET, unsaid, timeout=PATIENCE_SECONDS)
    await connection.execute("ANALYZE target_links")
    return Comparison(**await connection.fetchrow(_COUNT, timeout=PATIENCE_SECONDS))


async def find_missing(session: WriteSession) -> list[str]:
    """Return the first links that are held but not in the file: both URNs and the type."""
    rows = await (await driver(session)).fetch(_MISSING, _MISSING_SHOWN, timeout=PATIENCE_SECONDS)
    return [row["found"] for row in rows]


async def merge(session: WriteSession, _: datetime) -> None:
    """Make what is held what was compared."""
    connection = await driver(session)
    for statement in (_REMOVE_CHANGED, _ADD):
        await connection.execute(statement, timeout=PATIENCE_SECONDS)
