"""Private records as wholes: who sees which, what they tell, begun and changed."""

from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import OPERATOR, Permission, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.organisations.terms import OrganisationKind
from app.providers.service.recording import Move, move_providers
from app.providers.terms import Status
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import add_member, add_organisation, sign_in
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import (
    add_civil_servant,
    add_manager,
    add_officer,
    add_owned_record,
    add_provider,
    put_on_list,
)
from tests.providers.router.asking import at_version, browsers, pointers, problem

RECORDS = "/v1/provider-records"


class TestWhoSeesARecord:
    async def test_its_owner_and_who_answers_for_it_see_it_whole(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        analyst = await add_member(owner, held.manager.organisation_id, Role.ANALYST)
        officer = await add_officer(owner, Role.ANALYST)
        civil_servant = await add_civil_servant(owner)

        for member in (held.manager, analyst, officer, civil_servant):
            await sign_in(client, owner, member)
            answer = await client.get(held.address)

            assert answer.status_code == 200
            assert answer.json()["number"] == held.number
            assert answer.headers["ETag"] == '"1"'
            assert answer.headers["Cache-Control"] == "no-store"

    async def test_nobody_else_learns_that_it_is_there(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        school = await add_member(owner, await add_organisation(owner))
        body = await add_organisation(owner, "Example Assurers", OrganisationKind.QA_BODY)
        others = [
            await add_officer(owner, la_code=WARWICKSHIRE),
            await add_manager(owner, "Example Other Owner"),
            await add_member(owner, body, Role.ASSESSOR),
            school,
        ]

        for member in others:
            await sign_in(client, owner, member)
            for part in ("", "/people", "/contacts", "/verifications", "/sites/1", "/consent"):
                answer = await client.get(held.address + part)

                assert problem(answer) == (404, "provider-not-found")
                assert "Example Forge" not in answer.text

    async def test_a_listed_provider_is_as_private(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await owner.execute("UPDATE providers SET status = 'listed' WHERE id = $1", held.id)
        await sign_in(client, owner, await add_officer(owner, la_code=WARWICKSHIRE))

        assert problem(await client.get(held.address)) == (404, "provider-not-found")

    async def test_a_machine_sees_what_its_organisation_does_if_its_scope_lets_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        reads = await add_machine(owner, held.manager, Permission.PROVIDER_RECORDS_READ.value)
        other = await add_machine(owner, held.manager, Permission.ORGANISATIONS_READ.value)
        token, weaker = await get_token(client, reads), await get_token(client, other)

        seen = await client.get(held.address, headers=bearer(token))
        refused = await client.get(held.address, headers=bearer(weaker))

        assert seen.status_code == 200
        assert problem(refused) == (403, "not-permitted")

    @pytest.mark.parametrize("number", ["AP000000", "ap00000x", "x" * 30, "%00", "AP%F0"])
    async def test_a_number_that_is_none_is_answered_and_no_failure(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, number: str
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.get(f"{RECORDS}/{number}")

        assert answer.status_code in {404, 422}


class TestWhatARecordTells:
    async def test_local_results_are_told_to_that_authority_alone(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        checked: dict[str, Any] = {"local_result": "Met all", "local_result_on": date(2026, 3, 1)}
        await put_on_list(owner, held.id, **checked)
        await put_on_list(owner, held.id, WARWICKSHIRE, local_result="Not ours to tell")

        told = {}
        for who, member in {
            "owner": held.manager,
            "coventry": await add_officer(owner, Role.ANALYST),
        }.items():
            await sign_in(client, owner, member)
            told[who] = (await client.get(held.address)).json()["known_by"]

        assert told["owner"] == []
        assert [one["local_result"] for one in told["coventry"]] == ["Met all"]

    async def test_what_is_missing_before_it_can_apply_is_named(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, held.manager)

        missing = (await client.get(held.address)).json()["missing"]

        assert {one["field"] for one in missing} == {
            *("/legal_form", "/staff_size", "/public_email", "/consent", "/people", "/contacts")
        }

    async def test_people_contacts_and_accounts_are_not_in_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, held.manager)
        director = {"kind": "director", "name": "Hidden Person"}
        await client.post(f"{held.address}/people", json=director)
        phone = {"kind": "phone", "value": "01632 960123"}
        await client.post(f"{held.address}/contacts", json=phone)

        for member in (held.manager, await add_officer(owner)):
            await sign_in(client, owner, member)
            answer = await client.get(held.address)

            assert "Hidden" not in answer.text
            assert "960123" not in answer.text


class TestTheList:
    async def test_each_sees_their_own_by_number_with_what_is_missing(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        second = await add_owned_record(owner, "Example Barn", manager=held.manager)
        elsewhere = await add_owned_record(owner, "Example Mill", la_code=WARWICKSHIRE)
        on_list, listed = await add_provider(owner, "Example Yard")
        await put_on_list(owner, on_list)

        numbers: dict[str, list[str]] = {}
        for who, member in {
            "owner": held.manager,
            "coventry": await add_officer(owner, Role.ANALYST),
            "department": await add_civil_servant(owner),
            "school": await add_member(owner, await add_organisation(owner)),
        }.items():
            await sign_in(client, owner, member)
            answer = await client.get(RECORDS)
            assert answer.status_code == 200
            numbers[who] = [one["number"] for one in answer.json()["items"]]

        assert numbers["owner"] == [held.number, second.number]
        assert numbers["coventry"] == [held.number, second.number, listed]
        assert numbers["department"] == [held.number, second.number, elsewhere.number, listed]
        assert numbers["school"] == []

    async def test_it_narrows_and_pages(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner, "Example Forge 100%")
        await add_owned_record(owner, "Example Barn", manager=held.manager)
        on_list, loose = await add_provider(owner, "Example Yard")
        await put_on_list(owner, on_list)
        await sign_in(client, owner, await add_officer(owner))

        async def names(query: str) -> list[str]:
            answer = await client.get(f"{RECORDS}?{query}")
            assert answer.status_code == 200, answer.text
            return [one["name"] for one in answer.json()["items"]]

        assert await names("q=forg+exam") == ["Example Forge 100%"]
        assert await names("q=100%25") == ["Example Forge 100%"]
        assert await names("q=_x") == []
        assert await names("owned=no") == ["Example Yard"]
        assert len(await names("owned=yes")) == 2
        assert await names("status=listed") == []
        first = (await client.get(f"{RECORDS}?limit=2")).json()
        rest = (await client.get(first["links"]["next"])).json()
        assert [one["number"] for one in rest["items"]] == [loose]
        assert rest["links"]["next"] is None

    @pytest.mark.parametrize(
        "query", ["q=%00", "q=%E2%80%AE", "status=known&status=no", "owned=x", "cursor=x", "z=1"]
    )
    async def test_what_it_does_not_understand_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, query: str
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        assert problem(await client.get(f"{RECORDS}?{query}")) == (422, "invalid-request")


class TestBeginning:
    async def test_an_owners_manager_begins_a_record_and_is_told_what_is_alike(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        manager = await add_manager(owner)
        _, alike = await add_provider(owner, "Example Tinsmith Limited", status="listed")
        await add_provider(owner, "Example Tinsmith")  # known elsewhere: none of theirs
        await sign_in(client, owner, manager)

        answer = await client.post(RECORDS, json={"name": "Example Tinsmith Ltd"})

        told = answer.json()
        assert answer.status_code == 201
        assert told["likely_duplicates"] == [alike]
        assert told["status"] == "known"
        assert told["owner"]["name"] == "Example Owner"
        assert answer.headers["Location"] == f"{RECORDS}/{told['number']}"
        (entry,) = await entries(owner, "provider_record.begun")
        assert entry["after"]["number"] == told["number"]

    async def test_the_same_request_again_begins_no_second(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_manager(owner))
        key = {"Idempotency-Key": "begun-once"}

        first = await client.post(RECORDS, json={"name": "Example Kiln"}, headers=key)
        again = await client.post(RECORDS, json={"name": "Example Kiln"}, headers=key)

        assert again.status_code == 201
        assert again.json()["number"] == first.json()["number"]
        assert await owner.fetchval("SELECT count(*) FROM providers") == 1

    async def test_a_machine_cannot(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        manager = await add_manager(owner)
        scope = Permission.PROVIDER_RECORDS_MANAGE.value
        token = await get_token(client, await add_machine(owner, manager, scope))

        answer = await client.post(RECORDS, json={"name": "Example"}, headers=bearer(token))

        assert problem(answer) == (403, "person-needed")


class TestChanging:
    async def test_a_manager_changes_it_and_the_former_name_stays(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, held.manager)
        change = {
            "name": "Example Foundry",
            "legal_form": "company",
            "staff_size": "small",
            "website": "www.example.org/us",
            "public_email": "Hello@Example.org",
            "public_phone": "01632 960101",
        }

        answer = await client.patch(held.address, json=change, headers=at_version(1))

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert told["website"] == "https://www.example.org/us"
        assert told["public_email"] == "hello@example.org"
        assert told["legal_form"] == "company"
        assert [(one["kind"], one["name"]) for one in told["other_names"]] == [
            ("former", "Example Forge")
        ]
        (entry,) = await entries(owner, "provider_record.changed")
        assert entry["before"]["name"] == "Example Forge"
        assert entry["after"]["name"] == "Example Foundry"

    async def test_what_is_nothing_new_counts_as_no_change(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        same = {"name": "Example Forge"}

        async with browsers(settings, owner, held.manager) as (client,):
            answer = await client.patch(held.address, json=same, headers=at_version(1))

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
        assert await entries(owner, "provider_record.changed") == []

    async def test_an_edit_says_which_version_it_edits(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, held.manager)
        change = {"staff_size": "lone"}

        without = await client.patch(held.address, json=change)
        await client.patch(held.address, json=change, headers=at_version(1))
        late = await client.patch(held.address, json={"name": "Late"}, headers=at_version(1))

        assert problem(without) == (428, "version-needed")
        assert problem(late) == (412, "changed-meanwhile")

    @pytest.mark.parametrize("who", ["analyst", "assessor", "administrator"])
    async def test_others_who_see_it_cannot_change_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, who: str
    ) -> None:
        held = await add_owned_record(owner)
        member = {
            "analyst": await add_member(owner, held.manager.organisation_id, Role.ANALYST),
            "assessor": await add_officer(owner),
            "administrator": await add_officer(owner, Role.ADMINISTRATOR),
        }[who]
        await sign_in(client, owner, member)

        answer = await client.patch(held.address, json={"name": "X"}, headers=at_version(1))

        assert problem(answer) == (403, "not-permitted")

    async def test_an_authoritys_machine_cannot_keep_what_it_answers_for(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        held = await add_owned_record(owner)
        officer = await add_officer(owner, Role.ADMINISTRATOR)
        scope = Permission.PROVIDER_RECORDS_MANAGE.value
        token = await get_token(client, await add_machine(owner, officer, scope))
        headers = bearer(token) | at_version(1)

        answer = await client.patch(held.address, json={"name": "X"}, headers=headers)

        assert problem(answer) == (403, "record-not-yours")

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({}, ""),
            ({"name": None}, ""),
            ({"name": "a\u202eb"}, "/name"),
            ({"name": "a\x00b"}, "/name"),
            ({"name": "x" * 10_240}, "/name"),
            ({"name": 7}, "/name"),
            ({"legal_form": "school"}, "/legal_form"),
            ({"website": "javascript:alert(1)"}, "/website"),
            ({"website": "https://user:secret@example.org"}, "/website"),
            ({"public_email": "a@b@c"}, "/public_email"),
            ({"public_phone": "12345"}, "/public_phone"),
            ({"status": "listed"}, "/status"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        change: dict[str, Any],
        pointer: str,
    ) -> None:
        held = await add_owned_record(owner)
        await sign_in(client, owner, held.manager)

        answer = await client.patch(held.address, json=change, headers=at_version(1))

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]


async def test_a_change_of_a_listed_provider_is_published(
    client: httpx.AsyncClient, owner: asyncpg.Connection, database: Database
) -> None:
    held = await add_owned_record(owner)
    async with transaction(database, OPERATOR) as session:
        move = Move(held.id, Status.LISTED, clock.today(), "for a test")
        await move_providers(session, OPERATOR, [move])
    await sign_in(client, owner, held.manager)

    await client.patch(held.address, json={"name": "Example Foundry"}, headers=at_version(1))

    public = await client.get(f"/v1/providers/{held.number}")
    assert public.json()["name"] == "Example Foundry"
