import asyncio
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Permission, Role
from app.config import Settings
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.organisations.asking import address, browsers, problem


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def analyst(owner: asyncpg.Connection, administrator: Member) -> Member:
    return await add_member(owner, administrator.organisation_id, name="Example Analyst")


class TestChangeMember:
    async def test_roles_hold_from_the_next_request_on(
        self, settings: Settings, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        async with browsers(settings, owner, administrator, analyst) as (theirs, hers):
            before = (await hers.get("/v1/me")).json()["permissions"]
            answer = await theirs.patch(
                address(analyst),
                json={"roles": ["administrator"]},
                headers={"If-Match": '"1"'},
            )
            after = (await hers.get("/v1/me")).json()["permissions"]

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json()["roles"] == ["administrator"]
        assert Permission.MEMBERS_MANAGE not in before
        assert Permission.MEMBERS_MANAGE in after

    async def test_what_is_refused(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, administrator)
        tag, wanted = {"If-Match": '"1"'}, {"roles": ["approver"]}

        async def patch(
            whose: Member, roles: object = wanted, headers: dict[str, str] = tag
        ) -> tuple[int, str]:
            return problem(await client.patch(address(whose), json=roles, headers=headers))

        assert await patch(analyst, headers={}) == (428, "version-needed")
        assert await patch(analyst, headers={"If-Match": '"2"'}) == (412, "changed-meanwhile")
        assert await patch(analyst, {"roles": ["inspector"]}) == (
            *(422, "role-not-for-this-organisation"),
        )
        assert await patch(analyst, {"roles": ["emperor"]}) == (422, "invalid-request")
        assert await patch(analyst, {"roles": []}) == (422, "invalid-request")
        assert await patch(analyst, {"roles": ["analyst"], "name": "x"}) == (
            *(422, "invalid-request"),
        )
        assert await patch(administrator, {"roles": ["administrator", "approver"]}) == (
            *(403, "own-roles"),
        )
        await add_member(owner, administrator.organisation_id)
        assert await entries(owner, "membership.roles_changed") == []

    async def test_the_last_administrator_does_not_step_down(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        last = await add_member(
            owner, await add_organisation(owner), Role.ADMINISTRATOR, Role.ANALYST
        )
        await sign_in(client, owner, last)

        answer = await client.patch(
            address(last), json={"roles": ["analyst"]}, headers={"If-Match": '"1"'}
        )

        assert problem(answer) == (409, "last-administrator")

    async def test_only_administrators_who_showed_who_they_are_lately(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        tag, wanted = {"If-Match": '"1"'}, {"roles": ["approver"]}
        await sign_in(client, owner, analyst)
        colleague = await client.patch(address(analyst), json=wanted, headers=tag)
        long_ago = clock.now() - timedelta(minutes=16)
        await sign_in(client, owner, administrator, authenticated_at=long_ago)
        stale = await client.patch(address(analyst), json=wanted, headers=tag)

        assert problem(colleague) == (403, "not-permitted")
        assert problem(stale) == (403, "sign-in-again")

    async def test_sent_again_under_one_key_it_is_done_once(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, administrator)
        headers = {"If-Match": '"1"', "Idempotency-Key": "a-key-of-my-own"}

        answers = [
            await client.patch(address(analyst), json={"roles": ["approver"]}, headers=headers)
            for _ in range(2)
        ]

        assert [one.status_code for one in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert len(await entries(owner, "membership.roles_changed")) == 1


class TestEndMembership:
    async def test_the_very_next_request_of_whoever_is_removed_acts_for_nobody(
        self, settings: Settings, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        list_of = f"/v1/organisations/{analyst.organisation_id}/members"
        async with browsers(settings, owner, administrator, analyst) as (theirs, hers):
            before = await hers.get(list_of)
            ended = await theirs.delete(
                address(analyst), params={"reason": "left"}, headers={"If-Match": '"1"'}
            )
            after = await hers.get(list_of)
            me = (await hers.get("/v1/me")).json()
            kept = await theirs.get(address(analyst))

        assert (before.status_code, ended.status_code) == (200, 204)
        assert problem(after) == (403, "organisation-not-chosen")
        assert (me["organisation"], me["permissions"], me["memberships"]) == (None, [], [])
        assert kept.json()["ended_at"] is not None

    async def test_what_is_refused(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, administrator)

        async def delete(whose: str, tag: str = '"1"', **params: str) -> httpx.Response:
            return await client.delete(whose, params=params, headers={"If-Match": tag})

        assert (await delete(address(analyst))).status_code == 422
        assert (await delete(address(analyst), reason="because")).status_code == 422
        stale = await delete(address(analyst), '"7"', reason="left")
        last = await delete(address(administrator), reason="left")
        other = await add_member(owner, await add_organisation(owner, "Elsewhere"))
        unseen = await delete(address(other), reason="left")
        assert problem(stale) == (412, "changed-meanwhile")
        assert problem(last) == (409, "last-administrator")
        assert problem(unseen) == (404, "organisation-not-found")
        assert (await delete(address(analyst), reason="left")).status_code == 204
        again = await delete(address(analyst), '"2"', reason="left")
        assert problem(again) == (409, "membership-ended")

    @pytest.mark.parametrize("how", ["remove", "demote"])
    async def test_of_two_administrators_who_remove_each_other_at_once_one_stays(
        self, settings: Settings, owner: asyncpg.Connection, how: str
    ) -> None:
        tag = {"If-Match": '"1"'}
        pairs: list[tuple[Member, Member]] = []
        for number in range(4):
            school = await add_organisation(owner, f"Example School {number}")
            first = await add_member(owner, school, Role.ADMINISTRATOR)
            pairs.append((first, await add_member(owner, school, Role.ADMINISTRATOR)))

        async def remove(client: httpx.AsyncClient, whom: Member) -> httpx.Response:
            if how == "remove":
                return await client.delete(address(whom), params={"reason": "left"}, headers=tag)
            return await client.patch(address(whom), json={"roles": ["analyst"]}, headers=tag)

        for first, second in pairs:
            async with browsers(settings, owner, first, second) as (one, other):
                await asyncio.gather(one.get("/v1/me"), other.get("/v1/me"))
                answers = await asyncio.gather(remove(one, second), remove(other, first))

            assert sorted(answer.status_code < 300 for answer in answers) == [False, True]
            left = await owner.fetchval(
                "SELECT count(*) FROM memberships WHERE organisation_id = $1 AND ended_at IS NULL "
                "AND 'administrator' = ANY (roles)",
                first.organisation_id,
            )
            assert left == 1

    async def test_where_both_began_before_either_ended_the_second_is_told_why(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        school = await add_organisation(owner)
        first = await add_member(owner, school, Role.ADMINISTRATOR)
        second = await add_member(owner, school, Role.ADMINISTRATOR)
        held = await asyncpg.connect(_owner_url(settings))
        try:
            async with browsers(settings, owner, second) as (client,):
                begun = held.transaction()
                await begun.start()
                # The first one's transaction: the second administrator is gone, not committed yet.
                await held.execute(
                    "UPDATE memberships SET ended_at = now() WHERE id = $1", second.membership_id
                )
                going = asyncio.create_task(
                    client.delete(
                        address(first), params={"reason": "left"}, headers={"If-Match": '"1"'}
                    )
                )
                await _until_somebody_waits(owner)
                await begun.commit()
                answer = await going
        finally:
            await held.close()

        assert problem(answer) == (409, "last-administrator")
        assert (
            await owner.fetchval(
                "SELECT ended_at FROM memberships WHERE id = $1", first.membership_id
            )
            is None
        )


def _owner_url(settings: Settings) -> str:
    assert settings.database_owner_url is not None
    return settings.database_owner_url.get_secret_value()


async def _until_somebody_waits(owner: asyncpg.Connection) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    for _ in range(1_500):
        if await owner.fetchval(waiting):
            return
        await asyncio.sleep(0.02)
    pytest.fail("nobody waited")
