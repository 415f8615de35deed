"""Records are erased when their time is over, held back, and erased anew by the journal."""

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg

from app import clock
from app.access import OPERATOR, WORKER
from app.children.journal import Erased, read
from app.children.service.erasing import erase_unattended
from app.children.service.noting import JOURNAL, note_erasures
from app.children.terms import ErasureReason
from app.config import Settings
from app.db.transactions import Database, transaction
from app.placements.service import retaining
from tests.children.asking import CHILDREN, add
from tests.factories.children import circumstances
from tests.placements.asking import PLACEMENTS, declare, in_days, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, problem

YEARS = timedelta(days=366)
SEVEN_YEARS = -7 * 366


async def retain(database: Database) -> None:
    async with transaction(database, WORKER) as session:
        await retaining.erase_over(session, {})


async def unplaced(owner: asyncpg.Connection, child: dict[str, Any], years: int) -> None:
    """Let a child's record have lain still for so many years."""
    await owner.execute(
        "UPDATE children SET changed_at = $1 WHERE id = $2",
        clock.now() - years * YEARS,
        child["id"],
    )


async def left(owner: asyncpg.Connection, *children: dict[str, Any]) -> list[bool]:
    """Say of each whether its record is still there."""
    return [
        await owner.fetchval("SELECT erased_at IS NULL FROM children WHERE id = $1", one["id"])
        for one in children
    ]


async def test_what_lay_still_for_six_years_is_erased_and_nothing_else_is(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    await declare(owner, setting)
    over, short, placed, ended, planned, held = [await add(people["school"]) for _ in range(6)]
    plan = circumstances(since=in_days(0), plan_la="331", sen=True)
    await people["school"].post(
        f"{CHILDREN}/{planned['id']}/circumstances", json=plan, headers=at_version(1)
    )
    await people["school"].put(
        f"{CHILDREN}/{held['id']}/hold", json={"reason": "inquiry"}, headers=at_version(1)
    )
    await place(people["school"], setting, child=placed, starts_on=in_days(SEVEN_YEARS))
    gone = await place(people["school"], setting, child=ended, starts_on=in_days(SEVEN_YEARS))
    ending = {"ended_on": in_days(-30), "reason": "moved", "destination": "home-school"}
    await people["school"].post(
        f"{PLACEMENTS}/{gone.json()['id']}/end", json=ending, headers=at_version(1)
    )
    for child in (over, placed, ended, planned, held):
        await unplaced(owner, child, 7)
    await unplaced(owner, short, 5)

    await retain(database)

    assert await left(owner, over, short, placed, ended, planned, held) == [
        False,
        *[True] * 5,
    ]
    reason = await owner.fetchval("SELECT reason FROM erasures WHERE child_id = $1", over["id"])
    assert reason == "retention-over"
    told = await owner.fetchval("SELECT count(*) FROM child_particulars")
    assert told == 5


async def test_where_a_child_counted_stays_without_the_child(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    """The balance of the authority where it lived then counts the placement for ever."""
    await declare(owner, setting)
    child = await add(people["school"])
    made = await place(people["school"], setting, child=child, starts_on=in_days(-60))
    ending = {"ended_on": in_days(-30), "reason": "moved", "destination": "home-school"}
    placement = made.json()["id"]
    await people["school"].post(f"{PLACEMENTS}/{placement}/end", json=ending, headers=at_version(1))
    await owner.execute(
        "UPDATE placements SET starts_on = starts_on - 2700, ended_on = ended_on - 2700"
    )

    await retain(database)

    assert await left(owner, child) == [False]
    kept = await owner.fetch("SELECT placement_id::text FROM erased_placement_areas")
    assert {row["placement_id"] for row in kept} == {placement}


async def test_a_record_that_is_held_is_erased_by_nobody_until_that_is_lifted(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    child = await add(people["school"])
    address = f"{CHILDREN}/{child['id']}"
    hold, erasure = f"{address}/hold", f"{address}/erasure"
    stated = {"reason": "subject-request"}

    held = await people["school"].put(hold, json={"reason": "court"}, headers=at_version(1))
    refused = await people["school"].post(erasure, json=stated, headers=at_version(2))
    others = await people["other"].put(hold, json={"reason": None}, headers=at_version(2))
    lifted = await people["school"].put(hold, json={"reason": None}, headers=at_version(2))
    erased = await people["school"].post(erasure, json=stated, headers=at_version(3))

    assert held.json()["held_because"] == "court"
    assert problem(refused) == (409, "child-held-back")
    assert problem(others) == (404, "child-not-found")
    assert lifted.json()["held_because"] is None
    assert erased.status_code == 200


async def test_an_erasure_is_written_down_outside_and_undoes_a_backup_that_came_back(
    people: People,
    owner: asyncpg.Connection,
    database: Database,
    settings: Settings,
    tmp_path: Path,
) -> None:
    child, other = await add(people["school"]), await add(people["school"])
    stated = {"reason": "recorded-by-mistake"}
    await people["school"].post(
        f"{CHILDREN}/{child['id']}/erasure", json=stated, headers=at_version(1)
    )
    journal = tmp_path / "erasures.jsonl"
    kept = settings.model_copy(update={"erasure_journal_file": journal})
    payload = await owner.fetchval("SELECT payload FROM jobs WHERE kind = $1", JOURNAL)
    async with transaction(database, WORKER) as session:
        await note_erasures(kept)(session, json.loads(payload))
    [told] = list(read(journal.read_text(encoding="utf-8").splitlines(keepends=True)))

    # What a backup brings back is a record that the journal calls erased: here, another one.
    back = Erased(uuid.UUID(other["id"]), told.at, told.reason)
    async with transaction(database, OPERATOR) as session:
        anew = [await erase_unattended(session, OPERATOR, one) for one in (told, back, back)]

    assert (str(told.child_id), told.reason) == (child["id"], ErasureReason.RECORDED_BY_MISTAKE)
    assert anew == [False, True, False]
    assert await left(owner, other) == [False]
