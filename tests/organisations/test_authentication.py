import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app import clock
from app.access import Role
from app.config import Settings
from app.organisations.openid_tokens import LONGEST
from tests.factories.people import Member, add_member, add_organisation, add_session
from tests.openid import coming
from tests.openid.issuer import Issuer, new_key, stamp

SESSIONS = "/v1/sessions"


@pytest.fixture
async def program(settings: Settings, issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    """A program that calls the API, with no cookie and no origin."""
    async with coming.register(settings, issuer.address) as made:
        del made.headers["Origin"]
        yield made


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **more}


def machines_of(member: Member) -> str:
    """Return an address that only an administrator of this organisation may read."""
    return f"/v1/organisations/{member.organisation_id}/machines"


async def refusal_of(
    client: httpx.AsyncClient, token: str, **more: str
) -> tuple[httpx.Response, str]:
    """Return the answer to a token that is refused, and why."""
    with capture_logs() as logs:
        response = await client.get(SESSIONS, headers=bearer(token, **more))
    assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (
        401,
        "token-refused",
    )
    assert response.headers["www-authenticate"] == (
        'Bearer realm="ap-register", error="invalid_token"'
    )
    (refused,) = [line for line in logs if line["event"] == "token.refused"]
    assert token not in str(logs)
    return response, str(refused["reason"])


