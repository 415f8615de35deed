import asyncpg
import httpx
import pytest

from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.organisations.asking import address, problem


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def analyst(owner: asyncpg.Connection, administrator: Member) -> Member:
    return await add_member(owner, administrator.organisation_id, name="Example Analyst")


class TestListMembers:
    async def test_names_and_roles_page_by_page_and_no_addresses(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner)
        reader = await add_member(owner, school, name="Zoë Example")
        for name in ("Ada Example", "Ben Example", "Ben Example", "Cy Example"):
            await add_member(owner, school, Role.APPROVER, name=name)
        gone = await add_member(owner, school, name="Dora Example")
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", gone.membership_id
        )
        await add_member(owner, await add_organisation(owner, "Elsewhere"), name="Eve Example")
        await sign_in(client, owner, reader)

        seen, where = [], f"/v1/organisations/{school}/members?limit=2"
        pages = 0
        while where:
            answer = await client.get(where)
            assert answer.headers["Cache-Control"] == "no-store"
            page = answer.json()
            assert page["links"]["self"] == where
            seen += [(item["name"], item["roles"]) for item in page["items"]]
            where, pages = page["links"]["next"], pages + 1
            assert "@" not in answer.text

        assert pages == 3
        assert [name for name, _ in seen] == [
            *("Ada Example", "Ben Example", "Ben Example", "Cy Example", "Zoë Example")
        ]
        assert seen[0][1] == ["approver"]

    async def test_a_cursor_that_is_not_ours_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        await sign_in(client, owner, analyst)
        members = f"/v1/organisations/{analyst.organisation_id}/members"

        for cursor in ("nonsense", "W10", "WyJhIiwwLCJBZGEiLCJ4Il0"):
            answer = await client.get(members, params={"cursor": cursor})
            assert problem(answer) == (422, "invalid-request")
            assert answer.json()["errors"][0]["parameter"] == "cursor"

    async def test_another_organisation_s_members_are_not_there(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        elsewhere = await add_organisation(owner, "Example Second School")
        await add_member(owner, elsewhere, person_id=analyst.person_id)
        await sign_in(client, owner, analyst)

        for organisation_id in (elsewhere, uuid7()):
            answer = await client.get(f"/v1/organisations/{organisation_id}/members")
            assert problem(answer) == (404, "organisation-not-found")
        assert (await client.get("/v1/organisations/1/members")).status_code == 422

    async def test_a_trust_lists_its_schools_people_and_a_school_not_its_trust_s(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        above, below = await add_member(owner, trust), await add_member(owner, school)

        await sign_in(client, owner, above)
        seen = await client.get(f"/v1/organisations/{school}/members")
        await sign_in(client, owner, below)
        unseen = await client.get(f"/v1/organisations/{trust}/members")

        assert [item["person_id"] for item in seen.json()["items"]] == [str(below.person_id)]
        assert problem(unseen) == (404, "organisation-not-found")

    async def test_not_for_strangers(self, client: httpx.AsyncClient) -> None:
        answer = await client.get(f"/v1/organisations/{uuid7()}/members")

        assert problem(answer) == (401, "not-signed-in")


class TestGetMember:
    async def test_it_carries_the_tag_to_change_it_by(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        await sign_in(client, owner, analyst)

        answer = await client.get(address(analyst))

        assert answer.headers["ETag"] == '"1"'
        assert answer.headers["Cache-Control"] == "no-store"
        shown = answer.json()
        assert (shown["name"], shown["roles"], shown["ended_at"]) == (
            *("Example Analyst", ["analyst"], None),
        )
        unknown = address(analyst).replace(str(analyst.membership_id), str(uuid7()))
        assert problem(await client.get(unknown)) == (404, "membership-not-found")


class TestGetContact:
    async def test_an_administrator_says_why(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, administrator)

        answer = await client.get(address(analyst, "contact"), params={"purpose": "complaint"})
        untold = await client.get(address(analyst, "contact"))
        idle = await client.get(address(analyst, "contact"), params={"purpose": "curiosity"})

        email = await owner.fetchval(
            "SELECT email FROM person_contacts WHERE person_id = $1", analyst.person_id
        )
        assert answer.json() == {"person_id": str(analyst.person_id), "email": email}
        assert answer.headers["Cache-Control"] == "no-store"
        assert (untold.status_code, idle.status_code) == (422, 422)
        (entry,) = await entries(owner, "person.contact_read")
        assert (entry["purpose"], entry["request_id"]) == (
            *("complaint", answer.headers["X-Request-ID"]),
        )

    async def test_a_colleague_is_refused_and_the_try_is_written_down(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, analyst)

        answer = await client.get(address(administrator, "contact"), params={"purpose": "finance"})

        assert problem(answer) == (403, "contact-protected")
        refused = await owner.fetchrow("SELECT * FROM audit_entries WHERE outcome = 'refused'")
        assert refused is not None
        assert (refused["actor_id"], refused["reason"]) == (
            *(analyst.person_id, "contact-protected"),
        )
