"""Sites over HTTP: added, placed, changed, closed for good."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Permission, Role
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import add_member, sign_in
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.router.asking import at_version, pointers, problem

NEW: dict[str, Any] = {
    "name": "Example Barn",
    "kind": "fixed",
    "address_lines": ["2 Example Street"],
    "town": "Coventry",
    "postcode": "cv1 2wt",
}


@pytest.fixture
async def held(client: httpx.AsyncClient, owner: asyncpg.Connection) -> OwnedRecord:
    """A record whose manager is signed in."""
    made = await add_owned_record(owner)
    await sign_in(client, owner, made.manager)
    return made


async def add(client: httpx.AsyncClient, held: OwnedRecord, **changes: Any) -> httpx.Response:
    body = {name: value for name, value in (NEW | changes).items() if value is not ...}
    return await client.post(f"{held.address}/sites", json=body)


async def hold_postcode(owner: asyncpg.Connection, la_code: str | None = "331") -> None:
    await owner.execute("INSERT INTO postcodes VALUES ('CV1 2WT', $1, 433500, 279100)", la_code)


class TestAdding:
    async def test_its_place_follows_from_a_postcode_that_is_held(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await hold_postcode(owner)

        answer = await add(client, held)

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert answer.headers["Location"] == f"{held.address}/sites/2"
        assert told["postcode"] == "CV1 2WT"
        assert told["local_authority"] == {"code": "331", "name": "Coventry"}
        assert told["point"] == {"easting": 433500, "northing": 279100}
        assert told["location_precision"] == "postcode"
        (entry,) = await entries(owner, "site.added")
        assert entry["after"]["reference"] == 2

    async def test_a_postcode_that_is_not_held_is_placed_in_its_district(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        told = (await add(client, held)).json()

        assert told["local_authority"]["code"] == "331"
        assert told["location_precision"] == "postcode-district"

    async def test_a_point_that_is_given_is_kept(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        point = {"easting": 430000, "northing": 270000}

        told = (await add(client, held, point=point, la="Warwickshire")).json()

        assert (told["point"], told["location_precision"]) == (point, "given")
        assert told["local_authority"]["code"] == "937"

    async def test_a_postcode_in_another_area_than_is_said_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await hold_postcode(owner)

        answer = await add(client, held, la="937")

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == ["/la"]
        assert "Coventry" in answer.json()["detail"]

    async def test_an_area_that_only_letters_tell_must_be_said(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        without = await add(client, held, postcode="CV99 9ZZ")
        said = await add(client, held, postcode="CV99 9ZZ", la="331")

        assert pointers(without) == ["/la"]
        assert said.json()["location_precision"] == "postcode-area"

    async def test_who_visits_homes_needs_an_area_and_no_address(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        nowhere: dict[str, Any] = {"address_lines": [], "town": None, "postcode": None}

        answer = await add(client, held, kind="home-visits", la="Coventry", **nowhere)

        assert answer.status_code == 201
        assert (answer.json()["point"], answer.json()["postcode"]) == (None, None)

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"kind": "subcontracted"}, ""),
            ({"postcode": None}, ""),
            ({"postcode": "CV1"}, "/postcode"),
            ({"kind": "castle"}, "/kind"),
            ({"la": "Atlantis"}, "/la"),
            ({"name": "a\u202eb"}, "/name"),
            ({"address_lines": ["a\x1bb"]}, "/address_lines/0"),
            ({"address_lines": ["x"] * 7}, "/address_lines"),
            ({"point": {"easting": 1.5, "northing": 2}}, "/point/easting"),
            ({"point": {"easting": -1, "northing": 2}}, "/point/easting"),
            ({"opened_on": "1066-10-14"}, "/opened_on"),
            ({"someones_home": "perhaps"}, "/someones_home"),
            ({"reference": 9}, "/reference"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any], pointer: str
    ) -> None:
        answer = await add(client, held, **change)

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    async def test_the_same_request_again_adds_no_second(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        key = {"Idempotency-Key": "one-barn"}

        for _ in range(2):
            answer = await client.post(f"{held.address}/sites", json=NEW, headers=key)
            assert (answer.status_code, answer.json()["reference"]) == (201, 2)

        assert await owner.fetchval("SELECT count(*) FROM sites") == 2

    async def test_neither_an_analyst_nor_an_officer_adds_one(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        analyst = await add_member(owner, held.manager.organisation_id, Role.ANALYST)
        for member in (analyst, await add_officer(owner)):
            await sign_in(client, owner, member)

            assert problem(await add(client, held)) == (403, "not-permitted")


class TestChanging:
    async def test_a_change_counts_and_leaves_the_rest(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        site = f"{held.address}/sites/1"
        change = {"kind": "subcontracted", "run_by": "Example Partner", "someones_home": True}

        answer = await client.patch(site, json=change, headers=at_version(1))

        told = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert (told["kind"], told["run_by"], told["town"]) == (
            *("subcontracted", "Example Partner"),
            "Coventry",
        )
        assert told["location_precision"] == "postcode"
        (entry,) = await entries(owner, "site.changed")
        assert entry["before"] == {"kind": "workshop", "run_by": None, "someones_home": False}

    async def test_a_new_postcode_places_it_anew(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        change = {"postcode": "CV32 4AA", "la": "937"}

        answer = await client.patch(f"{held.address}/sites/1", json=change, headers=at_version(1))

        assert answer.json()["local_authority"]["code"] == "937"
        assert answer.json()["location_precision"] == "postcode-district"

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({}, ""),
            ({"kind": "subcontracted"}, ""),
            ({"name": None}, "/name"),
            ({"address_lines": None}, "/address_lines"),
        ],
    )
    async def test_what_would_not_hang_together_is_refused(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any], pointer: str
    ) -> None:
        answer = await client.patch(f"{held.address}/sites/1", json=change, headers=at_version(1))

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    async def test_an_edit_says_which_version_it_edits(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        site, change = f"{held.address}/sites/1", {"name": "Example Hall"}

        without = await client.patch(site, json=change)
        await client.patch(site, json=change, headers=at_version(1))
        late = await client.patch(site, json={"name": "Late"}, headers=at_version(1))

        assert problem(without) == (428, "version-needed")
        assert problem(late) == (412, "changed-meanwhile")

    async def test_a_site_that_is_not_there_is_not_found(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        for reference, slug in (("9", "site-not-found"), ("0", "invalid-request")):
            site = f"{held.address}/sites/{reference}"

            answer = await client.patch(site, json={"name": "X"}, headers=at_version(1))

            assert problem(answer)[1] == slug


class TestClosing:
    async def test_it_closes_for_good(self, client: httpx.AsyncClient, held: OwnedRecord) -> None:
        site, today = f"{held.address}/sites/1", clock.today()

        closed = await client.post(
            f"{site}/closing", json={"on": today.isoformat()}, headers=at_version(1)
        )
        again = await client.post(
            f"{site}/closing", json={"on": "2027-01-01"}, headers=at_version(2)
        )
        changed = await client.patch(site, json={"name": "Open!"}, headers=at_version(2))

        assert closed.json()["closed_on"] == today.isoformat()
        assert problem(again) == (409, "part-ended")
        assert problem(changed) == (409, "part-ended")

    async def test_until_a_day_to_come_it_stays_open_and_the_day_can_move(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        site = f"{held.address}/sites/1"
        days = [(clock.today() + timedelta(days=n)).isoformat() for n in (30, 60)]

        for version, day in enumerate(days, start=1):
            answer = await client.post(
                f"{site}/closing", json={"on": day}, headers=at_version(version)
            )
            assert (answer.status_code, answer.json()["closed_on"]) == (200, day)
        changed = await client.patch(site, json={"town": "Rugby"}, headers=at_version(3))

        assert changed.status_code == 200

    async def test_it_cannot_close_before_it_opened(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        await owner.execute("UPDATE sites SET opened_on = '2026-09-01'")

        answer = await client.post(
            f"{held.address}/sites/1/closing", json={"on": "2026-08-31"}, headers=at_version(1)
        )

        assert pointers(answer) == ["/on"]

    async def test_an_owners_machine_with_the_scope_can(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        scope = Permission.PROVIDER_RECORDS_MANAGE.value
        token = await get_token(client, await add_machine(owner, held.manager, scope))
        client.cookies.clear()

        answer = await client.post(
            f"{held.address}/sites/1/closing",
            json={"on": "2026-11-30"},
            headers=bearer(token) | at_version(1),
        )

        # What it did is done, though the scope does not let it read the record again.
        assert answer.status_code == 200