class TestByCookie:
    async def test_a_session_lets_its_holder_in(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
        client.cookies.set("session", await add_session(owner, member))

        assert (await client.get(machines_of(member))).status_code == 200

    @pytest.mark.parametrize("cookie", [None, "", "made up", "x" * 5000, "é"])
    async def test_nobody_else_is_let_in(
        self, client: httpx.AsyncClient, cookie: str | None
    ) -> None:
        headers = {} if cookie is None else {b"Cookie": f"session={cookie}".encode()}

        response = await client.get(SESSIONS, headers=headers)

        assert response.status_code == 401
        assert response.json()["type"].endswith("/not-signed-in")
        assert response.headers["www-authenticate"] == 'Bearer realm="ap-register"'

    @pytest.mark.parametrize(
        "over",
        [
            "ended_at = now(), ended_because = 'signed-out'",
            "ends_at = now()",
            "seen_at = now() - interval '31 minutes'",
        ],
    )
    async def test_a_session_that_is_over_is_refused_and_the_refusal_noted(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, over: str
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        client.cookies.set("session", await add_session(owner, member))
        await owner.execute(f"UPDATE sign_in_sessions SET {over}")  # noqa: S608 - our own words

        response = await client.get(SESSIONS)

        assert response.status_code == 401
        entry = await owner.fetchrow("SELECT * FROM audit_entries WHERE outcome = 'refused'")
        assert entry is not None
        assert (entry["actor_id"], entry["reason"]) == (member.person_id, "not-signed-in")

    async def test_whoever_is_blocked_is_out_at_the_next_request(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        client.cookies.set("session", await add_session(owner, member))
        assert (await client.get(SESSIONS)).status_code == 200

        await owner.execute("UPDATE people SET blocked_at = now()")

        assert (await client.get(SESSIONS)).status_code == 401

    async def test_whoever_was_removed_acts_for_nobody_at_the_next_request(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        await add_member(owner, organisation, Role.ADMINISTRATOR)
        member = await add_member(owner, organisation, Role.ADMINISTRATOR)
        client.cookies.set("session", await add_session(owner, member))

        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", member.membership_id
        )

        response = await client.get(machines_of(member))
        assert response.status_code == 403
        assert response.json()["type"].endswith("/organisation-not-chosen")


class TestByProvidersToken:
    async def test_a_person_acts_for_their_only_organisation(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)

        response = await program.get(machines_of(member), headers=bearer(issuer.access_token()))

        assert response.status_code == 200

    async def test_a_person_of_several_names_one(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        await add_member(owner, await add_organisation(owner), person_id=member.person_id)
        token = issuer.access_token()

        unsaid = await program.get(machines_of(member), headers=bearer(token))
        named = {"Register-Organisation": str(member.organisation_id)}
        said = await program.get(machines_of(member), headers=bearer(token, **named))

        assert unsaid.json()["type"].endswith("/organisation-not-chosen")
        assert said.status_code == 200

    async def test_nobody_names_an_organisation_they_do_not_belong_to(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        other = await add_organisation(owner)
        named = {"Register-Organisation": str(other)}

        response = await program.get(SESSIONS, headers=bearer(issuer.access_token(), **named))

        assert response.status_code == 403
        assert response.json()["type"].endswith("/organisation-not-known")
        noted = await owner.fetchval("SELECT actor_id FROM audit_entries WHERE outcome = 'refused'")
        assert noted == member.person_id

    @pytest.mark.parametrize("named", ["", "Example School", f"{uuid.UUID(int=7)}0"])
    async def test_an_organisation_is_named_by_its_uuid(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, named: str
    ) -> None:
        await coming.known(owner, issuer.address)
        headers = bearer(issuer.access_token(), **{"Register-Organisation": named})

        response = await program.get(SESSIONS, headers=headers)

        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == "Register-Organisation"

    async def test_two_organisations_cannot_be_named_at_once(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        name = ("Register-Organisation", str(member.organisation_id))
        headers = [*bearer(issuer.access_token()).items(), name, name]

        assert (await program.get(SESSIONS, headers=headers)).status_code == 422

    async def test_it_is_as_recent_as_it_says_and_never_recent_if_it_does_not_say(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        new = {"name": "Example machine", "scopes": ["organisations:read"]}

        async def decide(auth_time: int | None) -> httpx.Response:
            token = issuer.access_token(auth_time=auth_time)
            return await program.post(machines_of(member), json=new, headers=bearer(token))

        assert (await decide(None)).json()["type"].endswith("/sign-in-again")
        long_ago = stamp(clock.now() - timedelta(hours=1))
        assert (await decide(long_ago)).json()["type"].endswith("/sign-in-again")
        assert (await decide(stamp(clock.now()))).status_code == 201

    async def test_it_counts_before_a_cookie(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        other = await add_member(owner, await add_organisation(owner))
        program.cookies.set("session", await add_session(owner, other))

        response = await program.get(machines_of(member), headers=bearer(issuer.access_token()))

        assert response.status_code == 200

    async def test_a_bad_one_is_not_made_good_by_a_cookie(
        self, program: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await add_member(owner, await add_organisation(owner))
        program.cookies.set("session", await add_session(owner, member))

        _, reason = await refusal_of(program, "a.b.c")

        assert reason == "form"

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"iss": "https://elsewhere.test"}, "issuer"),
            ({"iss": None}, "issuer"),
            ({"aud": "register"}, "audience"),
            ({"exp": 1}, "expired"),
            ({"nbf": 2**33}, "not-yet"),
            ({"sub": None}, "subject"),
            ({"sub": "an-app"}, "subject"),
            ({"jti": None}, "claims"),
            ({"auth_time": "x"}, "claims"),
            ({"sub": "stranger"}, "person"),
        ],
    )
    async def test_one_that_is_not_good_is_refused(
        self,
        program: httpx.AsyncClient,
        issuer: Issuer,
        owner: asyncpg.Connection,
        changes: dict[str, Any],
        reason: str,
    ) -> None:
        await coming.known(owner, issuer.address)

        assert (await refusal_of(program, issuer.access_token(**changes)))[1] == reason

    async def test_one_under_another_key_is_refused(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await coming.known(owner, issuer.address)
        issuer.key = new_key("key-1")

        assert (await refusal_of(program, issuer.access_token()))[1] == "signature"

    async def test_one_under_an_unknown_key_is_refused(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await coming.known(owner, issuer.address)
        issuer.key = new_key("another")

        assert (await refusal_of(program, issuer.access_token()))[1] == "key"

    async def test_somebody_blocked_is_refused_and_the_refusal_noted(
        self, program: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await coming.known(owner, issuer.address)
        await owner.execute("UPDATE people SET blocked_at = now()")

        assert (await refusal_of(program, issuer.access_token()))[1] == "blocked"
        noted = await owner.fetchval("SELECT actor_id FROM audit_entries WHERE outcome = 'refused'")
        assert noted == member.person_id

    async def test_a_token_of_great_length_is_not_read(self, program: httpx.AsyncClient) -> None:
        assert (await refusal_of(program, "x" * (LONGEST + 1)))[1] == "length"

    async def test_none_is_taken_where_no_audience_is_set(
        self, settings: Settings, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        await coming.known(owner, issuer.address)
        async with coming.register(settings, issuer.address, openid_token_audience=None) as program:
            assert (await refusal_of(program, issuer.access_token()))[1] == "none-taken"

    async def test_none_is_taken_where_no_provider_is_set_up(
        self, client: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        assert (await refusal_of(client, issuer.access_token()))[1] == "none-taken"

    async def test_a_provider_that_does_not_answer_is_not_the_callers_fault(
        self, program: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        issuer.status = 500

        response = await program.get(SESSIONS, headers=bearer(issuer.access_token()))

        assert response.status_code == 503
        assert response.json()["type"].endswith("/sign-in-unavailable")


class TestAuthorizationHeader:
    @pytest.mark.parametrize(
        "sent",
        [
            ["Basic dXNlcjpwYXNz"],
            ["Bearer"],
            ["Bearer "],
            ["Bearer a b"],
            ["a.b.c"],
            [""],
            ["Bearer a.b.c", "Bearer d.e.f"],
        ],
    )
    async def test_what_cannot_be_read_is_answered_in_words(
        self, program: httpx.AsyncClient, sent: list[str]
    ) -> None:
        headers = [("Authorization", one) for one in sent]

        response = await program.get(SESSIONS, headers=headers)

        assert response.status_code == 401
        assert "Authorization: Bearer TOKEN" in response.json()["detail"]
        assert 'error="invalid_token"' in response.headers["www-authenticate"]
