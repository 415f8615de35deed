import pytest

from app.interchange.errors import ColumnsNotRightError
from app.interchange.provider_columns import Columns, understand
from app.interchange.terms import SYNONYMS, Column

NEEDED = ("provider_name", "la_code", "list_name")


def understood(*headings: str, la_chosen: bool = False, list_named: bool = False) -> Columns:
    return understand(headings, la_chosen=la_chosen, list_named=list_named)


class TestUnderstand:
    def test_columns_come_in_any_order_case_and_spelling(self) -> None:
        columns = understood("List Name", "LA", "Post-Code", "Name of provider")

        assert columns.cells([" AP  list", "331", "CV1 2WT", "DV8"]) == {
            Column.LIST_NAME: "AP list",
            Column.LA_CODE: "331",
            Column.POSTCODE: "CV1 2WT",
            Column.NAME: "DV8",
        }

    @pytest.mark.parametrize(
        ("column", "synonym"),
        [(column, each) for column, many in SYNONYMS.items() for each in many],
    )
    def test_every_synonym_is_understood(self, column: Column, synonym: str) -> None:
        others = [each for each in NEEDED if each != column]

        assert column in understood(synonym.title(), *others).at

    def test_unknown_columns_are_ignored_and_named(self) -> None:
        columns = understood(*NEEDED, "Lucky number", "")

        assert columns.ignored == ("Lucky number",)

    def test_columns_that_are_read_and_not_kept_are_named(self) -> None:
        assert understood(*NEEDED, "Places", "Notes").not_kept == ("Places", "Notes")

    def test_a_missing_name_is_named_with_what_it_may_be_called(self) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understood("la_code", "list_name", "town")

        assert "provider_name (or provider, name, organisation" in refused.value.detail
        assert "“town”" in refused.value.detail

    def test_everything_missing_is_named_at_once(self) -> None:
        with pytest.raises(ColumnsNotRightError) as refused:
            understood("town")

        assert all(option in refused.value.detail for option in ("--la", "--list", "provider_name"))

    def test_what_the_operator_said_need_not_be_a_column(self) -> None:
        assert understood("name", la_chosen=True, list_named=True).width == 1

    def test_a_web_address_stands_in_for_the_name_of_the_list(self) -> None:
        assert Column.SOURCE_URL in understood("name", "la_name", "source_url").at

    def test_two_columns_that_say_the_same_are_refused(self) -> None:
        with pytest.raises(ColumnsNotRightError, match="“name” and “Provider” both say"):
            understood("name", "Provider", "la_code", "list_name")

    def test_a_column_is_called_what_the_file_calls_it(self) -> None:
        columns = understood("Organisation", "la_code", "list_name")

        assert columns.heading(Column.NAME) == "Organisation"
        assert columns.heading("row") == "row"
