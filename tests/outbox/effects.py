"""Jobs whose effect can be counted: each writes its name into a table made for the purpose."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

import asyncpg
from sqlalchemy import text

from app.access import OPERATOR
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.outbox.service import enqueue
from app.outbox.terms import Payload

KIND = "effect.write"


async def make_effects(owner: asyncpg.Connection) -> None:
    """Make the table; without a key, so that an effect that happened twice is seen."""
    await owner.execute("CREATE TABLE effects (name text NOT NULL)")
    await owner.execute("GRANT SELECT, INSERT ON effects TO ap_worker")


async def write_effect(session: WriteSession, payload: Payload) -> None:
    """Do such a job."""
    await session.execute(text("INSERT INTO effects VALUES (:name)"), payload)


async def ask(
    database: Database,
    *names: str,
    kind: str = KIND,
    run_after: datetime | None = None,
    **payload: Any,
) -> None:
    """Ask for jobs as anybody does, in a transaction of their own."""
    async with transaction(database, OPERATOR) as session:
        for name in names:
            await enqueue(
                session, OPERATOR, kind, {"name": name, **payload}, run_after=run_after, key=name
            )


async def effects(owner: asyncpg.Connection) -> list[str]:
    """Return every effect there was, in order of name."""
    return [row["name"] for row in await owner.fetch("SELECT name FROM effects ORDER BY name")]


async def job(owner: asyncpg.Connection, name: str) -> asyncpg.Record:
    """Return a job's row."""
    row = await owner.fetchrow("SELECT * FROM jobs WHERE key = $1", name)
    assert row is not None
    return row


async def states(owner: asyncpg.Connection) -> Sequence[tuple[str, str]]:
    """Return each job's key and state, in order of key."""
    rows = await owner.fetch("SELECT key, state FROM jobs ORDER BY key")
    return [(row["key"], row["state"]) for row in rows]


async def until(happened: Callable[[], Awaitable[Any]]) -> None:
    """Wait for something that is bound to happen; a minute without it fails the test."""
    async with asyncio.timeout(60):
        while True:
            if await happened():
                return
            await asyncio.sleep(0.02)
