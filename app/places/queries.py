"""Every SQL statement about places, on plain asyncpg: the public read path, and `migrate`."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from app.errors import FieldFault
from app.places import facts
from app.places.errors import PlaceNotKnownError
from app.places.terms import Precision
from app.values.postcode import area, normalise_any, outward

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Located:
    """A point on the National Grid, and how near it is known.

    Attributes:
        easting: metres.
        northing: metres.
        precision: what the point is the middle of.
        label: what to call it on a page: `CV1 2WT`, or `CV1 (approximate)`.
    """

    easting: int
    northing: int
    precision: Precision
    label: str


_LOCATE = """
    SELECT * FROM (
      SELECT 1 AS coarseness, easting, northing FROM postcodes WHERE postcode = $1
      UNION ALL
      SELECT 2, centre_easting, centre_northing FROM postcode_districts WHERE outcode = $2
      UNION ALL
      SELECT 3, centre_easting, centre_northing FROM postcode_areas WHERE area = $3
    ) AS found
    ORDER BY coarseness LIMIT 1
"""
_PRECISIONS = {1: Precision.POSTCODE, 2: Precision.POSTCODE_DISTRICT, 3: Precision.POSTCODE_AREA}


_UPSERT_LOCAL_AUTHORITIES = """
    INSERT INTO local_authorities AS held
      (la_code, gss_code, name, kind, region, centre_easting, centre_northing, spread_metres)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (la_code) DO UPDATE SET
      (gss_code, name, kind, region, centre_easting, centre_northing, spread_metres)
      = ROW(excluded.gss_code, excluded.name, excluded.kind, excluded.region,
            excluded.centre_easting, excluded.centre_northing, excluded.spread_metres)
    WHERE held IS DISTINCT FROM excluded
"""
_UPSERT_FORMER = """
    INSERT INTO former_local_authorities AS held (gss_code, la_code, name, last_year)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (gss_code) DO UPDATE SET
      (la_code, name, last_year) = ROW(excluded.la_code, excluded.name, excluded.last_year)
    WHERE held IS DISTINCT FROM excluded
"""
_INSERT_SUCCESSORS = """
    INSERT INTO former_local_authority_successors (former_gss_code, successor_la_code)
    VALUES ($1, $2) ON CONFLICT DO NOTHING
"""
_DROP_SUCCESSORS = """
    DELETE FROM former_local_authority_successors
    WHERE (former_gss_code, successor_la_code) NOT IN (SELECT * FROM unnest($1::text[], $2::text[]))
"""
_UPSERT_AREAS = """
    INSERT INTO postcode_areas AS held (area, centre_easting, centre_northing, english_postcodes)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (area) DO UPDATE SET
      (centre_easting, centre_northing, english_postcodes)
      = ROW(excluded.centre_easting, excluded.centre_northing, excluded.english_postcodes)
    WHERE held IS DISTINCT FROM excluded
"""
_DROP_AREAS = "DELETE FROM postcode_areas WHERE area <> ALL($1::text[])"
_UPSERT_DISTRICTS = """
    INSERT INTO postcode_districts AS held
      (outcode, centre_easting, centre_northing, la_code, postcodes)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (outcode) DO UPDATE SET
      (centre_easting, centre_northing, la_code, postcodes)
      = ROW(excluded.centre_easting, excluded.centre_northing, excluded.la_code, excluded.postcodes)
    WHERE held IS DISTINCT FROM excluded
"""
_DROP_DISTRICTS = "DELETE FROM postcode_districts WHERE outcode <> ALL($1::text[])"


async def locate(connection: asyncpg.Connection, text: str) -> Located:
    """Return where a postcode, an outward code or a postcode area is.

    A postcode that is not held is placed at the middle of its district, a district that is not
    held at the middle of its area, and the label says so.

    Args:
        connection: of the public read pool, or any that may read places.
        text: as typed, in any case and spacing.

    Raises:
        PlaceNotKnownError: it is none of the three, or not even its area is in England.
    """
    try:
        name = normalise_any(text)
    except ValueError as error:
        raise _not_known(str(error)) from None
    names = (name, outward(name), area(name))
    row = await connection.fetchrow(_LOCATE, *names)
    if row is None:
        raise _not_known(
            f"{name} is not in England, or not in use: no postcode that begins with {names[2]} is "
            "known here. Give a postcode in England, or the name of a local authority."
        )
    coarseness: int = row["coarseness"]
    found = names[coarseness - 1]
    label = found if coarseness == 1 else f"{found} (approximate)"
    return Located(row["easting"], row["northing"], _PRECISIONS[coarseness], label)


async def load_facts(connection: asyncpg.Connection) -> None:
    """Bring the tables of facts to what this release ships; run by `migrate`, as the owner.

    Rows that are already right are not touched. Postcode areas and districts that are no longer
    shipped go; local authorities stay, because other rows may speak of them.

    Args:
        connection: in a transaction, so that nobody sees half of it.
    """
    await connection.executemany(_UPSERT_LOCAL_AUTHORITIES, _tuples(facts.local_authorities()))
    former = facts.former_local_authorities()
    await connection.executemany(
        _UPSERT_FORMER, [(one.gss_code, one.la_code, one.name, one.last_year) for one in former]
    )
    pairs = [(one.gss_code, la_code) for one in former for la_code in one.successors]
    await connection.execute(_DROP_SUCCESSORS, *map(list, zip(*pairs, strict=True)))
    await connection.executemany(_INSERT_SUCCESSORS, pairs)
    areas, districts = facts.postcode_areas(), facts.postcode_districts()
    await connection.executemany(_UPSERT_AREAS, _tuples(areas))
    await connection.execute(_DROP_AREAS, [one.area for one in areas])
    await connection.executemany(_UPSERT_DISTRICTS, _tuples(districts))
    await connection.execute(_DROP_DISTRICTS, [one.outcode for one in districts])


def _not_known(detail: str) -> PlaceNotKnownError:
    return PlaceNotKnownError(detail, errors=(FieldFault(detail, parameter="near"),))


def _tuples(rows: Iterable["DataclassInstance"]) -> list[tuple[Any, ...]]:
    return [astuple(row) for row in rows]
