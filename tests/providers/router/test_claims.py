"""How a record comes into its owner's hands, over HTTP: invited, accepted, withdrawn, ended."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Permission, Role
from app.config import Settings
from app.organisations.terms import OrganisationKind
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.mailbox import newest_token
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import (
    add_civil_servant,
    add_manager,
    add_officer,
    add_owned_record,
    add_provider,
    put_on_list,
)
from tests.providers.router.asking import browsers, pointers, problem

RECORDS, CLAIMS = "/v1/provider-records", "/v1/claims"
NEW: dict[str, Any] = {
    "owner": {"name": "Example Barn CIC"},
    "contact": {"name": "Example Founder", "email": "founder@example.org"},
    "verified_how": "known-phone",
    "verified_note": "Rang the number on our list",
}


@pytest.fixture
async def number(owner: asyncpg.Connection) -> str:
    """The number of a record on Coventry's list that is in nobody's hands."""
    provider_id, number = await add_provider(owner, "Example Barn")
    await put_on_list(owner, provider_id)
    return number


async def invite(client: httpx.AsyncClient, number: str, **changes: Any) -> httpx.Response:
    body = {name: value for name, value in (NEW | changes).items() if value is not None}
    return await client.post(f"{RECORDS}/{number}/claims", json=body)


async def invited(
    client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
) -> tuple[str, Member]:
    """Let an owner be invited; return the claim and its manager, who is signed in now."""
    manager = await add_manager(owner)
    await sign_in(client, owner, await add_officer(owner))
    asked = {"organisation_id": str(manager.organisation_id), "owner": None, "contact": None}
    answer = await invite(client, number, **asked)
    assert answer.status_code == 201, answer.text
    await sign_in(client, owner, manager)
    return f"{CLAIMS}/{answer.json()['id']}", manager


class TestInviting:
    async def test_a_new_owner_is_added_and_its_administrator_invited_in_one_step(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        settings: Settings,
        number: str,
    ) -> None:
        officer = await add_officer(owner)
        await sign_in(client, owner, officer)

        answer = await invite(client, number)

        told = answer.json()
        assert (answer.status_code, told["state"]) == (201, "open")
        assert (told["number"], told["organisation"]) == (number, "Example Barn CIC")
        assert told["invited_by_organisation"] == "Coventry"
        assert answer.headers["Location"] == f"{CLAIMS}/{told['id']}"
        row = await owner.fetchrow("SELECT * FROM organisations WHERE name = 'Example Barn CIC'")
        assert row is not None
        assert (row["kind"], row["introduced_by"]) == ("provider-owner", officer.organisation_id)
        invitation = await owner.fetchrow("SELECT * FROM invitations")
        assert invitation is not None
        assert invitation["roles"] == ["administrator", "provider-manager"]
        assert (invitation["email"], invitation["way"]) == ("founder@example.org", "link")
        assert await newest_token(owner, settings)
        (entry,) = await entries(owner, "claim.made")
        assert entry["after"]["number"] == number

    @pytest.mark.parametrize("who", ["administrator", "department"])
    async def test_an_administrator_and_the_department_can_too(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str, who: str
    ) -> None:
        member = (
            await add_officer(owner, Role.ADMINISTRATOR)
            if who == "administrator"
            else await add_civil_servant(owner)
        )
        await sign_in(client, owner, member)

        assert (await invite(client, number)).status_code == 201

    async def test_nothing_is_left_where_it_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        await invite(client, number)

        again = await invite(client, number, owner={"name": "Example Impostor"})

        assert problem(again) == (409, "claim-open")
        found = await owner.fetchval("SELECT count(*) FROM organisations WHERE name LIKE '%Impos%'")
        assert found == 0

    async def test_a_record_in_its_owners_hands_is_not_claimed(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, await add_officer(owner))

        assert problem(await invite(client, held.number)) == (409, "record-owned")

    async def test_who_does_not_answer_for_it_does_not_learn_of_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        school = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
        body = await add_organisation(owner, "Example Assurers", OrganisationKind.QA_BODY)
        elsewhere = await add_officer(owner, la_code=WARWICKSHIRE)
        for member in (school, await add_member(owner, body, Role.ASSESSOR), elsewhere):
            await sign_in(client, owner, member)

            assert problem(await invite(client, number)) == (404, "provider-not-found")

    async def test_an_analyst_and_a_machine_cannot(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        analyst = await add_officer(owner, Role.ANALYST)
        scope = Permission.PROVIDER_RECORDS_READ.value
        token = await get_token(client, await add_machine(owner, analyst, scope))
        by_machine = await client.post(
            f"{RECORDS}/{number}/claims", json=NEW, headers=bearer(token)
        )
        await sign_in(client, owner, analyst)

        assert problem(by_machine) == (403, "not-permitted")
        assert problem(await invite(client, number)) == (403, "not-permitted")

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"owner": None}, ""),
            ({"contact": None}, ""),
            ({"organisation_id": "01a22a85-0efd-7afd-9255-6999db0f4774"}, ""),
            ({"owner": {"name": "a\u202eb"}}, "/owner/name"),
            ({"verified_how": "guessed"}, "/verified_how"),
            ({"verified_note": "x" * 10_240}, "/verified_note"),
            ({"contact": {"name": "X", "email": "nobody"}}, "/contact/email"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        number: str,
        change: dict[str, Any],
        pointer: str,
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        answer = await invite(client, number, **change)

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    async def test_an_organisation_that_owns_no_providers_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        school = await add_organisation(owner)
        await sign_in(client, owner, await add_officer(owner))

        answer = await invite(client, number, organisation_id=str(school), owner=None, contact=None)

        assert problem(answer) == (422, "claimant-not-fit")

    async def test_nobody_is_let_into_an_owner_for_whom_people_work(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        manager = await add_manager(owner)
        await sign_in(client, owner, await add_officer(owner))

        answer = await invite(
            client, number, organisation_id=str(manager.organisation_id), owner=None
        )

        assert problem(answer) == (422, "claimant-not-fit")
        assert pointers(answer) == ["/contact"]


class TestAccepting:
    async def test_the_record_is_the_owners_from_then_on(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, _ = await invited(client, owner, number)
        before = await client.get(f"{RECORDS}/{number}")

        answer = await client.post(f"{claim}/acceptance")
        record = await client.get(f"{RECORDS}/{number}")

        assert problem(before) == (404, "provider-not-found")
        assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
        assert answer.json()["verified_note"] is None
        assert record.json()["owner"]["name"] == "Example Owner"
        assert len(await entries(owner, "claim.accepted")) == 1

    async def test_a_second_click_and_two_at_once_are_harmless(
        self, settings: Settings, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, manager = await invited(client, owner, number)
        colleague = await add_member(owner, manager.organisation_id, Role.PROVIDER_MANAGER)

        async with browsers(settings, owner, manager, colleague) as (one, other):
            answers = await asyncio.gather(
                one.post(f"{claim}/acceptance"), other.post(f"{claim}/acceptance")
            )
            again = await one.post(f"{claim}/acceptance")

        assert [answer.status_code for answer in (*answers, again)] == [200, 200, 200]
        assert await owner.fetchval("SELECT count(*) FROM provider_owners") == 1
        assert len(await entries(owner, "claim.accepted")) == 1

    async def test_nobody_else_accepts_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, _ = await invited(client, owner, number)

        await sign_in(client, owner, await add_manager(owner, "Example Other"))
        by_other = await client.post(f"{claim}/acceptance")
        await sign_in(client, owner, await add_officer(owner))
        by_officer = await client.post(f"{claim}/acceptance")

        assert problem(by_other) == (404, "claim-not-found")
        assert problem(by_officer) == (403, "not-permitted")

    async def test_one_that_was_withdrawn_is_not_accepted(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, manager = await invited(client, owner, number)
        await sign_in(client, owner, await add_officer(owner))
        withdrawn = await client.delete(claim)
        again = await client.delete(claim)
        await sign_in(client, owner, manager)

        answer = await client.post(f"{claim}/acceptance")

        assert withdrawn.status_code == 204
        assert problem(again) == problem(answer) == (409, "claim-not-open")

    async def test_an_accepted_claim_is_no_way_back_in(
        self, settings: Settings, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, manager = await invited(client, owner, number)
        await client.post(f"{claim}/acceptance")
        await sign_in(client, owner, await add_officer(owner))
        await client.delete(f"{RECORDS}/{number}/owner", params={"reason": "Sold on"})

        async with browsers(settings, owner, manager) as (theirs,):
            again = await theirs.post(f"{claim}/acceptance")
            record = await theirs.get(f"{RECORDS}/{number}")

        assert again.json()["state"] == "accepted"
        assert problem(record) == (404, "provider-not-found")


class TestWithdrawing:
    async def test_the_invitation_to_the_service_goes_with_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        claim = (await invite(client, number)).headers["Location"]

        await client.delete(claim)

        assert await owner.fetchval("SELECT withdrawn_at FROM invitations") is not None
        assert (await client.get(claim)).json()["state"] == "withdrawn"
        assert (await invite(client, number, owner={"name": "Example Right"})).status_code == 201

    async def test_an_accepted_one_is_not_withdrawn(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, _ = await invited(client, owner, number)
        await client.post(f"{claim}/acceptance")
        await sign_in(client, owner, await add_officer(owner))

        assert problem(await client.delete(claim)) == (409, "claim-not-open")

    async def test_nobody_elsewhere_can(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, _ = await invited(client, owner, number)
        await sign_in(client, owner, await add_officer(owner, la_code=WARWICKSHIRE))

        assert problem(await client.delete(claim)) == (404, "claim-not-found")


class TestTheList:
    async def test_each_side_sees_its_own(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        claim, manager = await invited(client, owner, number)
        seen: list[list[dict[str, Any]]] = []

        for member in (
            manager,
            await add_officer(owner, Role.ANALYST),
            await add_officer(owner, la_code=WARWICKSHIRE),
        ):
            await sign_in(client, owner, member)
            seen.append((await client.get(f"{CLAIMS}?state=open")).json()["items"])

        (theirs,), (ours,), others = seen
        assert theirs["id"] == ours["id"] == claim.rsplit("/", 1)[1]
        assert (theirs["verified_note"], ours["verified_note"]) == (None, NEW["verified_note"])
        assert others == []

    async def test_it_narrows_and_pages(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        first = (await invite(client, number)).headers["Location"]
        await client.delete(first)
        await invite(client, number)

        page = (await client.get(f"{CLAIMS}?limit=1")).json()
        rest = (await client.get(page["links"]["next"])).json()
        withdrawn = (await client.get(f"{CLAIMS}?state=withdrawn")).json()

        assert page["items"][0]["state"] == "open"
        assert rest["items"] == withdrawn["items"]
        assert rest["links"]["next"] is None


class TestEndingOwnership:
    async def test_another_can_be_invited_and_the_owner_reads_why(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, await add_officer(owner))

        ended = await client.delete(f"{held.address}/owner", params={"reason": "Sold on"})
        invited_next = await invite(client, held.number)

        assert (ended.status_code, invited_next.status_code) == (204, 201)
        (entry,) = await entries(owner, "ownership.ended")
        assert entry["reason"] == "Sold on"
        assert entry["subject_organisation_id"] == held.manager.organisation_id
        await sign_in(client, owner, held.manager)
        assert problem(await client.get(held.address)) == (404, "provider-not-found")

    async def test_it_takes_a_reason_an_owner_and_somebody_without_a_stake(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        held = await add_owned_record(owner)
        officer = await add_officer(owner)
        await sign_in(client, owner, officer)

        without = await client.delete(f"{held.address}/owner")
        nobodys = await client.delete(f"{RECORDS}/{number}/owner", params={"reason": "No one"})
        organisation = held.manager.organisation_id
        await add_member(owner, organisation, person_id=officer.person_id)
        partial = await client.delete(f"{held.address}/owner", params={"reason": "Mine"})

        assert problem(without) == (422, "invalid-request")
        assert problem(nobodys) == (409, "record-not-owned")
        assert problem(partial) == (403, "not-yours-to-judge")
