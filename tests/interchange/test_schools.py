from pathlib import Path
from typing import Any

import pytest

from app.interchange.csv_files import examine
from app.interchange.errors import ColumnsNotRightError
from app.interchange.schemas import Fault, Remark
from app.interchange.schools import Candidate, Schools, judge, plain_name, read_schools
from tests.interchange.tables import as_csv, schools_file

NO_SCHOOLS = Schools()


@pytest.fixture
def schools(tmp_path: Path) -> Schools:
    path = schools_file(
        tmp_path,
        ("100001", "331", "The Anvil Free School", "Open", "CV1 2WT"),
        ("100002", "331", "Lantern School", "Closed", "CV1 3AA"),
        ("100003", "331", "Beacon Academy", "", "CV2 2BB"),
        ("100004", "331", "Coventry Rivers PRU", "Open, but proposed to close", "CV2 2CC"),
        ("100005", "331", "Saint Bede Centre", "Proposed to open", "CV2 2DD"),
        ("100006", "660", "The Anvil", "Open", "CF1 1AA"),
    )
    return read_schools([examine(path)])


def row(name: str, **what: Any) -> Candidate:
    return Candidate(line=7, name=name, la_code="331", **what)


def refusal(candidate: Candidate, schools: Schools = NO_SCHOOLS) -> Fault:
    fault, remarks = judge(candidate, schools)
    assert fault is not None
    assert remarks == ()
    return fault


def remarks_on(candidate: Candidate, schools: Schools = NO_SCHOOLS) -> tuple[Remark, ...]:
    fault, remarks = judge(candidate, schools)
    assert fault is None
    return remarks


class TestByItsUrn:
    @pytest.mark.parametrize(
        ("provider", "school"),
        [
            ("The Secret Garden", "The Secret Garden"),
            ("The Emscote School", "Emscote School"),
            ("TLG", "TLG Coventry"),
            ("Beacon of Light", "Beacon of Light School"),
            ("The Boxing Academy", "The Boxing Academy AP Free School"),
            ("Saint Bede's Centre Ltd", "St Bedes Centre"),
        ],
    )
    def test_a_school_of_the_providers_name_is_refused_with_its_urn(
        self, provider: str, school: str
    ) -> None:
        fault = refusal(row(provider, possible_urn="137597", possible_name=school))

        assert (fault.line, fault.column, fault.value) == (7, "possible_urn", "137597")
        assert f"URN 137597 ({school})" in fault.problem
        assert "write none in a column urn" in fault.cure

    def test_the_place_in_a_name_does_not_count(self) -> None:
        fault = refusal(
            row("Anvil", place="Foleshill", possible_urn="137597", possible_name="Anvil Foleshill")
        )

        assert "137597" in fault.problem

    def test_a_school_of_another_name_only_prompts_a_remark(self) -> None:
        (remark,) = remarks_on(
            row("Employability Solutions", possible_urn="148175", possible_name="ES School")
        )

        assert "URN 148175 (ES School), whose name is another" in remark.text

    def test_a_urn_said_outright_is_believed(self) -> None:
        assert "carries the URN 100009" in refusal(row("Anvil", urn="100009")).problem

    def test_a_name_is_looked_up_when_the_list_gives_none(self, schools: Schools) -> None:
        fault = refusal(row("Beacon Academy", possible_urn="100003"), schools)

        assert "Beacon Academy" in fault.problem

    def test_a_urn_without_any_name_only_prompts_a_remark(self) -> None:
        (remark,) = remarks_on(row("Anvil", possible_urn="100003"))

        assert "name not given" in remark.text

    def test_a_closed_school_of_the_name_only_prompts_a_remark(self, schools: Schools) -> None:
        (remark,) = remarks_on(row("Lantern", possible_urn="100002"), schools)

        assert "a school that has closed, URN 100002" in remark.text


