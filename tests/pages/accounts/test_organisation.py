import asyncpg
import httpx
import pytest

from app.access import Role
from app.organisations.terms import OrganisationKind
from tests.factories.people import add_member, add_organisation, sign_in
from tests.pages.own_pages import open_page
from tests.pages.reading import read, tidy


class TestShowOrganisation:
    async def test_says_what_is_held_of_it_and_what_belongs_to_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        await owner.execute(
            "INSERT INTO organisation_identifiers (organisation_id, scheme, value) "
            "VALUES ($1, 'ukprn', '10012345')",
            trust,
        )
        for name in ("Beech School", "Ash School"):
            await add_organisation(owner, name, parent_id=trust)
        await sign_in(client, owner, await add_member(owner, trust))

        page = await open_page(client, "/organisation")

        assert tidy(page.one("h1").text) == "Example Trust"
        assert "Kind Academy trust" in page.text
        assert "UK provider reference number (UKPRN) 10012345" in page.text
        assert tidy(page.one("caption").text) == "2 organisations belong to Example Trust"
        rows = [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]
        assert rows == ["Ash School", "Beech School"]

    async def test_a_school_names_what_it_belongs_to(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, "Ash School", parent_id=trust, la_code="331")
        await sign_in(client, owner, await add_member(owner, school))

        page = await open_page(client, "/organisation")

        assert "Belongs to Example Trust" in page.text
        assert "Local authority Coventry" in page.text
        assert not page.all("table")

    @pytest.mark.parametrize(
        ("role", "links"),
        [
            (Role.ADMINISTRATOR, ["People", "Machines", "What was done"]),
            (Role.SAFEGUARDING_LEAD, ["People", "What was done"]),
            (Role.ANALYST, ["People"]),
        ],
    )
    async def test_leads_on_to_what_ones_roles_permit(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, role: Role, links: list[str]
    ) -> None:
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner), role))

        page = await open_page(client, "/organisation")

        offered = ["People", "Machines", "What was done"]
        found = [tidy(each.text) for each in page.all("a") if tidy(each.text) in offered]
        assert found == links
        for each in page.all("a"):
            if tidy(each.text) in offered:
                assert (await client.get(each["href"])).status_code == 200

    async def test_many_that_belong_to_it_come_in_pages_without_a_gap(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        for number in range(53):
            await add_organisation(owner, f"School {number:02}", parent_id=trust)
        await sign_in(client, owner, await add_member(owner, trust))

        first = await open_page(client, "/organisation")
        following = next(each["href"] for each in first.all("a") if each["rel"] == "next")
        second = await open_page(client, following)

        rows = [
            tidy(each.text)
            for page in (first, second)
            for each in page.all("th")
            if each["scope"] == "row"
        ]
        assert rows == [f"School {number:02}" for number in range(53)]
        assert second.link("Back to the first page") == "/organisation"

    async def test_whoever_has_not_chosen_is_led_to_choose(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))
        await owner.execute("UPDATE sign_in_sessions SET membership_id = NULL")

        answer = await client.get("/organisation")

        assert answer.headers["location"] == "/account/organisation?return_to=%2Forganisation"


class TestPublicPages:
    @pytest.mark.parametrize("address", ["/", "/about", "/providers/AP000001Z"])
    async def test_are_the_same_bytes_for_whoever_is_signed_in(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, address: str
    ) -> None:
        before = await client.get(address)
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))

        after = await client.get(address)

        assert after.content == before.content
        assert read(after.text).link("Sign in") == "/sign-in"
