"""Matches of an application over HTTP."""

import uuid

import asyncpg
import httpx

from app import clock
from app.access import Role
from app.values.uuid7 import uuid7
from tests.factories.listings import add_entry_visit
from tests.factories.people import sign_in
from tests.factories.providers import WARWICKSHIRE
from tests.organisations.asking import problem
from tests.providers.applicants import Held, add_officer, add_owner, add_record, add_traces


async def applicant(owner: asyncpg.Connection) -> tuple[Held, Held]:
    """A removed record, and an applicant whose director it had."""
    gone = await add_record(owner, "Copper Beech", "removed", la_code=WARWICKSHIRE)
    new = await add_record(owner, "Marrow Skills", "submitted")
    await add_traces(owner, gone.id, person=("Quillington, Hester Jane", None), bank=b"b" * 32)
    await add_traces(owner, new.id, person=("Quillington, Hester", None), bank=b"b" * 32)
    return gone, new


def matches(listing: uuid.UUID | None) -> str:
    return f"/v1/applications/{listing}/matches"


class TestLooking:
    async def test_an_assessor_sees_the_other_record_and_each_thing_shared(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        gone, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.get(matches(new.listing))

        (item,) = answer.json()["items"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert item["other"] == {
            "number": gone.number,
            "name": "Copper Beech",
            "status": "removed",
            "left_as": "removed",
            "left_on": "2026-09-01",
        }
        assert [shared["ground"] for shared in item["shared"]] == ["bank-account", "person"]
        assert (item["judgement"], item["score"] > 0.9) == (None, True)

    async def test_what_only_the_other_record_tells_is_not_told(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner))

        text = (await client.get(matches(new.listing))).text

        assert "Quillington, Hester" in text
        assert "Jane" not in text
        assert "b" * 32 not in text
        assert (b"b" * 32).hex() not in text

    async def test_that_somebody_looked_is_written_down(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        assessor = await add_officer(owner)
        await sign_in(client, owner, assessor)
        await client.get(matches(new.listing))

        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'matches.read'")

        assert (act["actor_id"], act["subject_id"]) == (assessor.person_id, str(new.listing))

    async def test_the_applicant_and_other_authorities_find_nothing(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        for member in (await add_owner(owner, new.id), await add_officer(owner, la_code="330")):
            await sign_in(client, owner, member)
            answer = await client.get(matches(new.listing))
            assert problem(answer) == (404, "application-not-found")


class TestDeciding:
    async def test_whoever_shares_a_director_with_a_removed_provider_is_judged_before_it_is_listed(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        gone = await add_record(owner, "Copper Beech", "removed", la_code=WARWICKSHIRE)
        new = await add_record(owner, "Marrow Skills", "in-assessment")
        await add_entry_visit(owner, new.site)
        for held in (gone, new):
            await add_traces(owner, held.id, person=("Quillington, Hester", None))
        await sign_in(client, owner, await add_officer(owner))
        address = f"/v1/listings/{new.listing}/proposals"
        proposed = {
            "to_state": "listed",
            "effective_on": clock.today().isoformat(),
            "reason": "It was seen, and all is well.",
            "public_reason": "assessment",
        }

        early = await client.post(address, json=proposed)
        (item,) = (await client.get(matches(new.listing))).json()["items"]
        await client.post(
            f"{matches(new.listing)}/{item['id']}/judgement",
            json={"judgement": "unrelated", "reason": "Two people of one name; I saw both."},
        )
        late = await client.post(address, json=proposed)

        assert problem(early) == (409, "application-not-ready")
        assert early.json()["errors"][0]["pointer"] == "/matches"
        assert late.status_code == 201


class TestJudging:
    async def test_an_assessor_judges_and_reads_the_judgement_again(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner))
        (item,) = (await client.get(matches(new.listing))).json()["items"]
        address = f"{matches(new.listing)}/{item['id']}/judgement"
        said = {"judgement": "same-people", "reason": " She told me so. "}

        answers = [
            await client.post(address, json=said, headers={"Idempotency-Key": "one"})
            for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].headers["Location"] == matches(new.listing)
        (judged,) = (await client.get(matches(new.listing))).json()["items"]
        assert judged["judgement"] == "same-people"
        assert judged["judged_reason"] == "She told me so."
        written = await owner.fetchval(
            "SELECT count(*) FROM audit_entries WHERE act = 'match.judged'"
        )
        assert written == 1

    async def test_a_judgement_needs_a_word_of_the_list_and_a_reason(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner))
        address = f"{matches(new.listing)}/{uuid7()}/judgement"
        for said, pointer in (
            ({"judgement": "perhaps", "reason": "x"}, "/judgement"),
            ({"judgement": "unrelated", "reason": "  "}, "/reason"),
            ({"judgement": "unrelated"}, "/reason"),
            ({"judgement": "unrelated", "reason": "x", "more": 1}, "/more"),
        ):
            answer = await client.post(address, json=said)
            assert answer.status_code == 422
            assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]

    async def test_a_match_that_is_not_there_is_not_found(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner))

        answer = await client.post(
            f"{matches(new.listing)}/{uuid7()}/judgement",
            json={"judgement": "unrelated", "reason": "x"},
        )

        assert problem(answer) == (404, "match-not-found")

    async def test_a_second_officer_reads_and_does_not_judge(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        _, new = await applicant(owner)
        await sign_in(client, owner, await add_officer(owner, Role.SECOND_OFFICER))
        (item,) = (await client.get(matches(new.listing))).json()["items"]

        answer = await client.post(
            f"{matches(new.listing)}/{item['id']}/judgement",
            json={"judgement": "unrelated", "reason": "x"},
        )

        assert problem(answer) == (403, "not-permitted")
