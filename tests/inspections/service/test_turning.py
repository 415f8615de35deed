"""Midnight in London, for outcomes: each change once, in batches, from the day it fell on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.inspections.service import turning
from app.inspections.service.turning import TURN, turn_outcomes
from tests.factories.inspections import add_published_inspection, every_criterion, settle
from tests.factories.providers import make_provider, put_on_register
from tests.register.looking import entries
from tests.standards.rows import add_policy, close, publish

PUBLISHED = datetime(2026, 11, 2, 12, tzinfo=UTC)
SEEN, LAPSES = date(2026, 10, 1), date(2027, 12, 2)
"""When evidence was seen, and the first day on which what is critical or major counts no more."""


async def inspected(database: Database, owner: asyncpg.Connection, providers: int) -> list[Any]:
    """Let some providers be listed and meet the standards."""
    with clock.at(PUBLISHED):
        held = await put_on_register(
            database, *(make_provider(f"Example {n}") for n in range(providers))
        )
        found = await every_criterion(owner)
        for row in await owner.fetch("SELECT id FROM sites"):
            await add_published_inspection(owner, {row["id"]: found}, SEEN)
        await settle(database, *(one.id for one in held))
    return held


async def turned(database: Database, owner: asyncpg.Connection, day: date) -> int:
    """Do what the schedule does at midnight, and each job that follows; return how many it took."""
    payloads: list[dict[str, Any]] = [{}]
    done = 0
    with clock.at(datetime.combine(day, time(0, 0, 5), clock.LONDON)):
        while payloads:
            async with transaction(database, WORKER) as session:
                await turn_outcomes(session, payloads.pop())
            done += 1
            rows = await owner.fetch("DELETE FROM jobs WHERE kind = $1 RETURNING payload", TURN)
            payloads += [orjson.loads(row["payload"]) for row in rows]
    return done


async def stands(owner: asyncpg.Connection) -> list[tuple[Any, ...]]:
    rows = await owner.fetch("SELECT outcome, since, count(*) FROM site_outcomes GROUP BY 1, 2")
    return [tuple(row) for row in rows]


async def test_what_lapsed_while_nobody_worked_holds_from_its_own_day_and_is_published_once(
    database: Database, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turning, "BATCH", 2)
    await inspected(database, owner, 5)
    published = len(await entries(owner))

    assert await turned(database, owner, LAPSES - timedelta(days=1)) == 1
    assert await stands(owner) == [("meets-standards", PUBLISHED.date(), 5)]
    assert await turned(database, owner, LAPSES + timedelta(days=3)) == 3
    assert await turned(database, owner, LAPSES + timedelta(days=4)) == 1

    assert await stands(owner) == [("not-yet-assessed", LAPSES, 5)]
    rows = await owner.fetch("SELECT effective_on FROM ledger_entries WHERE entry > $1", published)
    assert [row["effective_on"] for row in rows] == [LAPSES] * 5


async def test_other_figures_take_effect_on_their_day_though_nobody_foretold_them(
    database: Database, owner: asyncpg.Connection
) -> None:
    await inspected(database, owner, 1)
    first = date(2027, 3, 1)
    figures = (
        '{"major_partly_at_most": 3, "counts_months": {"critical": 2, "major": 2, "minor": 2}}'
    )
    async with owner.transaction():
        policy = await add_policy(owner, "outcome-rule", parameters=figures)
        await close(owner, "published_policies", "outcome-rule", first)
        await publish(owner, "published_policies", policy, first)

    await turned(database, owner, first - timedelta(days=1))
    assert await stands(owner) == [("meets-standards", PUBLISHED.date(), 1)]
    await turned(database, owner, first + timedelta(days=2))

    assert await stands(owner) == [("not-yet-assessed", first, 1)]
