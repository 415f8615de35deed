"""Where a point lies on the British National Grid, in whole metres.

The register measures every distance on the grid, where a metre is a metre, and meets latitude and
longitude (WGS84) only at its edges. The conversion follows Ordnance Survey, "A guide to coordinate
systems in Great Britain" (annexes A to C: ellipsoids and projection, the seven-parameter Helmert
transformation, the transverse Mercator formulae). It leaves out the OSTN15 grid of corrections, so
it is right to within about 5 metres over Great Britain.

Two steps of the guide are rewritten without changing the result by a millimetre: the latitude comes
from Bowring's closed form instead of iteration, and the meridian arc from sines of multiple angles.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import TypeAlias

Ellipsoid: TypeAlias = tuple[float, float]
"""Semi-major and semi-minor axis, metres."""
Helmert: TypeAlias = tuple[float, float, float, float, float, float, float]
"""Shift x, y, z in metres; scale minus one; rotation about x, y, z in radians."""

_AIRY_1830: Ellipsoid = (6_377_563.396, 6_356_256.909)
_WGS84: Ellipsoid = (6_378_137.000, 6_356_752.3141)
_SECOND = radians(1 / 3600)
_TO_OSGB36: Helmert = (
    *(-446.448, 125.157, -542.060),
    20.4894e-6,
    *(-0.1502 * _SECOND, -0.2470 * _SECOND, -0.8421 * _SECOND),
)
_x, _y, _z, _s, _rx, _ry, _rz = _TO_OSGB36
_TO_WGS84: Helmert = (-_x, -_y, -_z, -_s, -_rx, -_ry, -_rz)

_A, _B = _AIRY_1830
_F0 = 0.9996012717
_LAT0, _LON0 = radians(49), radians(-2)
_E0, _N0 = 400_000, -100_000
_E2 = 1 - (_B / _A) ** 2
_n = (_A - _B) / (_A + _B)
_ARC = (
    _B * _F0 * (1 + _n + 1.25 * _n**2 + 1.25 * _n**3),
    _B * _F0 * (3 * _n + 3 * _n**2 + 21 / 8 * _n**3) / 2,
    _B * _F0 * (15 / 8 * (_n**2 + _n**3)) / 2,
    _B * _F0 * (35 / 24 * _n**3) / 2,
)
"""The guide's series for the meridian arc, by sines of 0, 2, 4 and 6 times the latitude."""

GRID_WIDTH_METRES = 700_000
GRID_HEIGHT_METRES = 1_300_000
_LATITUDES = (49.0, 62.0)
_LONGITUDES = (-10.0, 4.0)
"""Beyond these the projection's series no longer hold."""
_CLOSE_ENOUGH_METRES = 1e-5
"""Where the inverse projection stops improving the latitude."""


def to_grid(lat: float, lon: float) -> tuple[int, int]:
    """Return the easting and northing, in metres, of a WGS84 point in Great Britain.

    Args:
        lat: degrees north.
        lon: degrees east; nearly all of Great Britain is negative.

    Raises:
        ValueError: the point is not on the National Grid.
    """
    inside = _LATITUDES[0] <= lat <= _LATITUDES[1] and _LONGITUDES[0] <= lon <= _LONGITUDES[1]
    if inside:
        easting, northing = _project(
            *_change_datum(radians(lat), radians(lon), _WGS84, _AIRY_1830, _TO_OSGB36)
        )
        inside = 0 <= easting <= GRID_WIDTH_METRES and 0 <= northing <= GRID_HEIGHT_METRES
        if inside:
            return round(easting), round(northing)
    message = (
        f"Latitude {lat}, longitude {lon} is not in Great Britain. "
        "Latitude comes first and is between 49 and 62; longitude is between -10 and 4."
    )
    raise ValueError(message)


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """Return the WGS84 latitude and longitude of a grid point, in degrees to 5 decimals (1 m).

    Args:
        easting: metres, 0 to 700,000.
        northing: metres, 0 to 1,300,000.

    Raises:
        ValueError: the point is not on the National Grid.
    """
    if not (0 <= easting <= GRID_WIDTH_METRES and 0 <= northing <= GRID_HEIGHT_METRES):
        message = (
            f"Easting {easting}, northing {northing} is not on the National Grid: "
            "the easting is 0 to 700,000 metres and the northing 0 to 1,300,000."
        )
        raise ValueError(message)
    lat, lon = _change_datum(*_unproject(easting, northing), _AIRY_1830, _WGS84, _TO_WGS84)
    return round(degrees(lat), 5), round(degrees(lon), 5)


