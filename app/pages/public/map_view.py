"""What the map of a search is given to draw: nothing but what the register holds as facts."""

from functools import cache

import orjson

from app.places.facts import local_authorities
from app.values.national_grid import to_wgs84

_EXACT_ENOUGH = 3
"""Decimals of a degree: the middle of an area is known to a hundred metres."""


@cache
def areas_json() -> str:
    """Return the middle of every local authority area as JSON: name, latitude, longitude.

    The widest areas come first: where names would lie over one another, the first one stays.
    """
    by_width = sorted(local_authorities(), key=lambda one: -one.spread_metres)
    areas = []
    for one in by_width:
        latitude, longitude = to_wgs84(one.centre_easting, one.centre_northing)
        areas.append([one.name, round(latitude, _EXACT_ENOUGH), round(longitude, _EXACT_ENOUGH)])
    return orjson.dumps(areas).decode()
