"""Exports as they leave: written down first, few at a time, nothing left open."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.audit import router
from app.audit.queries import BATCH
from tests.factories.audit import add_entries, transactions_open
from tests.factories.people import Member, add_member, add_organisation, sign_in

NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)
PURPOSE = {"purpose": "oversight"}
PERIOD = {"from": "2021-09-01", "until": "2021-09-30", **PURPOSE}


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.ADMINISTRATOR)


@pytest.fixture
async def reader(
    client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
) -> httpx.AsyncClient:
    """The member's browser, signed in."""
    return await sign_in(client, owner, member)


class TestExportAudit:
    async def test_that_it_is_exported_is_committed_before_the_first_byte(
        self, reader: httpx.AsyncClient, member: Member
    ) -> None:
        """The entry is in the file itself, which is read in another transaction."""
        today = clock.today()
        around = [(today + timedelta(days=days)).isoformat() for days in (-1, 1)]
        params = {"from": around[0], "until": around[1], "format": "jsonl", **PURPOSE}

        answer = await reader.get("/v1/audit/export", params=params)

        [entry] = [json.loads(line) for line in answer.content.splitlines()[1:-1]]
        assert (entry["act"], entry["outcome"], entry["purpose"]) == (
            "audit.exported",
            "read",
            "oversight",
        )
        assert entry["after"] == {"from": around[0], "until": around[1], "format": "jsonl"}
        assert entry["subject"]["kind"] == "audit"
        assert entry["subject"]["id"] == str(member.organisation_id)

    async def test_it_is_named_and_kept_by_nobody_on_the_way(
        self, reader: httpx.AsyncClient
    ) -> None:
        for shape, kind in (("csv", "text/csv; charset=utf-8"), ("jsonl", "application/x-ndjson")):
            answer = await reader.get("/v1/audit/export", params={**PERIOD, "format": shape})

            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Disposition"] == (
                f'attachment; filename="audit-2021-09-01-to-2021-09-30.{shape}"'
            )

    async def test_what_cannot_be_exported_is_refused_and_not_written_down(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        wrong: list[dict[str, str | None]] = [
            {"from": None},
            {"until": None},
            {"until": "2021-08-31"},
            {"format": "pdf"},
            {"act": "example.done"},
        ]

        for changes in wrong:
            asked = {**PERIOD, **changes}
            params = {name: value for name, value in asked.items() if value is not None}
            answer = await reader.get("/v1/audit/export", params=params)
            assert answer.status_code == 422, changes
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_the_head_says_whose_and_by_whom(
        self, reader: httpx.AsyncClient, member: Member
    ) -> None:
        answer = await reader.get("/v1/audit/export", params={**PERIOD, "format": "jsonl"})

        head = json.loads(answer.content.splitlines()[0])
        assert datetime.fromisoformat(head.pop("made_at")).utcoffset() == timedelta(0)
        assert head == {
            "audit_of": "Example School",
            "organisation_id": str(member.organisation_id),
            "from": "2021-09-01",
            "until": "2021-09-30",
            "made_by": f"Example Person (Example School, {member.person_id})",
            "purpose": "oversight",
        }


class TestDownload:
    @pytest.fixture
    async def taken(self) -> AsyncIterator[None]:
        """All places are taken by others."""
        for _ in range(router.MOST_AT_ONCE):
            await router._places.acquire()
        yield
        for _ in range(router.MOST_AT_ONCE):
            router._places.release()

    @pytest.mark.usefixtures("taken")
    async def test_when_all_places_are_taken_it_is_refused_and_not_written_down(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        answer = await reader.get("/v1/audit/export", params=PERIOD)

        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/exports-busy")
        assert answer.headers["Retry-After"] == "60"
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_many_at_once_are_each_whole_or_refused_and_places_come_back(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_entries(owner, member.actor, BATCH * 3, first_at=NOON)
        answers = await asyncio.gather(
            *(reader.get("/v1/audit/export", params=PERIOD) for _ in range(8))
        )

        assert {answer.status_code for answer in answers} <= {200, 503}
        whole = [answer for answer in answers if answer.status_code == 200]
        assert whole
        assert all(f"#end,{BATCH * 3}," in answer.text for answer in whole)
        exported = "SELECT count(*) FROM audit_entries WHERE act = 'audit.exported'"
        assert await owner.fetchval(exported) == len(whole)
        assert not router._places.locked()
        assert await transactions_open(owner) == 0

    async def test_the_head_alone_is_written_down_and_leaves_nothing_open(
        self, reader: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        await add_entries(owner, member.actor, BATCH * 3, first_at=NOON)
        answer = await reader.head("/v1/audit/export", params=PERIOD)

        assert (answer.status_code, answer.content) == (200, b"")
        exported = "SELECT count(*) FROM audit_entries WHERE act = 'audit.exported'"
        assert await owner.fetchval(exported) == 1
        assert not router._places.locked()
        assert await transactions_open(owner) == 0
