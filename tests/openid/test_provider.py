"""Signing in by a real OpenID provider: `oidc-provider`, as it comes, over HTTP on this machine."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from hashlib import sha256
from urllib.parse import quote_plus

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app import clock
from app.config import Settings
from tests.factories.people import add_member, add_organisation
from tests.openid import coming
from tests.openid.provider import (
    API_CLIENT_ID,
    API_RETURN,
    AUDIENCE,
    CLIENT_SECRET,
    HASTY_CLIENT_ID,
    OURS,
    RealProvider,
    Visitor,
    answered,
    path_of,
)
from tests.pages.reading import read, tidy


@pytest.fixture
async def client(settings: Settings, provider: RealProvider) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the register, which signs people in by the real provider."""
    async with coming.register(settings, provider.issuer) as made:
        yield made


async def depart(client: httpx.AsyncClient, address: str = "/sign-in/openid") -> str:
    """Set out for the provider; return the address the browser is sent to."""
    response = await client.get(address)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


async def travel(
    client: httpx.AsyncClient,
    visitor: Visitor,
    login: str,
    address: str = "/sign-in/openid",
) -> httpx.Response:
    """Go to the provider, log in there, and come back."""
    back = await visitor.go(await depart(client, address), login)
    return await client.get(path_of(back))


