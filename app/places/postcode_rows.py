"""What one row of a published postcode file says, for each of the three shapes of file.

A parser takes the fields of a row and returns the postcode with its place, or why the row does not
concern the register; what is wrong with a row is raised as `FieldError`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.values.national_grid import to_grid
from app.values.postcode import normalise_postcode

PostcodeRow: TypeAlias = tuple[str, str | None, int, int]
"""Canonical postcode, DfE code of its LA if the file says, easting and northing in metres."""


class Skipped(StrEnum):
    """Why a sound row is left out."""

    HEADING = "heading"
    NOT_IN_ENGLAND = "not-in-england"
    TERMINATED = "terminated"
    WITHOUT_COORDINATES = "without-coordinates"


class FieldError(Exception):
    """A field cannot be right.

    Attributes:
        column: the heading it stands under.
        value: as it stands.
        wrong: what is wrong with it, in a sentence.
        cure: how to mend it, in a sentence.
    """

    def __init__(self, column: str, value: str, wrong: str, cure: str) -> None:
        super().__init__(wrong)
        self.column, self.value, self.wrong, self.cure = column, value, wrong, cure


Parser: TypeAlias = Callable[[Sequence[str]], PostcodeRow | Skipped]

CODE_POINT_COLUMNS = (
    "Postcode",
    "Positional_quality_indicator",
    "Eastings",
    "Northings",
    "Country_code",
    "NHS_regional_HA_code",
    "NHS_HA_code",
    "Admin_county_code",
    "Admin_district_code",
    "Admin_ward_code",
)
"""OS Code-Point Open: the rows come without headings, or under these, or under their initials."""
CODE_POINT_HEADINGS = frozenset({"postcode", "pc"})

_ONSPD_COLUMNS = {
    "postcode": re.compile(r"pcds|pcd|pcd8|pcd7"),
    "terminated": re.compile(r"doterm"),
    "easting": re.compile(r"oseast1m|east1m"),
    "northing": re.compile(r"osnrth1m|north1m"),
    "county": re.compile(r"(os)?cty(\d\dcd)?"),
    "district": re.compile(r"(os)?laua|lad(\d\d)?cd"),
    "country": re.compile(r"ctry(\d\dcd)?"),
}
"""Headings of the ONS Postcode Directory (and Lookup), which change from year to year."""
_LAT_LON_COLUMNS = ("postcode", "la_code", "lat", "lon")

ENGLAND = "E92000001"
_OTHER_COUNTRIES = frozenset({"S92000003", "W92000004", "N92000002", "L93000001", "M83000003"})
_NO_AREA = frozenset({"", "E99999999"})
_EASTINGS = range(80_000, 660_001)
_NORTHINGS = range(5_000, 660_001)
"""Within these lies England, in metres; coordinates beyond them are often easting and northing
the wrong way round."""


def code_point_parser(first: Sequence[str]) -> Parser | None:
    """Return a parser for OS Code-Point Open, if that is how the first row looks."""
    if len(first) != len(CODE_POINT_COLUMNS) or not _is_postcode_or_heading(first[0]):
        return None
    la_codes = facts.la_codes_by_gss()

    def parse(fields: Sequence[str]) -> PostcodeRow | Skipped:
        postcode, _, easting, northing, country, _, _, county, district, _ = fields
        if postcode.strip().lower() in CODE_POINT_HEADINGS:
            return Skipped.HEADING
        if easting == northing == "0":
            return Skipped.WITHOUT_COORDINATES
        if not _in_england(country, "Country_code"):
            return Skipped.NOT_IN_ENGLAND
        return (
            _postcode(postcode, "Postcode"),
            _la_code(district, county, "Admin_district_code", la_codes),
            _metres(easting, "Eastings", _EASTINGS),
            _metres(northing, "Northings", _NORTHINGS),
        )

    return parse


def onspd_parser(first: Sequence[str]) -> Parser | None:
    """Return a parser for the ONS Postcode Directory, if the first row holds its headings."""
    headings = [heading.strip().lower() for heading in first]
    at: dict[str, int] = {}
    for meaning, pattern in _ONSPD_COLUMNS.items():
        matching = [heading for heading in headings if pattern.fullmatch(heading)]
        if matching:
            preferred = "pcds" if "pcds" in matching else matching[0]
            at[meaning] = headings.index(preferred)
    if at.keys() | {"county"} != _ONSPD_COLUMNS.keys():
        return None
    of, la_codes = [*first, ""], facts.la_codes_by_gss()
    postcode, terminated = at["postcode"], at["terminated"]
    easting, northing = at["easting"], at["northing"]
    country, district, county = at["country"], at["district"], at.get("county", at["district"])

    def parse(fields: Sequence[str]) -> PostcodeRow | Skipped:
        if fields[terminated].strip():
            return Skipped.TERMINATED
        if not _in_england(fields[country], of[country]):
            return Skipped.NOT_IN_ENGLAND
        if not fields[easting].strip() and not fields[northing].strip():
            return Skipped.WITHOUT_COORDINATES
        return (
            _postcode(fields[postcode], of[postcode]),
            _la_code(fields[district], fields[county], of[district], la_codes),
            _metres(fields[easting], of[easting], _EASTINGS),
            _metres(fields[northing], of[northing], _NORTHINGS),
        )

    return parse


def lat_lon_parser(first: Sequence[str]) -> Parser | None:
    """Return a parser for `postcode,la_code,lat,lon`, if the first row holds these headings."""
    headings = [heading.strip().lower() for heading in first]
    if not {*_LAT_LON_COLUMNS} <= {*headings}:
        return None
    postcode, la_code, lat, lon = (headings.index(name) for name in _LAT_LON_COLUMNS)
    la_codes = {la.la_code: la.la_code for la in facts.local_authorities()}

    def parse(fields: Sequence[str]) -> PostcodeRow | Skipped:
        if not fields[lat].strip() and not fields[lon].strip():
            return Skipped.WITHOUT_COORDINATES
        easting, northing = _from_degrees(fields[lat], fields[lon])
        code = fields[la_code]
        return (
            _postcode(fields[postcode], "postcode"),
            la_codes.get(code) or _older_la_code(code),
            easting,
            northing,
        )

    return parse


def _is_postcode_or_heading(value: str) -> bool:
    try:
        normalise_postcode(value)
    except ValueError:
        return value.strip().lower() in CODE_POINT_HEADINGS
    return True


def _postcode(value: str, column: str) -> str:
    try:
        return normalise_postcode(value)
    except ValueError as error:
        cure = "Correct it, or leave the row out."
        raise FieldError(column, value, str(error), cure) from None


def _metres(value: str, column: str, within: range) -> int:
    try:
        metres = int(value)
    except ValueError:
        wrong = "It is not a whole number of metres."
        cure = "Give metres on the British National Grid, without decimals."
        raise FieldError(column, value, wrong, cure) from None
    if metres not in within:
        wrong = f"It lies outside England ({within.start:,} to {within.stop - 1:,} metres)."
        cure = "Look whether easting and northing are the wrong way round."
        raise FieldError(column, value, wrong, cure)
    return metres


def _in_england(country: str, column: str) -> bool:
    if country == ENGLAND:
        return True
    if country in _OTHER_COUNTRIES:
        return False
    wrong = "It is no country code of the ONS."
    raise FieldError(column, country, wrong, f"England is {ENGLAND}; correct it.")


def _la_code(district: str, county: str, column: str, la_codes: Mapping[str, str]) -> str | None:
    la_code = la_codes.get(district) or la_codes.get(county)
    if la_code or (district in _NO_AREA and county in _NO_AREA):
        return la_code
    value, wrong = district, "No English district or local authority of 2025 has this code."
    cure = "Use a file of 2023 to 2025; if the code is newer than that, the facts need an update."
    raise FieldError(column, value, wrong, cure)


def _older_la_code(code: str) -> str | None:
    if not code.strip():
        return None
    try:
        return facts.la_code_now(code)
    except LocalAuthorityNotKnownError as error:
        cure = "Give the DfE code of a present local authority, or none."
        raise FieldError("la_code", code, error.detail, cure) from None


def _from_degrees(lat: str, lon: str) -> tuple[int, int]:
    try:
        easting, northing = to_grid(float(lat), float(lon))
    except ValueError:
        easting, northing = 0, 0
    if easting in _EASTINGS and northing in _NORTHINGS:
        return easting, northing
    wrong = "It is not a point in England, in degrees."
    cure = "Latitude is 49.8 to 55.9 and longitude -6.5 to 1.8; look whether they are swapped."
    raise FieldError("lat, lon", f"{lat}, {lon}", wrong, cure)
