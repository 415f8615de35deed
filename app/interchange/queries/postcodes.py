"""Replacing the postcodes held, on the driver's own connection: COPY, compare, merge.

Rows stream into a table of this transaction alone; `postcodes` is touched only by `merge`, and only
where it differs.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.db.events import WriteSession
from app.interchange.queries.driver import PATIENCE_SECONDS, driver
from app.interchange.schemas import DistantSite

StagedRow = tuple[str, str | None, int, int, int]
"""Postcode, LA code, easting, northing, line of the file."""

_STAGE = """
    CREATE TEMPORARY TABLE incoming_postcodes (
      postcode text NOT NULL, la_code text, easting integer NOT NULL, northing integer NOT NULL,
      line integer NOT NULL
    ) ON COMMIT DROP
"""
_MORE_MEMORY = "SET LOCAL work_mem = '96MB'"
_COLUMNS = ("postcode", "la_code", "easting", "northing", "line")
_ANALYZE = "ANALYZE incoming_postcodes"
_REPEATED = """
    CREATE TEMPORARY TABLE repeated_postcodes ON COMMIT DROP AS
    SELECT postcode, min(line) AS first_line, count(*) AS lines,
           min(easting) <> max(easting) OR min(northing) <> max(northing)
             OR min(coalesce(la_code, '')) <> max(coalesce(la_code, '')) AS differ
    FROM incoming_postcodes
    GROUP BY postcode HAVING count(*) > 1
"""
_DIFFERING = """
    SELECT i.line, i.postcode, i.la_code, i.easting, i.northing, r.first_line, r.lines
    FROM repeated_postcodes r JOIN incoming_postcodes i USING (postcode)
    WHERE r.differ ORDER BY i.line
"""
_DROP_REPEATED = """
    DELETE FROM incoming_postcodes i USING repeated_postcodes r
    WHERE i.postcode = r.postcode AND (r.differ OR i.line > r.first_line)
"""
_COUNT_REPEATED = """
    SELECT coalesce(sum(lines) FILTER (WHERE differ), 0),
           coalesce(sum(lines - 1) FILTER (WHERE NOT differ), 0)
    FROM repeated_postcodes
"""
_COMPARE = """
    SELECT count(*) FILTER (WHERE held.postcode IS NULL) AS added,
           count(*) FILTER (WHERE held.postcode IS NOT NULL AND new.postcode IS NOT NULL
             AND (held.la_code, held.easting, held.northing)
                 IS DISTINCT FROM (new.la_code, new.easting, new.northing)) AS changed,
           count(*) FILTER (WHERE new.postcode IS NULL) AS missing,
           count(held.postcode) AS held
    FROM postcodes held FULL JOIN incoming_postcodes new ON held.postcode = new.postcode
"""
_UPDATE = """
    UPDATE postcodes held
    SET la_code = new.la_code, easting = new.easting, northing = new.northing
    FROM incoming_postcodes new
    WHERE held.postcode = new.postcode
      AND (held.la_code, held.easting, held.northing)
          IS DISTINCT FROM (new.la_code, new.easting, new.northing)
"""
_DELETE = """
    DELETE FROM postcodes held
    WHERE NOT EXISTS (SELECT FROM incoming_postcodes new WHERE new.postcode = held.postcode)
"""
_INSERT = """
    INSERT INTO postcodes (postcode, la_code, easting, northing)
    SELECT postcode, la_code, easting, northing FROM incoming_postcodes new
    WHERE NOT EXISTS (SELECT FROM postcodes held WHERE held.postcode = new.postcode)
"""
_DISTANT = """
    SELECT p.number, s.reference, p.name, s.postcode,
           round(point(s.easting, s.northing) <-> point(new.easting, new.northing))::integer
             AS metres
    FROM sites s
    JOIN providers p ON p.id = s.provider_id
    JOIN incoming_postcodes new ON new.postcode = s.postcode
    WHERE s.easting IS NOT NULL AND s.closed_on IS NULL
      AND point(s.easting, s.northing) <-> point(new.easting, new.northing) > $1
    ORDER BY metres DESC, p.number, s.reference
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the incoming postcodes would change.

    Attributes:
        added: postcodes not held yet.
        changed: held elsewhere, or in another local authority.
        missing: held, but not in the file.
        held: before the import.
    """

    added: int
    changed: int
    missing: int
    held: int


@dataclass(frozen=True, slots=True)
class Differing:
    """One of several rows that put a postcode at different points."""

    line: int
    postcode: str
    la_code: str | None
    easting: int
    northing: int
    first_line: int
    lines: int


async def stage(session: WriteSession, rows: AsyncIterator[StagedRow]) -> None:
    """Take incoming rows into a table that lives as long as this transaction."""
    connection = await driver(session)
    await connection.execute(_STAGE)
    await connection.execute(_MORE_MEMORY)
    await connection.copy_records_to_table(
        "incoming_postcodes", records=rows, columns=_COLUMNS, timeout=PATIENCE_SECONDS
    )
    await connection.execute(_ANALYZE, timeout=PATIENCE_SECONDS)
    await connection.execute(_REPEATED, timeout=PATIENCE_SECONDS)


async def find_differing(session: WriteSession) -> AsyncIterator[Differing]:
    """Yield incoming rows that put one postcode at different points, by line."""
    connection = await driver(session)
    async for row in connection.cursor(_DIFFERING, prefetch=1_000):
        yield Differing(**row)


async def drop_repeated(session: WriteSession) -> tuple[int, int]:
    """Leave one row of each that says the same again, and none of those that differ.

    Returns the number of rows that differ, and of rows that only repeat.
    """
    connection = await driver(session)
    differing, repeating = await connection.fetchrow(_COUNT_REPEATED)
    if differing or repeating:
        await connection.execute(_DROP_REPEATED, timeout=PATIENCE_SECONDS)
    return int(differing), int(repeating)


async def compare(session: WriteSession) -> Comparison:
    """Count what the incoming postcodes would change; changes nothing."""
    connection = await driver(session)
    row = await connection.fetchrow(_COMPARE, timeout=PATIENCE_SECONDS)
    return Comparison(**row)


async def merge(session: WriteSession, found: Comparison, *, removing: bool) -> None:
    """Make the postcodes held what the incoming ones are.

    Args:
        session: the transaction in which they were staged.
        found: what `compare` counted; a statement with nothing to do is left out.
        removing: whether held postcodes that are missing go.
    """
    connection = await driver(session)
    if found.changed:
        await connection.execute(_UPDATE, timeout=PATIENCE_SECONDS)
    if found.missing and removing:
        await connection.execute(_DELETE, timeout=PATIENCE_SECONDS)
    if found.added:
        await connection.execute(_INSERT, timeout=PATIENCE_SECONDS)


async def find_distant_sites(session: WriteSession, metres: int) -> list[DistantSite]:
    """Return open sites further than this from their incoming postcode, farthest first."""
    connection = await driver(session)
    rows = await connection.fetch(_DISTANT, metres, timeout=PATIENCE_SECONDS)
    return [DistantSite(**row) for row in rows]
