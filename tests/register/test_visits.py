"""Overdue visits are counted in public, and anybody can count them again."""

import csv
import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import asyncpg
import httpx

from app import clock
from app.db.transactions import Database
from app.providers.evidence import add_months
from tests.factories.inspections import inspect_some
from tests.factories.worlds import make_register
from tests.standards.rows import add_policy, close, publish

COUNTS = "/v1/quality-assurance"
SITES = "/v1/register/download?format=csv&table=sites"
POLICIES = "/v1/policies"
ON_REGISTER = {"listed", "listed-with-actions", "under-review", "suspended"}


async def ask(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def counted_again(client: httpx.AsyncClient, on: date) -> dict[str, Counter[str]]:
    """Count from the open records alone, by authority, as the definitions say."""
    policies = (await ask(client, POLICIES))["items"]
    (cycle,) = (one for one in policies if one["code"] == "inspection-cycle" and one["holds"])
    late = on - timedelta(days=cycle["parameters"]["overdue_days"])
    rows = csv.DictReader((await client.get(SITES)).text.splitlines())
    found: dict[str, Counter[str]] = {}
    for row in rows:
        if row["status"] not in ON_REGISTER or row["closed_on"]:
            continue
        of_la = found.setdefault(row["local_authority"], Counter())
        of_la["sites"] += 1
        of_la["never_inspected"] += row["inspection"] == ""
        due = date.fromisoformat(row["visit_due_on"])
        of_la["overdue"] += due < late
        of_la["due_within_3_months"] += late <= due <= add_months(on, 3)
    return found


async def test_the_counts_are_those_of_the_open_records_by_authority_and_in_all(
    database: Database, owner: asyncpg.Connection, client: httpx.AsyncClient
) -> None:
    await make_register(database, seed=4, providers=40)
    await inspect_some(owner, database, random.Random(4))  # noqa: S311 - nothing here is secret
    on = clock.today() + timedelta(days=260)
    with clock.at(datetime.combine(on, time(12), clock.LONDON)):
        told = await ask(client, COUNTS)

    expected = await counted_again(client, on)
    assert told["on"] == on.isoformat()
    assert {one["local_authority"]["name"]: one for one in told["items"]} == {
        la: {"local_authority": item["local_authority"], **counts}
        for la, counts in expected.items()
        for item in told["items"]
        if item["local_authority"]["name"] == la
    }
    total = sum(expected.values(), Counter())
    assert told["total"] == dict(total)
    assert 0 < total["overdue"] < total["sites"]
    assert 0 < total["never_inspected"] < total["sites"]
    assert total["due_within_3_months"] > 0
    assert told["overdue_after_days"] == 60
    assert "60 days" in told["definitions"]["overdue"]
    page = (await client.get("/data")).text
    assert "How visits stand" in page
    assert COUNTS in page


async def test_where_the_policy_is_switched_off_nothing_is_due(
    database: Database, owner: asyncpg.Connection, client: httpx.AsyncClient
) -> None:
    async with owner.transaction():
        policy = await add_policy(owner, "inspection-cycle", parameters=None)
        await close(owner, "published_policies", "inspection-cycle", clock.today())
        await publish(owner, "published_policies", policy, clock.today())
    await make_register(database, seed=4, providers=5)

    told = await ask(client, COUNTS)

    assert told["overdue_after_days"] is None
    assert told["total"]["sites"] > 0
    assert told["total"]["overdue"] == told["total"]["due_within_3_months"] == 0


async def test_an_empty_register_counts_nothing(client: httpx.AsyncClient) -> None:
    told = await ask(client, COUNTS)

    assert (told["items"], told["total"]["sites"], told["register"]["entry"]) == ([], 0, 0)
