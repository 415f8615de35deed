import csv
import gzip
from collections import Counter
from collections.abc import Callable
from math import dist

import pytest

from app.places import facts
from app.places.errors import LocalAuthorityDividedError, LocalAuthorityNotKnownError
from app.places.terms import LaKind
from app.values.national_grid import to_grid
from app.values.postcode import area, normalise_outcode
from tests.places.published import needs_published_data, published


class TestLocalAuthorities:
    def test_there_are_153_each_with_codes_of_its_own(self) -> None:
        authorities = facts.local_authorities()

        assert len(authorities) == 153
        assert len({la.la_code for la in authorities}) == 153
        assert len({la.gss_code for la in authorities}) == 153

    def test_one_reads_as_published(self) -> None:
        coventry = next(la for la in facts.local_authorities() if la.la_code == "331")

        assert coventry == facts.LocalAuthority(
            la_code="331",
            gss_code="E08000026",
            name="Coventry",
            kind=LaKind.METROPOLITAN_DISTRICT,
            region="West Midlands",
            centre_easting=433_600,
            centre_northing=279_700,
            spread_metres=3_500,
        )

    def test_they_lie_in_nine_regions(self) -> None:
        assert len({la.region for la in facts.local_authorities()}) == 9

    def test_kinds_follow_the_gss_code(self) -> None:
        prefixes = {
            LaKind.COUNTY_COUNCIL: {"E10"},
            LaKind.LONDON_BOROUGH: {"E09"},
            LaKind.METROPOLITAN_DISTRICT: {"E08"},
            LaKind.SUI_GENERIS: {"E06", "E09"},
            LaKind.UNITARY_AUTHORITY: {"E06"},
        }

        for la in facts.local_authorities():
            assert la.gss_code[:3] in prefixes[la.kind], la.name

    def test_no_two_names_are_told_apart_only_by_trimmings(self) -> None:
        keys = Counter(facts._name_key(la.name) for la in facts.local_authorities())

        assert keys.most_common(1)[0][1] == 1


class TestOtherFacts:
    def test_former_authorities_lead_to_present_ones(self) -> None:
        present = {la.la_code for la in facts.local_authorities()}

        assert len(facts.former_local_authorities()) == 10
        for former in facts.former_local_authorities():
            assert former.successors
            assert {*former.successors} <= present

    def test_every_district_lies_in_an_area_and_near_it(self) -> None:
        areas = {one.area: one for one in facts.postcode_areas()}

        assert len(areas) == 104
        assert len(facts.postcode_districts()) == 2_210
        for district in facts.postcode_districts():
            assert normalise_outcode(district.outcode) == district.outcode
            around = areas[area(district.outcode)]
            apart = dist(
                (district.centre_easting, district.centre_northing),
                (around.centre_easting, around.centre_northing),
            )
            assert apart < 90_000, district.outcode

    def test_every_district_has_a_present_authority(self) -> None:
        present = {la.la_code for la in facts.local_authorities()}

        assert {one.la_code for one in facts.postcode_districts()} <= present

    def test_every_gss_code_leads_to_a_present_authority_unless_divided(self) -> None:
        codes = facts.la_codes_by_gss()

        assert {
            la.gss_code: la.la_code for la in facts.local_authorities()
        }.items() <= codes.items()
        assert codes["E07000240"] == "919"
        assert codes["E10000002"] == "825"
        assert "E10000006" not in codes


class TestLaName:
    def test_a_present_code_has_a_name(self) -> None:
        assert facts.la_name("801") == "Bristol, City of"

    def test_a_former_code_has_none(self) -> None:
        with pytest.raises(LocalAuthorityNotKnownError):
            facts.la_name("909")


class TestLaCodeNow:
    @pytest.mark.parametrize(
        ("code", "now"),
        [
            pytest.param("331", "331", id="present"),
            pytest.param("E08000026", "331", id="present-gss"),
            pytest.param(" e08000026 ", "331", id="untidy"),
            pytest.param("837", "839", id="merged"),
            pytest.param("E06000029", "839", id="merged-gss"),
            pytest.param("370", "370", id="kept-its-code"),
            pytest.param("E08000016", "370", id="kept-its-code-under-a-new-gss"),
            pytest.param("E10000002", "825", id="county-made-unitary"),
        ],
    )
    def test_a_code_of_any_time_leads_to_the_present_one(self, code: str, now: str) -> None:
        assert facts.la_code_now(code) == now

    @pytest.mark.parametrize(
        ("code", "successors"),
        [("909", ["942", "943"]), ("E10000021", ["940", "941"]), ("835", ["838", "839"])],
    )
    def test_a_divided_authority_is_refused_with_its_successors(
        self, code: str, successors: list[str]
    ) -> None:
        with pytest.raises(LocalAuthorityDividedError) as refusal:
            facts.la_code_now(code)

        assert refusal.value.facts == {"successors": successors}
        for successor in successors:
            assert facts.la_name(successor) in refusal.value.detail

    def test_an_unknown_code_is_refused_with_the_nearest(self) -> None:
        with pytest.raises(LocalAuthorityNotKnownError, match="E08000026"):
            facts.la_code_now("E0800026")

    @pytest.mark.parametrize("code", ["", "Coventry", "xyzzy"])
    def test_what_is_no_code_is_refused(self, code: str) -> None:
        with pytest.raises(LocalAuthorityNotKnownError):
            facts.la_code_now(code)


