import pytest

from app.interchange.gias_columns import understand
from app.interchange.group_rows import GroupRow, read_row, unsaid_by
from app.interchange.terms import GroupColumn
from tests.interchange.extracts import GROUP, group, reading


def read(**cells: str) -> tuple[GroupRow, list[str]]:
    """Read a sound row with some cells given, and what was noticed."""
    row = reading(group(**cells), GroupColumn)
    found = read_row(row)
    assert isinstance(found, GroupRow), row.faults
    return found, [problem for _, problem in row.odd]


class TestKinds:
    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("01", "federation"),
            ("1", "federation"),
            ("06", "trust"),
            ("10", "trust"),
            ("11", "trust"),
        ],
    )
    def test_trusts_and_federations_are_kept(self, code: str, kind: str) -> None:
        assert read(**{"Group Type (code)": code})[0].kind == kind

    @pytest.mark.parametrize(
        ("called", "kind"),
        [("Multi-academy trust", "trust"), ("FEDERATION", "federation")],
    )
    def test_a_type_is_known_by_its_name_where_there_is_no_code(
        self, called: str, kind: str
    ) -> None:
        row = reading(
            {"Group UID": "2044", "Group Name": "Anvil", "Group Type": called}, GroupColumn
        )

        found = read_row(row)

        assert isinstance(found, GroupRow)
        assert found.kind == kind

    @pytest.mark.parametrize(
        ("code", "called", "reason"),
        [
            ("02", "Trust", "Trust"),
            ("05", "School sponsor", "School sponsor"),
            ("08", "Children's Centres Group", "Children's Centres Group"),
            ("07", "Umbrella trust", "Umbrella trust"),
            ("77", "", "type 77"),
            ("", "Umbrella trust", "Umbrella trust"),
        ],
    )
    def test_other_groups_are_left_out_by_their_type(
        self, code: str, called: str, reason: str
    ) -> None:
        cells = group("damaged", "", **{"Group Type (code)": code, "Group Type": called})
        row = reading(cells, GroupColumn)

        assert read_row(row) == reason
        assert not row.faults

    def test_a_row_without_a_type_is_a_fault(self) -> None:
        row = reading(group(**{"Group Type (code)": ""}), GroupColumn)

        assert read_row(row) is None
        assert row.faults[0].column == "Group Type (code)"


class TestCells:
    @pytest.mark.parametrize("uid", ["", "TR2044", "0", "20 44"])
    def test_a_uid_that_cannot_be_is_a_fault(self, uid: str) -> None:
        row = reading(group(uid), GroupColumn)

        assert read_row(row) is None
        assert (row.faults[0].column, row.faults[0].value) == ("Group UID", uid)

    @pytest.mark.parametrize(
        ("said", "number"), [("7654321", "07654321"), ("07654321", "07654321"), ("", None)]
    )
    def test_a_company_number_has_eight_digits_again(self, said: str, number: str | None) -> None:
        assert read(**{"Companies House Number": said})[0].companies_house == number

    def test_a_damaged_company_number_is_left_out_with_a_notice(self) -> None:
        found, noticed = read(**{"Companies House Number": "see website"})

        assert found.companies_house is None
        assert "companies-house" in found.unsaid
        assert len(noticed) == 1

    @pytest.mark.parametrize(
        "cells",
        [{"Open date": "01/09/2012"}, {"Incorporated on (open date)": "01/09/2012"}],
    )
    def test_a_company_opens_when_it_is_incorporated(self, cells: dict[str, str]) -> None:
        assert str(read(**cells)[0].opened_on) == "2012-09-01"

    def test_one_that_closed_before_it_opened_has_only_closed(self) -> None:
        found, noticed = read(**{"Open date": "01/01/1902", "Closed Date": "01/01/1900"})

        assert (found.opened_on, str(found.closed_on)) == (None, "1900-01-01")
        assert noticed == ["It opened after it closed; left out."]

    def test_one_that_closed_on_no_day_is_noticed(self) -> None:
        found, noticed = read(**{"Group Status": "Closed"})

        assert found.closed_on is None
        assert "no day is given" in noticed[0]


class TestUnsaidBy:
    def test_a_narrow_file_says_nothing_of_what_it_has_no_column_for(self) -> None:
        assert unsaid_by(understand(list(GROUP), GroupColumn)) == [
            "closed_on",
            "gias-group-id",
            "companies-house",
            "ukprn",
            "opened_on",
        ]

    def test_either_column_says_when_a_group_opened(self) -> None:
        for column in (GroupColumn.OPENED, GroupColumn.INCORPORATED):
            unsaid = unsaid_by(understand([*GROUP, column.value], GroupColumn))
            assert "opened_on" not in unsaid
