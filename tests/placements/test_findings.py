"""The department finds that a child is not full-time at a setting, and the test counts it so."""

from typing import Any

import asyncpg
import pytest

from app.rules.registration.facts import is_found_not_full_time
from tests.children.asking import add
from tests.placements.asking import CASES, PLACEMENTS, declare, in_days, mornings, place
from tests.placements.conftest import SCHOOLS, People, Setting
from tests.providers.router.asking import at_version, problem

FOUR_LONG = 4


async def full(people: People, setting: Setting, owner: asyncpg.Connection) -> str:
    """Let four full-time children be placed by three schools, and a fifth refused; the case."""
    await declare(owner, setting)
    for number in range(FOUR_LONG):
        made = await place(people[SCHOOLS[number % 3]], setting)
        assert made.status_code == 201, made.text
    assert problem(await place(people["fourth"], setting))[0] == 409
    [case] = (await people["department"].get(CASES)).json()["items"]
    return f"{CASES}/{case['id']}"


async def children(people: People, case: str) -> list[dict[str, Any]]:
    """Read the children of a case as the department."""
    answer = await people["department"].get(f"{case}/children")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def find(people: People, case: str, child: str, who: str = "department", **said: Any) -> Any:
    """Find that a child is not full-time from today on, unless said otherwise."""
    told = {"child": child, "finding": "not-full-time", "since": in_days(0)}
    told |= {"reasons": "Half of the hours are travel to a college."} | said
    return await people[who].post(f"{case}/findings", json=told)


async def test_whoever_is_found_not_full_time_no_longer_counts(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await full(people, setting, owner)
    first, *_ = before = await children(people, case)

    found = await find(people, case, first["child"])
    placed = await place(people["fourth"], setting)
    more = await place(people["other"], setting)

    assert {one["weekly_minutes"] for one in before} == {1_200}
    assert first["commissioners"] in (
        ["Example School"],
        ["Example Academy"],
        ["Example Third School"],
    )
    assert found.status_code == 201, found.text
    assert found.json()["items"][0]["found_not_full_time"] is True
    assert found.json()["findings"][0]["found_by"] == "Example Civil Servant"
    assert placed.status_code == 201, placed.text
    assert problem(more) == (409, "registration-limit-reached")
    assert "finding" not in placed.text
    assert "not-full-time" not in placed.text


async def test_it_covers_the_hours_that_were_seen_and_no_more(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    own = (await place(people["school"], setting)).json()
    for who in ("other", "third", "other"):
        await place(people[who], setting, sessions=mornings(ends="12:50"))
    assert problem(await place(people["fourth"], setting))[0] == 409
    [opened] = (await people["department"].get(CASES)).json()["items"]
    case = f"{CASES}/{opened['id']}"
    [named, *_] = await children(people, case)
    await find(people, case, named["child"])
    assert (await place(people["fourth"], setting)).status_code == 201

    address = f"{PLACEMENTS}/{own['id']}/timetables"
    week = {"since": in_days(14), "minutes_elsewhere": 300}
    longer = await people["school"].post(
        address, json=week | {"sessions": mornings(ends="15:00")}, headers=at_version(1)
    )
    shorter = await people["school"].post(
        address, json=week | {"sessions": mornings(ends="12:45")}, headers=at_version(1)
    )

    assert named["commissioners"] == ["Example School"]
    assert problem(longer) == (409, "registration-limit-reached")
    assert shorter.status_code == 200, shorter.text
    assert is_found_not_full_time(1_200, 1_200)
    assert not is_found_not_full_time(1_201, 1_200)
    assert not is_found_not_full_time(0, None)


async def test_it_is_taken_back_and_ends_and_the_latest_stands(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await full(people, setting, owner)
    [first, *_] = await children(people, case)

    await find(people, case, first["child"], until=in_days(3))
    over = await place(people["fourth"], setting)
    await find(people, case, first["child"])
    await find(people, case, first["child"], finding="by-the-hours")
    taken_back = await place(people["fourth"], setting)

    assert problem(over)[0] == problem(taken_back)[0] == 409
    rows = (await people["department"].get(f"{case}/children")).json()["findings"]
    assert [one["finding"] for one in rows] == ["by-the-hours", "not-full-time", "not-full-time"]


async def test_hours_of_two_commissioners_are_one_childs(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    first = await add(people["school"])
    same = await add(people["other"], upn=first["upn"])
    long = {"sessions": mornings(ends="11:00"), "minutes_elsewhere": 0}
    await place(people["school"], setting, child=first, **long)
    await place(
        people["other"],
        setting,
        child=same,
        **(long | {"sessions": [one | {"starts": "13:00", "ends": "15:00"} for one in mornings()]}),
    )
    for who in ("school", "third", "fourth"):
        await place(people[who], setting)
    assert problem(await place(people["third"], setting))[0] == 409
    [case] = (await people["department"].get(CASES)).json()["items"]
    address = f"{CASES}/{case['id']}"

    [shared] = [one for one in await children(people, address) if len(one["commissioners"]) > 1]
    await find(people, address, shared["child"])
    placed = await place(people["third"], setting)

    assert shared["commissioners"] == ["Example Academy", "Example School"]
    assert shared["weekly_minutes"] == 1_200
    assert placed.status_code == 201, placed.text


async def test_only_the_department_finds_and_only_of_the_cases_children(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await full(people, setting, owner)
    [first, *_] = await children(people, case)

    for who in ("school", "manager", "home"):
        assert (await find(people, case, first["child"], who)).status_code == 403
    by_host = await find(people, case, first["child"], "host")
    host_reads = await people["host"].get(f"{case}/children")
    nobody = await find(people, case, case.removeprefix(f"{CASES}/"))
    backwards = await find(people, case, first["child"], until=in_days(-1))
    said = {"closure": "below-the-limit", "reason": "Seen."}
    await people["department"].post(f"{case}/closure", json=said, headers=at_version(1))
    closed = await find(people, case, first["child"])

    assert problem(by_host) == problem(host_reads) == (403, "registration-case-not-yours")
    assert problem(nobody) == (404, "case-child-not-found")
    assert backwards.status_code == 422
    assert problem(closed) == (409, "registration-case-closed")


async def test_a_finding_is_never_changed_and_who_looked_and_found_is_written_down(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await full(people, setting, owner)
    [first, *_] = await children(people, case)
    await find(people, case, first["child"])

    with pytest.raises(asyncpg.PostgresError):
        await owner.execute("UPDATE full_time_findings SET weekly_minutes = 9")
    acts = await owner.fetch(
        "SELECT act, after::text FROM audit_entries WHERE act LIKE 'registration_case.child%'"
    )

    assert {row["act"] for row in acts} == {
        "registration_case.children_read",
        "registration_case.child_found",
    }
    link = await owner.fetchval("SELECT child_link FROM full_time_findings")
    assert not any(str(link) in (row["after"] or "") for row in acts)
    assert str(link) not in str(await children(people, case))