class TestFindLa:
    @pytest.mark.parametrize(
        ("text", "la_code"),
        [
            ("801", "801"),
            ("E06000023", "801"),
            ("Bristol", "801"),
            ("Bristol, City of", "801"),
            ("city of BRISTOL", "801"),
            ("Bristol City Council", "801"),
            ("Kingston upon Hull", "810"),
            ("Hull City Council", "810"),
            ("Herefordshire", "884"),
            ("Durham", "840"),
            ("St Helens", "342"),
            ("Saint Helens Metropolitan Borough Council", "342"),
            ("Stoke on Trent", "861"),
            ("Brighton & Hove", "846"),
            ("The Royal Borough of Kensington and Chelsea", "207"),
            ("London Borough of Camden", "202"),
            ("City of London", "201"),
            ("City of London Corporation", "201"),
            ("Council of the Isles of Scilly", "420"),
            ("Cámden", "202"),
            ("BCP", "839"),
            ("Poole", "839"),
            ("Dorset", "838"),
            ("Somerset", "933"),
        ],
    )
    def test_codes_and_names_as_people_write_them(self, text: str, la_code: str) -> None:
        assert facts.find_la(text).la_code == la_code

    def test_every_authority_is_found_by_its_own_name(self) -> None:
        for la in facts.local_authorities():
            assert facts.find_la(la.name) == la
            assert facts.find_la(f"{la.name.upper()} Council") == la

    @pytest.mark.parametrize("text", ["Cumbria", "Cumbria County Council", "Northamptonshire"])
    def test_a_divided_authority_is_refused(self, text: str) -> None:
        with pytest.raises(LocalAuthorityDividedError, match="has been divided"):
            facts.find_la(text)

    @pytest.mark.parametrize(
        ("text", "nearest"), [("Birmingam", "Birmingham"), ("Stockton", "Stockton-on-Tees")]
    )
    def test_a_misspelt_name_is_refused_with_the_nearest(self, text: str, nearest: str) -> None:
        with pytest.raises(LocalAuthorityNotKnownError, match=nearest):
            facts.find_la(text)

    @pytest.mark.parametrize("text", ["", "London", "County Council", "xyzzy"])
    def test_what_names_none_is_refused(self, text: str) -> None:
        with pytest.raises(LocalAuthorityNotKnownError):
            facts.find_la(text)


FactsReader = Callable[[], tuple[object, ...]]


@pytest.mark.parametrize(
    "read",
    [
        facts.local_authorities,
        facts.former_local_authorities,
        facts.postcode_areas,
        facts.postcode_districts,
    ],
)
def test_files_are_read_once(read: FactsReader) -> None:
    assert read() is read()


@needs_published_data
class TestAgainstThePublications:
    def test_authorities_districts_and_outward_codes_agree(self) -> None:
        names = {
            row["la_code"]: row["la_name"] for row in _rows("la/local_authorities_england.csv")
        }
        districts = {row["lad_code"]: row["la_code"] for row in _rows("la/district_to_la.csv")}
        outcodes = {
            row["outcode"]: row["main_la_code"]
            for row in _rows("geo/gb_outcodes.csv")
            if row["country"] == "England"
        }

        assert {la.la_code: la.name for la in facts.local_authorities()} == names
        assert districts.items() <= facts.la_codes_by_gss().items()
        assert {one.outcode: one.la_code for one in facts.postcode_districts()} == outcodes

    def test_postcodes_are_counted_and_lie_around_the_centres(self) -> None:
        counts: Counter[str] = Counter()
        squares: Counter[str] = Counter()
        sampled: Counter[str] = Counter()
        by_code = {la.la_code: la for la in facts.local_authorities()}
        with gzip.open(published("geo/england_postcodes.csv.gz"), "rt", encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                counts[area(row["postcode"])] += 1
                if number % 20 == 0:
                    la = by_code[row["la_code"]]
                    point = to_grid(float(row["lat"]), float(row["lon"]))
                    sampled[la.la_code] += 1
                    squares[la.la_code] += round(
                        dist(point, (la.centre_easting, la.centre_northing)) ** 2
                    )

        assert {one.area: one.english_postcodes for one in facts.postcode_areas()} == counts
        for la_code, count in sampled.items():
            if count >= 100:
                spread = (squares[la_code] / count) ** 0.5
                assert spread == pytest.approx(by_code[la_code].spread_metres, rel=0.25)


def _rows(path: str) -> list[dict[str, str]]:
    with published(path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
