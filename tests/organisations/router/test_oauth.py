"""Machines get tokens in OAuth's own shape, and nobody learns which client exists."""

import base64
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import asyncpg
import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from app.access import SCOPES, Role
from app.config import Settings
from app.organisations.router.oauth import WRONG_SECRETS
from app.organisations.terms import TOKEN_LASTS
from tests.factories.machines import HeldMachine, add_machine, get_token
from tests.factories.people import Member, add_member, add_organisation

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def machine(owner: asyncpg.Connection, administrator: Member) -> HeldMachine:
    return await add_machine(owner, administrator, "members:read", "organisations:read")


def basic(client_id: str, secret: str, encode: Callable[[str], str] = quote) -> dict[str, str]:
    pair = f"{encode(client_id)}:{encode(secret)}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode()}


def every_character(text: str) -> str:
    """Percent-encode even what need not be."""
    return "".join(f"%{byte:02X}" for byte in text.encode())


def refused(answer: httpx.Response, status: int, error: str) -> dict[str, Any]:
    """Check a refusal's shape (RFC 6749 §5.2) and return it."""
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["error"]) == (status, error), answer.text
    assert told.keys() == {"error", "error_description"}
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)
    return told


class TestGivingTokens:
    async def test_answers_in_the_shape_of_rfc_6749_and_is_stored_nowhere(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        answer = await client.post("/oauth/token", data=machine.credentials)

        told = answer.json()
        assert answer.status_code == 200
        assert told.keys() == {"access_token", "token_type", "expires_in", "scope"}
        assert told["token_type"] == "Bearer"
        assert told["expires_in"] == TOKEN_LASTS.total_seconds()
        assert told["scope"] == "members:read organisations:read"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in answer.headers

    @pytest.mark.parametrize("encode", [str, quote, every_character])
    async def test_takes_credentials_in_the_header_however_they_are_encoded(
        self, client: httpx.AsyncClient, machine: HeldMachine, encode: Callable[[str], str]
    ) -> None:
        headers = basic(str(machine.id), machine.secret, encode)

        for body in (
            {"grant_type": "client_credentials"},
            {"grant_type": "client_credentials", "client_id": str(machine.id)},
            {"grant_type": "client_credentials", "client_secret": "", "scope": ""},
        ):
            answer = await client.post("/oauth/token", data=body, headers=headers)
            assert answer.status_code == 200, answer.text

    async def test_reads_special_characters_of_a_secret_as_rfc_6749_says(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        secret = "a+b c:d%41/é&=?\U0001f511"
        await owner.execute("UPDATE machine_secrets SET secret_hash = sha256($1)", secret.encode())
        body = {"grant_type": "client_credentials"}

        by_header = await client.post(
            "/oauth/token", data=body, headers=basic(str(machine.id), secret, every_character)
        )
        by_body = await client.post(
            "/oauth/token", data=machine.credentials | {"client_secret": secret}
        )
        not_encoded = await client.post(
            "/oauth/token", data=body, headers=basic(str(machine.id), secret, str)
        )

        assert (by_header.status_code, by_body.status_code) == (200, 200)
        refused(not_encoded, 401, "invalid_client")

    async def test_is_not_told_apart_by_the_case_of_the_scheme_or_a_charset(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        sent = basic(str(machine.id), machine.secret)["Authorization"].replace("Basic", "bASIC")
        kind = "Application/X-WWW-form-urlencoded; charset=UTF-8"

        answer = await client.post(
            "/oauth/token",
            content=b"grant_type=client_credentials",
            headers={"Authorization": sent, "Content-Type": kind},
        )

        assert answer.status_code == 200

    async def test_overlooks_what_it_does_not_know(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        body = machine.credentials | {"resource": "x", "audience": "y"}

        assert (await client.post("/oauth/token", data=body)).status_code == 200

    async def test_can_be_verified_with_the_published_keys_alone(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        token = await get_token(client, machine, "members:read")

        published = (await client.get("/oauth/keys")).json()

        read = jwt.decode(token, KeySet.import_key_set(published), algorithms=["ES256"])
        assert (read.claims["sub"], read.claims["scope"]) == (str(machine.id), "members:read")


class TestRefusingRequests:
    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"grant_type": ""}, "invalid_request"),
            ({"grant_type": "password"}, "unsupported_grant_type"),
            ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
            ({"scope": "machines:manage"}, "invalid_scope"),
            ({"scope": "members:read audit:read"}, "invalid_scope"),
            ({"scope": "everything"}, "invalid_scope"),
        ],
    )
    async def test_names_the_error_as_rfc_6749_does(
        self,
        client: httpx.AsyncClient,
        machine: HeldMachine,
        change: dict[str, str],
        error: str,
    ) -> None:
        answer = await client.post("/oauth/token", data=machine.credentials | change)

        refused(answer, 400, error)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"grant_type",
            b"grant_type=client_credentials&scope=%FF",
            b"grant_type=client_credentials&scope=\xff",
            b"grant_type=client_credentials&grant_type=client_credentials",
            b"grant_type=client_credentials&scope=&scope=members:read",
            b"&".join(b"a%d=1" % number for number in range(21)),
        ],
    )
    async def test_refuses_a_form_that_is_damaged_or_says_something_twice(
        self, client: httpx.AsyncClient, machine: HeldMachine, body: bytes
    ) -> None:
        headers = FORM | basic(str(machine.id), machine.secret)

        refused(
            await client.post("/oauth/token", content=body, headers=headers), 400, "invalid_request"
        )

    @pytest.mark.parametrize("name", ["client_id", "client_secret", "grant_type", "scope"])
    async def test_refuses_every_parameter_that_is_sent_twice(
        self, client: httpx.AsyncClient, machine: HeldMachine, name: str
    ) -> None:
        fields = machine.credentials | {"scope": "members:read"}
        body = urlencode([*fields.items(), (name, fields[name])])

        answer = await client.post("/oauth/token", content=body, headers=FORM)

        refused(answer, 400, "invalid_request")

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
    async def test_refuses_another_content_type(
        self, client: httpx.AsyncClient, machine: HeldMachine, kind: str
    ) -> None:
        body = urlencode(machine.credentials)

        answer = await client.post("/oauth/token", content=body, headers={"Content-Type": kind})

        refused(answer, 400, "invalid_request")

    async def test_refuses_credentials_in_the_address(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        answer = await client.post("/oauth/token", params=machine.credentials, headers=FORM)

        assert answer.status_code == 422

    async def test_refuses_credentials_in_two_places(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        headers = basic(str(machine.id), machine.secret)
        other = {"grant_type": "client_credentials", "client_id": str(uuid.uuid4())}

        for body in (machine.credentials, other):
            answer = await client.post("/oauth/token", data=body, headers=headers)
            refused(answer, 400, "invalid_request")

    async def test_refuses_two_authorization_headers(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        sent = basic(str(machine.id), machine.secret)["Authorization"]
        headers = [*FORM.items(), ("Authorization", sent), ("Authorization", sent)]

        answer = await client.post(
            "/oauth/token", content=b"grant_type=client_credentials", headers=headers
        )

        refused(answer, 400, "invalid_request")

    async def test_is_only_ever_posted_to(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/oauth/token")

        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


class TestRefusingClients:
    @pytest.mark.parametrize(
        "sent",
        [
            None,
            "Basic",
            "Basic !",
            "Basic " + base64.b64encode(b"no colon").decode(),
            "Basic " + base64.b64encode(b"\xff:\xff").decode(),
            "Basic " + base64.b64encode(b"%FF:%FF").decode(),
            "Basic " + base64.b64encode(b":").decode(),
            "Bearer abc",
            "Digest username=x",
        ],
    )
    async def test_that_show_nothing_readable(
        self, client: httpx.AsyncClient, sent: str | None
    ) -> None:
        headers = {"Authorization": sent} if sent is not None else {}

        answer = await client.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, headers=headers
        )

        refused(answer, 401, "invalid_client")
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")

    async def test_in_the_same_words_whether_the_client_exists_or_not(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        wrong = await client.post(
            "/oauth/token", data=machine.credentials | {"client_secret": "wrong"}
        )
        unknown = await client.post(
            "/oauth/token", data=machine.credentials | {"client_id": str(uuid.uuid4())}
        )
        await owner.execute("UPDATE machines SET revoked_at = now()")
        revoked = await client.post("/oauth/token", data=machine.credentials)

        told = [refused(answer, 401, "invalid_client") for answer in (wrong, unknown, revoked)]
        kept = [set(answer.headers) for answer in (wrong, unknown, revoked)]
        assert told[0] == told[1] == told[2]
        assert kept[0] == kept[1] == kept[2]

    async def test_and_writes_down_what_was_tried_with_a_machine_that_is_known(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        await client.post("/oauth/token", data=machine.credentials | {"client_secret": "wrong"})
        await client.post("/oauth/token", data=machine.credentials | {"scope": "audit:read"})
        await client.post(
            "/oauth/token", data=machine.credentials | {"client_id": str(uuid.uuid4())}
        )

        rows = await owner.fetch("SELECT * FROM audit_entries ORDER BY recorded_at, id")
        assert [(row["outcome"], row["act"], row["reason"]) for row in rows] == [
            ("refused", "POST /oauth/token", "invalid-client"),
            ("refused", "POST /oauth/token", "invalid-scope"),
        ]
        assert {row["actor_id"] for row in rows} == {machine.id}
        assert {row["organisation_id"] for row in rows} == {machine.organisation_id}
        assert "wrong" not in "".join(str(dict(row)) for row in rows)

    async def test_that_guess_until_they_are_told_to_wait_but_never_the_right_one(
        self, client: httpx.AsyncClient, machine: HeldMachine, owner: asyncpg.Connection
    ) -> None:
        wrong = machine.credentials | {"client_secret": "wrong"}
        for _ in range(WRONG_SECRETS.amount):
            refused(await client.post("/oauth/token", data=wrong), 401, "invalid_client")

        for _ in range(3):
            answer = await client.post("/oauth/token", data=wrong)
            refused(answer, 429, "invalid_client")
            assert int(answer.headers["Retry-After"]) > 0
        right = await client.post("/oauth/token", data=machine.credentials)

        assert right.status_code == 200
        # What is written down is bounded with it.
        written = await owner.fetchval("SELECT count(*) FROM audit_entries")
        assert written == WRONG_SECRETS.amount

    async def test_that_guess_are_counted_each_for_itself_known_or_not(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        unknown = machine.credentials | {"client_id": str(uuid.uuid4())}
        for _ in range(WRONG_SECRETS.amount):
            refused(await client.post("/oauth/token", data=unknown), 401, "invalid_client")

        refused(await client.post("/oauth/token", data=unknown), 429, "invalid_client")
        wrong = machine.credentials | {"client_secret": "wrong"}
        refused(await client.post("/oauth/token", data=wrong), 401, "invalid_client")


class TestPublishing:
    async def test_no_private_half_and_the_same_bytes_once_more_for_nothing(
        self, client: httpx.AsyncClient, machine: HeldMachine
    ) -> None:
        await get_token(client, machine)

        answer = await client.get("/oauth/keys")
        tag = answer.headers["ETag"]
        again = await client.get("/oauth/keys", headers={"If-None-Match": tag})

        (key,) = answer.json()["keys"]
        assert key.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
        assert answer.headers["Content-Type"] == "application/jwk-set+json"
        assert "max-age" in answer.headers["Cache-Control"]
        assert (again.status_code, again.content) == (304, b"")

    async def test_nothing_before_the_first_token_and_that_is_not_kept(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.get("/oauth/keys")

        assert answer.json() == {"keys": []}
        assert answer.headers["Cache-Control"] == "no-store"

    async def test_how_tokens_are_got_as_rfc_8414_says(
        self, client: httpx.AsyncClient, settings: Settings
    ) -> None:
        answer = await client.get("/.well-known/oauth-authorization-server")

        told = answer.json()
        assert told["issuer"] == settings.address
        assert told["token_endpoint"] == f"{settings.address}/oauth/token"
        assert told["jwks_uri"] == f"{settings.address}/oauth/keys"
        assert told["grant_types_supported"] == ["client_credentials"]
        assert told["response_types_supported"] == []
        assert told["scopes_supported"] == sorted(SCOPES)
        assert told["token_endpoint_auth_methods_supported"] == [
            "client_secret_basic",
            "client_secret_post",
        ]
        again = await client.get(
            "/.well-known/oauth-authorization-server",
            headers={"If-None-Match": answer.headers["ETag"]},
        )
        assert again.status_code == 304
