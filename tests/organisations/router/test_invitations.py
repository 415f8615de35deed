import uuid
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.organisations.terms import INVITATION_LASTS, OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.invitations import ADDRESS, add_invitation, entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.organisations.asking import problem

ASKED = {"name": "Example Newcomer", "email": ADDRESS, "roles": ["analyst"]}


@pytest.fixture
async def administrator(owner: asyncpg.Connection, client: httpx.AsyncClient) -> Member:
    """An administrator who is signed in."""
    found = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
    await sign_in(client, owner, found)
    return found


def invitations(of: uuid.UUID) -> str:
    return f"/v1/organisations/{of}/invitations"


class TestInvite:
    async def test_it_is_made_and_can_be_read_where_it_says(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await client.post(
            invitations(administrator.organisation_id), json=ASKED | {"way": "link"}
        )
        read = await client.get(made.headers["Location"])

        assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
        assert made.headers["Cache-Control"] == read.headers["Cache-Control"] == "no-store"
        assert read.json() == made.json()
        shown = made.json()
        assert (shown["email"], shown["state"], shown["way"]) == (ADDRESS, "open", "link")
        assert shown["invited_by"] == str(administrator.person_id)
        token = await owner.fetchval("SELECT sealed_token FROM emailed_links")
        assert token is not None
        assert "token" not in made.text

    async def test_sent_again_under_one_key_one_message_leaves(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        key = {"Idempotency-Key": "a-key-of-my-own"}

        answers = [
            await client.post(invitations(administrator.organisation_id), json=ASKED, headers=key)
            for _ in range(2)
        ]

        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.link'") == 1
        assert len(await entries(owner, "invitation.made")) == 1

    async def test_what_cannot_be_is_pointed_at_and_not_repeated(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        async def faults(**changes: Any) -> list[str]:
            answer = await client.post(
                invitations(administrator.organisation_id), json=ASKED | changes
            )
            assert answer.status_code == 422
            for value in changes.values():
                assert not isinstance(value, str) or value not in answer.text
            return [fault["pointer"] for fault in answer.json()["errors"]]

        assert await faults(name="x" * 10_000) == ["/name"]
        assert await faults(name="Ada\r\nBcc: other") == ["/name"]
        assert await faults(name="Visit https://example.org/prize") == ["/name"]
        assert await faults(name="\u0000") == ["/name"]
        assert await faults(email="one@example.org\r\nBcc: two@example.org") == ["/email"]
        assert await faults(email="one@example.org,two@example.org") == ["/email"]
        assert await faults(email="x" * 10_000 + "@example.org") == ["/email"]
        assert await faults(roles=["administrator", "inspector"]) == ["/roles/1"]
        assert await faults(roles=["analyst"] * (len(Role) + 1)) == ["/roles"]
        assert await faults(way="telephone") == ["/way"]
        assert await faults(organisation_id=str(uuid7())) == ["/organisation_id"]
        assert await faults(accepted_at="2026-01-01T00:00:00Z") == ["/accepted_at"]
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0

    async def test_what_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        member = await add_member(owner, administrator.organisation_id)
        known = await owner.fetchval(
            "SELECT email FROM person_contacts WHERE person_id = $1", member.person_id
        )
        elsewhere = await add_organisation(owner, "Example Second School")
        path = invitations(administrator.organisation_id)

        assert problem(await client.post(path, json=ASKED | {"email": known})) == (
            *(409, "already-a-member"),
        )
        assert (await client.post(path, json=ASKED)).status_code == 201
        twice = await client.post(path, json=ASKED | {"email": ADDRESS.upper()})
        assert problem(twice) == (409, "already-invited")
        for other in (elsewhere, uuid7()):
            answer = await client.post(invitations(other), json=ASKED)
            assert problem(answer) == (404, "organisation-not-found")

    async def test_only_administrators_who_showed_who_they_are_lately(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        path = invitations(administrator.organisation_id)
        member = await add_member(owner, administrator.organisation_id, Role.APPROVER)

        await sign_in(client, owner, member)
        colleague = await client.post(path, json=ASKED)
        looking = await client.get(path)
        long_ago = clock.now() - timedelta(minutes=16)
        await sign_in(client, owner, administrator, authenticated_at=long_ago)
        stale = await client.post(path, json=ASKED)
        client.cookies.clear()
        stranger = await client.post(path, json=ASKED)

        assert problem(colleague) == problem(looking) == (403, "not-permitted")
        assert problem(stale) == (403, "sign-in-again")
        assert problem(stranger) == (401, "not-signed-in")
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0


class TestListInvitations:
    async def test_newest_first_page_by_page_and_by_state(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        school, present = administrator.organisation_id, clock.now()
        made = [
            await add_invitation(owner, school, "a@example.org"),
            await add_invitation(owner, school, "b@example.org", sent_ago=INVITATION_LASTS),
            await add_invitation(owner, school, "c@example.org", withdrawn_at=present),
            await add_invitation(
                owner,
                school,
                "d@example.org",
                accepted_at=present,
                accepted_by=administrator.person_id,
            ),
            await add_invitation(owner, school, "e@example.org"),
        ]
        await add_invitation(owner, await add_organisation(owner, "Elsewhere"), "f@example.org")

        async def all_of(where: str) -> list[dict[str, Any]]:
            seen: list[dict[str, Any]] = []
            while where:
                page = (await client.get(where)).json()
                seen += page["items"]
                where = page["links"]["next"]
            return seen

        everything = await all_of(f"{invitations(school)}?limit=2")
        still_open = await all_of(f"{invitations(school)}?limit=1&state=open")

        # To the millisecond: within one, ids are in no order but always the same.
        assert [item["id"] for item in everything] == sorted(map(str, made), reverse=True)
        states = {item["email"][0]: item["state"] for item in everything}
        assert states == {
            "a": "open",
            "b": "expired",
            "c": "withdrawn",
            "d": "accepted",
            "e": "open",
        }
        assert {item["email"] for item in still_open} == {"e@example.org", "a@example.org"}

    async def test_a_cursor_of_another_list_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        path = invitations(administrator.organisation_id)
        for number in range(2):
            await add_invitation(owner, administrator.organisation_id, f"{number}@example.org")
        following = (await client.get(f"{path}?limit=1&state=open")).json()["links"]["next"]

        moved = await client.get(following.replace("state=open", "state=expired"))
        elsewhere = await client.get(
            following.replace(str(administrator.organisation_id), str(uuid7()))
        )

        assert problem(moved) == (422, "invalid-request")
        assert problem(elsewhere) == (404, "organisation-not-found")


class TestGetInvitation:
    async def test_a_guessed_id_finds_nothing_and_another_organisation_s_neither(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        elsewhere = await add_organisation(owner, "Example Second School")
        theirs, path = await add_invitation(owner, elsewhere), administrator.organisation_id

        for guessed in (theirs, uuid7()):
            answer = await client.get(f"{invitations(path)}/{guessed}")
            assert problem(answer) == (404, "invitation-not-found")
        assert problem(await client.get(f"{invitations(elsewhere)}/{theirs}")) == (
            *(404, "organisation-not-found"),
        )

    async def test_a_trust_sees_to_those_of_its_schools_under_their_own_address(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        which = await add_invitation(owner, school)
        await sign_in(client, owner, await add_member(owner, trust, Role.ADMINISTRATOR))

        there = await client.get(f"{invitations(school)}/{which}")
        not_there = await client.get(f"{invitations(trust)}/{which}")

        assert there.json()["organisation_id"] == str(school)
        assert problem(not_there) == (404, "invitation-not-found")


class TestSendAgain:
    async def test_it_leaves_again_once_it_has_rested(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)
        path = f"{invitations(administrator.organisation_id)}/{which}"

        sent = await client.post(f"{path}/send-again")
        too_soon = await client.post(f"{path}/send-again")
        unknown = await client.post(
            f"{invitations(administrator.organisation_id)}/{uuid7()}/send-again"
        )

        assert (sent.status_code, sent.headers["Location"]) == (200, path)
        assert sent.headers["ETag"] == '"2"'
        assert problem(too_soon) == (429, "too-many-invitations")
        assert 0 < int(too_soon.headers["Retry-After"]) <= 900
        assert problem(unknown) == (404, "invitation-not-found")
        assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = 'mail.link'") == 1


class TestWithdraw:
    async def test_it_is_taken_back_as_it_was_read(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        which = await add_invitation(owner, administrator.organisation_id)
        path = f"{invitations(administrator.organisation_id)}/{which}"

        blind = await client.delete(path)
        stale = await client.delete(path, headers={"If-Match": '"2"'})
        done = await client.delete(path, headers={"If-Match": '"1"'})
        again = await client.delete(path, headers={"If-Match": '"2"'})

        assert problem(blind) == (428, "version-needed")
        assert problem(stale) == (412, "changed-meanwhile")
        assert done.status_code == 204
        assert problem(again) == (409, "invitation-not-open")
        assert (await client.get(path)).json()["state"] == "withdrawn"
