import json
import re
from collections import Counter
from importlib import resources
from itertools import pairwise

import pytest

from app.pages.public.search_form import SearchForm
from app.pages.rendering import STATIC
from app.pages.wording import NOT_CLEARANCE, SERVICE_NAME
from app.providers.terms import PUBLIC_STATUSES
from tests.pages.answers import HOSTILE, make_answer, make_item, make_record
from tests.pages.examples import (
    EXAMPLES,
    FAULTS,
    Example,
    provider_example,
    refused_example,
    search_example,
)
from tests.pages.reading import Page, tidy

KNOWN_ADDRESSES = re.compile(
    r"/(account|organisation|applications|listings|provider-records|merges|redactions|records"
    r"|commissioning)($|/|\?)|#|/($|\?)|/sign-in($|/set-up/another\?)|/about($|#)|/providers/[^/]+$"
    r"|/providers/[^/]+/history($|\?)|/providers/[^/]+/inspections/[^/]+$|/v1/providers($|\?|/[^/]+$|/[^/]+/(history|inspections/[^/]+$))"
    r"|/compare($|\?)|/data$|/developers($|/api($|/[a-z0-9-]+(#|$)))|/openapi\.json$|/v1/register($|/download($|\?|/))"
    r"|/standards($|/[a-z0-9-]+($|#|/criteria/[0-9a-z.]+$))|/v1/standards($|/[a-z0-9-]+($|\?))|/v1/(policies|quality-assurance)$"
    r"|/rules($|/[a-z-]+$)|/v1/rules$|https://www\.(legislation\.)?gov\.uk/[\w/-]+$"
    r"|https://www\.nationalarchives\.gov\.uk/doc/open-government-licence/version/3/$"
)


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> Example:
    return EXAMPLES[request.param]


@pytest.fixture
def page(example: Example) -> Page:
    return example.page()


def test_no_page_is_without_an_example() -> None:
    folder = resources.files("app.pages").joinpath("templates")
    pages = {
        each.name
        for each in folder.iterdir()
        if "{% extends 'base.html' %}" in each.read_text(encoding="utf-8")
    }

    assert {example.template for example in EXAMPLES.values()} == pages


class TestEveryPage:
    def test_is_in_english_and_has_one_heading_and_a_title_of_its_own(self, page: Page) -> None:
        assert page.one("html")["lang"] == "en"
        assert tidy(page.one("h1").text)
        title = tidy(page.one("title").text)
        assert title.endswith(SERVICE_NAME)
        assert len(title) > len(SERVICE_NAME)

    def test_headings_never_skip_a_level(self, page: Page) -> None:
        levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]

        after_title = levels[levels.index(1) :]
        assert all(after <= before + 1 for before, after in pairwise(after_title))

    def test_needs_no_exception_to_the_content_security_policy(self, page: Page) -> None:
        assert all(script["src"] and not script.text for script in page.all("script"))
        assert not page.all("style", "iframe", "object", "embed", "base")
        for element in page.elements:
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]

    def test_loads_nothing_from_elsewhere(self, page: Page) -> None:
        loaded = [each["src"] for each in page.all("script", "img")]
        loaded += [each["href"] for each in page.all("link")]
        loaded += [each["action"] for each in page.all("form") if "action" in each.attributes]

        assert loaded
        assert all(re.match(r"/(?!/)", address) for address in loaded)

    def test_every_link_leads_to_an_address_there_is(self, page: Page) -> None:
        for link in page.all("a"):
            assert KNOWN_ADDRESSES.match(link["href"]), link["href"]
            assert tidy(link.text), f"nothing to read on the link to {link['href']}"

    def test_every_field_has_one_label_and_every_label_its_field(self, page: Page) -> None:
        shown = page.all("input", "select", "textarea")
        fields = Counter(each["id"] for each in shown if each["type"] != "hidden")
        labels = Counter(each["for"] for each in page.all("label"))

        assert fields == labels

    def test_ids_are_unique_and_whatever_names_one_finds_it(self, page: Page) -> None:
        ids = [each["id"] for each in page.elements if "id" in each.attributes]
        assert len(set(ids)) == len(ids)

        named = [link["href"][1:] for link in page.all("a") if link["href"].startswith("#")]
        for attribute in ("aria-labelledby", "aria-describedby"):
            named += [name for each in page.elements for name in each[attribute].split()]
        assert set(named) <= set(ids)

    def test_has_its_landmarks_and_a_way_past_the_first(self, page: Page) -> None:
        assert page.one("main")["id"] == "main-content"
        assert page.all("a")[0]["href"] == "#main-content"
        assert "Alpha" in page.one("header").text
        assert SERVICE_NAME in page.one("header").text
        assert "Open Government Licence" in page.one("footer").text

    def test_bears_no_mark_of_the_government(self, page: Page) -> None:
        assert "GOV.UK" not in page.text
        assert not [each for each in page.elements if re.search("crown|crest", each["class"])]

    def test_shows_hostile_words_as_words(self, page: Page) -> None:
        assert not [script for script in page.all("script") if "alert" in script.text]
        assert "&lt;" not in page.text
        assert "&amp;" not in page.text