class TestSigningIn:
    async def test_a_known_person_goes_there_and_comes_back_signed_in(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        member = await coming.known(owner, provider.issuer, "of-no-organisation")

        address = "/sign-in/openid?return_to=/about"
        response = await travel(client, visitor, "of-no-organisation", address)

        assert (response.status_code, response.headers["location"]) == (303, "/about")
        (session,) = (await client.get("/v1/sessions")).json()["items"]
        assert (session["current"], session["method"]) == (True, "openid")
        assert session["organisation"]["id"] == str(member.organisation_id)
        assert await coming.acts(owner) == ["session.began"]

    async def test_the_school_they_signed_in_for_is_the_one_they_act_for(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        member = await coming.known(owner, provider.issuer, "of-a-school")
        another = await add_organisation(owner, "Another Example School")
        await add_member(owner, another, person_id=member.person_id)
        await coming.add_urn(owner, member.organisation_id, "900001")

        await travel(client, visitor, "of-a-school")

        (session,) = (await client.get("/v1/sessions")).json()["items"]
        assert session["organisation"]["id"] == str(member.organisation_id)

    async def test_a_person_nobody_has_invited_is_told_what_to_do(
        self, client: httpx.AsyncClient, visitor: Visitor
    ) -> None:
        response = await travel(client, visitor, "stranger")

        page = read(response.text)
        assert response.status_code == 403
        assert tidy(page.one("h1").text) == "Nobody has invited you yet"
        assert "Ask an administrator of your organisation" in page.text
        assert "session" not in client.cookies

    async def test_a_school_that_is_not_held_lets_nobody_in(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        await coming.known(owner, provider.issuer, "of-an-unknown-school")

        response = await travel(client, visitor, "of-an-unknown-school")

        assert response.status_code == 403
        heading = tidy(read(response.text).one("h1").text)
        assert heading == "You do not belong to that organisation here"
        assert await coming.acts(owner) == []


class TestComingBack:
    async def test_a_code_that_has_expired_is_refused(
        self, settings: Settings, visitor: Visitor, provider: RealProvider
    ) -> None:
        async with coming.register(
            settings, provider.issuer, openid_client_id=HASTY_CLIENT_ID
        ) as client:
            back = await visitor.go(await depart(client), "of-no-organisation")
            await asyncio.sleep(2.1)
            with capture_logs() as logs:
                response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "code" in [line.get("reason") for line in logs]

    async def test_a_code_that_was_used_is_refused_by_the_provider_too(
        self, client: httpx.AsyncClient, visitor: Visitor, owner: asyncpg.Connection
    ) -> None:
        back = await visitor.go(await depart(client), "of-no-organisation")
        await client.get(path_of(back))
        await owner.execute("UPDATE sign_in_attempts SET used_at = NULL")
        client.cookies.set("sign-in", "x")
        await owner.execute("UPDATE sign_in_attempts SET browser_hash = sha256('x')")

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "code" in [line.get("reason") for line in logs]

    async def test_a_way_back_is_taken_once(
        self, client: httpx.AsyncClient, visitor: Visitor
    ) -> None:
        back = await visitor.go(await depart(client), "stranger")
        await client.get(path_of(back))

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "used" in [line.get("reason") for line in logs]

    async def test_the_nonce_of_another_visit_is_refused(
        self, client: httpx.AsyncClient, visitor: Visitor, owner: asyncpg.Connection
    ) -> None:
        back = await visitor.go(await depart(client), "of-no-organisation")
        await owner.execute("UPDATE sign_in_attempts SET nonce = 'another'")

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "id-token-nonce" in [line.get("reason") for line in logs]

    async def test_the_verifier_of_another_visit_is_refused_by_the_provider(
        self, client: httpx.AsyncClient, visitor: Visitor, owner: asyncpg.Connection
    ) -> None:
        back = await visitor.go(await depart(client), "of-no-organisation")
        await owner.execute("UPDATE sign_in_attempts SET code_verifier = repeat('x', 43)")

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "code" in [line.get("reason") for line in logs]

    async def test_another_state_is_refused(
        self, client: httpx.AsyncClient, visitor: Visitor
    ) -> None:
        back = await visitor.go(await depart(client), "of-no-organisation")
        answer = answered(back) | {"state": "another"}

        with capture_logs() as logs:
            response = await client.get("/sign-in/return", params=answer)

        assert response.status_code == 403
        assert "state" in [line.get("reason") for line in logs]

    async def test_whoever_declines_there_is_told_so_here(
        self, client: httpx.AsyncClient, visitor: Visitor
    ) -> None:
        address = (await depart(client)) + "&prompt=none"
        back = await visitor.go(address)

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert answered(back)["error"] == "login_required"
        assert response.status_code == 403
        assert "login_required" in [line.get("reason") for line in logs]
        assert "you ended it there" in read(response.text).text


class TestAgain:
    async def test_showing_once_more_who_one_is_renews_the_session(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        member = await coming.known(owner, provider.issuer, "of-no-organisation")
        await travel(client, visitor, "of-no-organisation")
        await owner.execute(
            "UPDATE sign_in_sessions SET authenticated_at = authenticated_at - interval '1 hour'"
        )
        old = client.cookies["session"]

        response = await travel(
            client, visitor, "of-no-organisation", "/sign-in/again?return_to=/about"
        )

        assert response.headers["location"] == "/about"
        former, present = await coming.sessions_of(owner, member.person_id)
        assert former["ended_because"] == "replaced"
        assert (clock.now() - present["authenticated_at"]).total_seconds() < 120
        assert present["membership_id"] == member.membership_id
        assert client.cookies["session"] != old
        assert await coming.acts(owner) == ["session.began", "session.renewed"]

    async def test_nobody_else_can_show_it_for_them(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        await coming.known(owner, provider.issuer, "of-no-organisation")
        await coming.known(owner, provider.issuer, "somebody-else")
        await travel(client, visitor, "of-no-organisation")
        other = Visitor()
        back = await other.go(await depart(client, "/sign-in/again"), "somebody-else")
        await other.close()

        with capture_logs() as logs:
            response = await client.get(path_of(back))

        assert response.status_code == 403
        assert "somebody-else" in [line.get("reason") for line in logs]
        assert await coming.acts(owner) == ["session.began"]


class TestSigningOut:
    async def test_one_is_led_on_and_signed_out_at_the_provider_too(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        await coming.known(owner, provider.issuer, "of-no-organisation")
        await travel(client, visitor, "of-no-organisation")
        response = await client.post("/sign-out")
        page = read(response.text)
        there = page.link("go on if nothing happens")

        back = await visitor.go(there)

        assert {"id_token_hint", "post_logout_redirect_uri"} == answered(there).keys()
        assert back == f"{OURS}/signed-out"
        assert (await client.get("/signed-out")).status_code == 200
        silently = await visitor.go((await depart(client)) + "&prompt=none")
        assert answered(silently)["error"] == "login_required"


class TestAccessTokens:
    async def test_the_providers_access_token_is_taken_on_the_api(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        member = await coming.known(owner, provider.issuer, "of-no-organisation")
        token = await access_token(visitor, provider, AUDIENCE)

        response = await client.get(
            f"/v1/organisations/{member.organisation_id}/machines",
            headers={"Authorization": f"Bearer {token}"},
        )

        assert (response.status_code, response.json()["items"]) == (200, [])

    async def test_one_for_another_audience_is_refused(
        self,
        client: httpx.AsyncClient,
        visitor: Visitor,
        provider: RealProvider,
        owner: asyncpg.Connection,
    ) -> None:
        await coming.known(owner, provider.issuer, "of-no-organisation")
        token = await access_token(visitor, provider, "https://elsewhere.test/api")

        with capture_logs() as logs:
            response = await client.get(
                "/v1/sessions", headers={"Authorization": f"Bearer {token}"}
            )

        assert response.status_code == 401
        assert 'error="invalid_token"' in response.headers["www-authenticate"]
        assert "audience" in [line.get("reason") for line in logs]


async def access_token(visitor: Visitor, provider: RealProvider, audience: str) -> str:
    """Return a person's access token, as an application of their organisation's would get it."""
    verifier = "v" * 43
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    parameters = httpx.QueryParams(
        {
            "response_type": "code",
            "client_id": API_CLIENT_ID,
            "redirect_uri": API_RETURN,
            "scope": "openid",
            "resource": audience,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "state": "x",
        }
    )
    back = await visitor.go(
        f"{provider.issuer}/auth?{parameters}", "of-no-organisation", until=API_RETURN
    )
    async with httpx.AsyncClient(trust_env=False) as program:
        response = await program.post(
            f"{provider.issuer}/token",
            auth=(API_CLIENT_ID, quote_plus(CLIENT_SECRET)),
            data={
                "grant_type": "authorization_code",
                "code": answered(back)["code"],
                "redirect_uri": API_RETURN,
                "code_verifier": verifier,
                "resource": audience,
            },
        )
    return str(response.json()["access_token"])
