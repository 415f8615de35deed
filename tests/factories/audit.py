"""Entries of the record of acts for tests, written by the superuser past every rule."""

import uuid
from datetime import datetime
from typing import Any

import asyncpg

from app import clock
from app.access import Actor
from app.values.uuid7 import uuid7
from tests.factories.people import insert


async def add_entry(
    owner: asyncpg.Connection,
    actor: Actor,
    act: str = "example.done",
    *,
    recorded_at: datetime | None = None,
    **changes: Any,
) -> uuid.UUID:
    """Add an entry of something that an actor did; `changes` are columns.

    The database stamps entries with its own time. Only a superuser can keep it from doing so, as a
    restored copy does, and then an entry is of any day.
    """
    row = {
        "id": uuid7(),
        "recorded_at": recorded_at or clock.now(),
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "organisation_id": actor.organisation_id,
        "organisation_name": actor.organisation_name,
        "roles": sorted(actor.roles),
        "act": act,
        "outcome": "done",
    } | changes
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await insert(owner, "audit_entries", row)
    return uuid.UUID(str(row["id"]))


async def add_entries(
    owner: asyncpg.Connection, actor: Actor, count: int, *, first_at: datetime
) -> None:
    """Add many entries of what an actor did, a second apart."""
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(
            """
            INSERT INTO audit_entries (id, recorded_at, actor_kind, actor_id, actor_name,
              organisation_id, organisation_name, roles, act, outcome, reason)
            SELECT gen_random_uuid(), $1::timestamptz + number * interval '1 second', $2, $3, $4,
              $5, $6, '{}', 'example.done', 'done', repeat('because ', 10)
            FROM generate_series(0, $7::int - 1) number
            """,
            first_at,
            actor.kind.value,
            actor.id,
            actor.name,
            actor.organisation_id,
            actor.organisation_name,
            count,
        )


async def transactions_open(owner: asyncpg.Connection) -> int:
    """Return how many transactions of others lie open without doing anything."""
    count: int = await owner.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
    )
    return count