class TestBase:
    @pytest.mark.parametrize("demonstration", [True, False])
    def test_invented_providers_are_called_invented(self, demonstration: bool) -> None:
        page = provider_example(make_record(), demonstration=demonstration).page()

        shown = (
            "Demonstration data: every provider and every child here is invented"
            in page.one("main").text
        )
        assert shown is demonstration

    def test_keeps_to_the_design_systems_own_document(self) -> None:
        theirs = (
            resources.files("govuk_frontend_jinja")
            .joinpath("templates", "template.html")
            .read_text(encoding="utf-8")
        )
        page = EXAMPLES["about"].page()
        script = (STATIC / "register.js").read_text(encoding="utf-8")

        for tag in ("html", "body", "header", "footer"):
            assert f"govuk-template{'' if tag == 'html' else '__' + tag}" in page.one(tag)["class"]
            assert page.one(tag)["class"] in theirs
        assert page.one("main")["class"].split()[0] in theirs
        set_by_script = re.findall(r"' ?([a-z-]+-(?:enabled|supported))'", theirs)
        assert set_by_script == ["js-enabled", "govuk-frontend-supported"]
        assert all(f'"{name}"' in script for name in set_by_script)


class TestSearch:
    def test_the_form_needs_no_script(self) -> None:
        page = search_example().page()
        form, _ = page.all("form")

        assert (form["action"], form["method"], form["role"]) == ("/", "get", "search")
        assert page.one("button")["type"] == "submit"
        names = list(dict.fromkeys(each["name"] for each in page.all("input", "select")))
        assert names == [
            *("q", "near", "within_miles", "la", "age", "key_stage", "need", "offer", "places"),
            *("status", "evidence", "outcome", "assessed_after", "as_at"),
        ]

    def test_results_can_be_ticked_to_be_compared(self) -> None:
        page = search_example(None, make_answer(make_item(), make_item(number="AP000003Q"))).page()

        (form,) = page.with_class("app-comparing")
        assert (form["action"], form["method"]) == ("/compare", "get")
        ticks = [each["value"] for each in page.all("input") if each["name"] == "number"]
        assert ticks == ["AP000001Z", "AP000003Q"]

    def test_the_map_is_told_where_the_results_are_and_hidden_until_it_is_drawn(self) -> None:
        hidden = make_item(number="AP000003Q")
        hidden["site"]["location"] = None
        page = search_example(None, make_answer(make_item(), hidden)).page()

        (section,) = page.with_class("app-map-section")
        (held,) = page.with_class("app-map")
        assert "hidden" in section.attributes
        assert ["Leeds", 54, -2] in [
            [name, round(latitude), round(longitude)]
            for name, latitude, longitude in json.loads(held["data-areas"])
        ]
        first, second = page.with_class("app-result")
        assert (first["data-latitude"], first["data-name"]) == ("53.79648", "Example Forge")
        assert "data-latitude" not in second.attributes

    def test_without_a_point_there_is_no_map(self) -> None:
        item = make_item()
        item["site"] = None
        page = search_example(None, make_answer(item)).page()

        assert not page.with_class("app-map")
        assert not [each for each in page.all("script") if "map.js" in each["src"]]

    def test_what_was_chosen_can_be_left_out_and_the_order_chosen(self) -> None:
        page = EXAMPLES["search-near"].page()

        assert page.link("Leave out Age 14").startswith("/?q=forge&near=LS1+9ZZ")
        assert "age=14" not in page.link("Leave out Age 14")
        assert page.link("Name").endswith("&sort=name")

    def test_every_local_authority_can_be_chosen(self) -> None:
        page = search_example().page()

        texts = [tidy(each.text) for each in page.all("option")]
        start = texts.index("All of England")
        names = texts[start + 1 : start + 154]
        assert names == sorted(names)
        assert {"Leeds", "York", "Barking and Dagenham"} <= set(names)

    def test_what_was_typed_comes_back_as_typed(self) -> None:
        page = EXAMPLES["search-hostile"].page()

        assert page.by_id("q")["value"] == HOSTILE
        assert page.by_id("near")["value"] == HOSTILE

    def test_a_result_leads_to_its_page_and_shows_its_status(self) -> None:
        page = search_example(None, make_answer(make_item(name=HOSTILE))).page()

        assert page.link(tidy(HOSTILE)) == "/providers/AP000001Z"
        (tag,) = page.with_class("app-status-tag")
        assert tidy(tag.text) == "Listed"

    def test_corrections_places_and_a_moved_register_are_told(self) -> None:
        answer = make_answer(
            make_item(),
            corrections={"forj": "forge"},
            near={"label": "LS1 (approximate)", "precision": "postcode-district"},
        )
        answer["register"]["moved_since_first_page"] = True

        text = search_example(SearchForm("forj", "LS1 9ZZ", "5", cursor="x"), answer).page().text

        assert "Showing results for forge. The register does not hold the word “forj”." in text
        assert (
            "We do not hold the postcode LS1 9ZZ, so distances are measured from the middle of LS1."
        ) in text
        assert "The register has changed since the first page of this search." in text

    def test_the_next_page_is_offered_without_numbers(self) -> None:
        page = EXAMPLES["search-near"].page()

        (pagination,) = page.with_class("govuk-pagination")
        assert re.findall(r"\w+ page", tidy(pagination.text)) == ["First page", "Next page"]
        assert page.link("Next page").endswith("&cursor=there")

    def test_the_last_of_several_pages_leads_back_to_the_first(self) -> None:
        page = search_example(SearchForm("forge", cursor="x")).page()

        assert page.link("Back to the first page") == "/?q=forge"

    def test_finding_nothing_helps_on_and_accuses_nobody(self) -> None:
        page = EXAMPLES["search-nothing"].page()

        assert tidy(page.by_id("results").text) == "No providers found"
        assert page.link("See every provider on the register") == "/"
        assert "That alone does not make it unsafe or unlawful" in page.text


