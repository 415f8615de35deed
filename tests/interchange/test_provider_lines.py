from datetime import date

import pytest

from app.interchange.provider_lines import LONGEST, Defaults, ListLine, plain_day, read_line
from app.interchange.schemas import Fault
from app.interchange.schools import Schools
from app.interchange.terms import Column
from app.providers.terms import Scheme

SOUND = {
    Column.NAME: "The Forge",
    Column.LA_CODE: "331",
    Column.LIST_NAME: "AP list",
}

SAID_NOTHING = Defaults()


def line_of(cells: dict[Column, str], defaults: Defaults = SAID_NOTHING) -> ListLine:
    line, faults, _ = read_line(2, SOUND | cells, defaults, Schools())
    assert line is not None, faults
    return line


def faults_of(cells: dict[Column, str], defaults: Defaults = SAID_NOTHING) -> list[Fault]:
    line, faults, _ = read_line(2, SOUND | cells, defaults, Schools())
    assert line is None
    return faults


class TestWhatALineBecomes:
    def test_it_stands_on_the_list_as_the_list_says(self) -> None:
        line = line_of(
            {
                Column.REFERENCE: "17",
                Column.LIST_DATE: "2021-06",
                Column.LISTED_AS: "approved",
                Column.SOURCE_URL: "https://example.org/list",
            }
        )

        assert line.name == "The Forge"
        assert line.known_by.model_dump() == {
            "la_code": "331",
            "list_name": "AP list",
            "list_date": "2021-06",
            "list_reference": "17",
            "listed_as": "approved",
            "source_url": "https://example.org/list",
            "local_result": None,
            "local_result_on": None,
        }

    def test_a_local_result_is_kept_in_the_lists_words_with_its_day(self) -> None:
        cells = {Column.LOCAL_RESULT: "Met, with actions", Column.LOCAL_RESULT_ON: "31/07/2026"}

        known_by = line_of(cells).known_by

        assert (known_by.local_result, known_by.local_result_on) == (
            "Met, with actions",
            date(2026, 7, 31),
        )

    def test_a_local_result_without_a_day_is_remarked_on(self) -> None:
        cells = SOUND | {Column.LOCAL_RESULT: "Approved"}

        line, faults, remarks = read_line(2, cells, SAID_NOTHING, Schools())

        assert line is not None
        assert (line.known_by.local_result, line.known_by.local_result_on) == ("Approved", None)
        assert (faults, [one.text for one in remarks]) == (
            [],
            ["its local result has no day: it is shown, and can carry no listing by transition"],
        )

    def test_other_names_are_trading_names(self) -> None:
        line = line_of({Column.OTHER_NAMES: "Forge Ltd; The Old Forge; Forge Ltd"})

        assert [name.name for name in line.other_names] == ["Forge Ltd", "The Old Forge"]

    def test_numbers_of_other_registers_are_kept_in_their_form(self) -> None:
        line = line_of(
            {
                Column.COMPANY_NUMBER: "1234567",
                Column.CHARITY_NUMBER: "1123456",
                Column.UKPRN: "10012345",
            }
        )

        assert [(each.scheme, each.value) for each in line.identifiers] == [
            (Scheme.COMPANIES_HOUSE, "01234567"),
            (Scheme.CHARITY_COMMISSION, "1123456"),
            (Scheme.UKPRN, "10012345"),
        ]

    def test_what_the_operator_said_holds_where_the_line_is_silent(self) -> None:
        defaults = Defaults("937", "County list", "2020")

        silent = line_of({Column.LA_CODE: "", Column.LIST_NAME: ""}, defaults).known_by
        saying = line_of({Column.LIST_DATE: "2021"}, defaults).known_by

        assert (silent.la_code, silent.list_name, silent.list_date) == (
            "937",
            "County list",
            "2020",
        )
        assert (saying.la_code, saying.list_name, saying.list_date) == ("331", "AP list", "2021")

    def test_a_list_without_a_name_is_called_by_its_web_host(self) -> None:
        line = line_of({Column.LIST_NAME: "", Column.SOURCE_URL: "https://WWW.Example.org/a"})

        assert line.known_by.list_name == "www.example.org"

    @pytest.mark.parametrize(
        ("code", "name", "la_code"),
        [
            ("331", "", "331"),
            ("", "Coventry City Council", "331"),
            ("Bristol", "Bristol, City of", "801"),
            ("E08000026", "Coventry", "331"),
            ("935", "Suffolk", "935"),
            ("929", "", "929"),
        ],
    )
    def test_a_local_authority_is_known_by_code_or_name(
        self, code: str, name: str, la_code: str
    ) -> None:
        line = line_of({Column.LA_CODE: code, Column.LA_NAME: name})

        assert line.known_by.la_code == la_code

    def test_a_missing_age_is_remarked_upon_where_something_is_offered(self) -> None:
        _, _, remarks = read_line(2, SOUND | {Column.OFFERS: "music"}, Defaults(), Schools())

        assert [remark.text for remark in remarks] == [
            "no ages are given: its offers are held as for compulsory school age (5 to 16)"
        ]


