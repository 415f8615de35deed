"""Settings that tip without anybody asking are found at night, thirty days ahead."""

from typing import Any

import asyncpg
import pytest

from app.access import WORKER
from app.db.transactions import Database, transaction
from app.placements.service import sweeping
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.placements.asking import CASES, declare, in_days, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version


async def sweep(database: Database) -> None:
    async with transaction(database, WORKER) as session:
        await sweeping.sweep_settings(session, {})


async def test_a_new_plan_opens_a_case_once(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await declare(owner, setting)
    child = await add(people["school"])
    placed = await place(people["school"], setting, child=child, starts_on=in_days(-30))
    await sweep(database)
    before = (await people["department"].get(CASES)).json()["items"]
    duties = circumstances(since=in_days(0), plan_la="331", sen=True)
    await people["school"].post(
        f"/v1/children/{child['id']}/circumstances", json=duties, headers=at_version(1)
    )

    await sweep(database)
    await sweep(database)

    assert placed.status_code == 201
    assert before == []
    [case] = (await people["department"].get(CASES)).json()["items"]
    assert (case["would_reach_on"], case["refused"]) == (in_days(0), False)


async def test_a_plan_from_a_day_to_come_is_foreseen(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await declare(owner, setting)
    child = await add(people["school"])
    await place(people["school"], setting, child=child, starts_on=in_days(-30))
    duties = circumstances(since=in_days(10), plan_la="331", sen=True)
    await people["school"].post(
        f"/v1/children/{child['id']}/circumstances", json=duties, headers=at_version(1)
    )

    await sweep(database)

    [case] = (await people["department"].get(CASES)).json()["items"]
    assert case["would_reach_on"] == in_days(10)


async def test_a_batch_asks_for_the_next(
    people: People,
    setting: Setting,
    owner: asyncpg.Connection,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await place(people["school"], setting, starts_on=in_days(-30))
    monkeypatch.setattr(sweeping, "BATCH", 1)

    await sweep(database)

    asked = await owner.fetchval(
        "SELECT payload->>'after' FROM jobs WHERE kind = $1", sweeping.SWEEP
    )
    assert asked == str(setting.record.id)


async def test_a_place_that_nobody_ended_counts_on(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    ending: dict[str, Any] = {"starts_on": in_days(-30), "planned_end_on": in_days(0)}
    placed = await place(people["school"], setting, **ending)
    await owner.execute("UPDATE placements SET planned_end_on = planned_end_on - 1")
    await owner.execute(
        "UPDATE commitments SET period = daterange(lower(period), upper(period) - 1)"
    )

    await sweep(database)

    assert placed.status_code == 201
    assert await owner.fetchval("SELECT bool_and(upper_inf(period)) FROM commitments")


async def test_recorded_past_its_planned_end_it_counts_until_it_is_ended(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    overrun: dict[str, Any] = {"starts_on": "2013-09-02", "planned_end_on": in_days(-1)}

    placed = await place(people["school"], setting, **overrun)

    assert placed.json()["state"] == "live"
    assert await owner.fetchval("SELECT bool_and(upper_inf(period)) FROM commitments")
