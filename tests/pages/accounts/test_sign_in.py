from datetime import timedelta

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app import clock
from app.access import Role
from app.config import Settings
from app.organisations.terms import DEMONSTRATION_ISSUER
from tests.factories.people import add_member, add_organisation
from tests.openid import coming
from tests.openid.coming import acts, begin, come_back, known, sessions_of, sign_in
from tests.openid.issuer import Issuer, stamp
from tests.pages.reading import read, tidy


def heading(response: httpx.Response) -> str:
    return tidy(read(response.text).one("h1").text)


class TestShowSignIn:
    async def test_leads_to_the_provider_and_back_to_where_one_came_from(
        self, visitor: httpx.AsyncClient
    ) -> None:
        response = await visitor.get("/sign-in", params={"return_to": "/about?x=1"})

        page = read(response.text)
        assert page.link("Continue to sign in") == "/sign-in/openid?return_to=%2Fabout%3Fx%3D1"
        assert response.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("elsewhere", ["//evil.test", "https://evil.test", "/\\evil.test"])
    async def test_leads_nowhere_else(self, visitor: httpx.AsyncClient, elsewhere: str) -> None:
        response = await visitor.get("/sign-in", params={"return_to": elsewhere})

        assert "evil" not in response.text
        assert read(response.text).link("Continue to sign in") == "/sign-in/openid"

    async def test_without_a_provider_there_is_no_way_there(
        self, client: httpx.AsyncClient
    ) -> None:
        page = read((await client.get("/sign-in")).text)

        assert "Continue to sign in" not in page.text
        assert (await client.get("/sign-in/openid")).status_code == 404

    async def test_a_real_register_names_no_invented_people(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await known(owner, DEMONSTRATION_ISSUER)

        assert "Sign in as" not in (await client.get("/sign-in")).text


class TestGoToProvider:
    async def test_ties_the_visit_to_this_browser(self, visitor: httpx.AsyncClient) -> None:
        response = await visitor.get("/sign-in/openid")

        cookie = response.headers["set-cookie"]
        assert cookie.startswith("sign-in=")
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert response.headers["cache-control"] == "no-store"

    async def test_over_https_no_other_host_can_set_that_cookie(
        self, settings: Settings, issuer: Issuer
    ) -> None:
        async with coming.register(
            settings, issuer.address, public_url="https://register.test"
        ) as visitor:
            response = await visitor.get("/sign-in/openid")

        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-sign-in=")
        assert "Secure" in cookie.split("; ")

    async def test_a_provider_that_does_not_answer_is_told_plainly(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        issuer.status = 500

        response = await visitor.get("/sign-in/openid")

        assert response.status_code == 503
        assert "Nothing you did caused this" in read(response.text).text
        assert await owner.fetchval("SELECT count(*) FROM sign_in_attempts") == 0

    async def test_an_invitation_that_is_not_good_is_told_before_the_visit(
        self, visitor: httpx.AsyncClient
    ) -> None:
        response = await visitor.get("/sign-in/openid", params={"invitation": "made up"})

        assert response.status_code == 403
        assert heading(response) == "This link is no longer good"


class TestComeBack:
    async def test_one_is_signed_in_and_led_on(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        asked = await begin(visitor, "/sign-in/openid?return_to=/about")
        issuer.give("a-code", issuer.id_token(asked["nonce"]))

        response = await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert (response.status_code, response.headers["location"]) == (303, "/about")
        cookies = response.headers.get_list("set-cookie")
        session = next(one for one in cookies if one.startswith("session="))
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(session.split("; "))
        assert any(one.startswith("sign-in=") and "Max-Age=0" in one for one in cookies)
        assert response.headers["cache-control"] == "no-store"
        (held,) = await sessions_of(owner, member.person_id)
        assert held["membership_id"] == member.membership_id
        assert await acts(owner) == ["session.began"]

    async def test_a_sign_in_there_long_ago_does_not_count_as_recent_here(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        ago = clock.now() - timedelta(hours=3)

        await sign_in(visitor, issuer, auth_time=stamp(ago))

        (held,) = await sessions_of(owner, member.person_id)
        assert stamp(held["authenticated_at"]) == stamp(ago)

    async def test_a_provider_that_does_not_say_when_is_not_taken_to_mean_now(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)

        await sign_in(visitor, issuer, auth_time=None)

        (held,) = await sessions_of(owner, member.person_id)
        assert clock.now() - held["authenticated_at"] >= timedelta(hours=8)

    async def test_whoever_belongs_to_several_chooses(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await add_member(owner, await add_organisation(owner), person_id=member.person_id)

        response = await sign_in(visitor, issuer)

        assert response.headers["location"] == "/account/organisation"
        (held,) = await sessions_of(owner, member.person_id)
        assert held["membership_id"] is None

    async def test_the_organisation_named_there_is_the_one_acted_for(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await add_member(owner, await add_organisation(owner), person_id=member.person_id)
        await coming.add_urn(owner, member.organisation_id, "900001")

        await sign_in(visitor, issuer, organisation={"id": "x", "urn": "900001"})

        (held,) = await sessions_of(owner, member.person_id)
        assert held["membership_id"] == member.membership_id

    @pytest.mark.parametrize("urn", ["900001", "900002", None])
    async def test_an_organisation_one_does_not_belong_to_lets_nobody_in(
        self,
        visitor: httpx.AsyncClient,
        issuer: Issuer,
        owner: asyncpg.Connection,
        urn: str | None,
    ) -> None:
        member = await known(owner, issuer.address)
        await coming.add_urn(owner, await add_organisation(owner), "900001")

        response = await sign_in(visitor, issuer, organisation={"id": "x", "urn": urn})

        assert response.status_code == 403
        assert heading(response) == "You do not belong to that organisation here"
        assert await sessions_of(owner, member.person_id) == []
        noted = await owner.fetchval("SELECT actor_id FROM audit_entries WHERE outcome = 'refused'")
        assert noted == member.person_id

    async def test_whoever_belongs_nowhere_any_more_is_told_so(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await add_member(owner, member.organisation_id, Role.ADMINISTRATOR)
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", member.membership_id
        )

        response = await sign_in(visitor, issuer)

        assert response.status_code == 403
        assert "not any more" in read(response.text).text

    async def test_whoever_is_blocked_stays_out(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, issuer.address)
        await owner.execute("UPDATE people SET blocked_at = now()")

        response = await sign_in(visitor, issuer)

        assert response.status_code == 403
        assert heading(response) == "You were blocked"
        assert await sessions_of(owner, member.person_id) == []

    async def test_whoever_is_not_known_is_told_what_to_do(
        self, visitor: httpx.AsyncClient, issuer: Issuer
    ) -> None:
        response = await sign_in(visitor, issuer)

        assert response.status_code == 403
        assert heading(response) == "Nobody has invited you yet"

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            ({"error": "access_denied"}, "access_denied"),
            ({"error": "<script>"}, "unreadable"),
            ({}, "no-code"),
            ({"code": "x", "iss": "https://elsewhere.test"}, "issuer-of-answer"),
            ({"code": "made-up"}, "code"),
        ],
    )
    async def test_every_other_way_back_is_refused_and_spent(
        self, visitor: httpx.AsyncClient, issuer: Issuer, answer: dict[str, str], reason: str
    ) -> None:
        asked = await begin(visitor)

        with capture_logs() as logs:
            response = await come_back(visitor, issuer, state=asked["state"], **answer)
            again = await come_back(visitor, issuer, state=asked["state"], code="x")

        reasons = [line["reason"] for line in logs if "reason" in line]
        assert (response.status_code, again.status_code) == (403, 403)
        assert reasons == [reason, "used"]
        assert heading(response) == "You could not be signed in"
        assert "session" not in visitor.cookies