def _change_datum(
    lat: float, lon: float, before: Ellipsoid, after: Ellipsoid, helmert: Helmert
) -> tuple[float, float]:
    """Carry a point at height zero from one ellipsoid to another; radians in and out."""
    major, minor = before
    e2 = 1 - (minor / major) ** 2
    sin_lat, cos_lat = sin(lat), cos(lat)
    nu = major / sqrt(1 - e2 * sin_lat * sin_lat)
    x = nu * cos_lat * cos(lon)
    y = nu * cos_lat * sin(lon)
    z = nu * (1 - e2) * sin_lat
    shift_x, shift_y, shift_z, scale, rx, ry, rz = helmert
    scale += 1
    x, y, z = (
        shift_x + scale * x - rz * y + ry * z,
        shift_y + rz * x + scale * y - rx * z,
        shift_z - ry * x + rx * y + scale * z,
    )
    major, minor = after
    p = hypot(x, y)
    theta_tan = z * major / (p * minor)
    theta_cos = 1 / sqrt(1 + theta_tan * theta_tan)
    theta_sin = theta_tan * theta_cos
    squares = major * major - minor * minor
    up = z + squares / minor * theta_sin**3
    out = p - squares / major * theta_cos**3
    return atan2(up, out), atan2(y, x)


def _arc(lat: float) -> float:
    """Return the scaled length of the meridian from the equator to `lat`, metres."""
    a0, a2, a4, a6 = _ARC
    return a0 * lat - a2 * sin(2 * lat) + a4 * sin(4 * lat) - a6 * sin(6 * lat)


_NORTHING_OF_EQUATOR = _N0 - _arc(_LAT0)


def _project(lat: float, lon: float) -> tuple[float, float]:
    """Project an OSGB36 point (radians) onto the grid (guide, annex C.1)."""
    sin_lat, cos_lat = sin(lat), cos(lat)
    w2 = 1 - _E2 * sin_lat * sin_lat
    nu = _A * _F0 / sqrt(w2)
    eta2 = w2 / (1 - _E2) - 1
    t = sin_lat / cos_lat
    t2 = t * t
    p = (lon - _LON0) * cos_lat
    p2 = p * p
    fourth = 5 - t2 + 9 * eta2 + p2 / 30 * (61 - 58 * t2 + t2 * t2)
    northing = _NORTHING_OF_EQUATOR + _arc(lat) + nu * t * p2 / 2 * (1 + p2 / 12 * fourth)
    fifth = 5 - 18 * t2 + t2 * t2 + 14 * eta2 - 58 * t2 * eta2
    easting = _E0 + nu * p * (1 + p2 / 6 * (1 + eta2 - t2 + p2 / 20 * fifth))
    return easting, northing


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    """Return the OSGB36 latitude and longitude (radians) of a grid point (guide, annex C.2)."""
    lat = _LAT0 + (northing - _N0) / (_A * _F0)
    while abs(short := northing - _NORTHING_OF_EQUATOR - _arc(lat)) > _CLOSE_ENOUGH_METRES:
        lat += short / (_A * _F0)
    w2 = 1 - _E2 * sin(lat) ** 2
    nu = _A * _F0 / sqrt(w2)
    eta2 = w2 / (1 - _E2) - 1
    t = tan(lat)
    t2 = t * t
    q = (easting - _E0) / nu
    q2 = q * q
    fourth = 5 + 3 * t2 + eta2 - 9 * t2 * eta2 - q2 / 30 * (61 + 90 * t2 + 45 * t2 * t2)
    too_far_north = t * (1 + eta2) * q2 / 2 * (1 - q2 / 12 * fourth)
    seventh = 61 + 662 * t2 + 1320 * t2**2 + 720 * t2**3
    fifth = 5 + 28 * t2 + 24 * t2 * t2 - q2 / 42 * seventh
    east_of_origin = q / cos(lat) * (1 - q2 / 6 * (1 + eta2 + 2 * t2 - q2 / 20 * fifth))
    return lat - too_far_north, _LON0 + east_of_origin
