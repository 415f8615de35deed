"""Showing once more who one is, and signing out."""

from datetime import timedelta

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app import clock
from app.access import Role
from tests.factories.people import Member, add_member, add_organisation, add_session
from tests.openid import coming
from tests.openid.coming import acts, begin, browser, come_back, known, sessions_of, sign_in
from tests.openid.issuer import Issuer, stamp
from tests.pages.reading import read, tidy


def heading(response: httpx.Response) -> str:
    return tidy(read(response.text).one("h1").text)


class TestAgain:
    async def test_asks_the_provider_for_a_sign_in_of_this_moment(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address)
        await sign_in(visitor, issuer)

        asked = await begin(visitor, "/sign-in/again?return_to=/about")

        assert (asked["prompt"], asked["max_age"]) == ("login", "0")

    async def test_renews_the_token_and_the_old_one_is_dead(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address)
        await sign_in(visitor, issuer)
        old = visitor.cookies["session"]
        asked = await begin(visitor, "/sign-in/again")
        issuer.give("a-code", issuer.id_token(asked["nonce"]))

        await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert (await visitor.get("/v1/sessions")).status_code == 200
        async with browser(coming.app_of(visitor)) as thief:
            thief.cookies.set("session", old)
            assert (await thief.get("/v1/sessions")).status_code == 401
        assert await acts(owner) == ["session.began", "session.renewed"]

    @pytest.mark.parametrize("shown", [None, 3600])
    async def test_a_provider_that_took_an_old_sign_in_all_the_same_is_refused(
        self,
        visitor: httpx.AsyncClient,
        issuer: Issuer,
        owner: asyncpg.Connection,
        shown: int | None,
    ) -> None:
        await known(owner, issuer.address)
        await sign_in(visitor, issuer)
        asked = await begin(visitor, "/sign-in/again")
        auth_time = stamp(clock.now()) - shown if shown else None
        issuer.give("a-code", issuer.id_token(asked["nonce"], auth_time=auth_time))

        with capture_logs() as logs:
            response = await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert response.status_code == 403
        assert "id-token-not-fresh" in [line.get("reason") for line in logs]

    @pytest.mark.parametrize("subject", ["somebody-else", "stranger"])
    async def test_somebody_else_does_not_renew_it(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, subject: str
    ) -> None:
        await known(owner, issuer.address)
        await known(owner, issuer.address, "somebody-else")
        await sign_in(visitor, issuer)
        asked = await begin(visitor, "/sign-in/again")
        issuer.give("a-code", issuer.id_token(asked["nonce"], subject))

        response = await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert response.status_code == 403
        assert await acts(owner) == ["session.began"]

    async def test_a_session_that_ended_meanwhile_is_not_renewed(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address)
        await sign_in(visitor, issuer)
        asked = await begin(visitor, "/sign-in/again")
        await visitor.delete("/v1/sessions")
        issuer.give("a-code", issuer.id_token(asked["nonce"]))

        response = await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert response.status_code == 403

    async def test_invented_people_choose_themselves_once_more(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await session_by(client, owner, "demonstration")

        response = await client.get("/sign-in/again?return_to=/about")

        assert response.headers["location"] == "/sign-in?return_to=%2Fabout"

    @pytest.mark.parametrize("method", ["link+code", "link+passkey"])
    async def test_who_signs_in_by_link_shows_the_second_factor(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, method: str
    ) -> None:
        await session_by(client, owner, method)

        response = await client.get("/sign-in/again?return_to=/about")

        assert response.headers["location"] == "/sign-in/second-factor/again?return_to=%2Fabout"

    async def test_nobody_shows_again_what_they_never_showed(
        self, visitor: httpx.AsyncClient
    ) -> None:
        response = await visitor.get("/sign-in/again")

        assert (response.status_code, response.headers["location"]) == (
            303,
            "/sign-in?return_to=%2Fsign-in%2Fagain",
        )


class TestSignOut:
    async def test_ends_the_session_and_leads_on_to_the_provider(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address)
        await sign_in(visitor, issuer)
        token = visitor.cookies["session"]

        response = await visitor.post("/sign-out")

        page = read(response.text)
        there = page.link("go on if nothing happens")
        assert there.startswith(f"{issuer.address}/end?id_token_hint=")
        (refresh,) = [each for each in page.all("meta") if each["http-equiv"] == "refresh"]
        assert refresh["content"] == f"0; url={there}"
        assert "Max-Age=0" in response.headers["set-cookie"]
        assert response.headers["cache-control"] == "no-store"
        visitor.cookies.set("session", token)
        assert (await visitor.get("/v1/sessions")).status_code == 401
        assert await acts(owner) == ["session.began", "session.ended"]

    async def test_works_while_the_provider_is_away(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await sign_in(visitor, issuer)
        issuer.status = 500
        later = clock.now() + timedelta(hours=2)
        await owner.execute("UPDATE sign_in_sessions SET seen_at = $1", later)

        with clock.at(later):
            response = await visitor.post("/sign-out")

        assert response.status_code == 200
        assert "go on if nothing happens" not in response.text
        (held,) = await sessions_of(owner, member.person_id)
        assert held["ended_because"] == "signed-out"

    async def test_nobody_is_signed_out_already(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/sign-out", headers=coming.SAME_ORIGIN)

        assert response.status_code == 200
        assert heading(response) == "You are signed out"

    async def test_everywhere_means_in_every_place(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await add_session(owner, member)
        await sign_in(visitor, issuer)

        response = await visitor.post("/sign-out/everywhere")

        assert "in every place" in read(response.text).text
        held = await sessions_of(owner, member.person_id)
        assert [row["ended_because"] for row in held] == ["signed-out-everywhere"] * 2

    async def test_everywhere_needs_a_session(self, visitor: httpx.AsyncClient) -> None:
        assert (await visitor.post("/sign-out/everywhere")).status_code == 401

    async def test_afterwards_there_is_a_page_to_come_back_to(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get("/signed-out")

        assert heading(response) == "You are signed out"
        assert read(response.text).link("Sign in again") == "/sign-in"


async def session_by(client: httpx.AsyncClient, owner: asyncpg.Connection, method: str) -> Member:
    """Sign somebody new in, in a certain way."""
    member = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
    client.cookies.set("session", await add_session(owner, member))
    client.headers.update(coming.SAME_ORIGIN)
    await owner.execute("UPDATE sign_in_sessions SET method = $1", method)
    return member
