import pytest

from app.interchange.gias_columns import understand
from app.interchange.link_rows import LinkRow, read_row, unsaid_by
from app.interchange.terms import LinkColumn
from tests.interchange.extracts import LINK, link, reading


class TestReadRow:
    def test_a_sound_row_is_taken_whole(self) -> None:
        cells = link(LinkName="Anvil Academy", LinkEstablishedDate="01-09-2012")

        found = read_row(reading(cells, LinkColumn))

        assert isinstance(found, LinkRow)
        assert found[1:5] == ("100001", "100002", "Successor", "Anvil Academy")
        assert str(found.established_on) == "2012-09-01"

    @pytest.mark.parametrize(
        ("cells", "column", "problem"),
        [
            (link(urn="1"), "URN", "six digits"),
            (link(linked="x"), "LinkURN", "six digits"),
            (link(LinkType=""), "LinkType", "does not say what the link is"),
            (link(LinkType="x" * 300), "LinkType", "does not say what the link is"),
            (link("100001", "100001"), "LinkURN", "linked with itself"),
        ],
    )
    def test_what_a_link_cannot_do_without_is_a_fault(
        self, cells: dict[str, str], column: str, problem: str
    ) -> None:
        row = reading(cells, LinkColumn)

        assert read_row(row) is None
        assert row.faults[0].column == column
        assert problem in row.faults[0].problem

    def test_a_damaged_day_is_left_out_with_a_notice(self) -> None:
        row = reading(link(LinkEstablishedDate="00-00-0000"), LinkColumn)

        found = read_row(row)

        assert isinstance(found, LinkRow)
        assert found.established_on is None
        assert found.unsaid == ["established_on"]


class TestUnsaidBy:
    def test_a_narrow_file_says_nothing_of_name_and_day(self) -> None:
        assert unsaid_by(understand(list(LINK), LinkColumn)) == ["linked_name", "established_on"]
