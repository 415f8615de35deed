import pytest

from app.interchange.errors import ColumnsNotRightError
from app.interchange.gias_columns import understand
from app.interchange.terms import GroupColumn, LinkColumn, SchoolColumn
from tests.interchange.extracts import GROUP, LINK, SCHOOL


class TestUnderstand:
    def test_columns_are_found_wherever_they_stand(self) -> None:
        found = understand(["Head", *reversed(SCHOOL), "Ward (name)"], SchoolColumn)

        assert found.at[SchoolColumn.URN] == 5
        assert found.at[SchoolColumn.STATUS] == 1
        assert (found.width, len(found.at)) == (7, 5)

    def test_case_spaces_and_punctuation_do_not_count(self) -> None:
        found = understand(["urn", "Link URN", "LINKTYPE"], LinkColumn)

        assert found.at == {LinkColumn.URN: 0, LinkColumn.LINKED_URN: 1, LinkColumn.TYPE: 2}
        assert found.heading(LinkColumn.LINKED_URN) == "Link URN"
        assert found.heading(LinkColumn.LINKED_NAME) == "LinkName"

    def test_every_missing_column_is_named(self) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understand(["URN", "Town"], SchoolColumn)

        assert (
            "lacks needed columns: EstablishmentName; LA (code); TypeOfEstablishment (code) or "
            "TypeOfEstablishment (name); EstablishmentStatus (name). Its columns are “URN”, “Town”."
        ) in refused.value.detail

    @pytest.mark.parametrize("lacking", SCHOOL)
    def test_a_file_without_a_needed_column_is_refused_by_its_name(self, lacking: str) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understand([heading for heading in SCHOOL if heading != lacking], SchoolColumn)

        assert f"lacks a needed column: {lacking}" in refused.value.detail

    def test_the_name_of_a_type_is_as_good_as_its_code(self) -> None:
        headings = [heading.replace("(code)", "(name)") for heading in SCHOOL]
        headings[headings.index("LA (name)")] = "LA (code)"

        assert SchoolColumn.TYPE_NAME in understand(headings, SchoolColumn).at

    def test_a_column_that_stands_there_twice_is_refused(self) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understand([*GROUP, "group-uid"], GroupColumn)

        assert "“Group UID” and “group-uid” (numbers 1 and 4)" in refused.value.detail

    def test_of_many_headings_a_dozen_are_shown(self) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understand([f"Column {number}" for number in range(140)], LinkColumn)

        assert "“Column 11” and 128 more." in refused.value.detail

    def test_headings_of_one_extract_are_not_those_of_another(self) -> None:
        with pytest.raises(ColumnsNotRightError):
            understand(list(LINK), SchoolColumn)
