"""Ways in that must fail, each with the problem it is answered with.

| Way in | Answer |
|---|---|
| a cookie stolen before its holder signed out | 401 not-signed-in |
| a cookie stolen before its holder showed once more who they are | 401 not-signed-in |
| a cookie planted in a browser before somebody signs in there (fixed session) | 401 not-signed-in |
| a form on another site, posted with the visitor's cookie | 403 cross-site-request |
| a token of somebody who was blocked since | 401 token-refused |
| a token the provider gave out for another service (other audience) | 401 token-refused |
| a token of another provider, signed by its own key | 401 token-refused |
| a token signed with the public key as if it were a secret (algorithm swap) | 401 token-refused |
| a token that says it needs no signature | 401 token-refused |
| a token whose claims were changed after it was signed | 401 token-refused |
| a token that has expired, or is not good yet | 401 token-refused |
| an ID token sent as if it were an access token | 401 token-refused |
| an access token handed over as if it were an ID token | 403 sign-in-refused |
| a way back from the provider taken twice (replayed assertion) | 403 sign-in-refused |
| a way back begun in another browser (signing somebody in as oneself) | 403 sign-in-refused |
| a code of another visit, and so an ID token with its nonce | 403 sign-in-refused |
| an answer of another provider than the one that was asked (mix-up) | 403 sign-in-refused |
| an ID token made for another service | 403 sign-in-refused |
| a membership of somebody else, chosen by its id | 403 organisation-not-known |
| an invented person in a real register | 403 sign-in-refused |

Those of machines stand in `service/test_machine_tokens.py` and `router/test_oauth.py`.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app import clock
from app.organisations.errors import OrganisationNotKnownError, SignInRefusedError
from app.organisations.terms import DEMONSTRATION_ISSUER
from tests.factories.people import Member, add_member, add_organisation
from tests.openid.coming import app_of, begin, browser, come_back, known, sessions_of, sign_in
from tests.openid.issuer import (
    CLIENT_ID,
    Issuer,
    new_key,
    running_issuer,
    signed_with_secret,
    stamp,
    unsigned,
)
from tests.pages.reading import read, tidy

PRIVATE = "/v1/sessions"


@pytest.fixture
async def member(owner: asyncpg.Connection, issuer: Issuer) -> Member:
    """The person whom all of this is tried against."""
    return await known(owner, issuer.address)


def told(response: httpx.Response) -> tuple[int, str]:
    """Return the status and the kind of problem a program was answered with."""
    return response.status_code, str(response.json()["type"]).rpartition("/")[2]


async def with_token(client: httpx.AsyncClient, token: str) -> tuple[tuple[int, str], str]:
    """Return the answer to a token, and why it is refused."""
    with capture_logs() as logs:
        response = await client.get(PRIVATE, headers={"Authorization": f"Bearer {token}"})
    reasons = [line["reason"] for line in logs if line["event"] == "token.refused"]
    return told(response), ", ".join(reasons)


async def came_back(
    client: httpx.AsyncClient, issuer: Issuer, **answer: str
) -> tuple[int, str, str]:
    """Return the page somebody gets who comes back from the provider, and why."""
    with capture_logs() as logs:
        response = await come_back(client, issuer, **answer)
    reasons = [line["reason"] for line in logs if line["event"] == "sign_in.refused"]
    assert "session" not in response.cookies
    title = tidy(read(response.text).one("h1").text) if response.status_code != 303 else ""
    return response.status_code, title, ", ".join(reasons)


def refused_because(reason: str) -> tuple[int, str, str]:
    return 403, SignInRefusedError.title, reason


REFUSED = (401, "token-refused")


@pytest.mark.usefixtures("member")
class TestByCookie:
    async def test_a_cookie_stolen_before_signing_out(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        await sign_in(visitor, issuer)
        stolen = visitor.cookies["session"]
        async with browser(app_of(visitor)) as thief:
            thief.cookies.set("session", stolen)
            assert (await thief.get(PRIVATE)).status_code == 200

            await visitor.post("/sign-out")

            assert told(await thief.get(PRIVATE)) == (401, "not-signed-in")

    async def test_a_cookie_stolen_before_showing_once_more_who_one_is(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        await sign_in(visitor, issuer)
        stolen = visitor.cookies["session"]
        asked = await begin(visitor, "/sign-in/again")
        issuer.give("a-code", issuer.id_token(asked["nonce"]))
        await come_back(visitor, issuer, state=asked["state"], code="a-code")

        async with browser(app_of(visitor)) as thief:
            thief.cookies.set("session", stolen)
            assert told(await thief.get(PRIVATE)) == (401, "not-signed-in")

    async def test_a_cookie_planted_before_signing_in(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address, "the-attacker")
        async with browser(app_of(visitor)) as attacker:
            await sign_in(attacker, issuer, "the-attacker")
            planted = attacker.cookies["session"]
            visitor.cookies.set("session", planted, domain="register.test")

            await sign_in(visitor, issuer)

            assert visitor.cookies["session"] != planted
            assert told(await attacker.get(PRIVATE)) == (401, "not-signed-in")
        assert len((await visitor.get(PRIVATE)).json()["items"]) == 1

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.test"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {},
        ],
    )
    async def test_a_form_on_another_site(
        self,
        visitor: httpx.AsyncClient,
        issuer: Issuer,
        owner: asyncpg.Connection,
        member: Member,
        headers: dict[str, str],
    ) -> None:
        await sign_in(visitor, issuer)
        del visitor.headers["Origin"]

        answer = await visitor.delete(PRIVATE, headers=headers)
        page = await visitor.post("/sign-out/everywhere", headers=headers)

        assert told(answer) == (403, "cross-site-request")
        assert page.status_code == 403
        (held,) = await sessions_of(owner, member.person_id)
        assert held["ended_at"] is None


@pytest.mark.usefixtures("member")
class TestByToken:
    async def test_a_good_one_is_let_in(self, visitor: httpx.AsyncClient, issuer: Issuer) -> None:
        headers = {"Authorization": f"Bearer {issuer.access_token()}"}

        assert (await visitor.get(PRIVATE, headers=headers)).status_code == 200

    async def test_one_of_somebody_who_was_blocked_since(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        token = issuer.access_token()
        await owner.execute("UPDATE people SET blocked_at = now()")

        assert await with_token(visitor, token) == (REFUSED, "blocked")

    async def test_one_for_another_service(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        token = issuer.access_token(aud="https://elsewhere.test/api")

        assert await with_token(visitor, token) == (REFUSED, "audience")

    async def test_one_of_another_provider(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        with running_issuer() as another:
            token = another.access_token()
            pretending = another.access_token(iss=issuer.address)

        assert await with_token(visitor, token) == (REFUSED, "issuer")
        assert await with_token(visitor, pretending) == (REFUSED, "signature")

    async def test_the_public_key_used_as_a_secret(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        claims = issuer.claims("https://register.test/api", "somebody")
        claims |= {"client_id": "an-app", "jti": "1"}
        header = {"alg": "HS256", "typ": "at+jwt", "kid": issuer.key.kid}
        secret = issuer.key.as_pem(private=False)

        token = signed_with_secret(header, claims, secret)
        renamed = signed_with_secret(header | {"alg": "RS256"}, claims, secret)

        assert await with_token(visitor, token) == (REFUSED, "algorithm")
        assert await with_token(visitor, renamed) == (REFUSED, "signature")

    async def test_one_that_says_it_needs_no_signature(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        claims = issuer.claims("https://register.test/api", "somebody")
        token = unsigned(claims | {"client_id": "an-app", "jti": "1"})

        assert await with_token(visitor, token) == (REFUSED, "algorithm")
        assert await with_token(visitor, token.rpartition(".")[0] + ".") == (REFUSED, "form")

    async def test_one_that_was_changed_after_signing(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await known(owner, issuer.address, "administrator-of-everything")
        header, claims, signature = issuer.access_token().split(".")
        readable = urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).decode()
        other = readable.replace('"somebody"', '"administrator-of-everything"')
        changed = urlsafe_b64encode(other.encode()).decode().rstrip("=")

        assert await with_token(visitor, f"{header}.{changed}.{signature}") == (
            REFUSED,
            "signature",
        )

    @pytest.mark.parametrize(
        ("claim", "minutes", "reason"),
        [("exp", -2, "expired"), ("nbf", 2, "not-yet"), ("iat", 2, "not-yet")],
    )
    async def test_one_that_is_not_good_now(
        self,
        visitor: httpx.AsyncClient,
        issuer: Issuer,
        claim: str,
        minutes: int,
        reason: str,
    ) -> None:
        moment = stamp(clock.now() + timedelta(minutes=minutes))
        changes: dict[str, Any] = {claim: moment}

        assert await with_token(visitor, issuer.access_token(**changes)) == (REFUSED, reason)

    async def test_an_id_token(self, visitor: httpx.AsyncClient, issuer: Issuer) -> None:
        for audience in (CLIENT_ID, "https://register.test/api"):
            token = issuer.id_token("x", aud=audience, client_id="an-app", jti="1")
            assert await with_token(visitor, token) == (REFUSED, "type")


@pytest.mark.usefixtures("member")
class TestByTheWayBack:
    async def test_taken_twice(self, visitor: httpx.AsyncClient, issuer: Issuer) -> None:
        asked = await begin(visitor)
        attempt = visitor.cookies["sign-in"]
        issuer.give("a-code", issuer.id_token(asked["nonce"]))
        first = await come_back(visitor, issuer, state=asked["state"], code="a-code")
        assert first.status_code == 303
        issuer.give("a-code", issuer.id_token(asked["nonce"]))

        async with browser(app_of(visitor)) as thief:
            thief.cookies.set("sign-in", attempt)
            again = await came_back(thief, issuer, state=asked["state"], code="a-code")

        assert again == refused_because("used")

    async def test_begun_in_another_browser(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        async with browser(app_of(visitor)) as attacker:
            asked = await begin(attacker)
        issuer.give("a-code", issuer.id_token(asked["nonce"]))
        answer = {"state": asked["state"], "code": "a-code"}

        assert await came_back(visitor, issuer, **answer) == refused_because("browser")
        await begin(visitor)
        assert await came_back(visitor, issuer, **answer) == refused_because("browser")

    async def test_with_the_code_of_another_visit(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        async with browser(app_of(visitor)) as somebody:
            theirs = await begin(somebody)
        asked = await begin(visitor)
        issuer.give("stolen", issuer.id_token(theirs["nonce"]))

        outcome = await came_back(visitor, issuer, state=asked["state"], code="stolen")

        assert outcome == refused_because("id-token-nonce")

    async def test_from_another_provider(self, visitor: httpx.AsyncClient, issuer: Issuer) -> None:
        for sender in ("https://elsewhere.test", issuer.address + "/"):
            asked = await begin(visitor)
            issuer.give("a-code", issuer.id_token(asked["nonce"]))
            answer = {"state": asked["state"], "code": "a-code", "iss": sender}

            assert await came_back(visitor, issuer, **answer) == refused_because("issuer-of-answer")

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"aud": "another-service"}, "audience"),
            ({"aud": [CLIENT_ID, "another-service"]}, "authorised-party"),
            ({"azp": "another-service"}, "authorised-party"),
            ({"iss": "https://elsewhere.test"}, "issuer"),
        ],
    )
    async def test_with_an_id_token_made_for_another_service(
        self,
        visitor: httpx.AsyncClient,
        issuer: Issuer,
        changes: dict[str, Any],
        reason: str,
    ) -> None:
        asked = await begin(visitor)
        issuer.give("a-code", issuer.id_token(asked["nonce"], **changes))

        outcome = await came_back(visitor, issuer, state=asked["state"], code="a-code")

        assert outcome == refused_because(f"id-token-{reason}")

    async def test_with_an_access_token_for_an_id_token(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        asked = await begin(visitor)
        token = issuer.access_token(aud=CLIENT_ID, nonce=asked["nonce"])
        issuer.give("a-code", token)

        outcome = await came_back(visitor, issuer, state=asked["state"], code="a-code")

        assert outcome == refused_because("id-token-type")

    async def test_with_an_id_token_nobody_or_the_wrong_key_has_signed(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        for forge, reason in (
            (unsigned, "algorithm"),
            (lambda claims: issuer.sign(claims, key=new_key("key-1")), "signature"),
        ):
            asked = await begin(visitor)
            claims = issuer.claims(CLIENT_ID, "somebody") | {"nonce": asked["nonce"]}
            issuer.give("a-code", forge(claims))

            outcome = await came_back(visitor, issuer, state=asked["state"], code="a-code")

            assert outcome == refused_because(f"id-token-{reason}")


@pytest.mark.usefixtures("member")
class TestByTheFront:
    async def test_a_membership_of_somebody_else(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        other = await add_member(owner, await add_organisation(owner, "Another School"))
        await sign_in(visitor, issuer)

        response = await visitor.post(
            "/account/organisation", data={"membership_id": str(other.membership_id)}
        )

        assert response.status_code == 403
        assert tidy(read(response.text).one("h1").text) == OrganisationNotKnownError.title

    async def test_an_invented_person_in_a_real_register(
        self, visitor: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        invented = await known(owner, DEMONSTRATION_ISSUER)

        response = await visitor.post(
            "/sign-in/demonstration", data={"person_id": str(invented.person_id)}
        )

        assert response.status_code == 403
        assert tidy(read(response.text).one("h1").text) == SignInRefusedError.title
        assert await sessions_of(owner, invented.person_id) == []
