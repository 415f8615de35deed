import pytest

from app.pages.public.form_view import Facets, build_errors, build_form
from app.pages.public.search_form import SearchForm
from app.pages.view_models import ErrorLink, SelectField
from tests.pages.problems import make_problem

NO_POSTCODE = "Enter a postcode in England, or the first part of one, like B15 2TT or B15"
AUTHORITIES = (("383", "Leeds"), ("816", "York"))


def _selected(field: SelectField) -> list[str]:
    return [choice.value for choice in field.choices if choice.selected]


class TestBuildForm:
    def test_an_empty_form_selects_the_first_of_each_and_ten_miles(self) -> None:
        form = build_form(SearchForm(), AUTHORITIES)

        assert [_selected(field) for field in (form.la, form.evidence, form.status)] == [[""]] * 3
        assert _selected(form.need) == []
        assert _selected(form.within_miles) == ["10"]
        assert not form.more_open

    def test_what_was_asked_is_shown_again(self) -> None:
        form = build_form(SearchForm("forge", "LS1", "5", "816", "14"), AUTHORITIES)

        assert (form.q.value, form.near.value, form.age.value) == ("forge", "LS1", "14")
        assert (_selected(form.la), _selected(form.within_miles)) == (["816"], ["5"])

    @pytest.mark.parametrize(
        "form", [SearchForm(age="x"), SearchForm(need=("x",)), SearchForm(as_at="x")]
    )
    def test_a_field_in_use_is_not_folded_away(self, form: SearchForm) -> None:
        assert build_form(form, AUTHORITIES).more_open

    def test_choices_say_how_many_they_would_find(self) -> None:
        facets: Facets = {
            "la": [{"value": "383", "name": "Leeds", "count": 1_204}],
            "need": [{"value": "ASD", "count": 9}],
            "key_stage": [{"value": 3, "count": 4}],
            "status": [{"value": "listed", "count": 12}],
        }

        form = build_form(SearchForm(), AUTHORITIES, facets=facets)

        texts = {
            field.name: {choice.value: choice.text for choice in field.choices}
            for field in (form.la, form.need, form.key_stage, form.status, form.places)
        }
        assert texts["la"] == {"": "All of England", "383": "Leeds (1,204)", "816": "York"}
        assert (texts["need"]["ASD"], texts["need"]["HI"]) == (
            "Autism (9)",
            "Deafness or hearing loss (0)",
        )
        assert texts["key_stage"]["3"] == "Key stage 3 (4)"
        assert texts["status"]["listed"] == "Listed (12)"
        assert texts["status"]["any"] == "Any, even removed or closed"
        assert texts["places"]["soon"] == "Places soon"

    def test_a_folded_field_with_a_fault_is_not_folded_away(self) -> None:
        problem = make_problem(faults={"age": "It must be a whole number."})

        assert build_form(SearchForm(), AUTHORITIES, problem).more_open

    def test_a_choice_that_is_not_offered_is_still_shown_as_chosen(self) -> None:
        form = build_form(SearchForm(near="LS1", within_miles="7", need=("ZZ",)), AUTHORITIES)

        assert (_selected(form.within_miles), _selected(form.need)) == (["7"], ["ZZ"])

    def test_the_first_fault_of_a_field_is_shown_at_it(self) -> None:
        problem = make_problem(faults={"need.0": "It must be x.", "need.1": "It must be y."})

        form = build_form(SearchForm(), AUTHORITIES, problem)

        assert form.need.error == "Choose a need from the list"
        assert form.q.error is None


class TestBuildErrors:
    def test_faults_come_in_the_order_of_the_fields_and_lead_to_them(self) -> None:
        faults = {"age": "It must be a whole number.", "near": "LS99 is not held.", "q": "Too odd."}

        assert build_errors(SearchForm(), make_problem(faults=faults)) == (
            ErrorLink("Too odd.", "#q"),
            ErrorLink(
                "Enter a postcode in England, or the first part of one, like B15 2TT or B15",
                "#near",
            ),
            ErrorLink("Age must be a whole number.", "#age"),
        )

    def test_a_spoilt_cursor_leads_to_the_first_page(self) -> None:
        problem = make_problem(faults={"cursor": "This page has gone."})

        (link,) = build_errors(SearchForm("forge", cursor="x"), problem)

        assert link == ErrorLink("This page has gone.", "/?q=forge")

    def test_a_fault_of_no_field_comes_last_and_leads_nowhere(self) -> None:
        faults = {"campaign": "Unknown parameter.", "la": "No."}

        links = build_errors(SearchForm(), make_problem(faults=faults))

        assert [link.href for link in links] == ["#la", None]

    def test_a_refusal_without_faults_says_its_own_words(self) -> None:
        assert build_errors(SearchForm(), make_problem()) == (ErrorLink("It was refused.", None),)
