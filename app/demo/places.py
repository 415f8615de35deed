"""Where invented providers work: real districts and local authorities, invented doors.

Districts are drawn by how many postcodes they have, so providers crowd where people live. A point
lies nearer to the middle of its own district than to any other's; the postcode has the district's
real first half and a second half that is not in use there.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import accumulate
from math import isqrt
from random import Random

from app.demo.names import invented_town, invented_word
from app.places import facts
from app.places.terms import LaKind
from app.values.site_kind import SiteKind

FEWEST_POSTCODES = 100
"""Districts with fewer are mostly single large users of post, not places on a map."""
NEAREST_REACH, FARTHEST_REACH = 50, 2_500
"""How far from the middle of its district a site may lie at most, metres."""
_NEIGHBOURS = 10
_STRIP = 15_000
_SAME_LA_SHARE = 0.8
_TOWN_SPREAD = 6_000
"""A unitary authority whose postcodes lie closer together than this is one town."""

_ENDS = ("6ZW", "3ZY", "6ZX", "4ZX", "6ZY", "5ZY")
"""The rarest second halves: 62 live English postcodes have one of them (October 2025, OS)."""
_LIVE = """
    BA11_3ZY BA14_4ZX BS99_6ZW BS99_6ZY CB11_3ZY CM3_5ZY CM9_5ZY CV11_6ZX CV32_4ZX CV34_6ZX DE55_4ZX
    DN36_4ZX GL3_4ZX HD3_3ZY HD3_4ZX IN_USE LE1_6ZX LE7_3ZY LE8_6ZW LE8_6ZX LE8_6ZY M14_6ZW M14_6ZX
    M14_6ZY M15_4ZX M15_5ZY M28_3ZY ME15_6ZW ME15_6ZY NG14_5ZY NN16_6ZX NN16_6ZY OX16_6ZY PE2_5ZY
    PR2_3ZY PR4_5ZY RG31_6ZX RG31_6ZY S66_3ZY S97_3ZY SE1P_4ZX SE1P_5ZY SM4_5ZY SO20_6ZX SO31_6ZW
    SP11_6ZW SP11_6ZX TA6_6ZY TF1_6ZY TF4_3ZY TN12_6ZY TN8_6ZW TQ9_5ZY TR8_4ZX TS1_3ZY TW18_4ZX
    W1A_4ZX W1K_6ZW W3_6ZX W6_6ZY WD6_5ZY YO32_5ZY YO8_5ZY
"""
_IN_USE = frozenset(_LIVE.split())

_STREETS = ("Lane", "Road", "Street", "Way", "Close")
_PREMISES: dict[SiteKind, tuple[str, ...]] = {
    SiteKind.FIXED: ("House", "Centre", "Hall", "Rooms"),
    SiteKind.FARM_OR_OUTDOOR: ("Farm", "Wood", "Fields", "Meadow"),
    SiteKind.WORKSHOP: ("Works", "Yard", "Workshop", "Sheds"),
    SiteKind.VEHICLE: ("Depot", "Yard"),
    SiteKind.SCHOOL_SITE: ("Campus", "School rooms"),
    SiteKind.HIRED: ("Community Hall", "Village Hall", "Youth Club", "Leisure Centre"),
    SiteKind.SATELLITE: ("Outreach Room", "Outreach Hall"),
    SiteKind.SUBCONTRACTED: ("Partner Workshop", "Partner Rooms"),
}


@dataclass(frozen=True, slots=True)
class District:
    """A postcode district with room for invented doors.

    Attributes:
        facts: what is known of it.
        town: what the post town of its sites is called.
    """

    facts: facts.PostcodeDistrict
    town: str


@dataclass(frozen=True, slots=True)
class Door:
    """An invented address at a point in a real district."""

    lines: tuple[str, ...]
    town: str
    postcode: str
    la_code: str
    easting: int
    northing: int


@cache
def districts() -> tuple[District, ...]:
    """Return the districts that sites are drawn from, in the order of the facts."""
    settled = [one for one in facts.postcode_districts() if one.postcodes >= FEWEST_POSTCODES]
    return tuple(District(one, _town(one, place)) for place, one in enumerate(settled))


def draw_district(random: Random) -> District:
    """Draw a district, the more likely the more postcodes it has."""
    every, weights = _weighted()
    return random.choices(every, cum_weights=weights)[0]


def draw_neighbour(random: Random, district: District) -> District:
    """Draw a district close by for a provider's further site, mostly in the same LA."""
    near = neighbours(district)
    if random.random() < _SAME_LA_SHARE:
        near = tuple(one for one in near if one.facts.la_code == district.facts.la_code)
    return random.choices(near, weights=[one.facts.postcodes for one in near])[0]


