import re
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from tests.factories.invitations import entries
from tests.factories.machines import HeldMachine, add_machine, add_secret, get_token
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen

MACHINES = "/organisation/machines"
TYPED: dict[str, str | list[str]] = {"name": "Placement system", "scopes": ["members:read"]}


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def machine(owner: asyncpg.Connection, administrator: Member) -> HeldMachine:
    return await add_machine(owner, administrator)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, administrator)


def secret_in(answer: httpx.Response) -> str:
    found = re.search(r'<code class="app-secret">([\w-]+)</code>', answer.text)
    assert found is not None, answer.text
    return found[1]


def of(machine: HeldMachine, *further: str) -> str:
    return "/".join((MACHINES, str(machine.id), *further))


class TestShowMachines:
    async def test_lists_them_with_what_they_may_do(
        self, browser: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        page = await open_page(browser, MACHINES)

        assert page.link("Example system") == of(machine)
        assert "Look up organisations" in page.text

    async def test_none_is_said_to_be_none(self, browser: httpx.AsyncClient) -> None:
        assert "No machine acts for it." in (await open_page(browser, MACHINES)).text

    async def test_another_organisations_is_not_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        elsewhere = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
        theirs = await add_machine(owner, elsewhere, name="Far system")

        assert "Far system" not in (await open_page(browser, MACHINES)).text
        further = f"secrets/{theirs.secret_id}/revoke"
        for address in (of(theirs), of(theirs, "revoke"), of(theirs, further)):
            shown(await browser.get(address), 404)


class TestAddMachine:
    async def test_its_secret_is_shown_once_and_works(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        form = unseen(await open_page(browser, f"{MACHINES}/add")) | TYPED

        answer = await browser.post(f"{MACHINES}/add", data=form)

        assert "It is shown this once" in shown(answer).text
        secret = secret_in(answer)
        row = await owner.fetchrow("SELECT id, organisation_id FROM machines")
        assert row is not None
        held = HeldMachine(row["id"], row["organisation_id"], row["id"], secret)
        assert await get_token(browser, held)
        assert secret not in (await browser.get(f"{MACHINES}/{row['id']}")).text

    async def test_loading_that_page_again_makes_no_second_machine_and_shows_no_secret(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        form = unseen(await open_page(browser, f"{MACHINES}/add")) | TYPED
        first = await browser.post(f"{MACHINES}/add", data=form)

        again = await browser.post(f"{MACHINES}/add", data=form)

        assert again.status_code == 303
        assert secret_in(first) not in again.text
        page = await open_page(browser, again.headers["location"])
        assert "cannot be read again" in page.text
        assert secret_in(first) not in page.text
        assert await owner.fetchval("SELECT count(*) FROM machines") == 1
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 1

    async def test_what_is_wrong_comes_back_with_what_was_typed(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = shown(await send(browser, f"{MACHINES}/add", name="x" * 201), 422)

        assert problems_told(page) == [
            "It must have at most 200 characters.",
            "Choose at least one thing it may do",
        ]
        assert page.by_id("name")["value"] == "x" * 201

    async def test_what_no_machine_is_given_is_not_offered_and_refused(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        offered = (await open_page(browser, f"{MACHINES}/add")).all("input")
        assert "members:manage" not in [each["value"] for each in offered]

        answer = await send(browser, f"{MACHINES}/add", name="Greedy", scopes=["members:manage"])

        assert "No machine is given this" in problems_told(shown(answer, 422))[0]
        assert await owner.fetchval("SELECT count(*) FROM machines") == 0


class TestSecrets:
    async def test_another_is_made_and_shown_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        form = unseen(await open_page(browser, of(machine, "secrets/add")))

        first = await browser.post(of(machine, "secrets/add"), data=form)
        again = await browser.post(of(machine, "secrets/add"), data=form)

        assert secret_in(first)
        assert again.headers["location"] == of(machine) + "?done=secret-shown"
        assert await owner.fetchval("SELECT count(*) FROM machine_secrets") == 2

    async def test_a_third_has_to_wait_until_one_is_revoked(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        await add_secret(owner, machine.id)

        page = shown(await send(browser, of(machine, "secrets/add")), 409)

        assert "2 live secrets" in problems_told(page)[0]

    async def test_one_is_revoked_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        page = await open_page(browser, of(machine))
        address = next(
            each["href"]
            for each in page.all("a")
            if "/secrets/" in each["href"] and each["href"].endswith("/revoke")
        )
        form = unseen(await open_page(browser, address))

        answers = [await browser.post(address, data=form) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [303, 303]
        after = await open_page(browser, answers[0].headers["location"])
        assert "The secret was revoked." in after.text
        assert "In force" not in after.text
        assert len(await entries(owner, "machine_secret.revoked")) == 1

    async def test_one_that_is_over_says_so(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        await add_secret(owner, machine.id, expires_at=clock.now() - timedelta(hours=1))

        assert "Expired" in (await open_page(browser, of(machine))).text


class TestRevokeMachine:
    async def test_asks_first_then_shuts_it_out(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        page = await open_page(browser, of(machine, "revoke"))
        assert "This cannot be undone" in page.text

        answer = await browser.post(of(machine, "revoke"), data=unseen(page))

        after = await open_page(browser, answer.headers["location"])
        assert "The machine was revoked." in after.text
        assert "Make another secret" not in after.text
        assert len(await entries(owner, "machine.revoked")) == 1
        assert "Revoked" in (await open_page(browser, MACHINES)).text

    async def test_changed_or_revoked_meanwhile_it_says_so(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, machine: HeldMachine
    ) -> None:
        form = unseen(await open_page(browser, of(machine, "revoke")))
        await owner.execute("UPDATE machines SET version = 2")
        changed = shown(await browser.post(of(machine, "revoke"), data=form), 412)
        await owner.execute("UPDATE machines SET revoked_at = now()")
        revoked = shown(await browser.post(of(machine, "revoke"), data=unseen(changed)), 409)

        assert "Somebody changed this machine" in problems_told(changed)[0]
        assert "was revoked, for good" in problems_told(revoked)[0]
