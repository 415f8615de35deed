from typing import Any

import pytest

from app.interchange.gias_columns import understand
from app.interchange.school_rows import SchoolRow, read_row, unsaid_by
from app.interchange.terms import SchoolColumn
from tests.interchange.extracts import SCHOOL, reading, school


def read(**cells: str) -> tuple[SchoolRow, list[str]]:
    """Read a sound row with some cells given, and what was noticed."""
    row = reading(school(**cells))
    found = read_row(row)
    assert isinstance(found, SchoolRow), row.faults
    return found, [problem for _, problem in row.odd]


class TestLostZeros:
    @pytest.mark.parametrize(("said", "code"), [("1", "01"), ("01", "01"), ("28", "28")])
    def test_a_types_code_has_two_digits_again(self, said: str, code: str) -> None:
        assert read(**{"TypeOfEstablishment (code)": said})[0].type_code == code

    @pytest.mark.parametrize(("said", "number"), [("45", "331/0045"), ("2775", "331/2775")])
    def test_an_establishments_number_has_four_digits_again(self, said: str, number: str) -> None:
        assert read(EstablishmentNumber=said)[0].dfe_number == number

    def test_a_uprn_has_twelve_digits_again(self) -> None:
        assert read(UPRN="200163898")[0].uprn == "000200163898"

    @pytest.mark.parametrize("code", ["0", "000", "", "00"])
    def test_noughts_are_no_local_authority(self, code: str) -> None:
        row = reading(school(**{"LA (code)": code}))

        assert read_row(row) == "without a local authority"
        assert not row.faults


class TestElsewhere:
    @pytest.mark.parametrize("code", ["660", "681"])
    def test_wales_is_left_out(self, code: str) -> None:
        assert read_row(reading(school(**{"LA (code)": code}))) == "in Wales"

    @pytest.mark.parametrize("code", ["702", "704", "682"])
    def test_what_is_none_of_englands_codes_is_left_out_by_its_code(self, code: str) -> None:
        row = reading(school(**{"LA (code)": code}))

        assert read_row(row) == f"LA code {code}, which is none of England"

    def test_a_row_that_is_left_out_may_be_damaged_otherwise(self) -> None:
        row = reading(school("damaged", "", **{"LA (code)": "660"}))

        assert read_row(row) == "in Wales"
        assert not row.faults

    @pytest.mark.parametrize("code", ["3311", "33l", "E08000026", "-1", "٣٣١"])
    def test_what_is_no_code_at_all_is_a_fault(self, code: str) -> None:
        row = reading(school(**{"LA (code)": code}))

        assert read_row(row) is None
        assert (row.faults[0].column, row.faults[0].value) == ("LA (code)", code)


class TestFormerAuthorities:
    def test_one_with_one_successor_leads_there_and_its_number_stays(self) -> None:
        found, noticed = read(**{"LA (code)": "825", "EstablishmentNumber": "4001"})

        assert (found.la_code, found.dfe_number, noticed) == ("825", "825/4001", [])

    def test_one_that_was_divided_is_left_to_the_postcode(self) -> None:
        found, noticed = read(**{"LA (code)": "909", "EstablishmentNumber": "4001"})

        assert (found.la_code, found.dfe_number) == (None, "909/4001")
        assert "divided" in noticed[0]


class TestFaults:
    @pytest.mark.parametrize("urn", ["", "10000", "1000011", "10000A", "000001", "100 001"])
    def test_a_urn_that_cannot_be_is_one(self, urn: str) -> None:
        row = reading(school(urn))

        assert read_row(row) is None
        assert (row.faults[0].column, row.faults[0].value) == ("URN", urn)
        assert "six digits" in row.faults[0].problem

    def test_everything_wrong_in_a_row_is_told_at_once(self) -> None:
        row = reading(school("?", "", **{"LA (code)": "x"}))

        read_row(row)

        assert [fault.column for fault in row.faults] == [
            "LA (code)",
            "URN",
            "EstablishmentName",
        ]


class TestTrusts:
    @pytest.mark.parametrize(
        ("flag", "uid"),
        [
            ("Supported by a multi-academy trust", "2044"),
            ("Supported by a single-academy trust", "2044"),
            ("", "2044"),
            ("Supported by a trust", None),
            ("Supported by a foundation trust", None),
        ],
    )
    def test_only_one_that_runs_the_school_is_its_parent(self, flag: str, uid: str | None) -> None:
        named = {"Trusts (code)": "2044", "Trusts (name)": "Anvil Trust"}

        found, _ = read(**named, **{"TrustSchoolFlag (name)": flag})

        assert found.trust_uid == uid