class TestByGias:
    @pytest.mark.parametrize(
        ("name", "urn"),
        [
            ("Anvil", "100001"),
            ("The Anvil Ltd", "100001"),
            ("Beacon Academy (Coventry)", "100003"),
            ("Rivers", "100004"),
        ],
    )
    def test_an_open_school_of_the_name_in_the_area_is_refused(
        self, schools: Schools, name: str, urn: str
    ) -> None:
        fault = refusal(row(name), schools)

        assert fault.column == "provider_name"
        assert f"URN {urn}" in fault.problem

    @pytest.mark.parametrize("name", ["Lantern", "St Bede Centre", "Beacon Boxing", "Hammer"])
    def test_closed_planned_and_other_schools_are_not(self, schools: Schools, name: str) -> None:
        assert remarks_on(row(name), schools) == ()

    def test_a_school_of_the_name_in_another_area_is_not(self, schools: Schools) -> None:
        elsewhere = Candidate(line=7, name="Anvil", la_code="330")

        assert remarks_on(elsewhere, schools) == ()

    def test_a_like_name_at_the_same_postcode_is_refused(self, schools: Schools) -> None:
        fault = refusal(row("Beacons Academy", postcode="CV2 2BB"), schools)

        assert "URN 100003 (Beacon Academy) at the same postcode" in fault.problem

    def test_another_name_at_the_same_postcode_is_not(self, schools: Schools) -> None:
        assert remarks_on(row("Motor Works", postcode="CV2 2BB"), schools) == ()


class TestByItsCategory:
    @pytest.mark.parametrize(
        "category",
        [
            "PRU",
            "PRU group",
            "Pupil Referral Unit",
            "AP academy",
            "AP free school",
            "LA-commissioned PRU or school-led AP",
            "DfE registered ALP",
            "independent school group",
            "registered independent school",
            "FE college",
            "Further Education",
        ],
    )
    def test_what_the_list_calls_a_school_is_refused(self, category: str) -> None:
        fault = refusal(row("Anvil", listed_as=category))

        assert (fault.column, fault.value) == ("listed_as", category)
        assert "Find its URN in GIAS" in fault.cure

    @pytest.mark.parametrize(
        "category",
        [
            "",
            "unregistered, part-time placement (framework)",
            "non-school AP",
            "not a PRU",
            "commissioned service",
            "AP placement provider",
            "hospital education",
        ],
    )
    def test_what_it_calls_otherwise_is_taken(self, category: str) -> None:
        assert remarks_on(row("Anvil", listed_as=category)) == ()

    @pytest.mark.parametrize(
        "category", ["Ofsted registered (framework)", "school-run brokerage", "school-based AP"]
    )
    def test_a_doubtful_word_only_prompts_a_remark(self, category: str) -> None:
        (remark,) = remarks_on(row("Anvil", listed_as=category))

        assert category in remark.text

    def test_a_short_note_is_read_as_a_category(self) -> None:
        assert refusal(row("Anvil", note="FE college group")).column == "note"

    def test_a_long_note_is_not(self) -> None:
        note = "groups of ten; quality assured by a nearby academy school trust"

        assert remarks_on(row("Anvil", note=note)) == ()

    def test_the_cure_points_at_a_possible_urn(self) -> None:
        fault = refusal(
            row("New Leaf", listed_as="PRU", possible_urn="134523", possible_name="Old Oak Centre")
        )

        assert "Look first at URN 134523" in fault.cure


class TestNone:
    def test_a_person_who_has_looked_settles_it(self, schools: Schools) -> None:
        for column in ("urn", "possible_urn"):
            checked = row("The Anvil", listed_as="PRU", **{column: "None"})

            assert remarks_on(checked, schools) == ()


class TestReadSchools:
    def test_wales_and_rows_without_a_number_are_left_out(self, schools: Schools) -> None:
        assert set(schools.by_urn) == {f"10000{n}" for n in range(1, 6)}

    def test_a_later_file_stands_where_two_have_a_urn(self, tmp_path: Path) -> None:
        files = [
            examine(schools_file(tmp_path, ("100001", "331", name, "Open", ""), name=f"{name}.csv"))
            for name in ("Old", "New")
        ]

        assert read_schools(files).by_urn["100001"].name == "New"

    def test_another_file_is_refused_and_the_missing_columns_named(self, tmp_path: Path) -> None:
        path = tmp_path / "other.csv"
        path.write_text(as_csv(["URN", "Name"], ["1", "x"]))

        with pytest.raises(ColumnsNotRightError, match=r"other\.csv is not a file of schools"):
            read_schools([examine(path)])

    def test_a_short_row_is_passed_over(self, tmp_path: Path) -> None:
        path = schools_file(tmp_path, ("100001",), ("100002", "331", "Anvil", "Open", ""))

        assert set(read_schools([examine(path)]).by_urn) == {"100002"}


class TestPlainName:
    def test_what_many_schools_say_and_places_are_left_out(self) -> None:
        assert plain_name("The Anvil AP Free School, Coventry", ["Coventry"]) == "anvil"

    def test_a_name_of_nothing_else_keeps_its_words(self) -> None:
        assert plain_name("The Free School") == "free school"
