import re

import httpx
import pytest

from app.db.transactions import Database
from tests.factories.providers import make_provider, put_on_register
from tests.pages.reading import read, tidy
from tests.register.asking import rename


class TestShowSearch:
    async def test_an_empty_register_has_a_page(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/")

        page = read(response.text)
        assert response.status_code == 200
        assert tidy(page.one("h1").text) == "Find non-school alternative provision"
        assert tidy(page.by_id("results").text) == "No providers found"

    async def test_fields_left_empty_are_no_fault(self, client: httpx.AsyncClient) -> None:
        fields = dict.fromkeys(("q", "near", "la", "age", "need", "status"), "")

        response = await client.get("/", params=fields | {"within_miles": "10"})

        assert response.status_code == 200

    async def test_a_search_for_any_status_is_understood(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/", params={"status": "any"})

        assert response.status_code == 200

    async def test_every_fault_comes_back_at_its_field(self, client: httpx.AsyncClient) -> None:
        asked = {"age": "x", "need": "ZZ", "status": "gone", "near": "LS1", "within_miles": "999"}

        response = await client.get("/", params=asked)

        page = read(response.text)
        assert response.status_code == 422
        (summary,) = page.with_class("govuk-error-summary")
        assert tidy(summary.text) == (
            "There is a problem How far away, in miles, must be 100 or less. "
            "Age must be a whole number. Choose a need from the list Choose a status from the list"
        )

    @pytest.mark.parametrize(
        ("asked", "field"),
        [({"near": "nowhere"}, "near"), ({"la": "Atlantis"}, "la"), ({"q": "!!!"}, "q")],
    )
    async def test_what_the_register_refuses_comes_back_at_its_field(
        self, client: httpx.AsyncClient, asked: dict[str, str], field: str
    ) -> None:
        response = await client.get("/", params=asked)

        page = read(response.text)
        assert response.status_code == 422
        assert page.by_id(field)["aria-describedby"].endswith(f"{field}-error")

    async def test_a_spoilt_cursor_leads_back_to_the_first_page(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get("/", params={"q": "forge", "cursor": "x"})

        assert response.status_code == 422
        assert "/?q=forge" in [link["href"] for link in read(response.text).all("a")]


class TestTheOneBox:
    async def test_a_number_that_exists_leads_straight_to_its_record(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Example Forge"))

        found = await client.get("/", params={"q": f" {held.number.lower()} "})
        unknown = await client.get("/", params={"q": "AP000099P"})

        assert (found.status_code, found.headers["location"]) == (303, f"/providers/{held.number}")
        assert unknown.status_code == 200

    @pytest.mark.parametrize(
        ("typed", "place"), [("cv1 2wt", "CV1+2WT"), ("CV1", "CV1"), ("ls14dy", "LS1+4DY")]
    )
    async def test_a_postcode_or_its_first_half_is_searched_near(
        self, client: httpx.AsyncClient, typed: str, place: str
    ) -> None:
        response = await client.get("/", params={"q": typed, "la": "383"})

        assert response.status_code == 303
        assert response.headers["location"] == f"/?near={place}&within_miles=10&la=383"
        assert (await client.get(response.headers["location"])).status_code == 200

    async def test_words_and_towns_are_searched_for(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("Example Forge"))

        for words in ("forge", "coventry"):
            page = read((await client.get("/", params={"q": words})).text)
            assert tidy(page.by_id("results").text) == "1 provider"


class TestFilters:
    async def test_several_of_one_kind_are_kept_in_the_address(
        self, client: httpx.AsyncClient
    ) -> None:
        page = read((await client.get("/?need=SEMH&need=ASD&need=")).text)

        ticked = [each["value"] for each in page.all("input") if "checked" in each.attributes]
        assert sorted(ticked) == ["ASD", "SEMH"]
        assert page.link("Leave out Autism") == "/?need=SEMH"

    async def test_every_filter_narrows_and_says_how_many_each_choice_would_find(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("Example Forge"))
        chosen = {"offer": "blacksmithing", "evidence": "none-held", "age": "12", "sort": "name"}

        found = read((await client.get("/", params=chosen)).text)
        none = read((await client.get("/", params=chosen | {"places": "full"})).text)

        assert tidy(found.by_id("results").text) == "1 provider"
        assert tidy(none.by_id("results").text) == "No providers found"
        texts = [tidy(each.text) for each in found.all("option", "label")]
        assert {"Listed (1)", "Coventry (1)", "No dated evidence (1)", "Full (0)"} <= set(texts)
        assert [each["value"] for each in found.all("input") if each["name"] == "sort"] == ["name"]
        (result,) = found.with_class("app-result")
        assert (result["data-name"], result["data-position"]) == ("Example Forge", "1")
        assert found.by_id("map-heading").text == "On a map"

    async def test_the_register_is_searched_as_it_stood(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        held, _ = await put_on_register(
            database, make_provider("First Example"), make_provider("First Other")
        )
        await rename(database, held, "Second Example")

        page = read((await client.get("/?as_at=2&q=first")).text)
        ahead = await client.get("/?as_at=2999-01-01")

        assert "It is what the register said with entry 2." in page.text
        assert page.link("First Example") == f"/providers/{held.number}?as_at=2"
        assert not [each for each in page.all("input") if each["name"] == "number"]
        assert ahead.status_code == 422
        assert read(ahead.text).by_id("as_at-error").text


class TestShowProvider:
    @pytest.mark.parametrize("number", ["AP000001Z", "AP000001A", "x", "%3Cscript%3E"])
    async def test_one_that_is_not_there_is_a_page_too(
        self, client: httpx.AsyncClient, number: str
    ) -> None:
        response = await client.get(f"/providers/{number}")

        assert response.status_code == 404
        assert tidy(read(response.text).one("h1").text) == "Provider not found"


class TestShowAbout:
    async def test_explains_the_register(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/about")

        assert tidy(read(response.text).one("h1").text) == "About this register"


class TestEveryAddress:
    @pytest.mark.parametrize("address", ["/", "/about", "/nowhere", "/?age=x"])
    async def test_what_a_page_loads_is_there_and_allowed(
        self, client: httpx.AsyncClient, address: str
    ) -> None:
        response = await client.get(address)

        policy = response.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        page = read(response.text)
        loaded = [each["src"] for each in page.all("script")]
        loaded += [each["href"] for each in page.all("link") if each["rel"] != "alternate"]
        for source in loaded:
            if "/vendor/" in source and "?v=" not in source:
                continue  # installed at set-up, and tested in test_assets
            file = await client.get(source)
            assert file.status_code == 200
            assert re.fullmatch(r".*max-age=31536000.*", file.headers["cache-control"])

    async def test_a_file_that_is_not_there_is_told_in_a_line(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get("/static/absent.css")

        assert (response.status_code, response.text) == (404, "There is no file at this address.\n")


class TestForeignParameters:
    async def test_a_mark_that_somebody_added_to_a_link_is_overlooked(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get("/", params={"utm_source": "newsletter"})

        assert response.status_code == 200

    async def test_one_field_given_twice_is_still_refused(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/?q=farm&q=garage")

        assert response.status_code == 422
