"""Exports of many entries: true while others write, small in memory, let go when nobody reads."""

import asyncio
import hashlib
import json
import socket
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import asyncpg
import httpx
import pytest
import uvicorn

from app.access import Role
from app.audit import service
from app.audit.exporting import Heading, export
from app.audit.router import MOST_AT_ONCE
from app.audit.terms import ExportFormat, Purpose, Wanted
from app.config import Settings
from app.db.transactions import Database, transaction
from app.main import create_app
from tests.factories.audit import add_entries, transactions_open
from tests.factories.people import Member, add_member, add_organisation, add_session

pytestmark = pytest.mark.heavy

NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)
MANY = 50_000
MOST_MEMORY = 20_000_000
"""Bytes that Python may hold while it writes a file of three times as many and more."""
HEADING = Heading(
    audit_of="Example School",
    organisation_id=None,
    first_day=date(2021, 9, 1),
    last_day=date(2022, 9, 1),
    made_at=NOON,
    made_by="Example Person",
    purpose=Purpose.OVERSIGHT,
)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    """An administrator of a school with many entries."""
    school = await add_organisation(owner, "Example School")
    found = await add_member(owner, school, Role.ADMINISTRATOR)
    await add_entries(owner, found.actor, MANY, first_at=NOON)
    await owner.execute("ANALYZE audit_entries")
    return found


@pytest.mark.parametrize("shape", ExportFormat)
async def test_a_file_of_many_is_true_and_little_of_it_is_ever_in_memory(
    database: Database, member: Member, shape: ExportFormat
) -> None:
    digest, size, last = hashlib.sha256(), 0, b""
    tracemalloc.start()
    async for chunk in export(database, member.actor, Wanted(), HEADING, shape):
        digest.update(last)
        size += len(chunk.data)
        last = chunk.data
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{shape}: {size:,} bytes written with {most:,} bytes of memory")  # noqa: T201

    assert size > MANY * 150
    assert most < MOST_MEMORY
    said = last.decode().strip()
    found = json.loads(said) if shape is ExportFormat.JSONL else None
    told = (found["count"], found["sha256"]) if found else tuple(said.split(",")[1:])
    assert tuple(map(str, told)) == (str(MANY), digest.hexdigest())


async def test_what_is_written_meanwhile_makes_no_count_false(
    database: Database, owner: asyncpg.Connection, member: Member
) -> None:
    ended = asyncio.Event()

    async def write() -> None:
        while not ended.is_set():
            async with transaction(database, member.actor) as session:
                await service.record(session, member.actor, "example.done", None)

    writers = [asyncio.create_task(write()) for _ in range(4)]
    counts = []
    for _ in range(3):
        lines = 0
        entries = 0
        async for chunk in export(database, member.actor, Wanted(), HEADING, ExportFormat.JSONL):
            lines += chunk.data.count(b"\n")
            entries = chunk.entries
        assert lines == entries + 2
        counts.append(entries)
    ended.set()
    await asyncio.gather(*writers)

    assert counts == sorted(set(counts))
    assert await owner.fetchval("SELECT count(*) FROM audit_entries") >= counts[-1]


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[str]:
    """Serve in this process, on a small pool, over real connections."""
    app = create_app(settings.model_copy(update={"pool_size": 2}))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=30)
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True  # and not by force, which drops the application unended
            await serving


async def test_readers_who_go_away_leave_no_connection_and_no_place_taken(
    settings: Settings, owner: asyncpg.Connection, member: Member
) -> None:
    token = await add_session(owner, member)
    asked = "/v1/audit/export?from=2021-09-01&until=2022-09-01&purpose=oversight"

    async with (
        served(settings) as address,
        httpx.AsyncClient(base_url=address, cookies={"session": token}, timeout=60) as client,
    ):

        async def leave_half_way() -> None:
            async with client.stream("GET", asked) as answer:
                if answer.status_code == 200:
                    async for _ in answer.aiter_raw():
                        return

        for _ in range(10):
            await asyncio.gather(*(leave_half_way() for _ in range(MOST_AT_ONCE)))
        whole = await _whole(client, asked)

        assert f"#end,{MANY}," in whole.text[-200:]
        assert await transactions_open(owner) == 0


async def _whole(client: httpx.AsyncClient, asked: str) -> httpx.Response:
    """Ask until a place is free: a server learns a little late that somebody went away."""
    for _ in range(300):
        answer = await client.get(asked)
        if answer.status_code == 200:
            return answer
        assert answer.status_code == 503
        await asyncio.sleep(0.1)
    pytest.fail("no place was ever free again")
