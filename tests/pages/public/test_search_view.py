from typing import Any

import pytest

from app.pages.public.search_form import SearchForm
from app.pages.public.search_models import CorrectionView, NearView, SearchView
from app.pages.public.search_view import build_refused_search, build_search
from tests.pages.answers import make_answer, make_item
from tests.pages.problems import make_problem

AUTHORITIES = (("383", "Leeds"),)
POSTCODE = {"label": "LS1 4DY", "precision": "postcode"}
DISTRICT = {"label": "LS1 (approximate)", "precision": "postcode-district"}
AREA = {"label": "LS (approximate)", "precision": "postcode-area"}


def _build(form: SearchForm, answer: dict[str, Any]) -> SearchView:
    return build_search(form, answer, authorities=AUTHORITIES, demonstration=True)


class TestBuildSearch:
    @pytest.mark.parametrize(
        ("total", "heading"), [(1, "1 provider"), (5012, "5,012 providers"), (None, "Providers")]
    )
    def test_says_how_many_there_are_when_that_is_known(
        self, total: int | None, heading: str
    ) -> None:
        assert _build(SearchForm(), make_answer(make_item(), total=total)).heading == heading

    def test_the_tab_tells_two_searches_apart(self) -> None:
        answer = make_answer(make_item())

        assert _build(SearchForm(), answer).title == "Find a provider"
        assert _build(SearchForm("forge"), answer).title == "forge: 1 provider"
        assert (
            _build(SearchForm("forge", "LS1", "10", cursor="x"), answer).title
            == "forge, near LS1: 1 provider, further page"
        )

    def test_the_next_page_is_the_same_search_from_the_cursor(self) -> None:
        links = {"self": "", "next": "/v1/providers?q=forge&cursor=abc%3D&include=total"}

        view = _build(SearchForm("forge", cursor="before"), make_answer(make_item(), links=links))

        assert view.next_url == "/?q=forge&cursor=abc%3D"
        assert view.first_url == "/?q=forge"

    def test_the_only_page_leads_nowhere(self) -> None:
        view = _build(SearchForm("forge"), make_answer(make_item()))

        assert (view.next_url, view.first_url) == (None, None)

    def test_the_same_facts_are_linked_as_json(self) -> None:
        form = SearchForm("forge", "LS1", "5")

        view = _build(form, make_answer())

        assert view.frame.json_url == "/v1/providers?q=forge&near=LS1&within_miles=5"

    def test_corrections_and_a_moved_register_are_told(self) -> None:
        answer = make_answer(make_item(), corrections={"forj": "forge"})
        answer["register"] |= {"entry": 9, "moved_since_first_page": True}

        view = _build(SearchForm("forj", cursor="x"), answer)

        assert view.corrections == (CorrectionView("forj", "forge"),)
        assert view.moved
        assert view.register_note == (
            "The register as it stood at entry 9, recorded on 23 November 2026 at 11:15pm."
        )

    @pytest.mark.parametrize(
        ("typed", "near", "view"),
        [
            ("ls1 4dy", POSTCODE, NearView("LS1 4DY", None, None)),
            ("LS1-4DY", POSTCODE, NearView("LS1 4DY", None, None)),
            ("LS1 9ZZ", DISTRICT, NearView("LS1", "a few miles", "LS1 9ZZ")),
            ("ls1", DISTRICT, NearView("LS1", "a few miles", None)),
            ("LS1 9ZZ", AREA, NearView("LS", "many miles", "LS1 9ZZ")),
        ],
    )
    def test_says_when_distances_are_approximate(
        self, typed: str, near: dict[str, str], view: NearView
    ) -> None:
        form = SearchForm(near=typed, within_miles="10")

        assert _build(form, make_answer(make_item(), near=near)).near == view

    def test_an_empty_register_is_told_as_such(self) -> None:
        register = {"entry": 0, "recorded_at": None, "moved_since_first_page": False}

        view = _build(SearchForm(), make_answer(register=register))

        assert view.register_note == "Nothing has been entered in the register."
        assert view.suggestions == ()


class TestSuggestions:
    def test_each_offers_the_search_that_it_speaks_of(self) -> None:
        form = SearchForm("forge", "LS1", "10", "383", "14", ("SEMH",))

        found = {each.text: each.href for each in _build(form, make_answer()).suggestions}

        assert found == {
            "Look within 15 miles": ("/?q=forge&near=LS1&within_miles=15&la=383&age=14&need=SEMH"),
            "Look for any age and need": "/?q=forge&near=LS1&within_miles=10&la=383",
            "Look in all of England": "/?q=forge&near=LS1&within_miles=10&age=14&need=SEMH",
            "Use fewer words, or check how they are spelt": None,
            "Include providers that were removed or have closed": (
                "/?q=forge&near=LS1&within_miles=10&la=383&age=14&need=SEMH&status=any"
            ),
            "See every provider on the register": "/",
        }

    def test_nothing_wider_is_offered_than_the_page_can_search(self) -> None:
        form = SearchForm(near="LS1", within_miles="50", status="any")

        texts = [each.text for each in _build(form, make_answer()).suggestions]

        assert texts == ["See every provider on the register"]

    def test_a_page_after_the_last_leads_back(self) -> None:
        (only,) = _build(SearchForm("forge", cursor="x"), make_answer()).suggestions

        assert only.href == "/?q=forge"

    def test_there_are_none_when_something_was_found(self) -> None:
        assert _build(SearchForm("forge"), make_answer(make_item())).suggestions == ()


class TestBuildRefusedSearch:
    def test_keeps_what_was_typed_and_says_what_to_mend(self) -> None:
        problem = make_problem(faults={"age": "It must be 2 or more."})

        view = build_refused_search(
            SearchForm("forge", age="1"), problem, authorities=AUTHORITIES, demonstration=False
        )

        assert view.title == "Error: Find a provider"
        assert view.form.q.value == "forge"
        assert view.form.age.error == "Age must be 2 or more."
        assert [error.href for error in view.errors] == ["#age"]
        assert view.heading is None
