"""Bringing an extract of establishments in: COPY, compare, merge, all in tables of one transaction.

`target_schools` holds, for each row of the file, what would be held after it: the file's word where
it says anything, and what is held where it does not.
"""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.db.events import WriteSession
from app.interchange.queries import numbers
from app.interchange.queries.driver import PATIENCE_SECONDS, driver
from app.interchange.school_rows import SchoolRow

_FACTS = (
    *("type_code", "type_name", "phase", "low_age", "high_age", "street", "locality", "town"),
    *("postcode", "easting", "northing"),
)
"""What `schools` holds and a file may leave unsaid; the status never is."""
_TYPES = """
    id uuid NOT NULL, urn text NOT NULL, name text NOT NULL, sort_name text NOT NULL, la_code text,
    opened_on date, closed_on date, status text, type_code text, type_name text, phase text,
    low_age smallint, high_age smallint, street text, locality text, town text, postcode text,
    easting integer, northing integer
"""
_STAGE = f"""
    CREATE TEMPORARY TABLE incoming_schools (
      line integer NOT NULL, {_TYPES}, ukprn text, uprn text, dfe_number text, trust_uid text,
      trust_name text, federation_uid text, federation_name text, unsaid text[] NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE incoming_parents (
      uid text NOT NULL, id uuid NOT NULL, kind text NOT NULL, name text, sort_name text,
      held boolean NOT NULL
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE target_schools (
      {_TYPES}, line integer NOT NULL, parent_id uuid, known boolean NOT NULL
    ) ON COMMIT DROP;
    {numbers.CREATE};
    SET LOCAL work_mem = '32MB'
"""
_PLACE = """
    UPDATE incoming_schools i SET la_code = p.la_code FROM postcodes p
    WHERE i.la_code IS NULL AND p.postcode = i.postcode
"""
_PARENTS = """
    SELECT DISTINCT ON (uid) uid, kind, said.name, h.organisation_id AS held
    FROM (
      SELECT trust_uid AS uid, 'trust' AS kind, trust_name AS name, line FROM incoming_schools
      UNION ALL
      SELECT federation_uid, 'federation', federation_name, line FROM incoming_schools
    ) said
    LEFT JOIN organisation_identifiers h ON h.scheme = 'gias-group-uid' AND h.value = said.uid
    WHERE uid IS NOT NULL
    ORDER BY uid, said.name IS NULL, line
"""


def _unless_unsaid(field: str) -> str:
    return f"CASE WHEN '{field}' = ANY (q.unsaid) THEN s.{field} ELSE i.{field} END"


