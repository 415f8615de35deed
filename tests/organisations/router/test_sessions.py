import uuid

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.organisations.tokens import hash_token
from tests.factories.people import Member, add_member, add_organisation, add_session, sign_in
from tests.openid.coming import acts

PATH = "/v1/sessions"


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    """Somebody with an organisation."""
    return await add_member(owner, await add_organisation(owner, "Example School"))


class TestListSessions:
    async def test_shows_where_one_is_signed_in_the_newest_first(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_session(owner, member)
        await sign_in(client, owner, member)

        response = await client.get(PATH)

        items = response.json()["items"]
        assert [item["id"] for item in items] == sorted(
            (item["id"] for item in items), reverse=True
        )
        (first,) = [item for item in items if item["current"]]
        assert len(items) == 2
        assert first["organisation"] == {
            "id": str(member.organisation_id),
            "name": "Example School",
        }
        assert first["method"] == "openid"
        assert response.headers["cache-control"] == "no-store"
        assert response.json()["links"]["next"] is None

    async def test_shows_nobody_elses_and_none_that_is_over(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id, Role.ADMINISTRATOR)
        await add_session(owner, other)
        for over in (
            "ended_at = now(), ended_because = 'signed-out'",
            "ends_at = now()",
            "seen_at = now() - interval '1 hour'",
        ):
            token = await add_session(owner, member)
            await owner.execute(
                f"UPDATE sign_in_sessions SET {over} "  # noqa: S608 - our own words
                "WHERE token_hash = $1",
                hash_token(token),
            )
        await sign_in(client, owner, member)

        assert len((await client.get(PATH)).json()["items"]) == 1

    async def test_an_organisation_not_chosen_yet_is_empty(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await sign_in(client, owner, member)
        await owner.execute("UPDATE sign_in_sessions SET membership_id = NULL")

        (item,) = (await client.get(PATH)).json()["items"]

        assert item["organisation"] is None

    async def test_pages_follow_one_another_without_gap_or_repeat(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        for _ in range(4):
            await add_session(owner, member)
        await sign_in(client, owner, member)
        seen: list[str] = []
        address: str | None = f"{PATH}?limit=2"

        while address is not None:
            page = (await client.get(address)).json()
            seen += [item["id"] for item in page["items"]]
            address = page["links"]["next"]

        assert len(seen) == len(set(seen)) == 5

    @pytest.mark.parametrize("cursor", ["x", "WyJ4IiwwLCJ4Il0"])
    async def test_a_spoilt_cursor_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member, cursor: str
    ) -> None:
        await sign_in(client, owner, member)

        response = await client.get(PATH, params={"cursor": cursor})

        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == "cursor"


class TestEndSession:
    async def test_signs_out_in_one_place(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        lost = await add_session(owner, member)
        lost_id = await owner.fetchval("SELECT id FROM sign_in_sessions")
        await sign_in(client, owner, member)

        response = await client.delete(f"{PATH}/{lost_id}")

        assert response.status_code == 204
        assert len((await client.get(PATH)).json()["items"]) == 1
        client.cookies.set("session", lost)
        assert (await client.get(PATH)).status_code == 401
        entry = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'session.ended'")
        assert entry is not None
        assert (entry["actor_id"], entry["subject_id"]) == (member.person_id, str(lost_id))

    async def test_one_that_has_ended_is_not_there_any_more(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_session(owner, member)
        lost_id = await owner.fetchval("SELECT id FROM sign_in_sessions")
        await sign_in(client, owner, member)
        await client.delete(f"{PATH}/{lost_id}")

        assert (await client.delete(f"{PATH}/{lost_id}")).status_code == 404
        assert await acts(owner) == ["session.ended"]

    async def test_nobody_signs_somebody_else_out(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id, Role.ADMINISTRATOR)
        await add_session(owner, other)
        theirs = await owner.fetchval("SELECT id FROM sign_in_sessions")
        await sign_in(client, owner, member)

        response = await client.delete(f"{PATH}/{theirs}")

        assert response.status_code == 404
        assert response.json()["type"].endswith("/session-not-found")
        assert await owner.fetchval(
            "SELECT ended_at IS NULL FROM sign_in_sessions WHERE id = $1", theirs
        )

    async def test_one_that_never_was_is_not_there(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await sign_in(client, owner, member)

        assert (await client.delete(f"{PATH}/{uuid.uuid4()}")).status_code == 404


class TestEndSessions:
    async def test_signs_out_everywhere_here_too(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        elsewhere = await add_session(owner, member)
        await sign_in(client, owner, member)

        response = await client.delete(PATH)

        assert response.status_code == 204
        assert "session=" in response.headers["set-cookie"]
        assert "Max-Age=0" in response.headers["set-cookie"]
        client.cookies.set("session", elsewhere)
        assert (await client.get(PATH)).status_code == 401
        ended = await owner.fetch("SELECT ended_because, ended_at FROM sign_in_sessions")
        assert {row["ended_because"] for row in ended} == {"signed-out-everywhere"}
        assert all((clock.now() - row["ended_at"]).total_seconds() < 300 for row in ended)
        assert await acts(owner) == ["session.ended"] * 2

    async def test_others_stay_signed_in(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id, Role.ADMINISTRATOR)
        theirs = await add_session(owner, other)
        await sign_in(client, owner, member)

        await client.delete(PATH)

        client.cookies.set("session", theirs)
        assert (await client.get(PATH)).status_code == 200


class TestWhoMayAsk:
    @pytest.mark.parametrize(("method", "path"), [("GET", PATH), ("DELETE", PATH)])
    async def test_nobody_without_signing_in(
        self, client: httpx.AsyncClient, method: str, path: str
    ) -> None:
        assert (await client.request(method, path)).status_code == 401
