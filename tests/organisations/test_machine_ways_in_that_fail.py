"""Ways in for somebody who holds, finds, bends or makes up a machine's credentials; none leads in.

Each is tried at an address that the machine's own good token opens, so that what refuses is the
thing that is wrong and nothing else.
"""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from joserfc.jwk import ECKey

from app import clock
from app.access import SCOPES, Permission, Role
from app.config import Settings
from app.organisations.service.signing_keys import PUBLISHED_AFTER, SIGNS_FOR
from app.organisations.terms import TOKEN_LASTS
from tests.factories.machines import (
    HeldMachine,
    add_machine,
    add_secret,
    bearer,
    claims_of,
    get_token,
    sign,
    signing_key,
)
from tests.factories.people import Member, add_member, add_organisation, sign_in


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def machine(owner: asyncpg.Connection, administrator: Member) -> HeldMachine:
    return await add_machine(owner, administrator, "members:read")


@pytest.fixture
async def token(client: httpx.AsyncClient, machine: HeldMachine) -> str:
    """A token that is good, as is seen to."""
    made = await get_token(client, machine)
    assert (await come(client, machine, made)).status_code == 200
    return made


async def come(
    client: httpx.AsyncClient, machine: HeldMachine, token: str, **headers: str
) -> httpx.Response:
    """Ask for what the machine may read, with a token."""
    path = f"/v1/organisations/{machine.organisation_id}/members"
    return await client.get(path, headers=bearer(token) | headers)


def problem(answer: httpx.Response, status: int, slug: str) -> str:
    told = answer.json()
    assert (answer.status_code, told["type"].rsplit("/")[-1]) == (status, slug), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    return str(told["detail"])


def refused(answer: httpx.Response) -> None:
    """Check that a token was refused, as RFC 6750 §3 has it, and no more told than that."""
    detail = problem(answer, 401, "token-refused")
    challenge = answer.headers["WWW-Authenticate"]
    assert challenge.startswith("Bearer ")
    assert 'error="invalid_token"' in challenge
    assert "/oauth/token" in detail or "where you got it" in detail


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


