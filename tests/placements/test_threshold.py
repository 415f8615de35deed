"""The registration test over everybody who places children at a setting."""

from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app.rules.school_age import school_age_of
from tests.children.asking import add
from tests.factories.children import circumstances, identity_of
from tests.factories.records import add_site
from tests.placements.asking import (
    CASES,
    PLACEMENTS,
    declare,
    in_days,
    mornings,
    place,
)
from tests.placements.conftest import SCHOOLS, People, Setting
from tests.providers.router.asking import at_version, problem

LONG: dict[str, Any] = {"sessions": mornings()}
"""20 hours a week: more than 18."""


def light(answer: Any) -> str:
    """Return what the registration test of a recorded placement said."""
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["timetables"][0]["registration_test"]
    return found


async def fill(people: People, setting: Setting, count: int, **members: Any) -> list[Any]:
    """Let that many full-time children be placed, by one school after another."""
    answers = []
    for number in range(count):
        client = people[SCHOOLS[number % 3]]
        answers.append(await place(client, setting, **(LONG | members)))
        assert answers[-1].status_code == 201, answers[-1].text
    return answers


async def test_three_place_lawfully_and_the_fourth_is_stopped(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    lights = [light(one) for one in await fill(people, setting, 4)]
    child = await add(people["fourth"])

    refused = await place(people["fourth"], setting, child=child, **LONG)
    shorter = await place(people["fourth"], setting, child=child, sessions=mornings("monday"))

    assert lights == ["green", "green", "amber", "amber"]
    assert problem(refused) == (409, "registration-limit-reached")
    told = refused.text
    assert refused.json()["on"] == in_days(7)
    assert refused.json()["basis"] == "statutory-guidance"
    assert not any(f"Example {name}" in told for name in ("School", "Academy", "Third"))
    assert "five" not in told
    assert light(shorter) == "amber"
    assert await owner.fetchval("SELECT count(*) FROM placements") == 5


async def test_a_refusal_opens_a_case_for_the_department_and_the_host(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    await fill(people, setting, 4)
    for _ in range(2):
        assert problem(await place(people["fourth"], setting, **LONG))[0] == 409

    listed = {
        name: (await people[name].get(CASES, params={"open": "true"})).json()
        for name in ("department", "host", "elsewhere")
    }
    [case] = listed["department"]["items"]
    address = f"{CASES}/{case['id']}/closure"
    said = {"closure": "hours-reduced", "reason": "The provider reduced the hours of one group."}
    by_host = await people["host"].post(address, json=said, headers=at_version(1))
    closed = await people["department"].post(address, json=said, headers=at_version(1))
    again = await people["department"].post(address, json=said, headers=at_version(2))

    assert [one["id"] for one in listed["host"]["items"]] == [case["id"]]
    assert listed["elsewhere"]["items"] == []
    assert case["refused"] is True
    assert "5 of compulsory school age are full-time by their hours" in case["counts"][0]
    assert problem(by_host) == (403, "registration-case-not-yours")
    assert closed.json()["closure"] == "hours-reduced"
    assert problem(again) == (409, "registration-case-closed")


async def test_schools_read_no_case(people: People) -> None:
    assert (await people["manager"].get(CASES)).status_code == 403


@pytest.mark.parametrize(
    "duties",
    [
        {"plan_la": "331", "sen": True},
        {"care_la": "937"},
    ],
)
async def test_one_with_a_plan_or_looked_after_is_enough(
    people: People, setting: Setting, owner: asyncpg.Connection, duties: dict[str, Any]
) -> None:
    await declare(owner, setting)
    child = await add(people["school"], circumstances=circumstances(**duties))

    refused = await place(people["school"], setting, child=child, **LONG)
    near = await place(people["school"], setting, child=child, sessions=mornings(ends="12:36"))

    assert problem(refused) == (409, "registration-limit-reached")
    assert light(near) == "amber"


async def test_hours_of_one_child_are_added_over_commissioners(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    duties = circumstances(plan_la="331", sen=True)
    first = await add(people["school"], circumstances=duties)
    second = await add(people["other"], **identity_of(first), circumstances=duties)
    two_days = mornings("monday", "tuesday", ends="14:00")
    rest = mornings("wednesday", "thursday", ends="14:00")

    alone = await place(people["school"], setting, child=first, sessions=two_days)
    together = await place(people["other"], setting, child=second, sessions=rest)

    assert light(alone) == "green"
    assert problem(together) == (409, "registration-limit-reached")


async def test_two_children_are_never_added(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    duties = circumstances(plan_la="331", sen=True)
    for name in ("school", "other"):
        child = await add(people[name], circumstances=duties)
        half = await place(
            people[name], setting, child=child, sessions=mornings("monday", "tuesday", ends="14:00")
        )
        assert light(half) == "green"


async def test_what_runs_already_is_recorded_and_opens_a_case(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    """A register that refuses reality protects nobody (design.md §1)."""
    await declare(owner, setting)
    await fill(people, setting, 4)

    recorded = await place(people["fourth"], setting, starts_on=in_days(-20), **LONG)

    assert light(recorded) == "red"
    [case] = (await people["department"].get(CASES)).json()["items"]
    assert case["refused"] is False


async def test_without_a_current_declaration_it_is_never_green(
    people: People, setting: Setting
) -> None:
    assert (
        light(await place(people["school"], setting, sessions=mornings("monday"))) == "incomplete"
    )


async def test_declared_children_count(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting, over_18_hours=4)

    assert problem(await place(people["school"], setting, **LONG)) == (
        409,
        "registration-limit-reached",
    )


async def test_who_is_over_school_age_does_not_count(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting, over_18_hours=4)
    child = await add(people["school"], date_of_birth="2008-01-01")

    assert light(await place(people["school"], setting, child=child, **LONG)) == "amber"


async def test_a_child_who_becomes_of_school_age_is_foreseen(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    five_years_ago = date.fromisoformat(in_days(0)).replace(day=1)
    five_years_ago = five_years_ago.replace(year=five_years_ago.year - 5)
    births = (five_years_ago + timedelta(days=31 * months) for months in range(1, 5))
    born, first = next(
        (born, school_age_of(born).first)
        for born in births
        if school_age_of(born).first > date.fromisoformat(in_days(8))
    )
    duties: dict[str, Any] = {"date_of_birth": born.isoformat()}
    duties |= {"circumstances": circumstances(plan_la="331", sen=True)}
    one, other = [await add(people["school"], **duties) for _ in range(2)]
    last = (first - timedelta(days=1)).isoformat()

    before = await place(people["school"], setting, child=one, planned_end_on=last, **LONG)
    across = await place(people["school"], setting, child=other, planned_end_on=None, **LONG)

    assert before.status_code == 201
    assert (problem(across)[0], across.json()["on"]) == (409, first.isoformat())


async def test_a_lone_tutor_is_for_a_person(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    child = await add(people["school"], circumstances=circumstances(plan_la="331", sen=True))

    answer = await place(people["school"], setting, child=child, delivery="lone-tutor", **LONG)

    assert light(answer) == "amber"


async def test_a_longer_timetable_is_refused_and_a_shorter_is_not(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    await fill(people, setting, 4)
    held = (await place(people["fourth"], setting, sessions=mornings("monday", "friday"))).json()
    address = f"{PLACEMENTS}/{held['id']}/timetables"
    longer = {"since": in_days(20), "sessions": mornings(), "minutes_elsewhere": 300}
    shorter = {"since": in_days(20), "sessions": mornings("monday"), "minutes_elsewhere": 300}

    refused = await people["fourth"].post(address, json=longer, headers=at_version(1))
    changed = await people["fourth"].post(address, json=shorter, headers=at_version(1))

    assert problem(refused) == (409, "registration-limit-reached")
    assert changed.status_code == 200


async def test_a_later_start_of_others_is_foreseen(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    for name in ("school", "other", "third", "school"):
        later = await place(people[name], setting, starts_on=in_days(30), **LONG)
        assert later.status_code == 201

    before = await place(people["fourth"], setting, planned_end_on=in_days(29), **LONG)
    across = await place(people["fourth"], setting, planned_end_on=in_days(31), **LONG)

    assert before.status_code == 201
    assert across.json()["on"] == in_days(30)


async def test_sites_of_one_institution_count_together(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    await add_site(owner, setting.record.id, reference=2)
    await fill(people, setting, 4)
    elsewhere = [{**one, "site": 2} for one in mornings()]

    answer = await place(people["fourth"], setting, sessions=elsewhere)

    assert problem(answer) == (409, "registration-limit-reached")


async def test_records_joined_later_count_as_one_child(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    first = await add(people["school"])
    second = await add(people["other"], **identity_of(first, upn=None))
    for name, child in (("school", first), ("other", second)):
        await place(people[name], setting, child=child, sessions=mornings("monday"))
    [question] = (await people["home"].get("/v1/match-questions")).json()["items"]

    await people["home"].post(
        f"/v1/match-questions/{question['id']}/answer",
        json={"answer": "same", "reason": "Both schools said so."},
        headers=at_version(1),
    )

    assert await owner.fetchval("SELECT count(DISTINCT child_link) FROM commitments") == 1
