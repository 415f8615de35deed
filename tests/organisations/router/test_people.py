import uuid

import asyncpg
import httpx

from app.access import Role
from app.organisations.terms import OrganisationKind
from tests.factories.invitations import entries
from tests.factories.people import add_member, add_organisation, sign_in
from tests.organisations.asking import problem


class TestGetMe:
    async def test_it_says_who_asks_for_whom_and_what_they_may_do(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner)
        first = await add_provider_owner(owner, "Example Garage")
        member = await add_member(owner, school, Role.ADMINISTRATOR, Role.APPROVER)
        await add_member(owner, first, Role.PROVIDER_MANAGER, person_id=member.person_id)
        gone = await add_member(
            owner, await add_organisation(owner, "Left"), person_id=member.person_id
        )
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", gone.membership_id
        )
        await sign_in(client, owner, member)

        answer = await client.get("/v1/me")

        me = answer.json()
        assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == ('"1"', "no-store")
        assert (me["kind"], me["id"], me["name"]) == (
            *("person", str(member.person_id), "Example Person"),
        )
        assert me["organisation"] == {"id": str(school), "name": "Example School"}
        assert me["roles"] == ["administrator", "approver"]
        assert "members:manage" in me["permissions"]
        assert {(one["name"], one["kind"], *one["roles"]) for one in me["memberships"]} == {
            ("Example School", "school", "administrator", "approver"),
            ("Example Garage", "provider-owner", "provider-manager"),
        }

    async def test_whoever_belongs_nowhere_is_still_somebody(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        await sign_in(client, owner, member)
        await owner.execute("UPDATE memberships SET ended_at = now()")

        me = (await client.get("/v1/me")).json()

        assert me["id"] == str(member.person_id)
        assert (me["organisation"], me["roles"], me["memberships"]) == (None, [], [])

    async def test_not_for_strangers(self, client: httpx.AsyncClient) -> None:
        assert problem(await client.get("/v1/me")) == (401, "not-signed-in")


class TestChangeMe:
    async def test_the_name_is_changed_as_it_was_read(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))

        changed = await client.patch(
            "/v1/me", json={"name": " Zoë  Example"}, headers={"If-Match": '"1"'}
        )
        stale = await client.patch("/v1/me", json={"name": "A"}, headers={"If-Match": '"1"'})
        blind = await client.patch("/v1/me", json={"name": "A"})

        assert (changed.json()["name"], changed.headers["ETag"]) == ("Zoë Example", '"2"')
        assert (await client.get("/v1/me")).json()["name"] == "Zoë Example"
        assert problem(stale) == (412, "changed-meanwhile")
        assert problem(blind) == (428, "version-needed")
        assert len(await entries(owner, "person.renamed")) == 1

    async def test_what_is_no_name_or_not_theirs_to_change_is_pointed_at(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))

        for body, pointer in (
            ({"name": "x" * 10_000}, "/name"),
            ({"name": "A\nB"}, "/name"),
            ({"name": " "}, "/name"),
            ({"name": "Ada", "email": "ada@example.org"}, "/email"),
            ({"name": "Ada", "blocked_at": None}, "/blocked_at"),
        ):
            answer = await client.patch("/v1/me", json=body, headers={"If-Match": '"1"'})
            assert problem(answer) == (422, "invalid-request")
            assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]

    async def test_another_site_s_page_does_not_change_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))

        answer = await client.patch(
            "/v1/me",
            json={"name": "Ada Example"},
            headers={"If-Match": '"1"', "Origin": "https://elsewhere.example"},
        )

        assert problem(answer) == (403, "cross-site-request")


async def add_provider_owner(owner: asyncpg.Connection, name: str) -> uuid.UUID:
    return await add_organisation(owner, name, OrganisationKind.PROVIDER_OWNER)