class TestStolenTokens:
    async def test_after_the_machine_was_revoked(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        await sign_in(client, owner, administrator)
        gone = await client.delete(machine.address, headers={"If-Match": '"1"'})
        client.cookies.clear()

        assert gone.status_code == 204
        refused(await come(client, machine, token))

    async def test_after_its_secret_was_revoked_though_another_secret_is_good(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        _, other = await add_secret(owner, machine.id)
        renewed = HeldMachine(machine.id, machine.organisation_id, machine.secret_id, other)
        kept = await get_token(client, renewed)
        await sign_in(client, owner, administrator)
        gone = await client.delete(f"{machine.address}/secrets/{machine.secret_id}")
        client.cookies.clear()

        assert gone.status_code == 204
        refused(await come(client, machine, token))
        assert (await come(client, machine, kept)).status_code == 200

    async def test_after_it_expired(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str
    ) -> None:
        with clock.at(clock.now() + TOKEN_LASTS):
            refused(await come(client, machine, token))

    async def test_after_its_organisation_closed(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
    ) -> None:
        await owner.execute("UPDATE organisations SET closed_on = current_date - 1")

        refused(await come(client, machine, token))

    async def test_leave_a_trace_with_the_machine_they_were_stolen_from(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
    ) -> None:
        await owner.execute("UPDATE machines SET revoked_at = now()")

        refused(await come(client, machine, token))

        row = await owner.fetchrow("SELECT * FROM audit_entries WHERE outcome = 'refused'")
        assert row is not None
        assert (row["actor_id"], row["organisation_id"]) == (machine.id, machine.organisation_id)
        assert row["reason"] == "token-refused"
        assert token not in str(dict(row))


class TestTokensOfOthers:
    @pytest.mark.parametrize("claim", ["aud", "iss"])
    async def test_for_another_service(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        settings: Settings,
        claim: str,
    ) -> None:
        key, claims = await signing_key(owner, settings), claims_of(token)

        again = sign(key, claims)
        elsewhere = sign(key, claims | {claim: "https://elsewhere.example.org"})

        assert (await come(client, machine, again)).status_code == 200
        refused(await come(client, machine, elsewhere))

    @pytest.mark.parametrize("named", ["theirs", "ours"])
    async def test_signed_with_a_key_of_their_own(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str, named: str
    ) -> None:
        published = (await client.get("/oauth/keys")).json()["keys"][0]
        theirs = ECKey.generate_key("P-256")
        kid = published["kid"] if named == "ours" else theirs.thumbprint()

        refused(await come(client, machine, sign(theirs, claims_of(token), kid=kid)))

    async def test_that_bring_their_own_key_along(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str
    ) -> None:
        theirs = ECKey.generate_key("P-256")
        published = (await client.get("/oauth/keys")).json()["keys"][0]
        public = theirs.as_dict(private=False)

        refused(
            await come(
                client,
                machine,
                sign(theirs, claims_of(token), kid=published["kid"], jwk=public),
            )
        )

    async def test_signed_with_a_key_that_was_retired(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        settings: Settings,
    ) -> None:
        key = await signing_key(owner, settings)
        ends = clock.now() + SIGNS_FOR + PUBLISHED_AFTER
        before, after = ends - timedelta(minutes=5), ends + timedelta(minutes=5)
        used = {"iat": int(before.timestamp()), "exp": int((after + TOKEN_LASTS).timestamp())}
        late = sign(key, claims_of(token) | used)

        with clock.at(before):  # it is published still
            assert (await come(client, machine, late)).status_code == 200
        with clock.at(after):
            refused(await come(client, machine, late))

    async def test_with_the_secret_of_another_machine(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        other = await add_machine(owner, administrator, *sorted(SCOPES))
        crossed = machine.credentials | {"client_secret": other.secret}

        answer = await client.post("/oauth/token", data=crossed)

        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


class TestBentTokens:
    @pytest.mark.parametrize("alg", ["none", "None", "NONE", ""])
    @pytest.mark.parametrize("signed", [True, False])
    async def test_without_an_algorithm(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str, alg: str, signed: bool
    ) -> None:
        header, payload, signature = token.split(".")
        kid = json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]
        bent = encoded({"alg": alg, "typ": "at+jwt", "kid": kid})

        refused(await come(client, machine, f"{bent}.{payload}.{signature if signed else ''}"))

    @pytest.mark.parametrize("shape", ["pem", "der", "jwk", "x"])
    async def test_signed_with_the_public_key_as_if_it_were_a_secret(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str, shape: str
    ) -> None:
        published = (await client.get("/oauth/keys")).json()["keys"][0]
        public = ECKey.import_key(published)
        secret = {
            "pem": public.as_pem(private=False),
            "der": public.as_der(private=False),
            "jwk": json.dumps(published).encode(),
            "x": str(published["x"]).encode(),
        }[shape]
        header = encoded({"alg": "HS256", "typ": "at+jwt", "kid": published["kid"]})
        signing = f"{header}.{token.split('.')[1]}"
        digest = hmac.new(secret, signing.encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

        refused(await come(client, machine, f"{signing}.{signature}"))

    @pytest.mark.parametrize("scope", sorted(set(Permission) - {Permission.MEMBERS_READ}))
    async def test_with_a_scope_added_by_hand(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str, scope: str
    ) -> None:
        header, _, signature = token.split(".")
        claims = claims_of(token)
        bent = encoded(claims | {"scope": f"{claims['scope']} {scope}"})

        refused(await come(client, machine, f"{header}.{bent}.{signature}"))

    async def test_with_another_machines_id_in_them(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        other = await add_machine(owner, administrator, "members:read")
        header, _, signature = token.split(".")
        claims = claims_of(token) | {"sub": str(other.id), "client_id": str(other.id)}

        refused(await come(client, machine, f"{header}.{encoded(claims)}.{signature}"))

    async def test_with_the_rest_of_another_token_of_ours(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        other = await add_machine(owner, administrator, *sorted(SCOPES))
        theirs = await get_token(client, other)
        mine, more = token.split("."), theirs.split(".")

        refused(await come(client, machine, ".".join((mine[0], more[1], mine[2]))))

    async def test_that_are_no_access_tokens_though_we_signed_them(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        settings: Settings,
    ) -> None:
        key = await signing_key(owner, settings)

        refused(await come(client, machine, sign(key, claims_of(token), typ="JWT")))


class TestGoodTokensInTheWrongPlace:
    async def test_are_no_session_for_the_pages(
        self, client: httpx.AsyncClient, token: str
    ) -> None:
        answer = await client.get("/account/organisation", headers=bearer(token))

        assert answer.status_code == 303  # whoever has no session is led to signing in
        assert answer.headers["Location"].startswith("/sign-in")

    async def test_are_no_cookie(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str
    ) -> None:
        client.cookies.set("session", token)

        answer = await client.get(f"/v1/organisations/{machine.organisation_id}/members")

        problem(answer, 401, "not-signed-in")

    async def test_count_even_where_an_administrators_cookie_comes_with_them(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        await sign_in(client, owner, administrator)
        of = f"/v1/organisations/{machine.organisation_id}/machines"

        by_cookie = await client.get(of)
        by_both = await client.get(of, headers=bearer(token))

        assert by_cookie.status_code == 200
        problem(by_both, 403, "not-permitted")

    async def test_are_not_helped_by_a_cookie_when_they_are_bad(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        token: str,
        owner: asyncpg.Connection,
        administrator: Member,
    ) -> None:
        await sign_in(client, owner, administrator)
        await owner.execute("UPDATE machines SET revoked_at = now()")

        refused(await come(client, machine, token))

    async def test_open_nothing_of_another_organisation(
        self, client: httpx.AsyncClient, token: str, owner: asyncpg.Connection
    ) -> None:
        other = await add_organisation(owner, "Another School")
        await add_member(owner, other, Role.ADMINISTRATOR)

        answer = await client.get(f"/v1/organisations/{other}/members", headers=bearer(token))

        problem(answer, 404, "organisation-not-found")

    async def test_are_not_taken_from_the_address_or_a_form(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str
    ) -> None:
        path = f"/v1/organisations/{machine.organisation_id}/members"

        in_address = await client.get(path, params={"access_token": token})
        in_form = await client.request("GET", path, data={"access_token": token})

        problem(in_address, 422, "invalid-request")
        problem(in_form, 401, "not-signed-in")

    @pytest.mark.parametrize("scheme", ["Basic", "DPoP", "Token", ""])
    async def test_are_not_taken_under_another_scheme(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str, scheme: str
    ) -> None:
        path = f"/v1/organisations/{machine.organisation_id}/members"

        answer = await client.get(path, headers={"Authorization": f"{scheme} {token}".strip()})

        assert answer.status_code == 401

    async def test_are_not_taken_twice_in_one_request(
        self, client: httpx.AsyncClient, machine: HeldMachine, token: str
    ) -> None:
        path = f"/v1/organisations/{machine.organisation_id}/members"
        headers = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]

        assert (await client.get(path, headers=headers)).status_code == 401
