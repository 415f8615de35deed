import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.organisations.asking import address, browsers, problem
from tests.organisations.queries.test_own_factors import hold


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def analyst(owner: asyncpg.Connection, administrator: Member) -> Member:
    made = await add_member(owner, administrator.organisation_id, name="Example Analyst")
    await hold(owner, made)
    return made


def at(member: Member) -> str:
    return address(member, "second-factors")


class TestTakeAway:
    async def test_they_are_signed_out_at_once_and_hold_nothing(
        self, settings: Settings, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        async with browsers(settings, owner, administrator, analyst) as (theirs, hers):
            before = await hers.get("/v1/me")
            answer = await theirs.delete(at(analyst), params={"reason": "stolen"})
            after = await hers.get("/v1/me")

        assert (before.status_code, answer.status_code, after.status_code) == (200, 204, 401)
        assert await owner.fetchval("SELECT count(*) FROM authenticators") == 0
        (entry,) = await entries(owner, "second_factor.taken_away")
        assert entry["reason"] == "stolen"

    @pytest.mark.parametrize("asked", [{}, {"reason": "whim"}])
    async def test_a_reason_from_the_list_is_needed(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
        asked: dict[str, str],
    ) -> None:
        await sign_in(client, owner, administrator)

        answer = await client.delete(at(analyst), params=asked)

        assert problem(answer) == (422, "invalid-request")
        assert answer.json()["errors"][0]["parameter"] == "reason"
        assert await owner.fetchval("SELECT count(*) FROM authenticators") == 1

    async def test_whoever_works_elsewhere_too_is_not_for_one_alone(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await add_member(owner, await add_organisation(owner), person_id=analyst.person_id)
        await sign_in(client, owner, administrator)

        answer = await client.delete(at(analyst), params={"reason": "lost"})

        assert problem(answer) == (409, "works-elsewhere")

    async def test_others_people_are_not_there(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        stranger = await add_member(owner, await add_organisation(owner))
        await sign_in(client, owner, administrator)

        theirs = await client.delete(at(stranger), params={"reason": "lost"})
        mixed = await client.delete(
            f"/v1/organisations/{administrator.organisation_id}/members/"
            f"{stranger.membership_id}/second-factors",
            params={"reason": "lost"},
        )

        assert problem(theirs) == (404, "organisation-not-found")
        assert problem(mixed) == (404, "membership-not-found")

    async def test_a_colleague_may_not(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, analyst)

        answer = await client.delete(at(administrator), params={"reason": "lost"})

        assert problem(answer) == (403, "not-permitted")
