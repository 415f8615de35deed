import uuid
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.values.uuid7 import uuid7
from tests.factories.invitations import entries
from tests.factories.people import (
    Member,
    add_member,
    add_organisation,
    add_session,
    insert,
    sign_in,
)
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen
from tests.pages.reading import tidy


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    organisation = await add_organisation(owner, "Example Garage")
    return await add_member(
        owner, organisation, Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD, name="Zoë Example"
    )


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, member)


class TestShowAccount:
    async def test_says_who_i_am_for_whom_i_act_and_what_my_roles_are_for(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = await open_page(browser, "/account")

        assert "Zoë Example, Example Garage" in tidy(page.one("header").text)
        assert "You act for Example Garage" in page.text
        assert "Administrator Invites people and ends their access" in page.text
        assert "Designated safeguarding lead" in page.text
        assert "Inspector" not in page.text
        assert page.link("Choose whom you act for").startswith("/account/organisation?return_to=")
        current = [tidy(each.text) for each in page.all("a") if each["aria-current"]]
        assert current == ["Account"]

    async def test_whoever_has_not_chosen_is_told_so(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("UPDATE sign_in_sessions SET membership_id = NULL")

        page = await open_page(browser, "/account")

        assert "You have not chosen an organisation yet." in page.text

    async def test_a_session_elsewhere_can_be_ended_and_twice_is_as_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        elsewhere = await add_session(owner, member)
        page = await open_page(browser, "/account")
        action = next(
            each["action"] for each in page.all("form") if "/account/sessions/" in each["action"]
        )

        first = await browser.post(action, data=unseen(page))
        second = await browser.post(action, data=unseen(page))

        assert first.headers["location"] == "/account?done=session-ended"
        assert second.headers["location"] == first.headers["location"]
        after = await open_page(browser, first.headers["location"])
        assert "You are signed out there." in after.text
        assert not [form for form in after.all("form") if "sessions" in form["action"]]
        browser.cookies.clear()
        browser.cookies.set("session", elsewhere)
        assert (await browser.get("/account")).headers["location"].startswith("/sign-in?")
        assert len(await entries(owner, "session.ended")) == 1

    async def test_somebody_elses_session_is_not_mine_to_end(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id, name="Another Example")
        await add_session(owner, other)
        theirs = await owner.fetchval(
            "SELECT id FROM sign_in_sessions WHERE person_id = $1", other.person_id
        )

        answer = await browser.post(
            f"/account/sessions/{theirs}/end", data={"form_key": str(uuid.uuid4())}
        )

        shown(answer, 404)
        assert await entries(owner, "session.ended") == []

    async def test_only_whoever_signs_in_by_link_sees_passkeys_and_authenticator(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        before = await open_page(browser, "/account")
        assert "How you show that it is you" not in before.text
        passkey = {"credential_id": b"c", "public_key": b"k", "sign_count": 0, "transports": []}
        await insert(
            owner,
            "passkeys",
            {
                "id": uuid7(),
                "person_id": member.person_id,
                "name": "My phone",
                "added_at": clock.now(),
                **passkey,
            },
        )

        page = await open_page(browser, "/account")

        assert "Passkey: My phone" in page.text
        assert page.link("Set up another") == "/sign-in/set-up/another?return_to=/account"

    async def test_an_unknown_word_in_the_address_says_nothing(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = await open_page(browser, "/account?done=you-won-a-prize")

        assert not page.with_class("app-done")
        assert "prize" not in page.text


class TestChangeName:
    async def test_the_new_name_is_shown_at_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        answer = await send(browser, "/account/name", name="  Zoë   Renamed ")

        assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=renamed")
        page = await open_page(browser, answer.headers["location"])
        assert "Your name was changed." in page.text
        assert "Zoë Renamed, Example Garage" in tidy(page.one("header").text)
        (entry,) = await entries(owner, "person.renamed")
        assert entry["before"] == {"name": "Zoë Example"}

    @pytest.mark.parametrize(
        ("typed", "told"),
        [("", "Enter your name"), ("www.x.example", "A name holds no web or e-mail address.")],
    )
    async def test_what_cannot_be_a_name_comes_back_as_typed(
        self, browser: httpx.AsyncClient, typed: str, told: str
    ) -> None:
        page = shown(await send(browser, "/account/name", name=typed), 422)

        assert problems_told(page) == [told]
        assert page.by_id("name")["value"] == typed

    async def test_a_page_open_too_long_says_so_and_keeps_what_was_typed(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        page = await open_page(browser, "/account/name")
        await owner.execute("UPDATE people SET version = version + 1")

        refused = shown(
            await browser.post("/account/name", data=unseen(page) | {"name": "Late"}), 412
        )

        assert "Somebody changed it since you read it" in problems_told(refused)[0]
        assert refused.by_id("name")["value"] == "Late"
        again = await browser.post("/account/name", data=unseen(refused) | {"name": "Late"})
        assert again.status_code == 303

    async def test_a_form_sent_again_with_another_answer_is_not_mistaken_for_the_first(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = await open_page(browser, "/account/name")
        await browser.post("/account/name", data=unseen(page) | {"name": "First"})

        other = shown(
            await browser.post("/account/name", data=unseen(page) | {"name": "Second"}), 422
        )

        assert "You sent this form before" in problems_told(other)[0]
        assert "First, Example Garage" in tidy((await open_page(browser, "/account")).text)


class TestWhoIsNotSignedIn:
    async def test_is_led_to_sign_in_and_back(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/account/name")

        assert answer.headers["location"] == "/sign-in?return_to=%2Faccount%2Fname"

    async def test_loses_nothing_of_a_form(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        page = await open_page(browser, "/account/name")
        await owner.execute("UPDATE sign_in_sessions SET seen_at = $1", clock.now() - timedelta(9))

        refused = shown(
            await browser.post("/account/name", data=unseen(page) | {"name": 'Kept "Name"'}), 401
        )

        assert "nothing of it is lost" in refused.text
        assert refused.link("Sign in (opens in a new tab)") == "/sign-in?return_to=/account"
        (form,) = refused.all("form")
        assert form["action"] == "/account/name"
        await sign_in(browser, owner, member)
        again = await browser.post(form["action"], data=unseen(refused))
        assert again.headers["location"] == "/account?done=renamed"
        assert "Kept" in (await open_page(browser, "/account")).text

    async def test_another_sites_form_is_not_offered_to_be_sent_again(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.post(
            "/account/name", data={"name": "Evil"}, headers={"Origin": "https://evil.test"}
        )

        page = shown(answer, 403)
        assert not page.all("form")
        assert "Evil" not in answer.text
