"""Placements by how they stand: the index finds them, and what is told is looked at anew."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.safeguarding.queries import statuses
from app.safeguarding.service import listing, sweeping
from app.values.uuid7 import uuid7
from tests.attendance.asking import expected, report
from tests.factories.people import insert
from tests.notices.asking import composed, send
from tests.placements.asking import PLACEMENTS, in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, problem
from tests.safeguarding.test_checklist import READING, check_site, placed, put, read

LIST = "/v1/safeguarding"


async def listed(client: httpx.AsyncClient, status: str, **of: Any) -> list[str]:
    """Return which placements stand so, over all pages."""
    found: list[str] = []
    answer = await client.get(LIST, params=READING | {"status": status} | of)
    while True:
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert {one["status"] for one in told["items"]} <= {status}
        found += [one["placement"] for one in told["items"]]
        if told["links"]["next"] is None:
            return found
        answer = await client.get(told["links"]["next"])


async def sweep(database: Database) -> None:
    """Look anew at whatever was touched, as the worker does."""
    async with transaction(database, WORKER) as session:
        await sweeping.sweep(session, {})


async def kept(owner: asyncpg.Connection, placement: dict[str, Any]) -> tuple[str, bool] | None:
    """Return how the index has a placement, and whether it was touched since."""
    row = await owner.fetchrow(
        "SELECT status, touched <> settled AS touched FROM safeguarding_statuses "
        "WHERE placement_id = $1",
        placement["id"],
    )
    return None if row is None else (row["status"], row["touched"])


async def all_done(people: People, setting: Setting, placement: dict[str, Any]) -> None:
    """Let everything of a placement be done."""
    for kind in ("staff-checks", "visit"):
        await check_site(people, setting, kind)
    for number in (await read(people["school"], placement))["missing"]:
        answer = await put(people["school"], placement, number)
        assert answer.status_code == 200, answer.text


async def test_the_list_tells_what_holds_now_whatever_the_index_says(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    green, red = [await placed(people, setting) for _ in range(2)]
    await sweep(database)
    at_first = await kept(owner, green)
    await all_done(people, setting, green)

    before = {name: await listed(people["school"], name) for name in ("red", "amber", "green")}
    await sweep(database)
    after = {name: await listed(people["school"], name) for name in ("red", "amber", "green")}

    assert at_first == ("red", False)
    assert before["green"] == [green["id"]]
    assert red["id"] in before["red"] + before["amber"]
    assert after == before
    assert await kept(owner, green) == ("green", False)
    for status, ids in after.items():
        for one in ids:
            assert (await read(people["school"], {"id": one}))["status"] == status


async def test_what_anybody_does_that_may_change_it_is_looked_at_anew(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placement = await expected(people, setting, route="off-site-direction")
    at = f"{PLACEMENTS}/{placement['id']}"
    notice = await composed(people["school"], placement)
    week = {"since": in_days(3), "sessions": mornings("monday"), "minutes_elsewhere": 300}
    closed = {
        "scope": "placement",
        "placement": placement["id"],
        "since": in_days(0),
        "until": in_days(1),
    }
    raiser = setting.members["other"]
    concern: dict[str, Any] = {"id": uuid7(), "provider_id": setting.record.id, "version": 1}
    concern |= {"kind": "safeguarding", "severity": "high", "what": "Seen there."}
    concern |= {"noticed_on": clock.today(), "raised_by": raiser.person_id}
    concern |= {"raised_by_name": "Example", "organisation_id": raiser.organisation_id}
    person = {"name": "Example Lead", "post": "Lead"}
    lead = {"duty": "lead-contact", "person": person}
    acts: dict[str, Callable[[], Awaitable[Any]]] = {
        "attendance": lambda: report(people["manager"], placement),
        "closure": lambda: people["manager"].post(
            "/v1/attendance/closures", json=closed | {"reason": "closed"}
        ),
        "item": lambda: put(people["school"], placement),
        "sending": lambda: send(people["school"], placement, notice),
        "check": lambda: check_site(people, setting, "visit"),
        "contact": lambda: people["school"].post(f"{at}/lead-contact/people", json=lead),
        "urgent": lambda: people["school"].post(
            f"{at}/safeguarding/urgent-start", json={"reasons": "So."}
        ),
        "timetable": lambda: people["school"].post(
            f"{at}/timetables", json=week, headers=at_version(placement["version"])
        ),
        "concern": lambda: insert(owner, "concerns", concern | {"raised_at": clock.now()}),
        "night": lambda: owner.execute(
            "UPDATE safeguarding_statuses SET swept_on = $1", clock.today() - timedelta(days=1)
        ),
    }
    untouched = []

    for name, act in acts.items():
        await sweep(database)
        answer = await act()
        if isinstance(answer, httpx.Response):
            assert answer.is_success, (name, answer.text)
        found = await kept(owner, placement)
        if name != "night" and (found is None or not found[1]):
            untouched.append(name)
    await sweep(database)

    assert untouched == []
    fresh = await owner.fetchval("SELECT swept_on FROM safeguarding_statuses")
    assert fresh == clock.today()
    assert await kept(owner, placement) == ("red", False)


async def test_a_status_that_was_touched_meanwhile_is_not_settled(
    people: People, setting: Setting, owner: asyncpg.Connection, database: Database
) -> None:
    placement = await placed(people, setting)

    async with transaction(database, WORKER) as session:
        await sweeping.sweep(session, {})
    await put(people["school"], placement)
    touched = await kept(owner, placement)
    async with transaction(database, WORKER) as session:
        rows = [{"of": placement["id"], "seen": 1, "on": clock.today(), "stands": "green"}]
        await statuses.settle(session, rows)

    assert touched == ("red", True)
    assert await kept(owner, placement) == touched


async def test_what_has_ended_is_in_no_list(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting, starts_on="2026-09-07")
    end = {"ended_on": in_days(-1), "reason": "moved", "destination": "home-school"}
    ended = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/end", json=end, headers=at_version(placement["version"])
    )
    assert ended.status_code == 200, ended.text

    assert await kept(owner, placement) is None
    assert await listed(people["school"], "red") == []


async def test_pages_go_on_where_the_one_before_ended(
    people: People, setting: Setting, monkeypatch: Any
) -> None:
    made = [(await placed(people, setting))["id"] for _ in range(3)]

    by_one = await listed(people["school"], "red", limit=1)
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 1)
    looked_at_one = await listed(people["school"], "red", limit=2)
    none = await listed(people["school"], "amber", limit=1)

    assert by_one == looked_at_one == list(reversed(made))
    assert none == []


async def test_each_lists_its_own_and_those_it_is_responsible_for(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)

    assert await listed(people["home"], "red") == [placement["id"]]
    assert await listed(people["other"], "red") == []
    assert await listed(people["elsewhere"], "red") == []
    refused = await people["manager"].get(LIST, params=READING | {"status": "red"})
    unasked = await people["school"].get(LIST, params=READING)

    assert problem(refused) == (403, "not-permitted")
    assert problem(unasked)[0] == 422
