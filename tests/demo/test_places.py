import csv
import gzip
from collections import Counter
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo import places
from app.places import facts
from app.values.national_grid import to_wgs84
from app.values.postcode import normalise_postcode, outward
from app.values.site_kind import SiteKind
from tests.demo.chance import chance
from tests.places.published import needs_published_data, published

seeds = st.integers(0, 2**32)
unhurried = settings(deadline=None, max_examples=50)
FACTS = {one.outcode: one for one in facts.postcode_districts()}
ENGLAND = ((49.8, 55.9), (-6.5, 1.9))
"""Degrees north and east between which England lies."""


def draw(seed: int) -> places.Door:
    random = chance(seed)
    district = places.draw_district(random)
    return places.draw_door(random, district, random.choice(list(SiteKind)))


class TestDrawDoor:
    @given(seeds)
    @unhurried
    def test_a_door_lies_in_england_near_the_middle_of_its_district(self, seed: int) -> None:
        door = draw(seed)
        district = FACTS[outward(door.postcode)]
        away = hypot(
            door.easting - district.centre_easting, door.northing - district.centre_northing
        )
        assert away <= places.FARTHEST_REACH
        (south, north), (west, east) = ENGLAND
        latitude, longitude = to_wgs84(door.easting, door.northing)
        assert south < latitude < north
        assert west < longitude < east

    @given(seeds)
    @unhurried
    def test_no_other_districts_middle_is_nearer(self, seed: int) -> None:
        door = draw(seed)

        def away(one: places.District) -> float:
            return hypot(
                door.easting - one.facts.centre_easting, door.northing - one.facts.centre_northing
            )

        own = next(x for x in places.districts() if x.facts.outcode == outward(door.postcode))
        nearest = min(places.districts(), key=away)
        assert away(own) <= away(nearest) + places.NEAREST_REACH

    @given(seeds)
    @unhurried
    def test_its_postcode_is_valid_in_form_and_its_la_the_districts(self, seed: int) -> None:
        door = draw(seed)
        assert normalise_postcode(door.postcode) == door.postcode
        assert door.la_code == FACTS[outward(door.postcode)].la_code
        assert door.lines
        assert door.town

    def test_doors_of_a_district_differ(self) -> None:
        random = chance(4)
        district = places.draw_district(random)
        points = {
            (door.easting, door.northing)
            for door in (places.draw_door(random, district, SiteKind.FIXED) for _ in range(50))
        }
        assert len(points) > 45

    @needs_published_data
    def test_no_invented_postcode_is_in_use(self) -> None:
        with gzip.open(published("geo/england_postcodes.csv.gz"), "rt", encoding="utf-8") as file:
            live = {row["postcode"] for row in csv.DictReader(file)}
        assert len(live) > 1_000_000
        random = chance(5)
        for district in places.districts():
            drawn = {places.draw_door(random, district, SiteKind.FIXED).postcode for _ in range(12)}
            assert drawn.isdisjoint(live)


class TestDrawDistrict:
    def test_more_is_drawn_where_there_are_more_postcodes(self) -> None:
        random = chance(6)
        drawn = Counter(places.draw_district(random).facts.la_code for _ in range(20_000))
        held: Counter[str] = Counter()
        for district in places.districts():
            held[district.facts.la_code] += district.facts.postcodes
        for la_code, postcodes in held.most_common(20):
            expected = postcodes / held.total() * 20_000
            assert drawn[la_code] == pytest.approx(expected, rel=0.3)

    def test_every_la_on_the_mainland_has_a_district(self) -> None:
        las = {district.facts.la_code for district in places.districts()}
        missing = {la.name for la in facts.local_authorities() if la.la_code not in las}
        assert missing == {"Isles of Scilly"}


class TestDrawNeighbour:
    @given(seeds)
    @unhurried
    def test_a_further_site_is_close_by(self, seed: int) -> None:
        random = chance(seed)
        district = places.draw_district(random)
        neighbour = places.draw_neighbour(random, district)
        assert neighbour in places.neighbours(district)

    def test_most_further_sites_are_in_the_same_la(self) -> None:
        random = chance(7)
        pairs = [
            (district, places.draw_neighbour(random, district))
            for district in (places.draw_district(random) for _ in range(2_000))
        ]
        same = sum(one.facts.la_code == other.facts.la_code for one, other in pairs)
        assert same / len(pairs) > 0.8

    def test_a_district_is_its_own_nearest(self) -> None:
        for district in places.districts()[::97]:
            first, *others = places.neighbours(district)
            assert first == district
            assert others


class TestTown:
    @pytest.mark.parametrize(
        ("outcode", "town"), [("B1", "Birmingham"), ("NW1", "Camden"), ("BS1", "Bristol")]
    )
    def test_a_borough_or_a_compact_city_lends_its_name(self, outcode: str, town: str) -> None:
        (district,) = (one for one in places.districts() if one.facts.outcode == outcode)
        assert district.town == town

    def test_in_a_county_the_town_is_invented(self) -> None:
        kent = [one for one in places.districts() if one.facts.la_code == "886"]
        assert len({one.town for one in kent}) > 20
        assert "Kent" not in {one.town for one in kent}


class TestDrawSiteName:
    @pytest.mark.parametrize("kind", SiteKind)
    def test_every_kind_of_site_has_a_name(self, kind: SiteKind) -> None:
        name = places.draw_site_name(chance(8), kind, "Camden")
        assert 3 < len(name) < 60

    def test_home_visits_are_named_for_the_town_alone(self) -> None:
        name = places.draw_site_name(chance(9), SiteKind.HOME_VISITS, "Camden")
        assert name == "Home visits from Camden"
