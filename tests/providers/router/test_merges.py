"""Duplicate records and their merging over HTTP."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import add_member, add_organisation, insert, sign_in
from tests.factories.providers import WARWICKSHIRE
from tests.organisations.asking import browsers, problem
from tests.providers.applicants import Held, add_officer, add_record

WHY = {"reason": "One phone, one yard."}


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> tuple[Held, Held]:
    """Two records in Coventry, one of them listed."""
    return await add_record(owner, "Kestrel", "listed"), await add_record(owner, "Kestrel Ltd")


Pair = tuple[Held, Held]


def asked(pair: Pair, **changes: Any) -> dict[str, Any]:
    return {"keep": pair[0].number, "absorb": pair[1].number} | WHY | changes


class TestLikelyDuplicates:
    async def test_visible_records_like_one_are_listed_likeliest_first(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        hidden = await add_record(owner, "Kestrel", la_code=WARWICKSHIRE)
        merged = await add_record(owner, "Kestrel")
        await owner.execute(
            "UPDATE providers SET merged_into = $2 WHERE id = $1", merged.id, pair[0].id
        )
        near = await add_record(owner, "The Kestrels")
        await add_record(owner, "Falcon", "listed")
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.get(f"/v1/provider-records/{pair[0].number}/likely-duplicates")

        items = answer.json()["items"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert items[0] == {"number": pair[1].number, "name": "Kestrel Ltd", "score": 1}
        assert hidden.number not in answer.text
        assert {item["number"] for item in items} <= {pair[1].number, near.number}

    @pytest.mark.parametrize(
        ("name", "other"),
        [
            ("Café Oak Futures", "Cafe Oak Futures Ltd"),
            ("Noah's Ark Farm", "Noahs Ark Farm"),
            ("U-Neek Learning", "Uneek Learning"),
            ("Sport Works", "Sportworks"),
        ],
    )
    async def test_spellings_of_one_name_are_found_in_the_tables(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, name: str, other: str
    ) -> None:
        one, another = await add_record(owner, name), await add_record(owner, other)
        await sign_in(client, owner, await add_officer(owner))
        for held, like in ((one, another), (another, one)):
            answer = await client.get(f"/v1/provider-records/{held.number}/likely-duplicates")
            assert [item["number"] for item in answer.json()["items"]] == [like.number]

    async def test_one_number_of_a_register_settles_it_whatever_the_names(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        other = await add_record(owner, "Ignite")
        for held in (pair[0], other):
            number = {"scheme": "companies-house", "value": "09000001"}
            row = {"id": uuid7(), "provider_id": held.id}
            await insert(owner, "provider_identifiers", row | number)
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.get(f"/v1/provider-records/{other.number}/likely-duplicates")

        assert [item["number"] for item in answer.json()["items"]] == [pair[0].number]

    async def test_a_record_that_is_not_there_or_not_to_be_seen_is_not_found(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        hidden = await add_record(owner, "Kestrel", la_code=WARWICKSHIRE)
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.get(f"/v1/provider-records/{hidden.number}/likely-duplicates")
        mistyped = await client.get("/v1/provider-records/AP000001X/likely-duplicates")

        assert problem(answer) == (404, "provider-not-found")
        assert mistyped.status_code == 422


class TestMerging:
    async def test_two_officers_merge_and_part_two_records(
        self, settings: Settings, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        assessor = await add_officer(owner, name="Ann Assessor")
        second = await add_officer(owner, Role.SECOND_OFFICER, name="Sam Second")
        async with browsers(settings, owner, assessor, second) as (first, other):
            proposed = await first.post("/v1/merges", json=asked(pair))
            address = proposed.headers["Location"]
            confirmed = await other.post(f"{address}/confirmation")
            undoing = await first.post(f"{address}/undoing", json={"reason": "They are two."})
            undone = await other.post(f"{address}/undoing/confirmation")
            read = await first.get(address)

        assert [proposed.status_code, confirmed.status_code] == [201, 200]
        assert proposed.json()["state"] == "proposed"
        assert confirmed.json()["state"] == "merged"
        assert undoing.json()["undo_reason"] == "They are two."
        assert undone.json() == read.json()
        assert read.headers["Cache-Control"] == "no-store"
        assert read.json()["keep"] == {"number": pair[0].number, "name": "Kestrel"}
        said = {"proposed_by", "settled_by", "undo_proposed_by", "undo_settled_by"}
        assert {read.json()[name] for name in said} == {"Ann Assessor", "Sam Second"}

    async def test_officers_of_another_organisation_are_told_who_did_what(
        self, settings: Settings, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        assessor = await add_officer(owner, name="Ann Assessor")
        department = await add_organisation(owner, kind=OrganisationKind.DEPARTMENT)
        second = await add_member(owner, department, Role.SECOND_OFFICER)
        async with browsers(settings, owner, assessor, second) as (first, other):
            address = (await first.post("/v1/merges", json=asked(pair))).headers["Location"]
            read = await other.get(address)

        assert read.json()["proposed_by"] == "Ann Assessor"

    async def test_refused_the_proposal_and_the_parting_come_to_nothing(
        self, settings: Settings, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        assessor = await add_officer(owner)
        second = await add_officer(owner, Role.SECOND_OFFICER)
        async with browsers(settings, owner, assessor, second) as (first, other):
            address = (await first.post("/v1/merges", json=asked(pair))).headers["Location"]
            refused = await other.post(f"{address}/refusal", json={"reason": "Two yards."})
            again = (await first.post("/v1/merges", json=asked(pair))).headers["Location"]
            await other.post(f"{again}/confirmation")
            await first.post(f"{again}/undoing", json={"reason": "They are two."})
            kept = await other.post(f"{again}/undoing/refusal", json={"reason": "One."})

        assert refused.json()["state"] == "refused"
        assert (kept.json()["state"], kept.json()["undo_reason"]) == ("merged", None)

    async def test_whoever_confirms_has_shown_lately_who_they_are_and_is_another(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        both = await add_officer(owner)
        await owner.execute(
            "UPDATE memberships SET roles = '{assessor,second-officer}' WHERE id = $1",
            both.membership_id,
        )
        await sign_in(client, owner, both)
        address = (await client.post("/v1/merges", json=asked(pair))).headers["Location"]

        own = await client.post(f"{address}/confirmation")
        await sign_in(client, owner, both, authenticated_at=clock.now() - timedelta(minutes=16))
        late = await client.post(f"{address}/confirmation")

        assert problem(own) == (403, "second-person-needed")
        assert problem(late) == (403, "sign-in-again")

    @pytest.mark.parametrize(
        ("changes", "pointer"),
        [
            ({"keep": "AP12"}, "/keep"),
            ({"absorb": None}, "/absorb"),
            ({"reason": " "}, "/reason"),
            ({"force": True}, "/force"),
        ],
    )
    async def test_what_cannot_be_read_is_refused_where_it_stands(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        pair: Pair,
        changes: dict[str, Any],
        pointer: str,
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.post("/v1/merges", json=asked(pair, **changes))

        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]

    async def test_the_same_request_sent_again_proposes_once(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))

        answers = [
            await client.post("/v1/merges", json=asked(pair), headers={"Idempotency-Key": "one"})
            for _ in range(2)
        ]

        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert await owner.fetchval("SELECT count(*) FROM merges") == 1


class TestListing:
    async def test_merges_are_paged_newest_first_and_narrowed_by_state(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        made = []
        for number in range(3):
            pair = await add_record(owner, f"One {number}"), await add_record(owner, "Two")
            made.append((await client.post("/v1/merges", json=asked(pair))).json()["id"])

        first = (await client.get("/v1/merges?limit=2")).json()
        second = (await client.get(first["links"]["next"])).json()
        none = (await client.get("/v1/merges?state=merged")).json()

        assert [item["id"] for item in (*first["items"], *second["items"])] == made[::-1]
        assert second["links"]["next"] is None
        assert none["items"] == []

    async def test_merges_of_records_one_does_not_answer_for_are_not_shown(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        await sign_in(client, owner, await add_officer(owner))
        address = (await client.post("/v1/merges", json=asked(pair))).headers["Location"]
        await sign_in(client, owner, await add_officer(owner, la_code=WARWICKSHIRE))

        assert (await client.get("/v1/merges")).json()["items"] == []
        assert problem(await client.get(address)) == (404, "merge-not-found")
