"""What keeps a placed child safe: recorded once, read from where it is known, and how it stands."""

from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.rules.safeguarding.law import URGENT_START
from app.rules.working_days import after_working_days
from app.values.uuid7 import uuid7
from tests.attendance.asking import expected, report
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.factories.people import insert
from tests.factories.providers import COVENTRY
from tests.placements.asking import PLACEMENTS, in_days, mornings, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem

READING = {"purpose": "safeguarding"}
DONE = {"done_on": in_days(0), "done_by": "Example Lead", "what": "Promised by letter."}


async def placed(people: People, setting: Setting, **of: Any) -> dict[str, Any]:
    """Let a school's child be placed from next week."""
    answer = await place(people["school"], setting, **of)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def read(client: httpx.AsyncClient, placement: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(f"{PLACEMENTS}/{placement['id']}/safeguarding", params=READING)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told | {"by": {one["number"]: one for one in told["items"]}}


async def put(
    client: httpx.AsyncClient,
    placement: dict[str, Any],
    number: str = "SG3",
    version: int = 1,
    **of: Any,
) -> httpx.Response:
    address = f"{PLACEMENTS}/{placement['id']}/safeguarding/items/{number}"
    return await client.put(address, json=DONE | of, headers=at_version(version))


async def check_site(people: People, setting: Setting, kind: str) -> None:
    seen = {"kind": kind, "seen_on": in_days(0), "seen_by": "Example Lead", "what": "Seen."}
    at = {"provider": setting.record.number, "site": 1}
    answer = await people["school"].post("/v1/site-checks", json=seen | at)
    assert answer.status_code == 201, answer.text


async def test_nothing_done_is_red_and_says_what_is_missing_and_whose_it_is(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)

    told = await read(people["school"], placement)

    assert told["status"] == "red"
    assert {"SG2", "SG4"} <= set(told["missing"])
    assert told["by"]["SG1"]["standing"] == "current"
    assert told["by"]["SG5"]["next_due"] == told["next_due"]
    assert told["by"]["SG2"]["whose"] == ["commissioner", "home-school", "provider"]
    assert told["by"]["SG8"]["force"] == "must"
    assert told["by"]["SG13"]["standing"] == "not-asked"
    assert told["by"]["SG17"]["standing"] == "not-asked"


async def test_all_current_is_green(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    for kind in ("staff-checks", "visit"):
        await check_site(people, setting, kind)
    before = await read(people["school"], placement)
    for number in set(before["missing"]):
        answer = await put(people["school"], placement, number)
        assert answer.status_code == 200, answer.text

    told = await read(people["home"], placement)

    assert (told["status"], told["reasons"], told["missing"]) == ("green", [], [])
    assert told["by"]["SG2"]["read_from"] == "site-checks"


async def test_what_is_recorded_stands_in_versions_and_lies_encrypted(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)

    first = await put(people["school"], placement, evidence="Letter of today")
    stale = await put(people["home"], placement)
    second = await put(people["home"], placement, version=2, next_due=in_days(10))
    told = await read(people["school"], placement)

    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert problem(stale)[0] == 412
    item = told["by"]["SG3"]
    assert (item["version"], item["standing"], item["what"]) == (3, "due-soon", DONE["what"])
    assert item["recorded_by"] == "Example Home"
    kept = await owner.fetch("SELECT encrypted FROM safeguarding_items")
    assert len(kept) == 2
    assert not any(b"Promised" in row["encrypted"] for row in kept)


@pytest.mark.parametrize("number", ["SG1", "SG2", "SG5", "SG6", "SG7", "SG14", "SG17"])
async def test_what_is_read_elsewhere_is_not_typed_again(
    people: People, setting: Setting, number: str
) -> None:
    placement = await placed(people, setting)

    answer = await put(people["school"], placement, number)

    assert problem(answer) == (409, "safeguarding-item-read-elsewhere")


@pytest.mark.parametrize(
    ("of", "where"),
    [
        ({"done_on": in_days(1)}, "/done_on"),
        ({"done_on": None}, ""),
        ({"next_due": in_days(-1)}, ""),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    people: People, setting: Setting, of: dict[str, Any], where: str
) -> None:
    placement = await placed(people, setting)

    answer = await put(people["school"], placement, **of)

    assert (problem(answer)[0], pointers(answer)) == (422, [where])


async def test_others_neither_see_nor_record(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    address = f"{PLACEMENTS}/{placement['id']}/safeguarding"

    for who in ("other", "manager"):
        seen = await people[who].get(address, params=READING)
        assert problem(seen) == (404, "placement-not-found")
    recorded = await put(people["other"], placement)
    urgent = await people["home"].post(f"{address}/urgent-start", json={"reasons": "So."})
    nobody = await put(people["manager"], placement)

    assert problem(recorded) == (404, "placement-not-found")
    assert problem(urgent) == (403, "placement-not-yours")
    assert problem(nobody) == (403, "not-permitted")


async def test_an_urgent_start_is_completed_by_a_day(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    address = f"{PLACEMENTS}/{placement['id']}/safeguarding/urgent-start"
    by = after_working_days(clock.today(), URGENT_START.figures["working_days"])

    said = await people["school"].post(address, json={"reasons": "No other place."})
    again = await people["school"].post(address, json={"reasons": "No other place."})
    told = await read(people["school"], placement)
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute("UPDATE urgent_starts SET complete_by = $1", date(2026, 1, 5))
    overdue = await read(people["school"], placement)

    assert said.status_code == 201, said.text
    assert problem(again) == (409, "urgent-start-held")
    assert told["urgent_start"]["complete_by"] == by.isoformat()
    assert told["urgent_start"]["reasons"] == "No other place."
    assert "2026-01-05" in overdue["reasons"][0]["because"]


async def test_attendance_nobody_reported_is_red(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)
    unreported = await read(people["school"], placement)
    last_monday = unreported["by"]["SG7"]["next_due"]
    await report(people["manager"], placement, on=last_monday)

    reported = await read(people["school"], placement)

    assert unreported["by"]["SG7"]["standing"] == "overdue"
    assert reported["by"]["SG7"]["standing"] == "current"


async def test_a_grave_concern_is_red_and_nobody_learns_who_raised_it(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    raiser = setting.members["other"]
    concern: dict[str, Any] = {"id": uuid7(), "provider_id": setting.record.id, "version": 1}
    concern |= {"kind": "safeguarding", "severity": "high", "what": "Seen there."}
    concern |= {"noticed_on": clock.today(), "raised_by": raiser.person_id}
    concern |= {"raised_by_name": "Example Raiser", "organisation_id": raiser.organisation_id}
    await insert(owner, "concerns", concern | {"raised_at": clock.now()})

    answer = await people["school"].get(
        f"{PLACEMENTS}/{placement['id']}/safeguarding", params=READING
    )

    assert answer.json()["reasons"][0]["because"] == "A grave concern about the provider is open."
    assert "Raiser" not in answer.text
    assert "Seen there" not in answer.text


async def test_a_plan_and_a_direction_ask_for_more(people: People, setting: Setting) -> None:
    child = await add(people["school"], circumstances=circumstances(plan_la=COVENTRY, sen=True))
    short = {"sessions": mornings("monday"), "minutes_elsewhere": 1_200}
    route = "off-site-direction"
    placement = await placed(people, setting, child=child, route=route, **short)

    told = await read(people["school"], placement)

    assert "SG16" in told["missing"]
    assert told["by"]["SG17"]["standing"] == "due-soon"