class TestOddities:
    @pytest.mark.parametrize(
        ("cells", "field", "left_out"),
        [
            ({"UKPRN": "1234"}, "ukprn", {"ukprn"}),
            ({"UPRN": "1" * 13}, "uprn", {"uprn"}),
            ({"UPRN": "0"}, "uprn", {"uprn"}),
            ({"OpenDate": "30-02-2001"}, "opened_on", {"opened_on"}),
            ({"CloseDate": "soon"}, "closed_on", {"closed_on"}),
            ({"StatutoryLowAge": "x"}, "low_age", {"low_age"}),
            ({"Postcode": "CV1"}, "postcode", {"postcode"}),
            ({"EstablishmentNumber": "12345"}, "dfe_number", {"dfe-number"}),
            ({"TypeOfEstablishment (code)": "123"}, "type_code", {"type_code"}),
            ({"Trusts (code)": "TR0001"}, "trust_uid", {"trust"}),
            ({"Federations (code)": "none"}, "federation_uid", {"federation"}),
            ({"Easting": "x", "Northing": "1"}, "easting", {"easting", "northing"}),
            ({"Easting": "1", "Northing": "9" * 9}, "northing", {"easting", "northing"}),
            ({"Locality": "x" * 200, "Address3": "y" * 90}, "locality", {"locality"}),
        ],
    )
    def test_they_are_left_out_with_a_notice_and_the_row_is_taken(
        self, cells: dict[str, str], field: str, left_out: set[str]
    ) -> None:
        found, noticed = read(**cells)

        assert getattr(found, field) is None
        assert left_out <= {*found.unsaid}
        assert len(noticed) == 1

    def test_a_school_that_closed_before_it_opened_has_only_closed(self) -> None:
        found, noticed = read(OpenDate="01-09-2012", CloseDate="31-08-2012")

        assert (found.opened_on, str(found.closed_on)) == (None, "2012-08-31")
        assert "opened_on" in found.unsaid
        assert noticed == ["It opened after it closed; left out."]

    def test_ages_the_wrong_way_round_are_both_left_out(self) -> None:
        found, noticed = read(StatutoryLowAge="18", StatutoryHighAge="11")

        assert (found.low_age, found.high_age) == (None, None)
        assert {"low_age", "high_age"} <= {*found.unsaid}
        assert len(noticed) == 1

    @pytest.mark.parametrize(("easting", "northing"), [("433000", ""), ("0", "0"), ("", "279000")])
    def test_half_a_point_is_none(self, easting: str, northing: str) -> None:
        found, _ = read(Easting=easting, Northing=northing)

        assert (found.easting, found.northing) == (None, None)


class TestSound:
    def test_everything_a_wide_row_says_is_taken(self) -> None:
        found, noticed = read(
            OpenDate="01/09/1999",
            Street="1 Forge Lane",
            Locality="Anvil End",
            Address3="Smithy Green",
            Town="Coventry",
            Postcode="cv12wt",
            Easting="433000",
            Northing="279000",
            UKPRN="10012345",
            StatutoryLowAge="3",
            StatutoryHighAge="11",
            **{"Trusts (code)": "2044", "Trusts (name)": "Anvil Trust", "LA (code)": "331"},
        )

        said: dict[str, Any] = {
            "postcode": "CV1 2WT",
            "locality": "Anvil End, Smithy Green",
            "easting": 433000,
            "ukprn": "10012345",
            "high_age": 11,
            "trust_uid": "2044",
            "trust_name": "Anvil Trust",
            "la_code": "331",
            "sort_name": "anvil school",
        }
        assert noticed == []
        assert {field: getattr(found, field) for field in said} == said

    def test_a_needed_column_that_is_empty_says_nothing(self) -> None:
        found, _ = read(**{"EstablishmentStatus (name)": "", "TypeOfEstablishment (code)": ""})

        assert (found.status, found.type_code) == (None, None)
        assert "type_code" in found.unsaid


class TestUnsaidBy:
    def test_a_narrow_file_says_nothing_of_what_it_has_no_column_for(self) -> None:
        unsaid = unsaid_by(understand(list(SCHOOL), SchoolColumn))

        assert "type_code" not in unsaid
        assert {"type_name", "town", "opened_on", "ukprn", "trust", "federation"} <= {*unsaid}

    def test_half_a_point_is_as_good_as_none(self) -> None:
        unsaid = unsaid_by(understand([*SCHOOL, "Easting"], SchoolColumn))

        assert {"easting", "northing"} <= {*unsaid}

    def test_a_full_file_speaks_of_everything(self) -> None:
        assert unsaid_by(understand([column.value for column in SchoolColumn], SchoolColumn)) == []
