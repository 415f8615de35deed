"""Where a postcode is, for a site's own transaction."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, null, select, union_all

from app.db.events import ReadSession, WriteSession
from app.places.models import Postcode, PostcodeArea, PostcodeDistrict
from app.places.terms import Precision
from app.values.postcode import area, outward


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a postcode is, as near as that is held.

    Attributes:
        easting: metres, British National Grid.
        northing: likewise.
        precision: what the point is the middle of.
        la_code: of the local authority it lies in, or for a district mostly lies in.
    """

    easting: int
    northing: int
    precision: Precision
    la_code: str | None


_PRECISIONS = (Precision.POSTCODE, Precision.POSTCODE_DISTRICT, Precision.POSTCODE_AREA)


async def place_postcode(session: ReadSession | WriteSession, postcode: str) -> Placed | None:
    """Return where a canonical postcode is: itself, else its district, else its area."""
    exact = select(
        literal(0).label("coarseness"), Postcode.easting, Postcode.northing, Postcode.la_code
    ).where(Postcode.postcode == postcode)
    district = select(
        literal(1),
        PostcodeDistrict.centre_easting,
        PostcodeDistrict.centre_northing,
        PostcodeDistrict.la_code,
    ).where(PostcodeDistrict.outcode == outward(postcode))
    around = select(
        literal(2), PostcodeArea.centre_easting, PostcodeArea.centre_northing, null()
    ).where(PostcodeArea.area == area(postcode))
    statement: Any = union_all(exact, district, around).order_by("coarseness").limit(1)
    row = (await session.execute(statement)).one_or_none()
    return Placed(row[1], row[2], _PRECISIONS[row[0]], row[3]) if row else None