@cache
def neighbours(district: District) -> tuple[District, ...]:
    """Return the nearest districts, itself first."""
    every = _from_west_to_east()
    # Seen from north to south, England holds far more than are wanted in a strip this wide.
    first = bisect_left(every, district.facts.centre_easting - _STRIP, key=_easting_of)
    last = bisect_left(every, district.facts.centre_easting + _STRIP, key=_easting_of)
    near = nsmallest(_NEIGHBOURS, every[first:last], key=lambda one: _apart(district, one))
    return tuple(near)


def draw_door(random: Random, district: District, kind: SiteKind) -> Door:
    """Invent an address in a district, the likelier the nearer to its middle."""
    east, north = _draw_offset(random, _reach(district))
    return Door(
        lines=_draw_lines(random, kind),
        town=district.town,
        postcode=_postcode(random, district.facts.outcode),
        la_code=district.facts.la_code,
        easting=district.facts.centre_easting + east,
        northing=district.facts.centre_northing + north,
    )


def draw_site_name(random: Random, kind: SiteKind, town: str) -> str:
    """Invent what a provider calls one of its sites."""
    if kind is SiteKind.ONLINE:
        return "Online"
    if kind is SiteKind.HOME_VISITS:
        return f"Home visits from {town}"
    return f"{invented_word(random)} {random.choice(_PREMISES[kind])}"


def _draw_lines(random: Random, kind: SiteKind) -> tuple[str, ...]:
    word, street, number = invented_word(random), random.choice(_STREETS), random.randint(1, 240)
    if kind is SiteKind.FARM_OR_OUTDOOR:
        return (f"{word} {street}",)
    if kind is SiteKind.WORKSHOP:
        return (f"Unit {number}", f"{word} Industrial Estate")
    return (f"{number} {word} {street}",)


def _postcode(random: Random, outcode: str) -> str:
    free = [end for end in _ENDS if f"{outcode}_{end}" not in _IN_USE]
    return f"{outcode} {random.choice(free)}"


def _town(district: facts.PostcodeDistrict, place: int) -> str:
    """A borough or a compact city lends its name; in the counties towns are invented."""
    la = facts.find_la(district.la_code)
    wide = la.kind is LaKind.UNITARY_AUTHORITY and la.spread_metres > _TOWN_SPREAD
    if wide or la.kind is LaKind.COUNTY_COUNCIL:
        return invented_town(place)
    return la.name.split(",")[0]


def _draw_offset(random: Random, reach: int) -> tuple[int, int]:
    """Draw a point of a circle, in whole numbers: sines may differ from machine to machine."""
    while True:
        east, north = random.randint(-reach, reach), random.randint(-reach, reach)
        if east * east + north * north <= reach * reach:
            nearer = random.random()
            return int(east * nearer), int(north * nearer)


def _reach(district: District) -> int:
    """Half the way to the nearest other middle: all of that circle is nearer to its own."""
    _, nearest, *_ = neighbours(district)
    return max(NEAREST_REACH, min(FARTHEST_REACH, _apart(district, nearest) // 2))


def _apart(one: District, other: District) -> int:
    east = one.facts.centre_easting - other.facts.centre_easting
    north = one.facts.centre_northing - other.facts.centre_northing
    return isqrt(east * east + north * north)


def _easting_of(district: District) -> int:
    return district.facts.centre_easting


@cache
def _from_west_to_east() -> tuple[District, ...]:
    return tuple(sorted(districts(), key=_easting_of))


@cache
def _weighted() -> tuple[tuple[District, ...], list[int]]:
    every = districts()
    return every, list(accumulate(one.facts.postcodes for one in every))
