from pathlib import Path

import pytest

from app.places.postcode_rows import Skipped
from tests.places.reading import (
    HEADINGS_IN_FULL,
    HEADINGS_IN_SHORT,
    LAT_LON,
    ONSPD_2022,
    ONSPD_2025,
    SOUTHAMPTON,
    code_point,
    read,
    skipped,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "postcodes.csv"


class TestCodePointOpen:
    def test_a_row_of_a_county_district_gives_the_county(self, file: Path) -> None:
        assert read(file, SOUTHAMPTON) == ([("SO16 0AS", "850", 437_292, 115_542)], [])

    @pytest.mark.parametrize(
        "headings",
        [
            "",
            HEADINGS_IN_SHORT,
            HEADINGS_IN_FULL,
            HEADINGS_IN_SHORT + HEADINGS_IN_FULL,
        ],
    )
    def test_headings_may_stand_above_it_or_not(self, file: Path, headings: str) -> None:
        rows, faults = read(file, headings + SOUTHAMPTON)

        assert len(rows) == 1
        assert faults == []

    def test_a_postcode_of_seven_characters_gets_its_space(self, file: Path) -> None:
        rows, _ = read(file, code_point(postcode='"CV12WT"') + code_point(postcode='"B1  1AA"'))

        assert [row[0] for row in rows] == ["CV1 2WT", "B1 1AA"]

    def test_an_area_without_codes_has_no_local_authority(self, file: Path) -> None:
        rows, _ = read(file, code_point(district='""'))

        assert rows == [("CV1 2WT", None, 433_600, 279_000)]

    def test_other_countries_and_rows_without_coordinates_are_left_out(self, file: Path) -> None:
        scottish = code_point(country='"S92000003"', district='"S12000033"')
        nowhere = code_point(easting="0", northing="0", country='""', district='""')

        left_out = skipped(file, SOUTHAMPTON + scottish + nowhere)

        assert left_out == {Skipped.NOT_IN_ENGLAND: 1, Skipped.WITHOUT_COORDINATES: 1}

    @pytest.mark.parametrize(
        ("changed", "column", "value", "wrong"),
        [
            ({"postcode": "CV1 2W"}, "Postcode", "CV1 2W", "not a full UK postcode"),
            ({"easting": "43x"}, "Eastings", "43x", "not a whole number"),
            ({"northing": "933600"}, "Northings", "933600", "outside England"),
            ({"country": "X"}, "Country_code", "X", "no country code"),
            ({"district": "E07000028"}, "Admin_district_code", "E07000028", "of 2025"),
        ],
    )
    def test_what_is_wrong_is_said_by_line_and_column(
        self, file: Path, changed: dict[str, str], column: str, value: str, wrong: str
    ) -> None:
        rows, faults = read(file, SOUTHAMPTON + code_point(**changed) + code_point())

        assert len(rows) == 2
        assert [(one.line, one.column, one.value) for one in faults] == [(2, column, value)]
        assert wrong in faults[0].wrong
        assert faults[0].cure

    def test_a_row_with_too_few_fields_is_a_fault_of_the_row(self, file: Path) -> None:
        _, faults = read(file, SOUTHAMPTON + "CV1 2WT,10\n")

        assert (faults[0].line, faults[0].column) == (2, "row")
        assert "2 fields and the first row has 10" in faults[0].wrong


class TestOnspd:
    def test_headings_of_2025(self, file: Path) -> None:
        rows, faults = read(
            file,
            ONSPD_2025
            + "CA8 7JG,CA8  7JG,CA8 7JG,200006,,366033,564878,E99999999,E06000057,E92000001,54,-2\n"
            + "AL1 1AG,AL1  1AG,AL1 1AG,198001,,515490,0206499,E10000015,E07000240,E92000001,,\n",
        )

        assert rows == [
            ("CA8 7JG", "929", 366_033, 564_878),
            ("AL1 1AG", "919", 515_490, 206_499),
        ]
        assert faults == []

    def test_headings_of_2022(self, file: Path) -> None:
        rows, _ = read(
            file,
            ONSPD_2022
            + '"AL1 1AG","AL1  1AG","AL1 1AG","198001","","E10000015","","E07000240","","515490",'
            '"206499","E92000001"\n',
        )

        assert rows == [("AL1 1AG", "919", 515_490, 206_499)]

    def test_terminated_foreign_and_unplaced_postcodes_are_left_out(self, file: Path) -> None:
        left_out = skipped(
            file,
            ONSPD_2025
            + "AL1 1AH,,AL1 1AH,198001,199606,515490,206499,E10000015,E07000240,E92000001,,\n"
            + "AB1 0AA,,AB1 0AA,198001,,385386,801193,S99999999,S12000033,S92000003,,\n"
            + "JE2 3AB,,JE2 3AB,198001,,,,L99999999,L99999999,L93000001,,\n"
            + "AL1 1AZ,,AL1 1AZ,198001,,,,E10000015,E07000240,E92000001,,\n",
        )

        assert left_out == {
            Skipped.TERMINATED: 1,
            Skipped.NOT_IN_ENGLAND: 2,
            Skipped.WITHOUT_COORDINATES: 1,
        }

    def test_a_former_district_of_a_county_that_was_not_divided_is_found_by_it(
        self, file: Path
    ) -> None:
        rows, _ = read(
            file,
            ONSPD_2025 + "HP1 1AA,,HP1 1AA,198001,,505000,207000,E10000002,E07000004,E92000001,,\n",
        )

        assert rows[0][1] == "825"

    def test_faults_name_the_heading_of_the_file(self, file: Path) -> None:
        _, faults = read(
            file,
            ONSPD_2025 + "AL1 1AG,,AL1 1AG,198001,,x,206499,E10000015,E07000240,E92000001,,\n",
        )

        assert (faults[0].line, faults[0].column, faults[0].value) == (2, "east1m", "x")


class TestLatLon:
    def test_degrees_become_metres(self, file: Path) -> None:
        rows, faults = read(file, LAT_LON + "AL1 1AG,919,51.7453,-0.3286\n")

        assert rows == [("AL1 1AG", "919", 515_489, 206_499)]
        assert faults == []

    def test_columns_may_stand_in_any_order(self, file: Path) -> None:
        rows, _ = read(file, "lon,lat,note,postcode,la_code\n-0.3286,51.7453,x,AL1 1AG,919\n")

        assert rows == [("AL1 1AG", "919", 515_489, 206_499)]

    def test_a_former_code_is_carried_forward_and_none_stays_none(self, file: Path) -> None:
        rows, _ = read(file, LAT_LON + "BH8 8AA,837,50.73,-1.86\nBH8 8AB,,50.73,-1.86\n")

        assert [row[1] for row in rows] == ["839", None]

    def test_blank_coordinates_are_left_out(self, file: Path) -> None:
        assert skipped(file, LAT_LON + "AL1 1AG,919,,\n") == {Skipped.WITHOUT_COORDINATES: 1}

    @pytest.mark.parametrize(
        ("row", "column", "wrong"),
        [
            ("AL1 1AG,919,-0.3286,51.7453", "lat, lon", "not a point in England"),
            ("AL1 1AG,919,48.85,2.35", "lat, lon", "not a point in England"),
            ("AL1 1AG,919,nan,0", "lat, lon", "not a point in England"),
            ("AL1 1AG,919,north,0", "lat, lon", "not a point in England"),
            ("AL1 1AG,909,51.7453,-0.3286", "la_code", "has been divided"),
            ("AL1 1AG,999,51.7453,-0.3286", "la_code", "no local authority"),
            ("AL1,919,51.7453,-0.3286", "postcode", "not a full UK postcode"),
        ],
    )
    def test_what_is_wrong_is_said(self, file: Path, row: str, column: str, wrong: str) -> None:
        rows, faults = read(file, f"{LAT_LON}{row}\n")

        assert rows == []
        assert (faults[0].line, faults[0].column) == (2, column)
        assert wrong in faults[0].wrong
