import re

import httpx
import pytest

from tests.pages.reading import read, tidy


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
