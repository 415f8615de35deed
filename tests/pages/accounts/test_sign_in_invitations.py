"""Accepting an invitation by way of the OpenID provider."""

from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7
from tests.factories.invitations import add_invitation
from tests.factories.people import add_organisation, insert
from tests.openid import coming
from tests.openid.coming import acts, begin, browser, come_back, known, sessions_of, sign_in
from tests.openid.issuer import Issuer
from tests.pages.reading import read, tidy


def heading(response: httpx.Response) -> str:
    return tidy(read(response.text).one("h1").text)


class TestInvitation:
    @pytest.fixture
    async def token(self, owner: asyncpg.Connection) -> str:
        """The token of a link to an open invitation."""
        invitation_id = await add_invitation(owner, await add_organisation(owner))
        return await add_link(owner, invitation_id)

    async def test_a_stranger_who_was_invited_becomes_a_member_and_is_known_from_then_on(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, token: str
    ) -> None:
        response = await accept(visitor, issuer, token)

        assert response.status_code == 303
        assert await acts(owner, "%") == [
            "invitation.accepted",
            "identity.linked",
            "session.began",
        ]
        visitor.cookies.clear()
        assert (await sign_in(visitor, issuer)).status_code == 303
        assert await owner.fetchval("SELECT count(*) FROM people") == 1

    async def test_somebody_known_joins_another_organisation(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, token: str
    ) -> None:
        member = await known(owner, issuer.address)

        await accept(visitor, issuer, token)

        assert await owner.fetchval("SELECT count(*) FROM people") == 1
        (held,) = await sessions_of(owner, member.person_id)
        assert held["membership_id"] != member.membership_id

    async def test_a_link_is_taken_once(
        self, visitor: httpx.AsyncClient, issuer: Issuer, token: str
    ) -> None:
        await accept(visitor, issuer, token)
        visitor.cookies.clear()

        response = await visitor.get("/sign-in/openid", params={"invitation": token})

        assert response.status_code == 403

    async def test_of_two_visits_with_one_link_one_accepts(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, token: str
    ) -> None:
        asked = await begin(visitor, f"/sign-in/openid?invitation={token}")
        async with browser(coming.app_of(visitor)) as other:
            await accept(other, issuer, token, "another")
        issuer.give("a-code", issuer.id_token(asked["nonce"]))

        response = await come_back(visitor, issuer, state=asked["state"], code="a-code")

        assert response.status_code == 403
        assert heading(response) == "This link is no longer good"
        assert await owner.fetchval("SELECT count(*) FROM people") == 1

    async def test_the_mailbox_of_somebody_known_otherwise_is_not_enough_to_become_them(
        self, visitor: httpx.AsyncClient, issuer: Issuer, owner: asyncpg.Connection, token: str
    ) -> None:
        member = await known(owner, issuer.address, "the-real-one")
        await owner.execute("UPDATE person_contacts SET email = 'new.person@example.org'")

        response = await accept(visitor, issuer, token, "somebody-with-their-mail")

        assert response.status_code == 403
        assert heading(response) == "Sign in the way you always do, then accept"
        assert await sessions_of(owner, member.person_id) == []


async def add_link(owner: asyncpg.Connection, invitation_id: object) -> str:
    """Send an invitation's link; return its token."""
    token, present = new_token(), clock.now()
    row = {
        "id": uuid7(),
        "kind": "invitation",
        "invitation_id": invitation_id,
        "token_hash": hash_token(token),
        "made_at": present,
        "expires_at": present + timedelta(days=14),
    }
    await insert(owner, "emailed_links", row)
    return token


async def accept(
    client: httpx.AsyncClient, issuer: Issuer, token: str, subject: str = "somebody"
) -> httpx.Response:
    """Accept an invitation by way of the provider."""
    asked = await begin(client, f"/sign-in/openid?invitation={token}")
    code = f"code-of-{subject}"
    issuer.give(code, issuer.id_token(asked["nonce"], subject))
    return await come_back(client, issuer, state=asked["state"], code=code)
