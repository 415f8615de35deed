"""Signing in by link and second factor, as an ordinary browser goes through it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import httpx
import pyotp
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.main import create_app
from app.organisations.terms import MOST_STEP_FAILURES
from tests.factories.mailbox import newest_token
from tests.factories.people import SAME_ORIGIN, Member, add_member, add_organisation
from tests.organisations.passkey_device import Device

EMAIL = "garage@example.org"


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    made = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
    await owner.execute("UPDATE person_contacts SET email = $1", EMAIL)
    return made


@pytest.fixture
async def browser(client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.headers.update(SAME_ORIGIN)
    return client


async def follow_link(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
) -> httpx.Response:
    """Ask for a link and follow it, as far as it leads by itself."""
    sent = await browser.post("/sign-in/link", data={"email": EMAIL})
    assert sent.status_code == 200
    token = await newest_token(owner, settings)
    shown = await browser.get(f"/sign-in/link/{token}")
    assert "Continue" in shown.text
    return await browser.post(f"/sign-in/link/{token}")


def secret_in(page: str) -> str:
    found = re.search(r'<code class="app-key">([A-Z2-7 ]+)</code>', page)
    assert found is not None, page
    return found[1].replace(" ", "")


async def set_up(browser: httpx.AsyncClient) -> str:
    """Set an authenticator up two minutes ago, and return its secret."""
    secret = secret_in((await browser.get("/sign-in/set-up")).text)
    earlier = clock.now() - timedelta(minutes=2)
    with clock.at(earlier):
        done = await browser.post("/sign-in/set-up", data={"code": pyotp.TOTP(secret).at(earlier)})
    assert done.status_code == 303, done.text
    return secret


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def wrong(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


async def name_of(browser: httpx.AsyncClient) -> str | None:
    answer = await browser.get("/v1/me")
    return str(answer.json()["name"]) if answer.status_code == 200 else None


@pytest.mark.usefixtures("member")
class TestWithAnAuthenticator:
    async def test_the_first_time_one_is_set_up_and_signs_in(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        led = await follow_link(browser, owner, settings)

        assert led.headers["location"] == "/sign-in/set-up"
        assert await name_of(browser) is None
        await set_up(browser)
        # the factor was set up two minutes ago, so the session began then
        assert await owner.fetchval("SELECT method FROM sign_in_sessions") == "link+code"
        assert await name_of(browser) == "Example Person"

    async def test_later_a_code_is_asked_for(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)
        secret = await set_up(browser)
        browser.cookies.clear()

        led = await follow_link(browser, owner, settings)
        assert led.headers["location"] == "/sign-in/second-factor"
        assert "Code from your authenticator" in (await browser.get("/sign-in/second-factor")).text
        done = await browser.post("/sign-in/second-factor", data={"code": code_of(secret)})

        assert (done.status_code, done.headers["location"]) == (303, "/account")
        assert await name_of(browser) == "Example Person"

    async def test_a_wrong_code_is_said_to_be_one_and_can_be_tried_again(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)
        secret = await set_up(browser)
        browser.cookies.clear()
        await follow_link(browser, owner, settings)

        refused = await browser.post(
            "/sign-in/second-factor", data={"code": wrong(code_of(secret))}
        )
        assert refused.status_code == 422
        assert "There is a problem" in refused.text
        assert await name_of(browser) is None
        done = await browser.post("/sign-in/second-factor", data={"code": code_of(secret)})

        assert done.status_code == 303

    async def test_after_five_wrong_ones_the_right_one_is_too_late(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)
        secret = await set_up(browser)
        browser.cookies.clear()
        await follow_link(browser, owner, settings)
        for _ in range(MOST_STEP_FAILURES):
            await browser.post("/sign-in/second-factor", data={"code": wrong(code_of(secret))})

        late = await browser.post("/sign-in/second-factor", data={"code": code_of(secret)})

        assert late.status_code == 403
        assert await name_of(browser) is None

    async def test_a_link_works_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)

        again = await browser.post(f"/sign-in/link/{await newest_token(owner, settings)}")

        assert again.status_code == 403
        assert "no longer good" in again.text

    async def test_showing_it_once_more_renews_the_session(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)
        secret = await set_up(browser)
        before = browser.cookies["session"]

        led = await browser.get("/sign-in/again?return_to=/about")
        while led.status_code == 303 and led.headers["location"] != "/sign-in/second-factor":
            led = await browser.get(led.headers["location"])
        done = await browser.post("/sign-in/second-factor", data={"code": code_of(secret)})

        assert done.headers["location"] == "/about"
        assert browser.cookies["session"] != before
        ended = "SELECT ended_because FROM sign_in_sessions WHERE ended_at IS NOT NULL"
        assert await owner.fetchval(ended) == "replaced"

    async def test_another_browser_cannot_go_on_where_this_one_stopped(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, settings: Settings
    ) -> None:
        await follow_link(browser, owner, settings)
        browser.cookies.clear()

        assert (await browser.get("/sign-in/set-up")).status_code == 403


@pytest.mark.usefixtures("member")
class TestWhoIsNotKnown:
    async def test_the_answer_to_asking_is_the_same(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        known = await browser.post("/sign-in/link", data={"email": EMAIL})
        unknown = await browser.post("/sign-in/link", data={"email": "nobody@example.org"})

        assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 1

    @pytest.mark.parametrize("token", ["made-up", "%00", "x" * 900])
    async def test_a_made_up_link_is_refused(self, browser: httpx.AsyncClient, token: str) -> None:
        assert (await browser.get(f"/sign-in/link/{token}")).status_code == 403

    async def test_another_sites_form_cannot_ask(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        evil = {"Origin": "https://evil.test"}

        refused = await browser.post("/sign-in/link", data={"email": EMAIL}, headers=evil)

        assert refused.status_code == 403
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 0


class TestWithAPasskey:
    @pytest.fixture
    async def named(self, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
        """A browser at a register that is reached under a name."""
        app = create_app(settings.model_copy(update={"public_url": "https://register.test"}))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport,
                base_url="https://register.test",
                headers={"Origin": "https://register.test"},
            ) as made:
                yield made

    async def test_one_is_made_and_used(
        self,
        named: httpx.AsyncClient,
        owner: asyncpg.Connection,
        settings: Settings,
        member: Member,
    ) -> None:
        device = Device("register.test", "https://register.test")
        await follow_link(named, owner, settings)
        assert "Set up a passkey" in (await named.get("/sign-in/set-up")).text
        options = (await named.post("/sign-in/set-up/passkey/options", json={})).json()
        made = {"credential": device.make(options), "name": "My phone"}
        done = await named.post("/sign-in/set-up/passkey", json=made)
        assert done.json() == {"go": "/account"}
        named.cookies.clear()

        await follow_link(named, owner, settings)
        assert "Use a passkey" in (await named.get("/sign-in/second-factor")).text
        options = (await named.post("/sign-in/second-factor/passkey/options", json={})).json()
        shown = {"credential": device.use(options), "name": "ignored"}
        done = await named.post("/sign-in/second-factor/passkey", json=shown)

        assert done.json() == {"go": "/account"}
        assert await name_of(named) == member.actor.name
        assert await owner.fetchval("SELECT count(*) FROM sign_in_sessions") == 2
        assert any(name.startswith("__Host-") for name in named.cookies)

    @pytest.mark.usefixtures("member")
    async def test_anothers_is_refused(
        self,
        named: httpx.AsyncClient,
        owner: asyncpg.Connection,
        settings: Settings,
    ) -> None:
        await follow_link(named, owner, settings)
        options = (await named.post("/sign-in/set-up/passkey/options", json={})).json()
        elsewhere = Device("register.test", "https://evil.test").make(options)

        refused = await named.post(
            "/sign-in/set-up/passkey", json={"credential": elsewhere, "name": ""}
        )

        assert refused.status_code == 403
        assert await name_of(named) is None
