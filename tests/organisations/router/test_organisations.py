"""Organisations over HTTP: looked up by everybody who is signed in, added by administrators."""

import uuid
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest

from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.words import sort_key
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import Member, add_member, add_organisation, insert, sign_in

PATH = "/v1/organisations"
GARAGE = {"kind": "provider-owner", "name": "Example Garage"}


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    """An administrator of a school in Coventry."""
    school = await add_organisation(owner, "Calling School", la_code="331", sort_name="calling")
    return await add_member(owner, school, Role.ADMINISTRATOR)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    """A client signed in as that administrator."""
    return await sign_in(client, owner, administrator)


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["type"].rsplit("/")[-1]) == (status, slug), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return told


async def add_school(owner: asyncpg.Connection, name: str, urn: str, **changes: Any) -> uuid.UUID:
    """Add a school as an import would."""
    added = await add_organisation(
        owner, name, sort_name=sort_key(name), source="gias", la_code="202", **changes
    )
    facts = {"organisation_id": added, "urn": urn, "status": "Open", "town": "London"}
    await insert(owner, "schools", facts)
    for scheme, value in (("urn", urn), ("ukprn", "10012345")):
        row = {"organisation_id": added, "scheme": scheme, "value": value}
        await insert(owner, "organisation_identifiers", row)
    return added