class TestFaults:
    @pytest.mark.parametrize(
        ("column", "value", "problem", "cure"),
        [
            (Column.NAME, "", "names no provider", "Give the provider's name"),
            (Column.LOCAL_RESULT_ON, "2026-07", "no whole day", "Write the day as 2026-07-31"),
            (Column.LOCAL_RESULT_ON, "1/7/2001", "too long ago", "Write the day as 2026-07-31"),
            (Column.NAME, "–", "names no provider", "Give the provider's name"),  # noqa: RUF001
            (Column.NAME, "CafÃ©", "garbled", "UTF-8"),
            (Column.NAME, "x" * (LONGEST + 1), "201 characters", "Shorten"),
            (Column.LA_CODE, "", "on whose list", "--la"),
            (Column.LA_CODE, "999", "is no local authority", "present local authority"),
            (Column.LA_CODE, "Camelot", "is no local authority", "present local authority"),
            (Column.LA_CODE, "909", "divided", "present local authority"),
            (
                Column.LA_NAME,
                "Bradford",
                "The code means Coventry and the name Bradford",
                "Correct",
            ),
            (Column.LIST_NAME, "", "which list", "--list"),
            (Column.LIST_DATE, "next week", "no day, month or year", "2026-09"),
            (Column.LIST_DATE, "2026-02-30", "no day, month or year", "2026-09"),
            (Column.SOURCE_URL, "javascript:alert(1)", "not the address", "https://"),
            (Column.SOURCE_URL, "https://[", "not the address", "https://"),
            (Column.POSTCODE, "CV1 2W", "not a full UK postcode", "Correct the postcode"),
            (Column.AGES, "teens", "Nobody can tell", "11-16"),
            (Column.AGES, "16-Nov", "is a date", "spreadsheet"),
            (Column.COMPANY_NUMBER, "12-34", "form of such a number", "eight characters"),
            (Column.CHARITY_NUMBER, "12", "form of such a number", "six or seven digits"),
            (Column.UKPRN, "20012345", "form of such a number", "begins with 1"),
            (Column.URN, "12345", "form of a URN", "six digits"),
            (Column.POSSIBLE_URN, "maybe", "form of a URN", "none"),
        ],
    )
    def test_each_says_where_what_and_how_to_mend_it(
        self, column: Column, value: str, problem: str, cure: str
    ) -> None:
        (fault,) = faults_of({column: value})[:1]

        assert fault.line == 2
        assert problem in fault.problem
        assert cure in fault.cure

    def test_a_divided_authority_names_its_successors(self) -> None:
        (fault,) = faults_of({Column.LA_CODE: "Cumbria"})

        assert "Cumberland" in fault.problem
        assert "Westmorland and Furness" in fault.problem

    def test_everything_wrong_in_a_line_is_said_at_once(self) -> None:
        faults = faults_of({Column.POSTCODE: "x", Column.AGES: "y", Column.UKPRN: "z"})

        assert {fault.column for fault in faults} == {Column.POSTCODE, Column.AGES, Column.UKPRN}


class TestPlainDay:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("2021", "2021"),
            ("2021-06", "2021-06"),
            ("2021-06-30", "2021-06-30"),
            ("30/06/2021", "2021-06-30"),
            ("1/6/2021", "2021-06-01"),
        ],
    )
    def test_a_day_is_as_exact_as_it_was_given(self, text: str, plain: str) -> None:
        assert plain_day(text) == plain

    @pytest.mark.parametrize("text", ["2021-13", "31/02/2021", "June 2021", "21", "0000"])
    def test_anything_else_is_none(self, text: str) -> None:
        with pytest.raises(ValueError, match="no day, month or year"):
            plain_day(text)
