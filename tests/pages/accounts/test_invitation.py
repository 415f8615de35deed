"""Accepting an invitation, as an ordinary browser goes through it."""

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import load
from app.organisations.service.invitations import NewInvitation, invite
from app.organisations.terms import SignInWay
from tests.factories.mailbox import newest_token
from tests.factories.people import SAME_ORIGIN, Member, add_member, add_organisation, sign_in


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    organisation = await add_organisation(owner, "Example Garage")
    return await add_member(owner, organisation, Role.ADMINISTRATOR)


@pytest.fixture
async def browser(client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.headers.update(SAME_ORIGIN)
    return client


async def invited(
    database: Database,
    settings: Settings,
    owner: asyncpg.Connection,
    by: Member,
    way: SignInWay = SignInWay.LINK,
) -> str:
    """Have somebody invited, and return the address they are sent."""
    new = NewInvitation(by.organisation_id, "Zoë Example", "zoe@example.org", (Role.ANALYST,), way)
    async with transaction(database, by.actor) as session:
        await invite(session, by.actor, load(settings.keyring_path), new)
    return f"/invitations/{await newest_token(owner, settings)}"


async def members_of(owner: asyncpg.Connection, organisation_id: object) -> set[str]:
    rows = await owner.fetch(
        "SELECT p.name FROM memberships m JOIN people p ON p.id = person_id "
        "WHERE organisation_id = $1",
        organisation_id,
    )
    return {row["name"] for row in rows}


class TestByLink:
    async def test_whoever_is_new_accepts_and_sets_up_a_second_factor(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        address = await invited(database, settings, owner, administrator)

        shown = await browser.get(address)
        accepted = await browser.post(address)

        assert "Example Garage invites you" in shown.text
        assert "Analyst" in shown.text
        assert accepted.headers["location"] == "/sign-in/set-up"
        assert "Zoë Example" in await members_of(owner, administrator.organisation_id)
        assert await owner.fetchval("SELECT count(*) FROM sign_in_sessions") == 0
        assert (await browser.get("/sign-in/set-up")).status_code == 200

    async def test_a_second_click_is_told_so(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        address = await invited(database, settings, owner, administrator)
        await browser.post(address)

        again = await browser.post(address)

        assert again.status_code == 403
        assert "no longer good" in again.text

    async def test_whoever_is_signed_in_accepts_as_themselves(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        elsewhere = await add_member(owner, await add_organisation(owner), name="Ada Example")
        address = await invited(database, settings, owner, administrator)
        await sign_in(browser, owner, elsewhere)

        shown = await browser.get(address)
        accepted = await browser.post(address)

        assert "You are signed in as Ada Example" in shown.text
        assert accepted.headers["location"] == "/account/organisation"
        assert "Ada Example" in await members_of(owner, administrator.organisation_id)


class TestByTheProvider:
    async def test_they_are_led_to_sign_in_there(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        address = await invited(database, settings, owner, administrator, SignInWay.OPENID)

        shown = await browser.get(address)

        token = address.rpartition("/")[2]
        assert f"/sign-in/openid?invitation={token}&amp;return_to=" in shown.text

    async def test_the_mailbox_alone_does_not_accept(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        address = await invited(database, settings, owner, administrator, SignInWay.OPENID)

        refused = await browser.post(address)

        assert refused.status_code == 403
        assert "Zoë Example" not in await members_of(owner, administrator.organisation_id)


class TestWhatIsNoInvitation:
    @pytest.mark.parametrize("token", ["made-up", "%00", "x" * 900])
    async def test_is_refused(self, browser: httpx.AsyncClient, token: str) -> None:
        assert (await browser.get(f"/invitations/{token}")).status_code == 403
        assert (await browser.post(f"/invitations/{token}")).status_code == 403

    async def test_one_withdrawn_is_refused(
        self,
        browser: httpx.AsyncClient,
        database: Database,
        settings: Settings,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        address = await invited(database, settings, owner, administrator)
        await owner.execute("UPDATE invitations SET withdrawn_at = now()")

        assert (await browser.get(address)).status_code == 403
        assert (await browser.post(address)).status_code == 403
