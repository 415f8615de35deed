"""The people behind a provider, how they are reached, and its account: private throughout."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Permission, Role
from app.config import Settings
from app.keyring.ring import load
from app.keyring.sealing import context_of, open_sealed
from tests.factories.invitations import entries
from tests.factories.machines import add_machine, bearer, get_token
from tests.factories.people import add_member, sign_in
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.providers.router.asking import at_version, browsers, pointers, problem

DIRECTOR = {"kind": "director", "name": "Hidden Person", "birth_month": "1979-03"}
ACCOUNT = {"sort_code": "08-99-99", "account_number": "66374958"}


@pytest.fixture
async def held(client: httpx.AsyncClient, owner: asyncpg.Connection) -> OwnedRecord:
    """A record whose manager is signed in."""
    made = await add_owned_record(owner)
    await sign_in(client, owner, made.manager)
    return made


class TestPeople:
    async def test_somebody_is_named_by_the_owner_and_seen_by_who_answers(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        answer = await client.post(f"{held.address}/people", json=DIRECTOR)
        await sign_in(client, owner, await add_officer(owner, Role.ANALYST))
        seen = (await client.get(f"{held.address}/people")).json()["items"]

        assert answer.status_code == 201
        assert answer.headers["Location"] == f"{held.address}/people/{seen[0]['id']}"
        assert (seen[0]["name"], seen[0]["birth_month"]) == ("Hidden Person", "1979-03")
        assert (seen[0]["source"], seen[0]["confirmed_on"]) == (
            *("owner",),
            clock.today().isoformat(),
        )

    async def test_the_record_of_acts_tells_no_name(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        person = (await client.post(f"{held.address}/people", json=DIRECTOR)).json()
        await client.patch(
            f"{held.address}/people/{person['id']}",
            json={"name": "Hidden Otherwise"},
            headers=at_version(1),
        )

        told = await owner.fetch("SELECT audit_entries::text AS entry FROM audit_entries")

        assert "Hidden" not in str(told)
        (entry,) = await entries(owner, "provider_person.changed")
        assert entry["after"] == {"kind": "director", "fields": ["name"]}

    async def test_a_change_says_which_version_it_edits(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        made = await client.post(f"{held.address}/people", json=DIRECTOR)
        person = made.headers["Location"]

        without = await client.patch(person, json={"kind": "trustee"})
        done = await client.patch(person, json={"birth_month": None}, headers=at_version(1))
        late = await client.patch(person, json={"kind": "trustee"}, headers=at_version(1))

        assert problem(without) == (428, "version-needed")
        assert (done.headers["ETag"], done.json()["birth_month"]) == ('"2"', None)
        assert problem(late) == (412, "changed-meanwhile")

    async def test_who_has_ended_stays_on_record(
        self, client: httpx.AsyncClient, held: OwnedRecord
    ) -> None:
        begun = DIRECTOR | {"appointed_on": "2020-01-01"}
        person = (await client.post(f"{held.address}/people", json=begun)).headers["Location"]

        early = await client.post(
            f"{person}/ending", json={"on": "2019-12-31"}, headers=at_version(1)
        )
        ended = await client.post(
            f"{person}/ending", json={"on": "2026-01-01"}, headers=at_version(1)
        )
        changed = await client.patch(person, json={"kind": "trustee"}, headers=at_version(2))

        assert pointers(early) == ["/on"]
        assert ended.json()["ended_on"] == "2026-01-01"
        assert problem(changed) == (409, "part-ended")
        assert len((await client.get(f"{held.address}/people")).json()["items"]) == 1

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"birth_month": "1979-03-14"}, "/birth_month"),
            ({"birth_month": "1979-13"}, "/birth_month"),
            ({"birth_month": "2099-01"}, "/birth_month"),
            ({"birth_month": "1850-01"}, "/birth_month"),
            ({"name": "see https://example.org"}, "/name"),
            ({"name": "A\u202eB"}, "/name"),
            ({"name": "x" * 10_240}, "/name"),
            ({"kind": "king"}, "/kind"),
            ({"ended_on": "2026-01-01"}, "/ended_on"),
        ],
    )
    async def test_what_cannot_be_is_refused_where_it_stands(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any], pointer: str
    ) -> None:
        answer = await client.post(f"{held.address}/people", json=DIRECTOR | change)

        assert problem(answer) == (422, "invalid-request")
        assert pointers(answer) == [pointer]

    async def test_neither_an_analyst_nor_an_officer_names_anybody(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        analyst = await add_member(owner, held.manager.organisation_id, Role.ANALYST)
        for member in (analyst, await add_officer(owner)):
            await sign_in(client, owner, member)

            answer = await client.post(f"{held.address}/people", json=DIRECTOR)

            assert problem(answer) == (403, "not-permitted")

    async def test_somebody_of_another_record_is_not_found(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        other = await add_owned_record(owner, "Example Mill", manager=held.manager)
        made = await client.post(f"{other.address}/people", json=DIRECTOR)

        answer = await client.get(f"{held.address}/people/{made.json()['id']}")

        assert problem(answer) == (404, "part-not-found")


class TestContacts:
    @pytest.mark.parametrize(
        ("kind", "value", "canonical"),
        [
            ("phone", "(01632) 960 101", "+441632960101"),
            ("email", "Head@Example.ORG", "head@example.org"),
            ("address", "14 High St, Coventry, CV1 2WT", "CV1 2WT 14 high street coventry"),
            ("address", "The Old Mill, Nowhere", "the old mill nowhere"),
        ],
    )
    async def test_each_is_kept_as_given_and_in_the_spelling_it_is_compared_by(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        held: OwnedRecord,
        kind: str,
        value: str,
        canonical: str,
    ) -> None:
        answer = await client.post(f"{held.address}/contacts", json={"kind": kind, "value": value})

        assert (answer.status_code, answer.json()["value"]) == (201, value)
        kept = await owner.fetchval("SELECT canonical FROM provider_contacts")
        assert kept == canonical
        assert value not in str(await owner.fetch("SELECT a::text FROM audit_entries a"))

    @pytest.mark.parametrize(
        ("kind", "value"), [("phone", "1234"), ("email", "nobody"), ("address", "\x07 High St")]
    )
    async def test_what_cannot_be_one_is_refused(
        self, client: httpx.AsyncClient, held: OwnedRecord, kind: str, value: str
    ) -> None:
        answer = await client.post(f"{held.address}/contacts", json={"kind": kind, "value": value})

        assert pointers(answer) == ["/value"]

    async def test_one_that_ended_is_told_no_more(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        body = {"kind": "phone", "value": "01632 960101"}
        contact = (await client.post(f"{held.address}/contacts", json=body)).headers["Location"]

        ended = await client.delete(contact)
        again = await client.delete(contact)

        assert ended.status_code == 204
        assert problem(again) == problem(await client.get(contact)) == (404, "part-not-found")
        assert (await client.get(f"{held.address}/contacts")).json()["items"] == []
        assert await owner.fetchval("SELECT count(*) FROM provider_contacts") == 1


class TestBankReference:
    async def test_equal_accounts_have_equal_hashes_and_nothing_else_is_kept(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        held: OwnedRecord,
        settings: Settings,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        other = await add_owned_record(owner, "Example Mill", manager=held.manager)
        spelt_otherwise = {"sort_code": "089999", "account_number": "66374958"}
        changed = {"sort_code": "089999", "account_number": "66374959"}

        answers = [
            await client.put(f"{held.address}/bank-reference", json=ACCOUNT),
            await client.put(f"{other.address}/bank-reference", json=spelt_otherwise),
            await client.put(f"{other.address}/bank-reference", json=changed),
        ]

        assert [answer.status_code for answer in answers] == [200, 200, 200]
        rows = await owner.fetch("SELECT * FROM bank_references ORDER BY given_at")
        one, same, different = (row["reference_hash"] for row in rows)
        assert one == same != different
        assert [row["ended_at"] is None for row in rows] == [True, False, True]
        everywhere = str([answer.text for answer in answers]) + str(rows)
        everywhere += str(await owner.fetch("SELECT a::text FROM audit_entries a"))
        everywhere += capsys.readouterr().out
        for number in ("66374958", "089999", "08-99-99"):
            assert number not in everywhere

        key = await owner.fetchrow("SELECT * FROM matching_keys")
        assert key is not None
        context = context_of("matching_keys.sealed_secret", "bank-reference")
        opened = open_sealed(load(settings.keyring_path), key["sealed_secret"], context)
        assert len(opened) == 32

    async def test_a_short_number_is_the_same_as_with_its_noughts(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        for number in ("0012345", "00012345"):
            body = ACCOUNT | {"account_number": number}
            await client.put(f"{held.address}/bank-reference", json=body)

        assert (
            await owner.fetchval("SELECT count(DISTINCT reference_hash) FROM bank_references") == 1
        )

    async def test_its_owner_alone_sees_that_there_is_one(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        before = await client.get(f"{held.address}/bank-reference")
        await client.put(f"{held.address}/bank-reference", json=ACCOUNT)
        seen = await client.get(f"{held.address}/bank-reference")
        await sign_in(client, owner, await add_officer(owner))
        hidden = await client.get(f"{held.address}/bank-reference")

        assert problem(before) == problem(hidden) == (404, "part-not-found")
        assert list(seen.json()) == ["given_at"]

    @pytest.mark.parametrize(
        "change",
        [
            {"sort_code": "08999"},
            {"sort_code": "08 99 9x"},
            {"account_number": "663749588"},
            {"account_number": "66374"},
            {"account_number": 66374958},
        ],
    )
    async def test_what_cannot_be_an_account_is_refused_and_not_repeated(
        self, client: httpx.AsyncClient, held: OwnedRecord, change: dict[str, Any]
    ) -> None:
        body = ACCOUNT | change

        answer = await client.put(f"{held.address}/bank-reference", json=body)

        assert problem(answer) == (422, "invalid-request")
        assert all(str(value) not in answer.text for value in body.values())

    async def test_a_machine_cannot_name_one(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, held: OwnedRecord
    ) -> None:
        scope = Permission.PROVIDER_RECORDS_MANAGE.value
        token = await get_token(client, await add_machine(owner, held.manager, scope))
        client.cookies.clear()

        answer = await client.put(
            f"{held.address}/bank-reference", json=ACCOUNT, headers=bearer(token)
        )

        assert problem(answer) == (403, "person-needed")


async def test_two_who_name_the_first_accounts_at_once_use_one_key(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    one = await add_owned_record(owner)
    other = await add_owned_record(owner, "Example Mill")

    async with browsers(settings, owner, one.manager, other.manager) as (first, second):
        answers = await asyncio.gather(
            first.put(f"{one.address}/bank-reference", json=ACCOUNT),
            second.put(f"{other.address}/bank-reference", json=ACCOUNT),
        )

    assert [answer.status_code for answer in answers] == [200, 200]
    assert await owner.fetchval("SELECT count(*) FROM matching_keys") == 1
    assert await owner.fetchval("SELECT count(DISTINCT reference_hash) FROM bank_references") == 1
