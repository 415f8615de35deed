from datetime import date

import pytest

from app.interchange import gias_cells as cells
from app.interchange.gias_cells import SHOWN, NoticeLog, parse_day, refuse_wrong_width
from app.interchange.gias_columns import understand
from app.interchange.terms import SchoolColumn
from app.organisations.terms import IdentifierScheme
from tests.interchange.extracts import SCHOOL, reading


class TestDays:
    @pytest.mark.parametrize(
        ("said", "day"),
        [
            ("31-08-2012", date(2012, 8, 31)),
            ("31/08/2012", date(2012, 8, 31)),
            ("2012-08-31", date(2012, 8, 31)),
            ("1/9/2012", date(2012, 9, 1)),
            ("29-02-2024", date(2024, 2, 29)),
        ],
    )
    def test_days_are_read_in_both_forms_of_gias_and_in_that_of_programs(
        self, said: str, day: date
    ) -> None:
        assert parse_day(said) == day

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ("31-02-2012", "no such day"),
            ("00/01/2012", "no such day"),
            ("2012-13-01", "no such day"),
            ("01-01-0001", "year is not between"),
            ("01-01-0000", "no such day"),
            ("01/01/3012", "year is not between"),
            ("01-09/2012", "No date"),
            ("01/09/12", "No date"),
            ("41153", "No date"),
            ("\u0660\u0661/09/2012", "No date"),
            ("01/09/2012 00:00", "No date"),
        ],
    )
    def test_what_cannot_be_a_day_is_none(self, said: str, wrong: str) -> None:
        with pytest.raises(ValueError, match=wrong):
            parse_day(said)

    def test_one_that_cannot_be_is_left_out_with_a_notice(self) -> None:
        row = reading(SCHOOL | {"OpenDate": "31-02-2012"})

        assert cells.day(row, SchoolColumn.OPENED, "opened_on") is None
        assert row.odd == [(SchoolColumn.OPENED, "There is no such day. Left out.")]
        assert row.unsaid == ["opened_on"]
        assert not row.faults


class TestNames:
    @pytest.mark.parametrize(
        ("said", "problem"),
        [
            ("", "names nobody"),
            (" - ", "names nobody"),
            ("x" * 251, "251 characters"),
            ("CafÃ© School", "garbled"),
        ],
    )
    def test_a_name_that_cannot_be_read_is_a_fault(self, said: str, problem: str) -> None:
        row = reading(SCHOOL | {"EstablishmentName": said})

        cells.name(row, SchoolColumn.NAME)

        assert problem in row.faults[0].problem
        assert row.faults[0].column == "EstablishmentName"
        assert row.faults[0].cure

    def test_a_lost_letter_is_noticed_and_the_name_kept(self) -> None:
        row = reading(SCHOOL | {"EstablishmentName": "St James\N{REPLACEMENT CHARACTER} School"})

        assert cells.name(row, SchoolColumn.NAME).startswith("St James")
        assert not row.faults
        assert row.odd
        assert not row.unsaid

    def test_accents_and_superfluous_spaces_do_no_harm(self) -> None:
        row = reading(SCHOOL | {"EstablishmentName": "  École   Bilingue "})

        assert cells.name(row, SchoolColumn.NAME) == "École Bilingue"
        assert not row.odd


class TestNumbers:
    @pytest.mark.parametrize("said", ["12345678", "1234567", "10012345.0", "N/A", "1001234\uff15"])
    def test_a_damaged_ukprn_is_left_out_with_a_notice(self, said: str) -> None:
        row = reading(SCHOOL | {"UKPRN": said})
        bad = said != "12345678"

        found = cells.number(row, SchoolColumn.UKPRN, IdentifierScheme.UKPRN)

        assert found == (None if bad else said)
        assert bool(row.odd) == bad
        assert row.unsaid == (["ukprn"] if bad else [])

    def test_one_that_does_not_begin_with_1_is_left_out(self) -> None:
        row = reading(SCHOOL | {"UKPRN": "20012345"})

        assert cells.number(row, SchoolColumn.UKPRN, IdentifierScheme.UKPRN) is None
        assert "begins with 1" in row.odd[0][1]

    @pytest.mark.parametrize(
        ("said", "number"), [("3", 3), ("120", 120), ("", None), ("0", 0), ("007", 7)]
    )
    def test_whole_numbers_up_to_a_limit_are_taken(self, said: str, number: int | None) -> None:
        row = reading(SCHOOL | {"StatutoryLowAge": said})

        assert cells.whole(row, SchoolColumn.LOW_AGE, "low_age", 120) == number
        assert not row.odd

    @pytest.mark.parametrize("said", ["121", "-1", "3.0", "three", "9" * 5_000, "³"])
    def test_other_numbers_are_left_out_with_a_notice(self, said: str) -> None:
        row = reading(SCHOOL | {"StatutoryLowAge": said})

        assert cells.whole(row, SchoolColumn.LOW_AGE, "low_age", 120) is None
        assert row.unsaid == ["low_age"]

    def test_a_text_too_long_to_be_true_is_left_out_with_a_notice(self) -> None:
        row = reading(SCHOOL | {"Town": "x" * 251})

        assert cells.text(row, SchoolColumn.TOWN, "town") is None
        assert row.unsaid == ["town"]


class TestNotices:
    def test_they_are_counted_by_column_and_problem_and_the_first_shown(self) -> None:
        log = NoticeLog()
        for number in range(SHOWN + 5):
            row = reading(SCHOOL | {"UKPRN": str(number)})
            cells.number(row, SchoolColumn.UKPRN, IdentifierScheme.UKPRN)
            log.add(row, f"School {number}")

        (notice,) = log.all()

        assert (notice.column, notice.count, len(notice.first)) == ("UKPRN", SHOWN + 5, SHOWN)
        assert (notice.first[0].line, notice.first[0].name, notice.first[0].value) == (
            2,
            "School 0",
            "0",
        )


class TestWidth:
    @pytest.mark.parametrize("row", [["100001", "331"], ["100001"] * 9])
    def test_a_row_of_another_width_is_a_fault(self, row: list[str]) -> None:
        wrong = refuse_wrong_width(7, row, understand(list(SCHOOL), SchoolColumn))

        assert wrong is not None
        assert f"has {len(row)} cells, and there are 5 headings" in wrong.problem
        assert wrong.line == 7

    def test_empty_cells_at_the_end_are_no_fault(self) -> None:
        columns = understand(list(SCHOOL), SchoolColumn)

        assert refuse_wrong_width(7, ["x"] * 5 + ["", " "], columns) is None
