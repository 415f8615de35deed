"""The pages on which everybody reads what providers are asked."""

from datetime import UTC, date, datetime

import asyncpg
import httpx
import pytest

from app import clock
from app.pages import standards_wording as words
from app.standards.terms import EvidenceKind, Force, Gate, SourceStatus
from app.values.site_kind import StaffSize
from tests.pages.reading import Page, read, tidy
from tests.standards.rows import add_version, follow_working_set

STANDARDS = "/standards"


async def page_at(client: httpx.AsyncClient, address: str, **asked: str) -> Page:
    response = await client.get(address, params=asked)
    assert response.status_code == 200, response.text
    return read(response.text)


class TestTheVersionInForce:
    async def test_is_shown_by_part_and_standard_with_every_criterion(
        self, client: httpx.AsyncClient
    ) -> None:
        page = await page_at(client, STANDARDS)

        assert tidy(page.one("h1").text).startswith("Working set 1")
        assert "In force from 1 September 2025." in page.text
        assert "69 criteria of 21 standards" in page.text
        parts = [tidy(each.text) for each in page.all("h2") if each["id"].startswith("part-")]
        assert parts[0] == "Part 1: Safeguarding and welfare of children"
        assert len(parts) == 4
        standards = [each for each in page.all("h3") if each["id"].startswith("standard-")]
        assert (len(standards), len(page.with_class("app-criterion"))) == (21, 69)

    async def test_each_criterion_says_in_plain_words_what_binds_and_what_shows_it(
        self, client: httpx.AsyncClient
    ) -> None:
        page = await page_at(client, STANDARDS)

        shown = tidy(page.by_id("criterion-2.1g").text)
        assert "2.1g You hold public liability insurance" in shown
        assert "Standard Critical" in shown
        assert "Evidence: public liability insurance and employers' liability insurance." in shown
        assert "What of it is law: Employers' liability insurance" in shown
        assert "Source: Employers' Liability (Compulsory Insurance) Act 1969" in shown
        assert "not in the publication itself" in shown
        assert "It stays current for 2 years." in tidy(page.by_id("criterion-1.5a").text)

    async def test_good_practice_has_no_gate_because_it_never_counts(
        self, client: httpx.AsyncClient
    ) -> None:
        page = await page_at(client, STANDARDS)

        shown = tidy(page.by_id("criterion-1.5b").text)
        assert "Good practice" in shown
        assert not [gate.label for gate in words.GATES.values() if gate.label in shown]

    async def test_the_form_needs_no_script_and_narrows_to_some_provider(
        self, client: httpx.AsyncClient
    ) -> None:
        asked = {"site_kind": "home-visits", "staff_size": "lone"}
        page = await page_at(client, STANDARDS, **asked)

        form = page.one("form")
        assert (form["action"], form["method"]) == (STANDARDS, "get")
        chosen = [each["value"] for each in page.all("option") if "selected" in each.attributes]
        assert chosen == ["home-visits", "lone"]
        assert "asked of such a provider" in page.text
        assert page.link("Show all of them") == STANDARDS
        ids = {each["id"] for each in page.with_class("app-criterion")}
        assert "criterion-2.5b" not in ids
        assert "criterion-1.1a" in ids
        assert page.link("These standards as JSON") == (
            "/v1/standards/working-set-1?site_kind=home-visits&staff_size=lone"
        )

    async def test_fields_left_empty_are_no_fault(self, client: httpx.AsyncClient) -> None:
        page = await page_at(client, STANDARDS, site_kind="", staff_size="")

        assert len(page.with_class("app-criterion")) == 69

    async def test_a_code_nobody_offered_is_refused_as_a_page(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get(STANDARDS, params={"site_kind": "castle"})

        assert response.status_code == 422
        assert tidy(read(response.text).one("h1").text)

    async def test_before_any_is_in_force_the_page_says_so_and_leads_on(
        self, client: httpx.AsyncClient
    ) -> None:
        with clock.at(datetime(2025, 8, 31, 12, tzinfo=UTC)):
            page = await page_at(client, STANDARDS)

        assert tidy(page.one("h1").text) == "No standards are in force today"
        (link,) = [each for each in page.all("a") if "Working set 1" in each.text]
        assert link["href"] == "/standards/working-set-1"


class TestAnotherVersion:
    async def test_has_an_address_of_its_own_and_says_when_it_holds(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await follow_working_set(owner, date(2027, 1, 1))

        page = await page_at(client, f"{STANDARDS}/working-set-1", staff_size="small")

        assert "In force from 1 September 2025 to 31 December 2026." in page.text
        assert page.one("form")["action"] == page.link("Show all of them")
        assert page.link("Example") == "/standards/working-set-2"

    @pytest.mark.parametrize("code", ["elsewhere", "being-drafted"])
    async def test_one_that_is_not_published_is_not_there(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, code: str
    ) -> None:
        await add_version(owner, "being-drafted")

        assert (await client.get(f"{STANDARDS}/{code}")).status_code == 404


class TestWords:
    def test_every_code_has_words(self) -> None:
        assert set(words.FORCES) == set(Force)
        assert set(words.GATES) == set(Gate)
        assert set(words.STAFF_SIZES) == set(StaffSize)
        assert set(words.SOURCE_STATUSES) == set(SourceStatus)
        assert set(words.EVIDENCE_KINDS) == set(EvidenceKind)


@pytest.mark.parametrize("address", ["/", "/about"])
async def test_other_pages_lead_there(client: httpx.AsyncClient, address: str) -> None:
    page = await page_at(client, address)

    assert page.link("What providers are asked") == STANDARDS


class TestOneCriterion:
    async def test_has_an_address_of_its_own_with_force_and_source(
        self, client: httpx.AsyncClient
    ) -> None:
        listed = await page_at(client, STANDARDS)
        address = listed.link("2.1g")

        page = await page_at(client, address)

        assert address == "/standards/working-set-1/criteria/2.1g"
        assert tidy(page.one("h1").text).endswith("Criterion 2.1g")
        shown = tidy(page.one("main").text)
        assert "You hold public liability insurance" in shown
        assert "On whose authority Standard" in shown
        assert "Source Employers' Liability (Compulsory Insurance) Act 1969" in shown
        assert "In force from 1 September 2025" in shown
        back = page.link("See it among the others")
        assert back == "/standards/working-set-1#criterion-2.1g"
        assert "2.1g" in listed.by_id(back.partition("#")[2]).text

    @pytest.mark.parametrize("address", ["working-set-1/criteria/9.9z", "nonsense/criteria/1.1a"])
    async def test_one_there_is_not_is_not_found(
        self, client: httpx.AsyncClient, address: str
    ) -> None:
        assert (await client.get(f"{STANDARDS}/{address}")).status_code == 404
