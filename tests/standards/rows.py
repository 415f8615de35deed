"""Versions, criteria and policies written past every service, as the owner or superuser."""

import json
import uuid
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import insert

WORKING_SET = "working-set-1"


async def add_version(
    owner: asyncpg.Connection, code: str = "example", **changes: Any
) -> uuid.UUID:
    """Add a draft; `changes` are columns."""
    row = {"id": uuid7(), "code": code, "title": "Example", "state": "draft"}
    held = {"standard_titles": "{}", "withdrawn": [], "version": 1}
    await insert(owner, "standards_versions", row | held | changes)
    return uuid.UUID(str((row | changes)["id"]))


async def add_criterion(
    owner: asyncpg.Connection, version_id: uuid.UUID, number: str = "1.1a", **changes: Any
) -> uuid.UUID:
    """Add a criterion; `changes` are columns."""
    standard = number.rstrip("abcdefghij")
    place = {"number": number, "standard": standard, "part": int(number[0]), "position": 1}
    row = {"id": uuid7(), "version_id": version_id, "requirement": "You do.", "guidance": ""}
    asked = {"force": "standard", "gate": "minor", "site_kinds": [], "staff_sizes": []}
    held = {"evidence_kinds": [], "source": "Test.", "source_status": "to-confirm"}
    await insert(owner, "criteria", row | place | asked | held | changes)
    return uuid.UUID(str((row | changes)["id"]))


async def add_step(
    owner: asyncpg.Connection, source: uuid.UUID, target: uuid.UUID, relation: str = "same"
) -> None:
    """Say what became of a criterion."""
    ends = {"from_criterion_id": source, "to_criterion_id": target}
    await insert(owner, "criteria_crosswalk", ends | {"relation": relation})


async def add_policy(owner: asyncpg.Connection, code: str, **changes: Any) -> uuid.UUID:
    """Add a draft of a policy; `changes` are columns."""
    row = {"id": uuid7(), "code": code, "parameters": json.dumps({"days": 1}), "state": "draft"}
    held = {"reason": "Test.", "source": "Test.", "version": 1}
    await insert(owner, "published_policies", row | held | changes)
    return uuid.UUID(str((row | changes)["id"]))


async def publish(
    owner: asyncpg.Connection, table: str, row_id: uuid.UUID, first: date, last: date | None = None
) -> None:
    """Publish a draft as it ships: by nobody, for days that end before `last`."""
    await owner.execute(
        f"UPDATE {table} SET state = 'published', in_force = daterange($2, $3), "  # noqa: S608
        "published_at = $4 WHERE id = $1",
        row_id,
        first,
        last,
        clock.now(),
    )


async def close(owner: asyncpg.Connection, table: str, code: str, end: date) -> None:
    """End what is open of a code; `end` is the first day on which it holds no more."""
    await owner.execute(
        f"UPDATE {table} SET in_force = daterange(lower(in_force), $2) "  # noqa: S608
        "WHERE code = $1 AND state = 'published' AND upper_inf(in_force)",
        code,
        end,
    )


async def follow_working_set(
    owner: asyncpg.Connection, first: date, code: str = "working-set-2"
) -> uuid.UUID:
    """Let a version without criteria take the place of the one that ships."""
    async with owner.transaction():
        version_id = await add_version(owner, code)
        await close(owner, "standards_versions", WORKING_SET, first)
        await publish(owner, "standards_versions", version_id, first)
    return version_id
