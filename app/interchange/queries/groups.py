"""Bringing an extract of groups in: COPY, compare, merge, all in tables of one transaction."""

import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from app.db.events import WriteSession
from app.interchange.group_rows import GroupRow
from app.interchange.queries import numbers
from app.interchange.queries.driver import PATIENCE_SECONDS, driver
from app.interchange.queries.schools import Comparison

_STAGE = f"""
    CREATE TEMPORARY TABLE incoming_groups (
      line integer NOT NULL, id uuid NOT NULL, uid text NOT NULL, kind text NOT NULL,
      name text NOT NULL, sort_name text NOT NULL, opened_on date, closed_on date, group_id text,
      companies_house text, ukprn text, unsaid text[] NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE target_groups (
      line integer NOT NULL, id uuid NOT NULL, known boolean NOT NULL, kind text NOT NULL,
      name text NOT NULL, sort_name text NOT NULL, opened_on date, closed_on date
    ) ON COMMIT DROP;
    {numbers.CREATE}
"""
_TARGET = """
    INSERT INTO target_groups
    SELECT i.line, coalesce(o.id, i.id), o.id IS NOT NULL, i.kind, i.name, i.sort_name,
      CASE WHEN 'opened_on' = ANY (q.unsaid) THEN o.opened_on ELSE i.opened_on END,
      CASE WHEN 'closed_on' = ANY (q.unsaid) THEN o.closed_on ELSE i.closed_on END
    FROM incoming_groups i
    CROSS JOIN LATERAL (SELECT i.unsaid || $1::text[] AS unsaid) q
    LEFT JOIN organisation_identifiers u ON u.scheme = 'gias-group-uid' AND u.value = i.uid
    LEFT JOIN organisations o ON o.id = u.organisation_id
"""
_CLOSES_FIRST = "UPDATE target_groups SET opened_on = NULL WHERE closed_on < opened_on"
_NUMBERS = """
    INSERT INTO said_numbers (organisation_id, scheme, value)
    SELECT t.id, n.scheme, n.value
    FROM incoming_groups i
    JOIN target_groups t USING (line)
    CROSS JOIN LATERAL (VALUES
      ('gias-group-uid', i.uid), ('gias-group-id', i.group_id),
      ('companies-house', i.companies_house), ('ukprn', i.ukprn)
    ) n (scheme, value)
    WHERE NOT n.scheme = ANY (i.unsaid || $1::text[])
"""
_CHANGED = f"""
    CREATE TEMPORARY TABLE changed_groups ON COMMIT DROP AS
    SELECT t.id FROM target_groups t JOIN organisations o ON o.id = t.id
    WHERE (o.kind, o.name, o.sort_name, o.opened_on, o.closed_on, o.source)
          IS DISTINCT FROM (t.kind, t.name, t.sort_name, t.opened_on, t.closed_on, 'gias')
    UNION
    SELECT d.organisation_id FROM ({numbers.DIFFERING}) d
    JOIN target_groups t ON t.id = d.organisation_id WHERE t.known
"""
_NOT_IN_FILE = """
    FROM organisation_identifiers h JOIN organisations o ON o.id = h.organisation_id
    WHERE h.scheme = 'gias-group-uid' AND NOT EXISTS (
      SELECT FROM incoming_groups i WHERE i.uid = h.value)
"""
_COUNT = f"""
    SELECT
      (SELECT count(*) FROM target_groups WHERE NOT known) AS added,
      (SELECT count(*) FROM changed_groups) AS changed,
      (SELECT count(*) FROM target_groups WHERE known) AS known,
      (SELECT count(*) {_NOT_IN_FILE}) AS missing
"""
_MISSING = f"""
    SELECT h.value || ' ' || o.name AS found {_NOT_IN_FILE}
    ORDER BY length(h.value), h.value LIMIT $1
"""
_ADD = """
    INSERT INTO organisations
      (id, kind, name, sort_name, opened_on, closed_on, source, recorded_at, changed_at, version)
    SELECT id, kind, name, sort_name, opened_on, closed_on, 'gias', $1, $1, 1
    FROM target_groups WHERE NOT known
"""
_CHANGE = """
    UPDATE organisations o
    SET kind = t.kind, name = t.name, sort_name = t.sort_name, opened_on = t.opened_on,
        closed_on = t.closed_on, source = 'gias', changed_at = $1, version = o.version + 1
    FROM target_groups t JOIN changed_groups c ON c.id = t.id
    WHERE o.id = t.id
"""
_COPIED = (*GroupRow._fields, "id")
_MISSING_SHOWN = 20


async def stage(session: WriteSession, rows: AsyncIterator[tuple[GroupRow, uuid.UUID]]) -> None:
    """Take incoming rows, each with an id should it be new, into tables of their own."""
    connection = await driver(session)
    await connection.execute(_STAGE)
    records = ((*row, fresh) async for row, fresh in rows)
    await connection.copy_records_to_table(
        "incoming_groups", records=records, columns=_COPIED, timeout=PATIENCE_SECONDS
    )
    await connection.execute("ANALYZE incoming_groups")


async def compare(session: WriteSession, unsaid: Sequence[str]) -> Comparison:
    """Count what the incoming rows would change; changes nothing.

    Args:
        session: the transaction in which they were staged.
        unsaid: the fields about which no row says anything.
    """
    connection = await driver(session)
    await connection.execute(_TARGET, unsaid, timeout=PATIENCE_SECONDS)
    await connection.execute(_CLOSES_FIRST)
    await connection.execute(_NUMBERS, unsaid, timeout=PATIENCE_SECONDS)
    await connection.execute("ANALYZE target_groups; ANALYZE said_numbers")
    await connection.execute(_CHANGED, timeout=PATIENCE_SECONDS)
    return Comparison(**await connection.fetchrow(_COUNT, timeout=PATIENCE_SECONDS))


async def find_missing(session: WriteSession) -> list[str]:
    """Return the first groups that are held but not in the file: UID and name."""
    rows = await (await driver(session)).fetch(_MISSING, _MISSING_SHOWN, timeout=PATIENCE_SECONDS)
    return [row["found"] for row in rows]


async def merge(session: WriteSession, moment: datetime) -> None:
    """Make what is held what was compared."""
    connection = await driver(session)
    for statement in (_ADD, _CHANGE):
        await connection.execute(statement, moment, timeout=PATIENCE_SECONDS)
    await numbers.merge(connection)
