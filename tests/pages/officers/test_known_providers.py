from datetime import date

import asyncpg
import httpx
import pytest

from app.access import Role
from app.db.transactions import Database
from app.organisations.terms import OrganisationKind
from app.providers.schemas.known_providers import CAUTION
from tests.factories.people import add_member, add_organisation, sign_in
from tests.factories.providers import make_known_by, make_provider, put_on_register, record
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.reading import tidy

PAGE = "/known-providers"
JULY = date(2026, 7, 31)


@pytest.fixture
async def browser(client: httpx.AsyncClient, owner: asyncpg.Connection) -> httpx.AsyncClient:
    """A browser of somebody who places a school's children."""
    school = await add_organisation(owner, "Ash School")
    return await sign_in(client, owner, await add_member(owner, school, Role.COMMISSIONER))


class TestShowKnownProviders:
    async def test_a_result_is_shown_with_its_day_and_whose_it_is_under_a_caution(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        line = make_known_by(local_result="Approved", local_result_on=JULY, list_date="2026-08")
        (known,) = await record(database, make_provider("Forge", known_by=(line,)))

        page = await open_page(browser, PAGE)

        assert CAUTION in page.text
        assert "Coventry: Approved, checked on 31 July 2026" in page.text
        assert f"Forge {known.number} Not on the register" in tidy(page.text)
        assert "Example list of providers, 2026-08" in page.text

    async def test_a_line_without_a_result_or_day_says_so(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        lines = (make_known_by(local_result="Approved"), make_known_by("937"))
        await record(database, make_provider("Forge", known_by=lines))

        page = await open_page(browser, PAGE)

        assert "Coventry: Approved, the list does not say when" in page.text
        assert "Warwickshire: No result is given" in page.text

    async def test_a_listed_provider_leads_to_its_public_record(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        (held,) = await put_on_register(
            database, make_provider("Forge", known_by=(make_known_by(),))
        )

        page = await open_page(browser, PAGE)

        assert "On the register: Listed" in page.text
        assert [each["href"] for each in page.all("a") if each.text == "Forge"] == [
            f"/providers/{held.number}"
        ]

    async def test_the_form_narrows_the_list_and_keeps_what_was_typed(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        await record(
            database,
            make_provider("Forge", known_by=(make_known_by(),)),
            make_provider("Kiln", known_by=(make_known_by(),)),
        )

        page = await open_page(browser, f"{PAGE}?q=kil&la=331&checked_since=&mark=1")

        rows = [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]
        assert [row.split()[0] for row in rows] == ["Kiln"]
        fields = {each["name"]: each["value"] for each in page.all("input")}
        assert fields["q"] == "kil"

    async def test_further_pages_keep_to_what_was_asked(
        self, browser: httpx.AsyncClient, database: Database
    ) -> None:
        many = [make_provider(f"Forge {n:02}", known_by=(make_known_by(),)) for n in range(26)]
        await record(database, *many)

        first = await open_page(browser, f"{PAGE}?q=forge")
        (onward,) = [each["href"] for each in first.all("a") if "cursor=" in each["href"]]
        second = await open_page(browser, onward)

        rows = [tidy(each.text) for each in second.all("th") if each["scope"] == "row"]
        assert [row[:8] for row in rows] == ["Forge 25"]
        assert f"{PAGE}?q=forge" in [each["href"] for each in second.all("a")]

    async def test_nothing_found_is_said(self, browser: httpx.AsyncClient) -> None:
        page = await open_page(browser, f"{PAGE}?q=nobody")

        assert "s list names a provider that fits this." in page.text
        assert not page.all("table")

    async def test_a_day_that_is_none_is_told_at_its_field(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = shown(await browser.get(f"{PAGE}?checked_since=June"), 422)

        assert len(problems_told(page)) == 1
        assert not page.all("table")


class TestWhoseItIs:
    @pytest.mark.parametrize("kind", [OrganisationKind.PROVIDER_OWNER, OrganisationKind.QA_BODY])
    async def test_others_are_told_that_it_is_for_commissioners(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        database: Database,
        kind: OrganisationKind,
    ) -> None:
        await record(database, make_provider("Forge", known_by=(make_known_by(),)))
        body = await add_organisation(owner, "Example Body", kind)
        await sign_in(client, owner, await add_member(owner, body))

        answer = await client.get(PAGE)
        organisation = await open_page(client, "/organisation")

        assert answer.status_code == 403
        assert "You act for Example Body." in answer.text
        assert "Forge" not in answer.text
        assert PAGE not in [each["href"] for each in organisation.all("a")]

    async def test_a_commissioners_organisation_leads_to_it(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = await open_page(browser, "/organisation")

        assert PAGE in [each["href"] for each in page.all("a")]

    async def test_who_is_not_signed_in_is_asked_to(self, client: httpx.AsyncClient) -> None:
        answer = await client.get(PAGE, headers={"Accept": "text/html"})

        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/sign-in")