_TYPE_NAME = """
    CASE WHEN NOT 'type_name' = ANY (q.unsaid) THEN i.type_name
         WHEN 'type_code' = ANY (q.unsaid) OR i.type_code IS NOT DISTINCT FROM s.type_code
         THEN s.type_name END
"""
_TYPE_CODE = """
    CASE WHEN NOT 'type_code' = ANY (q.unsaid) THEN i.type_code
         WHEN 'type_name' = ANY (q.unsaid) OR i.type_name IS NOT DISTINCT FROM s.type_name
         THEN s.type_code END
"""
_KEPT = {field: _unless_unsaid(field) for field in _FACTS} | {
    # A type of which only one half is said, and said anew, takes the old other half with it.
    "type_code": _TYPE_CODE,
    "type_name": _TYPE_NAME,
}
_TARGET = f"""
    INSERT INTO target_schools
      (line, id, known, urn, name, sort_name, la_code, opened_on, closed_on, parent_id, status,
       {", ".join(_KEPT)})
    SELECT i.line, coalesce(o.id, i.id), o.id IS NOT NULL, i.urn, i.name, i.sort_name,
      coalesce(i.la_code, o.la_code),
      CASE WHEN 'opened_on' = ANY (q.unsaid) THEN o.opened_on ELSE i.opened_on END,
      CASE WHEN 'closed_on' = ANY (q.unsaid) THEN o.closed_on ELSE i.closed_on END,
      CASE WHEN trust.id IS NOT NULL THEN trust.id
           WHEN i.trust_uid IS NOT NULL THEN o.parent_id
           WHEN 'trust' = ANY (q.unsaid) AND parent.kind = 'trust' THEN o.parent_id
           WHEN federation.id IS NOT NULL THEN federation.id
           WHEN i.federation_uid IS NOT NULL THEN o.parent_id
           WHEN 'federation' = ANY (q.unsaid) AND parent.kind = 'federation' THEN o.parent_id
           WHEN parent.kind NOT IN ('trust', 'federation') THEN o.parent_id END,
      coalesce(i.status, s.status, 'Not said'),
      {", ".join(_KEPT.values())}
    FROM incoming_schools i
    CROSS JOIN LATERAL (SELECT i.unsaid || $1::text[] AS unsaid) q
    LEFT JOIN organisation_identifiers u ON u.scheme = 'urn' AND u.value = i.urn
    LEFT JOIN schools s ON s.urn = i.urn
    LEFT JOIN organisations o ON o.id = coalesce(u.organisation_id, s.organisation_id)
    LEFT JOIN organisations parent ON parent.id = o.parent_id
    LEFT JOIN incoming_parents trust
      ON trust.uid = i.trust_uid AND (trust.held OR trust.name IS NOT NULL)
    LEFT JOIN incoming_parents federation
      ON federation.uid = i.federation_uid AND (federation.held OR federation.name IS NOT NULL)
"""
_CLOSES_FIRST = "UPDATE target_schools SET opened_on = NULL WHERE closed_on < opened_on"
"""Two files may each say one of the days, and contradict each other; the closing matters more."""
_NUMBERS = """
    INSERT INTO said_numbers (organisation_id, scheme, value)
    SELECT t.id, n.scheme, n.value
    FROM incoming_schools i
    JOIN target_schools t USING (line)
    CROSS JOIN LATERAL (VALUES
      ('urn', i.urn), ('ukprn', i.ukprn), ('uprn', i.uprn), ('dfe-number', i.dfe_number)
    ) n (scheme, value)
    WHERE NOT n.scheme = ANY (i.unsaid || $1::text[])
"""
_COLUMNS = ", ".join(("status", *_FACTS))
_CHANGED = f"""
    CREATE TEMPORARY TABLE changed_schools ON COMMIT DROP AS
    SELECT t.id FROM target_schools t
    JOIN organisations o ON o.id = t.id
    LEFT JOIN schools s ON s.organisation_id = t.id
    WHERE (o.name, o.sort_name, o.la_code, o.parent_id, o.opened_on, o.closed_on, o.source)
          IS DISTINCT FROM
          (t.name, t.sort_name, t.la_code, t.parent_id, t.opened_on, t.closed_on, 'gias')
       OR ({", ".join(f"s.{name}" for name in ("status", *_FACTS))})
          IS DISTINCT FROM ({", ".join(f"t.{name}" for name in ("status", *_FACTS))})
    UNION
    SELECT d.organisation_id FROM ({numbers.DIFFERING}) d
    JOIN target_schools t ON t.id = d.organisation_id WHERE t.known
"""
_COUNT = """
    SELECT
      (SELECT count(*) FROM target_schools WHERE NOT known) AS added,
      (SELECT count(*) FROM changed_schools) AS changed,
      (SELECT count(*) FROM target_schools WHERE known) AS known,
      (SELECT count(*) FROM incoming_parents WHERE NOT held AND name IS NOT NULL) AS groups_named,
      (SELECT count(*) FROM incoming_parents WHERE NOT held AND name IS NULL) AS groups_unknown,
      (SELECT count(*) FROM schools s WHERE NOT EXISTS (
         SELECT FROM incoming_schools i WHERE i.urn = s.urn)) AS missing
"""
_MISSING = """
    SELECT s.urn || ' ' || o.name AS school
    FROM schools s JOIN organisations o ON o.id = s.organisation_id
    WHERE NOT EXISTS (SELECT FROM incoming_schools i WHERE i.urn = s.urn)
    ORDER BY s.urn LIMIT $1
"""
_ADD_PARENTS = """
    INSERT INTO organisations
      (id, kind, name, sort_name, source, recorded_at, changed_at, version)
    SELECT id, kind, name, sort_name, 'gias', $1, $1, 1 FROM incoming_parents
    WHERE NOT held AND name IS NOT NULL
"""
_NUMBER_PARENTS = """
    INSERT INTO organisation_identifiers (organisation_id, scheme, value)
    SELECT id, 'gias-group-uid', uid FROM incoming_parents WHERE NOT held AND name IS NOT NULL
"""
_ADD = """
    INSERT INTO organisations
      (id, kind, name, sort_name, la_code, parent_id, opened_on, closed_on, source, recorded_at,
       changed_at, version)
    SELECT id, 'school', name, sort_name, la_code, parent_id, opened_on, closed_on, 'gias', $1, $1,
       1
    FROM target_schools WHERE NOT known
"""
_CHANGE = """
    UPDATE organisations o
    SET name = t.name, sort_name = t.sort_name, la_code = t.la_code, parent_id = t.parent_id,
        opened_on = t.opened_on, closed_on = t.closed_on, source = 'gias', changed_at = $1,
        version = o.version + 1
    FROM target_schools t JOIN changed_schools c ON c.id = t.id
    WHERE o.id = t.id
"""
_CHANGE_FACTS = f"""
    UPDATE schools s SET ({_COLUMNS}) = ROW({", ".join(f"t.{n}" for n in ("status", *_FACTS))})
    FROM target_schools t JOIN changed_schools c ON c.id = t.id
    WHERE s.organisation_id = t.id
"""
_ADD_FACTS = f"""
    INSERT INTO schools (organisation_id, urn, {_COLUMNS})
    SELECT t.id, t.urn, {", ".join(f"t.{name}" for name in ("status", *_FACTS))}
    FROM target_schools t
    WHERE NOT EXISTS (SELECT FROM schools s WHERE s.organisation_id = t.id)
"""
_COPIED = (*SchoolRow._fields, "id")
_MISSING_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Parent:
    """A trust or federation that schools of the file belong to.

    Attributes:
        uid: GIAS's number of the group.
        kind: of organisation.
        name: as the file has it, if it does.
        held: the organisation, if it is held.
    """

    uid: str
    kind: str
    name: str | None
    held: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an extract would change.

    Attributes:
        added: not held yet.
        changed: held, and said otherwise now.
        known: held, changed or not.
        missing: held, but not in the file.
        groups_named: parents to be made from their name and UID.
        groups_unknown: parents of which the file has a UID alone, and nobody holds it.
    """

    added: int
    changed: int
    known: int
    missing: int = 0
    groups_named: int = 0
    groups_unknown: int = 0


async def stage(session: WriteSession, rows: AsyncIterator[tuple[SchoolRow, uuid.UUID]]) -> None:
    """Take incoming rows, each with an id should it be new, into tables of their own."""
    connection = await driver(session)
    await connection.execute(_STAGE)
    records = ((*row, fresh) async for row, fresh in rows)
    await connection.copy_records_to_table(
        "incoming_schools", records=records, columns=_COPIED, timeout=PATIENCE_SECONDS
    )
    await connection.execute(_PLACE, timeout=PATIENCE_SECONDS)
    await connection.execute("ANALYZE incoming_schools")


async def find_parents(session: WriteSession) -> list[Parent]:
    """Return the groups that incoming schools belong to."""
    rows = await (await driver(session)).fetch(_PARENTS, timeout=PATIENCE_SECONDS)
    return [Parent(**row) for row in rows]


async def stage_parents(
    session: WriteSession, parents: Sequence[tuple[Parent, uuid.UUID, str | None]]
) -> None:
    """Take the parents that are held or can be made, each with its id and what it is sorted by."""
    await (await driver(session)).copy_records_to_table(
        "incoming_parents",
        records=[
            (one.uid, key, one.kind, one.name, sort_name, one.held is not None)
            for one, key, sort_name in parents
        ],
        columns=("uid", "id", "kind", "name", "sort_name", "held"),
    )


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
    await connection.execute("ANALYZE target_schools; ANALYZE said_numbers")
    await connection.execute(_CHANGED, timeout=PATIENCE_SECONDS)
    return Comparison(**await connection.fetchrow(_COUNT, timeout=PATIENCE_SECONDS))


async def find_missing(session: WriteSession) -> list[str]:
    """Return the first schools that are held but not in the file: URN and name."""
    rows = await (await driver(session)).fetch(_MISSING, _MISSING_SHOWN, timeout=PATIENCE_SECONDS)
    return [row["school"] for row in rows]


async def merge(session: WriteSession, moment: datetime) -> None:
    """Make what is held what was compared."""
    connection = await driver(session)
    await connection.execute("ANALYZE changed_schools")
    for statement in (_ADD_PARENTS, _NUMBER_PARENTS, _ADD, _CHANGE, _CHANGE_FACTS, _ADD_FACTS):
        given = (moment,) if "$1" in statement else ()
        await connection.execute(statement, *given, timeout=PATIENCE_SECONDS)
    await numbers.merge(connection)
