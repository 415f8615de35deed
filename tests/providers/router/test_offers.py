"""Offers over HTTP: added, changed, ended, and whether there are places."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Permission
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import sign_in
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.router.asking import at_version, pointers, problem

NEW: dict[str, Any] = {
    "programme": "Animal care",
    "age_from": 11,
    "age_to": 16,
    "key_stages": [4, 3, 3],
    "needs": ["SEMH", "ASD"],
    "sessions": [
        {"day": 2, "from": "13:00", "to": "15:00"},
        {"day": 1, "from": "09:30", "to": "12:00"},
    ],
    "hours_per_week": 12.5,
    "group_from": 2,
    "group_to": 6,
    "price_hour_pence": 4500,
    "price_half_day_pence": 9000,
    "price_day_pence": 15000,
    "price_week_pence": 70000,
    "availability": "soon",
}


@pytest.fixture
async def held(client: httpx.AsyncClient, owner: asyncpg.Connection) -> OwnedRecord:
    """A record whose manager is signed in."""
    made = await add_owned_record(owner)
    await sign_in(client, owner, made.manager)
    return made


def offers(held: OwnedRecord) -> str:
    return f"{held.address}/sites/1/offers"


def first(held: OwnedRecord) -> str:
    return f"{offers(held)}/{held.offer_id}"


class TestAdding:
    async def test_all_of_it_is_told_again_and_availability_is_dated(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        answer = await client.post(offers(held), json=NEW)

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.headers["Location"] == f"{offers(held)}/{told['id']}"
        assert told["key_stages"] == [3, 4]
        assert told["sessions"] == NEW["sessions"][::-1]
        assert told["availability_confirmed_on"] == clock.today().isoformat()
        same = ("programme", "age_from", "group_to", "price_week_pence", "availability")
        assert {name: told[name] for name in same} == {name: NEW[name] for name in same}
        assert float(told["hours_per_week"]) == 12.5
        (entry,) = await entries(owner, "offer.added")
        assert entry["subject_label"] == "Animal care"
        assert entry["subject_organisation_id"] == held.manager.organisation_id

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"age_from": 16, "age_to": 11}, ""),
            ({"age_from": 1}, "/age_from"),
            ({"age_to": 26}, "/age_to"),
            ({"age_from": 11.0}, "/age_from"),
            ({"key_stages": [6]}, "/key_stages/0"),
            ({"needs": ["XYZ"]}, "/needs/0"),
            ({"price_day_pence": 45.5}, "/price_day_pence"),
            ({"price_day_pence": 4500.0}, "/price_day_pence"),
            ({"price_day_pence": "4500"}, "/price_day_pence"),
            ({"price_day_pence": -1}, "/price_day_pence"),
            ({"price_day_pence": 10_000_001}, "/price_day_pence"),
            ({"price_day_pence": True}, "/price_day_pence"),
            ({"hours_per_week": 0}, "/hours_per_week"),
            ({"hours_per_week": 12.55}, "/hours_per_week"),
            ({"hours_per_week": "NaN"}, "/hours_per_week"),
            ({"hours_per_week": 51}, "/hours_per_week"),
            ({"group_from": 6, "group_to": 2}, ""),
            ({"group_to": None}, ""),
            ({"group_to": 201}, "/group_to"),
            ({"availability": "maybe"}, "/availability"),
            ({"programme": "x" * 10_240}, "/programme"),
            ({"programme": "a\u2066b"}, "/programme"),
            ({"sessions": [{"day": 8, "from": "09:00", "to": "10:00"}]}, "/sessions/0/day"),
            ({"sessions": [{"day": 1, "from": "10:00", "to": "10:00"}]}, "/sessions/0"),
            ({"sessions": [{"day": 1, "from": "09:00:30", "to": "10:00"}]}, "/sessions/0/from"),
            ({"sessions": [{"day": 1, "from": "25:00", "to": "10:00"}]}, "/sessions/0/from"),
            ({"sessions": [{"day": 1, "from": "09:00Z", "to": "10:00"}]}, "/sessions/0/from"),
            ({"sessions": [{"day": 1, "from": "09:00", "to": "10:00"}] * 51}, "/sessions"),
            (
                {
                    "sessions": [
                        {"day": 1, "from": "09:00", "to": "10:30"},
                        {"day": 1, "from": "10:00", "to": "11:00"},
                    ]
                },
                "/sessions",
            ),
            ({"ended_on": "2026-01-01"}, "/ended_on"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any], pointer: str
    ) -> None:
        answer = await client.post(offers(held), json=NEW | change)

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400"])
    async def test_numbers_that_are_none_are_refused(
        self, client: httpx.AsyncClient, held: OwnedRecord, number: str
    ) -> None:
        body = f'{{"programme":"X","age_from":11,"age_to":16,"hours_per_week":{number}}}'

        answer = await client.post(
            offers(held), content=body, headers={"Content-Type": "application/json"}
        )

        assert answer.status_code in {400, 422}

    async def test_one_session_may_follow_on_another(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        sessions = [
            {"day": 1, "from": "09:00", "to": "10:00"},
            {"day": 1, "from": "10:00", "to": "11:00"},
        ]

        answer = await client.post(offers(held), json=NEW | {"sessions": sessions})

        assert answer.status_code == 201

    async def test_nothing_is_added_at_a_closed_site(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await owner.execute("UPDATE sites SET closed_on = '2026-01-01'")

        assert problem(await client.post(offers(held), json=NEW)) == (409, "part-ended")


class TestChanging:
    async def test_a_change_counts_and_leaves_the_rest(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        answer = await client.patch(
            first(held), json={"age_to": 14, "price_day_pence": 100}, headers=at_version(1)
        )

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert (told["age_from"], told["age_to"], told["price_day_pence"]) == (11, 14, 100)
        assert told["availability"] is None
        (entry,) = await entries(owner, "offer.changed")
        assert entry["before"] == {"age_to": 16, "price_day_pence": None}

    async def test_availability_said_or_taken_back_is_dated_with_it(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        said = await client.patch(first(held), json={"availability": "full"}, headers=at_version(1))
        back = await client.patch(first(held), json={"availability": None}, headers=at_version(2))

        assert said.json()["availability_confirmed_on"] == clock.today().isoformat()
        assert back.json()["availability_confirmed_on"] is None

    @pytest.mark.parametrize("change", [{"age_from": 17}, {"age_to": 10}, {"group_from": 3}])
    async def test_what_would_not_hang_together_is_refused(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any]
    ) -> None:
        answer = await client.patch(first(held), json=change, headers=at_version(1))

        assert problem(answer) == (422, "invalid-request")

    async def test_an_edit_says_which_version_it_edits(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        without = await client.patch(first(held), json={"age_to": 14})
        late = await client.patch(first(held), json={"age_to": 14}, headers=at_version(7))

        assert problem(without) == (428, "version-needed")
        assert problem(late) == (412, "changed-meanwhile")

    async def test_an_offer_of_another_site_is_not_found(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        other = await add_owned_record(owner, "Example Mill", manager=held.manager)

        answer = await client.patch(
            f"{offers(held)}/{other.offer_id}", json={"age_to": 14}, headers=at_version(1)
        )

        assert problem(answer) == (404, "part-not-found")


class TestEnding:
    async def test_it_stays_on_record_and_is_changed_no_more(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        today = clock.today().isoformat()

        ended = await client.post(
            f"{first(held)}/ending", json={"on": today}, headers=at_version(1)
        )
        changed = await client.patch(first(held), json={"age_to": 14}, headers=at_version(2))
        said = await client.post(f"{first(held)}/availability", json={"availability": "full"})
        record = (await client.get(held.address)).json()

        assert ended.json()["ended_on"] == today
        assert problem(changed) == problem(said) == (409, "part-ended")
        assert [one["ended_on"] for one in record["sites"][0]["offers"]] == [today]
        assert "/sites/1/offers" in {one["field"] for one in record["missing"]}

    async def test_until_a_day_to_come_it_is_still_offered(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        later = (clock.today() + timedelta(days=30)).isoformat()

        await client.post(f"{first(held)}/ending", json={"on": later}, headers=at_version(1))
        said = await client.post(f"{first(held)}/availability", json={"availability": "full"})

        assert said.status_code == 200


class TestAvailability:
    async def test_a_machine_confirms_it_without_a_version(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        scope = Permission.PROVIDER_RECORDS_MANAGE.value
        token = await get_token(client, await add_machine(owner, held.manager, scope))
        client.cookies.clear()

        answer = await client.post(
            f"{first(held)}/availability",
            json={"availability": "places-now"},
            headers=bearer(token),
        )

        assert answer.json()["availability"] == "places-now"
        assert answer.json()["availability_confirmed_on"] == clock.today().isoformat()
        (entry,) = await entries(owner, "offer.availability_confirmed")
        assert entry["actor_kind"] == "machine"

    async def test_a_machine_without_the_scope_and_an_officer_cannot(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        scope = Permission.PROVIDER_RECORDS_READ.value
        token = await get_token(client, await add_machine(owner, held.manager, scope))
        client.cookies.clear()
        body = {"availability": "full"}

        by_machine = await client.post(
            f"{first(held)}/availability", json=body, headers=bearer(token)
        )
        await sign_in(client, owner, await add_officer(owner))
        by_officer = await client.post(f"{first(held)}/availability", json=body)

        assert problem(by_machine) == problem(by_officer) == (403, "not-permitted")
