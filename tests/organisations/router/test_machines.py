"""Administrators see to their machines over HTTP; a secret is in one answer and in no other."""

import uuid
from datetime import datetime, timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import SCOPES, Permission, Role
from app.organisations.terms import OrganisationKind
from tests.factories.machines import HeldMachine, add_machine, bearer, get_token
from tests.factories.people import Member, add_member, add_organisation, sign_in

NEW = {"name": "Placement system", "scopes": ["members:read"]}


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    """A client signed in as the administrator."""
    return await sign_in(client, owner, administrator)


@pytest.fixture
async def machine(owner: asyncpg.Connection, administrator: Member) -> HeldMachine:
    return await add_machine(owner, administrator, "members:read")


def machines_of(member: Member) -> str:
    return f"/v1/organisations/{member.organisation_id}/machines"


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    told: dict[str, object] = answer.json()
    assert (answer.status_code, str(told["type"]).rsplit("/")[-1]) == (status, slug), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return told


class TestAdding:
    async def test_shows_the_first_secret_once_and_it_works(
        self, browser: httpx.AsyncClient, administrator: Member
    ) -> None:
        answer = await browser.post(machines_of(administrator), json=NEW)

        told = answer.json()
        assert answer.status_code == 201
        assert answer.headers["Location"] == f"{machines_of(administrator)}/{told['id']}"
        assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == ('"1"', "no-store")
        assert (told["name"], told["scopes"]) == ("Placement system", ["members:read"])
        assert told["client_secret"].endswith(told["secrets"][0]["ending"])
        got = await browser.post(
            "/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": told["id"],
                "client_secret": told["client_secret"],
            },
        )
        assert got.status_code == 200
        read = await browser.get(answer.headers["Location"])
        assert "client_secret" not in read.json()
        assert told["client_secret"] not in read.text

    async def test_sent_again_under_the_same_key_makes_nothing_and_shows_no_secret(
        self, browser: httpx.AsyncClient, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        first = await browser.post(machines_of(administrator), json=NEW, headers=headers)

        again = await browser.post(machines_of(administrator), json=NEW, headers=headers)

        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json()["id"] == first.json()["id"]
        assert again.headers["Location"] == first.headers["Location"]
        assert "client_secret" in first.json()
        assert "client_secret" not in again.json()
        assert first.json()["client_secret"] not in again.text
        assert await owner.fetchval("SELECT count(*) FROM machines") == 1
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 1

    async def test_keeps_nothing_of_the_secret_with_the_key(
        self, browser: httpx.AsyncClient, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        headers = {"Idempotency-Key": "one"}
        made = await browser.post(machines_of(administrator), json=NEW, headers=headers)

        kept = await owner.fetchval("SELECT to_jsonb(k)::text FROM idempotency_keys k")

        assert made.json()["client_secret"] not in kept

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"name": ""}, "/name"),
            ({"name": "   "}, "/name"),
            ({"name": "a" * 201}, "/name"),
            ({"name": "a\u0000b"}, "/name"),
            ({"name": 7}, "/name"),
            ({"scopes": []}, "/scopes"),
            ({"scopes": "members:read"}, "/scopes"),
            ({"scopes": ["members:read"] * 101}, "/scopes"),
            ({"scopes": [None]}, "/scopes/0"),
            ({"secret": "of my own"}, "/secret"),
        ],
    )
    async def test_says_what_is_wrong_and_where(
        self,
        browser: httpx.AsyncClient,
        administrator: Member,
        change: dict[str, object],
        pointer: str,
    ) -> None:
        answer = await browser.post(machines_of(administrator), json=NEW | change)

        problem(answer, 422, "invalid-request")
        assert answer.json()["errors"][0]["pointer"] == pointer

    @pytest.mark.parametrize("scope", [*sorted(set(Permission) - SCOPES), "everything", ""])
    async def test_refuses_scopes_that_are_not_for_machines_and_names_those_that_are(
        self, browser: httpx.AsyncClient, administrator: Member, scope: str
    ) -> None:
        body = NEW | {"scopes": ["members:read", scope]}

        answer = await browser.post(machines_of(administrator), json=body)

        told = problem(answer, 422, "scopes-not-for-machines")
        assert answer.json()["errors"][0]["pointer"] == "/scopes/1"
        assert all(allowed in str(told["detail"]) for allowed in SCOPES)

    async def test_asks_whoever_has_not_shown_lately_who_they_are_to_do_so(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        an_hour_ago = clock.now() - timedelta(hours=1)
        await sign_in(client, owner, administrator, authenticated_at=an_hour_ago)

        answer = await client.post(machines_of(administrator), json=NEW)

        problem(answer, 403, "sign-in-again")
        assert await owner.fetchval("SELECT count(*) FROM machines") == 0

    async def test_is_refused_when_another_site_sent_the_browser(
        self, browser: httpx.AsyncClient, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        elsewhere = {"Origin": "https://elsewhere.example.org"}

        answer = await browser.post(machines_of(administrator), json=NEW, headers=elsewhere)

        problem(answer, 403, "cross-site-request")
        assert await owner.fetchval("SELECT count(*) FROM machines") == 0


class TestSeeing:
    async def test_shows_a_machine_with_its_secrets_and_no_hash(
        self, browser: httpx.AsyncClient, machine: HeldMachine, administrator: Member
    ) -> None:
        answer = await browser.get(machine.address)

        told = answer.json()
        (secret,) = told["secrets"]
        assert answer.headers["ETag"] == '"1"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert told["id"] == str(machine.id)
        assert told["added_by"] == str(administrator.person_id)
        assert told["revoked_at"] is None
        assert datetime.fromisoformat(told["added_at"]).utcoffset() == timedelta(0)
        assert secret.keys() == {"id", "ending", "made_at", "expires_at", "used_at", "revoked_at"}
        assert secret["id"] == str(machine.secret_id)

    async def test_tells_when_a_secret_was_last_used(
        self, browser: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        await get_token(browser, machine)

        (secret,) = (await browser.get(machine.address)).json()["secrets"]

        assert secret["used_at"] is not None

    async def test_lists_them_in_the_order_they_were_added_page_by_page(
        self, browser: httpx.AsyncClient, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        added = sorted([str((await add_machine(owner, administrator)).id) for _ in range(7)])
        found, pages = [], 0
        following: str | None = f"{machines_of(administrator)}?limit=3"
        while following:
            answer = await browser.get(following)
            assert answer.headers["Cache-Control"] == "no-store"
            found += [one["id"] for one in answer.json()["items"]]
            assert all(len(one["secrets"]) == 1 for one in answer.json()["items"])
            following, pages = answer.json()["links"]["next"], pages + 1

        assert (found, pages) == (added, 3)

    @pytest.mark.parametrize(
        "query", ["limit=0", "limit=101", "cursor=", "cursor=abc", "state=live", "limit=1&limit=2"]
    )
    async def test_refuses_a_page_that_cannot_be(
        self, browser: httpx.AsyncClient, administrator: Member, query: str
    ) -> None:
        answer = await browser.get(f"{machines_of(administrator)}?{query}")

        told = problem(answer, 422, "invalid-request")
        faults = told["errors"]
        assert isinstance(faults, list)
        assert {one["parameter"] for one in faults} == {query.partition("=")[0]}

    async def test_refuses_another_lists_cursor(
        self, browser: httpx.AsyncClient, administrator: Member, owner: asyncpg.Connection
    ) -> None:
        team = await add_organisation(
            owner,
            "A Team",
            OrganisationKind.LOCAL_AUTHORITY_TEAM,
            parent_id=administrator.organisation_id,
        )
        for _ in range(2):
            await add_machine(owner, administrator)
        page = await browser.get(f"{machines_of(administrator)}?limit=1")
        cursor = page.json()["links"]["next"].split("cursor=")[1]

        own = await browser.get(f"{machines_of(administrator)}?cursor={cursor}")
        answer = await browser.get(f"/v1/organisations/{team}/machines?cursor={cursor}")

        assert len(own.json()["items"]) == 1
        problem(answer, 422, "invalid-request")

    async def test_is_nothing_to_whoever_is_not_signed_in(
        self, client: httpx.AsyncClient, machine: HeldMachine, administrator: Member
    ) -> None:
        for path in (machines_of(administrator), machine.address):
            answer = await client.get(path)
            problem(answer, 401, "not-signed-in")
            assert str(machine.id) not in answer.text


class TestStrangers:
    async def test_find_no_machine_whatever_they_do(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        other = await add_organisation(owner, "Another School")
        stranger = await add_member(owner, other, Role.ADMINISTRATOR)
        await sign_in(client, owner, stranger)
        first, under_theirs = {"If-Match": '"1"'}, f"{machines_of(stranger)}/{machine.id}"

        for path in (machine.address, under_theirs):
            for answer in (
                await client.get(path),
                await client.patch(path, json={"name": "Mine"}, headers=first),
                await client.delete(path, headers=first),
                await client.post(f"{path}/secrets"),
                await client.delete(f"{path}/secrets/{machine.secret_id}"),
            ):
                problem(answer, 404, "machine-not-found")
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 1
        row = await owner.fetchrow("SELECT name, version, revoked_at FROM machines")
        assert row is not None
        assert tuple(row) == ("Example system", 1, None)

    async def test_are_not_told_of_anothers_list(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        other = await add_organisation(owner, "Another School")
        await sign_in(client, owner, await add_member(owner, other, Role.ADMINISTRATOR))
        garage = await add_organisation(owner, "A Garage", OrganisationKind.PROVIDER_OWNER)

        for other in (machine.organisation_id, garage, uuid.uuid4()):
            path = f"/v1/organisations/{other}/machines"
            problem(await client.get(path), 404, "organisation-not-found")
            problem(await client.post(path, json=NEW), 404, "organisation-not-found")

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
    async def test_in_another_role_of_the_same_organisation_are_refused(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
        role: Role,
    ) -> None:
        await sign_in(client, owner, await add_member(owner, administrator.organisation_id, role))

        for answer in (
            await client.get(machines_of(administrator)),
            await client.get(machine.address),
            await client.post(machines_of(administrator), json=NEW),
            await client.delete(machine.address, headers={"If-Match": '"1"'}),
        ):
            problem(answer, 403, "not-permitted")

    async def test_that_are_machines_are_refused_whatever_their_row_says(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE machines SET scopes = $1", sorted(Permission))
        headers = bearer(await get_token(client, machine))
        of = f"/v1/organisations/{machine.organisation_id}/machines"

        for answer in (
            await client.get(of, headers=headers),
            await client.get(machine.address, headers=headers),
            await client.post(of, json=NEW, headers=headers),
            await client.post(f"{machine.address}/secrets", headers=headers),
            await client.delete(machine.address, headers=headers | {"If-Match": '"1"'}),
        ):
            problem(answer, 403, "not-permitted")


class TestRenaming:
    async def test_needs_the_version_that_was_read(
        self, browser: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        path = machine.address

        none = await browser.patch(path, json={"name": "New"})
        first = await browser.patch(path, json={"name": "New"}, headers={"If-Match": '"1"'})
        late = await browser.patch(path, json={"name": "Newer"}, headers={"If-Match": '"1"'})

        problem(none, 428, "version-needed")
        assert (first.status_code, first.json()["name"]) == (200, "New")
        assert first.headers["ETag"] == '"2"'
        problem(late, 412, "changed-meanwhile")

    async def test_changes_no_scope(self, browser: httpx.AsyncClient, machine: HeldMachine) -> None:
        body = {"name": "New", "scopes": ["audit:read"]}

        answer = await browser.patch(machine.address, json=body, headers={"If-Match": '"1"'})

        problem(answer, 422, "invalid-request")


class TestRevoking:
    async def test_is_for_good_and_needs_no_fresh_sign_in(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        hours_ago = clock.now() - timedelta(hours=3)
        await sign_in(client, owner, administrator, authenticated_at=hours_ago)
        path = machine.address

        problem(await client.delete(path), 428, "version-needed")
        problem(await client.delete(path, headers={"If-Match": '"9"'}), 412, "changed-meanwhile")
        done = await client.delete(path, headers={"If-Match": '"1"'})
        again = await client.delete(path, headers={"If-Match": '"2"'})
        renamed = await client.patch(path, json={"name": "New"}, headers={"If-Match": '"2"'})

        assert (done.status_code, done.content) == (204, b"")
        problem(again, 409, "machine-revoked")
        problem(renamed, 409, "machine-revoked")
        assert (await client.get(path)).json()["revoked_at"] is not None