async def names(browser: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await browser.get(PATH, params={"limit": 100, **asked})
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


class TestLooking:
    async def test_a_school_is_shown_with_its_trust_its_numbers_and_what_gias_says(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Anvil Trust", OrganisationKind.TRUST)
        school = await add_school(owner, "Anvil School", "100001", parent_id=trust)

        answer = await browser.get(f"{PATH}/{school}")

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
        assert answer.headers["Cache-Control"] == "no-store"
        assert told["parent"] == {"id": str(trust), "kind": "trust", "name": "Anvil Trust"}
        assert told["local_authority"] == {"code": "202", "name": "Camden"}
        assert told["identifiers"] == [
            {"scheme": "ukprn", "value": "10012345"},
            {"scheme": "urn", "value": "100001"},
        ]
        assert (told["school"]["urn"], told["school"]["town"]) == ("100001", "London")
        assert (told["source"], told["children"], told["introduced_by"]) == ("gias", 0, None)

    async def test_a_trust_says_how_many_belong_to_it(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Anvil Trust", OrganisationKind.TRUST)
        for number in (1, 2):
            await add_school(owner, f"School {number}", f"10000{number}", parent_id=trust)

        told = (await browser.get(f"{PATH}/{trust}")).json()

        assert (told["children"], told["school"], told["local_authority"]) == (2, None, None)
        assert await names(browser, parent=trust) == ["School 1", "School 2"]

    async def test_one_that_is_not_there_and_one_that_may_not_be_seen_are_the_same(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        other = await add_organisation(owner, "Another School")
        garage = await add_organisation(
            owner, "Example Garage", OrganisationKind.PROVIDER_OWNER, introduced_by=other
        )

        unseen = problem(await browser.get(f"{PATH}/{garage}"), 404, "organisation-not-found")
        missing = problem(
            await browser.get(f"{PATH}/{uuid.uuid4()}"), 404, "organisation-not-found"
        )

        assert unseen["detail"] == missing["detail"]

    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_a_stranger_is_told_to_sign_in(
        self, client: httpx.AsyncClient, method: str
    ) -> None:
        problem(await client.request(method, PATH, json=GARAGE), 401, "not-signed-in")

    async def test_a_machine_may_look_and_not_add(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        machine = await add_machine(owner, administrator, "organisations:read")
        headers = bearer(await get_token(client, machine))

        looked = await client.get(PATH, headers=headers, params={"q": "calling"})
        added = await client.post(PATH, headers=headers, json=GARAGE)

        assert [item["name"] for item in looked.json()["items"]] == ["Calling School"]
        problem(added, 403, "not-permitted")

    async def test_a_machine_without_the_scope_may_not_look(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        machine = await add_machine(owner, administrator, "members:read")

        answer = await client.get(PATH, headers=bearer(await get_token(client, machine)))

        problem(answer, 403, "not-permitted")


class TestFinding:
    async def test_parameters_narrow_one_another(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await add_school(owner, "St Mary's School", "100001")
        await add_school(owner, "St Mark's School", "100002")
        await add_organisation(
            owner, "St Mary's Trust", OrganisationKind.TRUST, sort_name="st marys trust"
        )

        assert await names(browser, q="st marys") == ["St Mary's School", "St Mary's Trust"]
        assert await names(browser, q="st mar", kind="school") == [
            "St Mark's School",
            "St Mary's School",
        ]
        assert await names(browser, q="st mar", la="Camden", identifier="urn:100002") == [
            "St Mark's School"
        ]
        assert await names(browser, kind=["trust", "department"]) == [
            "Department for Education",
            "St Mary's Trust",
        ]
        assert await names(browser, identifier="UKPRN: 10012345") == [
            "St Mark's School",
            "St Mary's School",
        ]
        assert await names(browser, kind="local-authority", la="331") == ["Coventry"]
        assert await names(browser, identifier="urn:100003") == []

    async def test_closed_ones_are_told_from_open_ones(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = OrganisationKind.TRUST
        today = await owner.fetchval("SELECT (now() AT TIME ZONE 'Europe/London')::date")
        for name, days in (("Shut", -9), ("Shuts later", 9)):
            day = await owner.fetchval("SELECT $1::date + $2::integer", today, days)
            await add_organisation(owner, name, trust, closed_on=day, sort_name=sort_key(name))
        await add_organisation(owner, "Open", trust, sort_name="open")
        said = await add_school(owner, "Said to be shut", "100001")
        await owner.execute("UPDATE schools SET status = 'Closed' WHERE organisation_id = $1", said)

        kinds = {"kind": ["trust", "school"]}
        assert await names(browser, open=True, **kinds) == ["Calling School", "Open", "Shuts later"]
        assert await names(browser, open=False, **kinds) == ["Said to be shut", "Shut"]
        assert len(await names(browser, **kinds)) == 5

    async def test_every_organisation_is_on_exactly_one_page(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        for number in range(23):
            await add_school(owner, "Same Name", f"1000{number:02}")

        found: list[str] = []
        addresses: list[str | None] = [f"{PATH}?q=same&limit=5"]
        for _ in range(5):
            told = (await browser.get(str(addresses[-1]))).json()
            found += [item["school"]["urn"] for item in told["items"]]
            assert told["links"]["self"] == addresses[-1]
            addresses.append(told["links"]["next"])

        assert addresses[-1] is None
        assert sorted(found) == [f"1000{number:02}" for number in range(23)]

    async def test_a_link_keeps_every_parameter(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        for number in (1, 2):
            await add_school(owner, "Same Name", f"10000{number}")
        asked = f"{PATH}?q=same+name&kind=school&kind=trust&la=Camden&open=true&limit=1"

        told = (await browser.get(asked)).json()

        assert told["links"]["self"] == asked
        assert told["links"]["next"].startswith(f"{asked}&cursor=")
        assert len((await browser.get(told["links"]["next"])).json()["items"]) == 1

    @pytest.mark.parametrize(
        ("asked", "slug", "parameter"),
        [
            ({"identifier": "100001"}, "invalid-request", "identifier"),
            ({"identifier": "urn:1"}, "invalid-request", "identifier"),
            ({"identifier": "isbn:1"}, "invalid-request", "identifier"),
            ({"q": "!!!"}, "invalid-request", "q"),
            ({"cursor": "x"}, "invalid-request", "cursor"),
            ({"cursor": "WyJ4IiwwLCJhIiwiYiJd"}, "invalid-request", "cursor"),
            ({"kind": "prison"}, "invalid-request", "kind"),
            ({"name": "x"}, "invalid-request", "name"),
            ({"limit": "0"}, "invalid-request", "limit"),
            ({"parent": "me"}, "invalid-request", "parent"),
        ],
    )
    async def test_what_cannot_be_asked_is_refused_by_its_parameter(
        self, browser: httpx.AsyncClient, asked: dict[str, str], slug: str, parameter: str
    ) -> None:
        told = problem(await browser.get(PATH, params=asked), 422, slug)

        assert told["errors"][0]["parameter"] == parameter

    async def test_an_authority_nobody_knows_is_refused(self, browser: httpx.AsyncClient) -> None:
        answer = await browser.get(PATH, params={"la": "Camelot"})

        problem(answer, 422, "local-authority-not-known")

    async def test_a_cursor_of_another_search_is_refused(self, browser: httpx.AsyncClient) -> None:
        told = (await browser.get(PATH, params={"limit": 1})).json()
        cursor = urlsplit(told["links"]["next"]).query.split("cursor=")[1]

        answer = await browser.get(PATH, params={"q": "school", "cursor": cursor})

        assert "another search" in problem(answer, 422, "invalid-request")["detail"]
