"""A machine's secrets over HTTP: shown once, two at most, replaced without an outage."""

import asyncio
import uuid
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from tests.factories.machines import HeldMachine, add_machine
from tests.factories.people import Member, add_member, add_organisation, sign_in


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


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    told: dict[str, object] = answer.json()
    assert (answer.status_code, str(told["type"]).rsplit("/")[-1]) == (status, slug), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    return told


class TestSecrets:
    async def test_are_shown_once_each_and_two_at_most(
        self, browser: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        path = f"{machine.address}/secrets"

        made = await browser.post(path)
        refused = await browser.post(path)
        read = await browser.get(machine.address)

        assert made.status_code == 201
        assert made.headers["Location"] == machine.address
        assert made.headers["Cache-Control"] == "no-store"
        assert made.json()["client_secret"].endswith(made.json()["ending"])
        problem(refused, 409, "too-many-secrets")
        assert made.json()["client_secret"] not in read.text
        assert [one["id"] for one in read.json()["secrets"]][1] == made.json()["id"]

    async def test_are_two_at_most_however_fast_they_are_asked_for(
        self, browser: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        path = f"{machine.address}/secrets"

        answers = await asyncio.gather(*(browser.post(path) for _ in range(6)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 2

    async def test_asked_for_again_under_the_same_key_are_not_shown_again(
        self, browser: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        path, headers = f"{machine.address}/secrets", {"Idempotency-Key": "two"}

        first = await browser.post(path, headers=headers)
        again = await browser.post(path, headers=headers)

        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json()["client_secret"] not in again.text
        assert "client_secret" not in again.text
        assert again.json()["id"] == str(machine.id)
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 2

    async def test_are_made_only_by_somebody_who_showed_lately_who_they_are(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        hours_ago = clock.now() - timedelta(hours=3)
        await sign_in(client, owner, administrator, authenticated_at=hours_ago)

        refused = problem(await client.post(f"{machine.address}/secrets"), 403, "sign-in-again")

        assert "client_secret" not in refused
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 1

    async def test_are_revoked_without_ceremony_and_once(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        hours_ago = clock.now() - timedelta(hours=3)
        await sign_in(client, owner, administrator, authenticated_at=hours_ago)
        path = f"{machine.address}/secrets/{machine.secret_id}"

        first, again = [await client.delete(path) for _ in range(2)]

        assert first.status_code == 204
        problem(again, 409, "machine-secret-revoked")
        (secret,) = (await client.get(machine.address)).json()["secrets"]
        assert secret["revoked_at"] is not None

    async def test_of_another_machine_are_not_found(
        self,
        browser: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        other = await add_machine(owner, administrator)
        for secret_id in (other.secret_id, uuid.uuid4()):
            answer = await browser.delete(f"{machine.address}/secrets/{secret_id}")
            problem(answer, 404, "machine-secret-not-found")

        standing = "SELECT count(*) FROM machine_secrets WHERE revoked_at IS NULL"
        assert await owner.fetchval(standing) == 2

    async def test_of_a_revoked_machine_are_not_made(
        self, browser: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE machines SET revoked_at = now()")

        problem(await browser.post(f"{machine.address}/secrets"), 409, "machine-revoked")

        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 1

    async def test_can_be_replaced_without_an_outage(
        self, browser: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        made = (await browser.post(f"{machine.address}/secrets")).json()
        successor = machine.credentials | {"client_secret": made["client_secret"]}
        both = [
            (await browser.post("/oauth/token", data=shown)).status_code
            for shown in (machine.credentials, successor)
        ]

        await browser.delete(f"{machine.address}/secrets/{machine.secret_id}")

        after = [
            (await browser.post("/oauth/token", data=shown)).status_code
            for shown in (machine.credentials, successor)
        ]
        assert (both, after) == ([200, 200], [401, 200])
