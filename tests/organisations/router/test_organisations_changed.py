"""Organisations added over HTTP, and corrected by whoever added them."""

import uuid
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from tests.factories.people import Member, add_member, add_organisation, sign_in

PATH = "/v1/organisations"
COVENTRY = fact_id(OrganisationKind.LOCAL_AUTHORITY, "331")
GARAGE = {"kind": "provider-owner", "name": "Example Garage"}
TEAM = {"kind": "local-authority-team", "name": "Example Inclusion Team"}


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


async def names(browser: httpx.AsyncClient, **asked: Any) -> list[str]:
    answer = await browser.get(PATH, params={"limit": 100, **asked})
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


class TestAdding:
    async def test_a_providers_owner_belongs_to_nobody_and_is_introduced_by_the_caller(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        answer = await browser.post(PATH, json=GARAGE)

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.headers["Location"] == f"{PATH}/{told['id']}"
        assert told["introduced_by"] == str(administrator.organisation_id)
        assert (told["parent"], told["source"]) == (None, "people")
        assert await names(browser, q="example garage") == ["Example Garage"]
        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'organisation.added'")
        assert act is not None
        assert (act["actor_id"], act["subject_id"]) == (administrator.person_id, told["id"])

    async def test_a_team_belongs_to_the_callers_own_authority(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        browser = await sign_in(
            client, owner, await add_member(owner, COVENTRY, Role.ADMINISTRATOR)
        )

        told = (await browser.post(PATH, json=TEAM)).json()

        assert told["parent"]["id"] == str(COVENTRY)
        assert told["local_authority"] == {"code": "331", "name": "Coventry"}
        assert (await browser.get(f"{PATH}/{COVENTRY}")).json()["children"] == 1

    async def test_a_school_has_no_teams(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        told = problem(await browser.post(PATH, json=TEAM), 403, "teams-are-of-authorities")

        assert "Calling School" in told["detail"]
        assert await owner.fetchval("SELECT count(*) FROM organisations WHERE name ~ 'Team'") == 0

    async def test_the_same_key_adds_it_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        headers = {"Idempotency-Key": "garage-1"}

        first = await browser.post(PATH, json=GARAGE, headers=headers)
        second = await browser.post(PATH, json=GARAGE, headers=headers)
        other = await browser.post(PATH, json=GARAGE | {"name": "Other"}, headers=headers)

        assert (second.status_code, second.json()) == (201, first.json())
        problem(other, 422, "idempotency-key-reused")
        held = "SELECT count(*) FROM organisations WHERE name ~ 'Garage'"
        assert await owner.fetchval(held) == 1

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            (GARAGE | {"kind": "school"}, "/kind"),
            (GARAGE | {"kind": "department"}, "/kind"),
            (GARAGE | {"name": " "}, "/name"),
            (GARAGE | {"name": "---"}, "/name"),
            (GARAGE | {"name": "x" * 201}, "/name"),
            (GARAGE | {"name": "a\0b"}, "/name"),
            (GARAGE | {"introduced_by": str(uuid.UUID(int=1))}, "/introduced_by"),
        ],
    )
    async def test_what_cannot_be_added_is_refused_where_it_is_wrong(
        self, browser: httpx.AsyncClient, body: dict[str, str], pointer: str
    ) -> None:
        told = problem(await browser.post(PATH, json=body), 422, "invalid-request")

        assert told["errors"][0]["pointer"] == pointer

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    async def test_others_than_administrators_may_not(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        role: Role,
    ) -> None:
        browser = await sign_in(
            client, owner, await add_member(owner, administrator.organisation_id, role)
        )

        problem(await browser.post(PATH, json=GARAGE), 403, "not-permitted")
        problem(await browser.patch(f"{PATH}/{COVENTRY}", json={"name": "X"}), 403, "not-permitted")


class TestChanging:
    async def test_who_introduced_it_may_rename_it_and_say_when_it_closed(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        added = await browser.post(PATH, json=GARAGE)
        address, tag = added.headers["Location"], added.headers["ETag"]

        renamed = await browser.patch(
            address, json={"name": "École Garage"}, headers={"If-Match": tag}
        )
        closed = await browser.patch(
            address, json={"closed_on": "2026-08-31"}, headers={"If-Match": renamed.headers["ETag"]}
        )
        reopened = await browser.patch(
            address, json={"closed_on": None}, headers={"If-Match": closed.headers["ETag"]}
        )

        assert (renamed.json()["name"], renamed.headers["ETag"]) == ("École Garage", '"2"')
        assert (closed.json()["closed_on"], closed.json()["name"]) == ("2026-08-31", "École Garage")
        assert (reopened.json()["closed_on"], reopened.headers["ETag"]) == (None, '"4"')
        assert await names(browser, q="ecole") == ["École Garage"]
        acts = await owner.fetch(
            "SELECT before::text, after::text FROM audit_entries "
            "WHERE act = 'organisation.changed' ORDER BY recorded_at"
        )
        assert len(acts) == 3
        assert "Example Garage" in acts[0]["before"]
        assert "name" not in acts[1]["after"]

    async def test_its_own_administrators_may(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        garage = uuid.UUID((await browser.post(PATH, json=GARAGE)).json()["id"])
        itself = await sign_in(browser, owner, await add_member(owner, garage, Role.ADMINISTRATOR))

        answer = await itself.patch(
            f"{PATH}/{garage}", json={"name": "New Garage"}, headers={"If-Match": '"1"'}
        )

        assert (answer.status_code, answer.json()["name"]) == (200, "New Garage")

    async def test_a_stale_version_is_refused(self, browser: httpx.AsyncClient) -> None:
        address = (await browser.post(PATH, json=GARAGE)).headers["Location"]
        await browser.patch(address, json={"name": "First"}, headers={"If-Match": '"1"'})

        late = await browser.patch(address, json={"name": "Late"}, headers={"If-Match": '"1"'})

        problem(late, 412, "changed-meanwhile")
        assert (await browser.get(address)).json()["name"] == "First"

    async def test_a_version_must_be_named(self, browser: httpx.AsyncClient) -> None:
        address = (await browser.post(PATH, json=GARAGE)).headers["Location"]

        problem(await browser.patch(address, json={"name": "X"}), 428, "version-needed")

    @pytest.mark.parametrize(
        ("source", "where"), [("gias", "Get Information about Schools"), ("operator", "whoever")]
    )
    async def test_what_comes_from_elsewhere_is_corrected_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, source: str, where: str
    ) -> None:
        added = await add_organisation(owner, "Anvil School", source=source)

        answer = await browser.patch(
            f"{PATH}/{added}", json={"name": "X"}, headers={"If-Match": '"1"'}
        )

        assert where in problem(answer, 403, "organisation-not-yours")["detail"]

    async def test_an_authority_is_corrected_by_a_release(self, browser: httpx.AsyncClient) -> None:
        answer = await browser.patch(
            f"{PATH}/{COVENTRY}", json={"name": "X"}, headers={"If-Match": '"1"'}
        )

        assert "release" in problem(answer, 403, "organisation-not-yours")["detail"]

    async def test_a_team_that_can_be_seen_is_changed_by_its_own_authority_alone(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        team = await add_organisation(
            owner,
            "Example Team",
            OrganisationKind.LOCAL_AUTHORITY_TEAM,
            parent_id=COVENTRY,
            introduced_by=COVENTRY,
            la_code="331",
            source="people",
        )
        change: dict[str, Any] = {"json": {"name": "New Team"}, "headers": {"If-Match": '"1"'}}

        refused = await browser.patch(f"{PATH}/{team}", **change)
        authority = await sign_in(
            browser, owner, await add_member(owner, COVENTRY, Role.ADMINISTRATOR)
        )
        taken = await authority.patch(f"{PATH}/{team}", **change)

        problem(refused, 403, "organisation-not-yours")
        assert taken.json()["name"] == "New Team"

    async def test_one_that_may_not_be_seen_is_not_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        other = await add_organisation(owner, "Another School")
        garage = await add_organisation(
            owner,
            "Example Garage",
            OrganisationKind.PROVIDER_OWNER,
            introduced_by=other,
            source="people",
        )

        answer = await browser.patch(
            f"{PATH}/{garage}", json={"name": "X"}, headers={"If-Match": '"1"'}
        )

        problem(answer, 404, "organisation-not-found")

    @pytest.mark.parametrize(
        "body", [{}, {"name": None}, {"kind": "school"}, {"closed_on": "soon"}, {"name": ""}]
    )
    async def test_a_change_that_says_nothing_or_too_much_is_refused(
        self, browser: httpx.AsyncClient, body: dict[str, Any]
    ) -> None:
        address = (await browser.post(PATH, json=GARAGE)).headers["Location"]

        answer = await browser.patch(address, json=body, headers={"If-Match": '"1"'})

        problem(answer, 422, "invalid-request")