class TestRefusedSearch:
    def test_the_summary_comes_first_and_leads_to_each_field(self) -> None:
        page = refused_example(FAULTS, SearchForm("forge", age="x")).page()

        (summary,) = page.with_class("govuk-error-summary")
        assert page.elements.index(summary) < page.elements.index(page.one("h1"))
        assert tidy(page.one("title").text).startswith("Error: ")
        offered = [each for each in page.all("a") if tidy(each.text) in tidy(summary.text)]
        fields = ["#q", "#near", "#within_miles", "#la", "#age", "#need", "#status"]
        assert [each["href"] for each in offered if each["href"].startswith("#")] == fields

    @pytest.mark.parametrize("name", ["q", "near", "within_miles", "la", "age", "need", "status"])
    def test_each_field_is_described_by_its_own_fault(self, name: str) -> None:
        page = refused_example(FAULTS, SearchForm("forge", age="x")).page()

        holders = [page.by_id(name), *page.all("fieldset")]
        described = [each for holder in holders for each in holder["aria-describedby"].split()]
        assert f"{name}-error" in described
        assert tidy(page.by_id(f"{name}-error").text).startswith("Error:")

    def test_the_folded_fields_are_open_when_one_is_to_be_mended(self) -> None:
        page = refused_example({"age": "It must be 2 or more."}, SearchForm(age="1")).page()

        assert "open" in page.one("details").attributes


class TestProvider:
    @pytest.mark.parametrize("code", sorted(PUBLIC_STATUSES))
    def test_every_status_comes_with_what_it_does_not_mean(self, code: str) -> None:
        record = make_record(status={"code": code, "since": "2026-03-03"})

        page = provider_example(record).page()

        assert "since 3 March 2026" in page.text
        assert NOT_CLEARANCE in page.text

    def test_offers_are_a_table_with_named_columns_and_rows(self) -> None:
        page = provider_example(make_record()).page()

        columns = [tidy(each.text) for each in page.all("th") if each["scope"] == "col"]
        rows = [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]
        assert columns == [
            *("Programme", "Ages", "Needs supported", "When", "Group"),
            *("Price for one pupil", "Places"),
        ]
        assert rows == ["Blacksmithing"]
        assert tidy(page.one("caption").text) == "What is offered at Main site"

    def test_the_record_is_there_as_json(self) -> None:
        page = provider_example(make_record()).page()

        alternate = next(each for each in page.all("link") if each["rel"] == "alternate")
        assert alternate["href"] == page.link("This record as JSON") == "/v1/providers/AP000001Z"

    def test_a_closed_site_says_so_in_its_heading(self) -> None:
        page = EXAMPLES["provider-hostile"].page()

        assert [tidy(each.text) for each in page.all("h3")][-1] == "Main site (closed)"

    def test_a_provider_without_sites_says_so(self) -> None:
        assert (
            "The register holds no site for this provider." in EXAMPLES["provider-bare"].page().text
        )


class TestAbout:
    def test_keeps_the_three_kinds_apart(self) -> None:
        text = EXAMPLES["about"].page().text

        assert "non-school alternative provision" in text
        assert "older name, unregistered alternative provision" in text
        assert "not the same as a place that ought to be registered as a school" in text

    def test_says_what_to_do_for_a_child_in_danger(self) -> None:
        assert "call 999" in EXAMPLES["about"].page().text
