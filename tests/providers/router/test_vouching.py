"""Verifications, consent and the yearly confirmation, over HTTP."""

import uuid
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from tests.factories.invitations import entries
from tests.factories.people import add_member, insert, sign_in
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import (
    OwnedRecord,
    add_civil_servant,
    add_officer,
    add_owned_record,
)
from tests.providers.router.asking import pointers, problem

SEEN: dict[str, Any] = {"subject_kind": "provider", "held": True, "how": "seen"}


@pytest.fixture
async def held(owner: asyncpg.Connection) -> OwnedRecord:
    """A record with an owner."""
    return await add_owned_record(owner)


async def verify(client: httpx.AsyncClient, of: OwnedRecord, **changes: Any) -> httpx.Response:
    return await client.post(f"{of.address}/verifications", json=SEEN | changes)


class TestVerifying:
    async def test_who_when_and_how_is_told_of_each_part(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await sign_in(client, owner, held.manager)
        number = {"scheme": "ukprn", "value": "10012345"}
        added = (await client.post(f"{held.address}/identifiers", json=number)).json()
        identifier = added["identifiers"][0]
        await sign_in(client, owner, await add_officer(owner))

        whole = await verify(client, held, note="Went there", verified_on="2026-11-01")
        wrong = {"subject_kind": "identifier", "subject_id": identifier["id"], "held": False}
        await verify(client, held, **wrong, how="official-register")
        site = {"subject_kind": "site", "subject_id": str(held.site_id)}
        await verify(client, held, **site)
        record = (await client.get(held.address)).json()

        assert whole.status_code == 201
        assert (await client.get(whole.headers["Location"])).json() == whole.json()
        told = record["times"]["verified"]
        assert (told["held"], told["how"], told["verified_on"]) == (True, "seen", "2026-11-01")
        assert (told["organisation"], told["person"]) == ("Coventry", "Example Officer")
        assert record["identifiers"][0]["times"]["verified"]["held"] is False
        assert record["sites"][0]["times"]["verified"]["held"] is True
        assert len(await entries(owner, "provider.verified")) == 3

    async def test_its_owner_learns_of_it_without_the_officers_name_or_note(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        await verify(client, held, note="Looked dubious")
        await sign_in(client, owner, held.manager)

        (told,) = (await client.get(f"{held.address}/verifications")).json()["items"]
        record = await client.get(held.address)

        assert (told["organisation"], told["person"], told["note"]) == ("Coventry", None, None)
        assert "Example Officer" not in record.text
        assert "dubious" not in record.text

    async def test_a_later_look_takes_the_place_of_an_earlier_one(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        await verify(client, held)
        await verify(client, held, held=False)

        record = (await client.get(held.address)).json()
        page = (await client.get(f"{held.address}/verifications?limit=1")).json()
        rest = (await client.get(page["links"]["next"])).json()

        assert record["times"]["verified"]["held"] is False
        assert [one["held"] for one in (*page["items"], *rest["items"])] == [False, True]

    @pytest.mark.parametrize("ended", [False, True])
    async def test_whoever_works_or_worked_for_the_owner_cannot(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord, ended: bool
    ) -> None:
        officer = await add_officer(owner)
        stake = await add_member(owner, held.manager.organisation_id, person_id=officer.person_id)
        if ended:
            await owner.execute(
                "UPDATE memberships SET ended_at = now() WHERE id = $1", stake.membership_id
            )
        await sign_in(client, owner, officer)

        assert problem(await verify(client, held)) == (403, "not-yours-to-judge")

    async def test_who_may_is_for_roles_and_areas_to_say(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        tried = {
            "inspector": await add_officer(owner, Role.INSPECTOR),
            "department": await add_civil_servant(owner),
            "analyst": await add_officer(owner, Role.ANALYST),
            "owner": held.manager,
            "elsewhere": await add_officer(owner, la_code=WARWICKSHIRE),
        }
        answered = {}
        for who, member in tried.items():
            await sign_in(client, owner, member)
            answered[who] = (await verify(client, held)).status_code

        assert answered == {
            "inspector": 201,
            "department": 201,
            "analyst": 403,
            "owner": 403,
            "elsewhere": 404,
        }

    @pytest.mark.parametrize(
        ("change", "refusal", "pointer"),
        [
            ({"subject_kind": "site"}, "invalid-request", "/subject_id"),
            ({"subject_id": str(uuid.UUID(int=1))}, "invalid-request", "/subject_id"),
            ({"verified_on": "2199-01-01"}, "invalid-request", "/verified_on"),
            ({"how": "dreamt"}, "invalid-request", "/how"),
            ({"held": "yes"}, "invalid-request", "/held"),
            ({"note": "a\x00b"}, "invalid-request", "/note"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        held: OwnedRecord,
        change: dict[str, Any],
        refusal: str,
        pointer: str,
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        answer = await verify(client, held, **change)

        assert problem(answer) == (422, refusal)
        assert pointers(answer) == [pointer]

    async def test_a_part_of_another_record_is_not_found(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        other = await add_owned_record(owner, "Example Mill")
        await sign_in(client, owner, await add_officer(owner))

        for kind in ("site", "identifier", "person", "document"):
            part = {"subject_kind": kind, "subject_id": str(other.site_id)}
            assert problem(await verify(client, held, **part)) == (404, "part-not-found")


class TestConsent:
    async def test_it_is_given_and_taken_back_with_what_follows(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await sign_in(client, owner, held.manager)
        before = await client.get(f"{held.address}/consent")

        given = await client.post(f"{held.address}/consent", json={"given": True})
        missing = (await client.get(held.address)).json()["missing"]
        await owner.execute("UPDATE providers SET status = 'listed' WHERE id = $1", held.id)
        back = await client.post(f"{held.address}/consent", json={"given": False})

        assert problem(before) == (404, "part-not-found")
        assert (given.status_code, given.json()["given"]) == (201, True)
        assert "/consent" not in {one["field"] for one in missing}
        assert back.json()["given"] is False
        assert "until it is closed" in back.json()["effect"]
        assert (await client.get(back.headers["Location"])).json() == back.json()

    async def test_a_former_owners_word_does_not_bind_the_present_one(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await insert(
            owner,
            "provider_consents",
            {
                "id": uuid.uuid4(),
                "provider_id": held.id,
                "given": True,
                "person_id": held.manager.person_id,
                "person_name": "Example Former",
                "recorded_at": clock.now() - timedelta(days=1),
            },
        )
        await sign_in(client, owner, held.manager)

        record = (await client.get(held.address)).json()

        assert record["consent"] is None
        assert "/consent" in {one["field"] for one in record["missing"]}

    @pytest.mark.parametrize("body", [{}, {"given": "true"}, {"given": 1}, {"given": None}])
    async def test_it_is_yes_or_no(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        held: OwnedRecord,
        body: dict[str, Any],
    ) -> None:
        await sign_in(client, owner, held.manager)

        answer = await client.post(f"{held.address}/consent", json=body)

        assert problem(answer) == (422, "invalid-request")

    async def test_only_the_owners_manager_gives_it(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        analyst = await add_member(owner, held.manager.organisation_id, Role.ANALYST)
        for member in (analyst, await add_officer(owner)):
            await sign_in(client, owner, member)

            answer = await client.post(f"{held.address}/consent", json={"given": True})

            assert problem(answer) == (403, "not-permitted")


class TestConfirmation:
    async def test_the_owner_stands_by_the_record_and_its_people_today(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await sign_in(client, owner, held.manager)
        director = {"kind": "director", "name": "Hidden Person"}
        await client.post(f"{held.address}/people", json=director)
        await owner.execute("UPDATE provider_people SET confirmed_on = '2020-01-01'")

        answer = await client.post(f"{held.address}/confirmation")
        people = (await client.get(f"{held.address}/people")).json()["items"]
        record = (await client.get(held.address)).json()

        today = clock.today().isoformat()
        assert (answer.status_code, answer.json()["confirmed_on"]) == (201, today)
        assert people[0]["confirmed_on"] == today
        assert record["times"]["confirmed_on"] == today
        assert record["sites"][0]["times"]["confirmed_on"] == today
        assert len(await entries(owner, "provider_record.confirmed")) == 1

    async def test_it_is_next_due_as_many_months_later_as_the_published_policy_says(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await owner.execute("UPDATE provider_owners SET began_at = '2024-02-29T12:00Z'")
        await sign_in(client, owner, held.manager)
        told = (await client.get(f"{held.address}/confirmation")).json()

        assert told == {"confirmed_on": None, "due_on": "2025-02-28", "overdue": True}

    async def test_who_signed_in_long_ago_shows_who_they_are_again(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        long_ago = clock.now() - timedelta(hours=1)
        await sign_in(client, owner, held.manager, authenticated_at=long_ago)

        answer = await client.post(f"{held.address}/confirmation")

        assert problem(answer) == (403, "sign-in-again")
