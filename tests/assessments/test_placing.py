"""Placements that rest on assessments, or that could not wait for one."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app import clock
from app.db.transactions import Database
from app.providers.terms import Status
from app.rules.clocks.law import ASSESSED_LATER
from app.rules.working_days import after_working_days
from tests.assessments.asking import approved, begin, place
from tests.assessments.conftest import Browsers, World
from tests.children.asking import COMMISSIONING, add
from tests.factories.providers import move_to
from tests.placements.asking import PLACEMENTS, in_days, mornings
from tests.providers.router.asking import at_version, pointers, problem

URGENT = {"reasons": "The child is without education and at risk meanwhile."}


async def test_a_place_that_was_assessed_needs_no_clock_and_is_used_once(
    members: Browsers, world: World
) -> None:
    held = await approved(members, world)

    placed = await place(members["school"], world, held, reference="PL-A")
    again = await place(members["school"], world, held, reference="PL-A")
    second = await place(members["school"], world, held)
    by_other = await place(members["other"], world, held, child=(await add(members["other"]))["id"])

    assert placed.status_code == 201, placed.text
    told = placed.json()
    assert (told["assessment"], told["assess_by"], told["urgent_because"]) == (
        held["id"],
        None,
        None,
    )
    assert (again.status_code, again.json()["id"]) == (200, told["id"])
    assert problem(second) == (409, "assessment-used")
    assert problem(by_other) == (404, "assessment-not-found")


async def test_of_two_places_on_one_assessment_at_once_one_is_recorded(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await approved(members, world)

    answers = await asyncio.gather(*(place(members["school"], world, held) for _ in range(2)))

    assert sorted(one.status_code for one in answers) == [201, 409]
    assert await owner.fetchval("SELECT count(*) FROM placements") == 1


async def test_a_place_that_is_planned_with_neither_is_told_both_ways(
    members: Browsers, world: World
) -> None:
    held = await begin(members["school"])

    neither = await place(members["school"], world, held, assessment=None)
    both = await place(members["school"], world, held, urgent=URGENT)
    undecided = await place(members["school"], world, held)
    urgent = await place(members["school"], world, held, assessment=None, urgent=URGENT)
    bare = await place(members["school"], world, held, assessment=None, urgent={"reasons": " "})

    assert problem(neither) == (409, "assessment-needed")
    assert neither.json()["basis"] == "policy"
    assert "`assessment`" in neither.json()["detail"]
    assert "`urgent`" in neither.json()["detail"]
    assert problem(both) == problem(bare) == (422, "invalid-request")
    assert problem(undecided) == (409, "assessment-not-approved")
    assert undecided.json()["state"] == "open"
    days = ASSESSED_LATER.figures["working_days"]
    assert urgent.json()["assess_by"] == after_working_days(clock.today(), days).isoformat()
    assert urgent.json()["urgent_because"] == URGENT["reasons"]


@pytest.mark.parametrize(
    ("other", "where"),
    [
        ({"route": "health-absence"}, ["/route"]),
        ({"starts_on": in_days(6)}, ["/starts_on"]),
        ({"planned_end_on": in_days(61)}, ["/planned_end_on"]),
        ({"planned_end_on": None}, ["/planned_end_on"]),
        ({"sessions": mornings("monday", "friday")}, ["/sessions"]),
        ({"child": "another"}, ["/child"]),
        ({"site": 2}, ["/site"]),
    ],
)
async def test_a_place_is_the_one_that_was_assessed(
    members: Browsers,
    world: World,
    owner: asyncpg.Connection,
    other: dict[str, Any],
    where: list[str],
) -> None:
    held = await approved(members, world)
    if "site" in other:
        await owner.execute(
            "INSERT INTO sites (id, provider_id, reference, name, kind, address_lines, la_code) "
            "SELECT gen_random_uuid(), provider_id, 2, 'Other', kind, address_lines, la_code "
            "FROM sites"
        )
    if "child" in other:
        other = {"child": (await add(members["school"]))["id"]}

    answer = await place(members["school"], world, held, **other)

    assert problem(answer) == (409, "assessed-otherwise")
    assert pointers(answer) == where


async def test_a_suspension_since_the_decision_is_found_at_the_placement(
    members: Browsers, world: World, database: Database
) -> None:
    held = await approved(members, world)
    await move_to(database, world.recorded, Status.SUSPENDED)

    answer = await place(members["school"], world, held)

    assert problem(answer) == (409, "provider-suspended")


async def test_a_site_suspended_by_the_first_day_is_found_although_its_provider_is_not(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await approved(members, world)
    await owner.execute(
        "UPDATE register_documents SET document = convert_to(jsonb_set("
        "convert_from(document, 'UTF8')::jsonb, '{sites,0,listing,announced}', "
        "jsonb_build_object('status', 'suspended', 'from', $1::text, 'reason', NULL))::text, "
        "'UTF8')",
        held["starts_on"],
    )

    answer = await place(members["school"], world, held)

    assert problem(answer) == (409, "provider-suspended")


async def test_what_ran_already_is_assessed_later_and_its_clock_ends(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await approved(members, world)
    other = await approved(members, world)
    runs = {"starts_on": in_days(-30), "assessment": None}
    placed = (await place(members["school"], world, held, **runs)).json()
    await owner.execute("UPDATE placements SET assess_by = current_date - 1")
    overdue = COMMISSIONING | {"overdue": "true"}
    before = (await members["school"].get(PLACEMENTS, params=overdue)).json()["items"]
    address = f"{PLACEMENTS}/{placed['id']}/assessment"

    wrong = await members["school"].post(
        address, json={"assessment": other["id"]}, headers=at_version(1)
    )
    stale = await members["school"].post(
        address, json={"assessment": held["id"]}, headers=at_version(9)
    )
    linked = await members["school"].post(
        address, json={"assessment": held["id"]}, headers=at_version(1)
    )
    twice = await members["school"].post(
        address, json={"assessment": held["id"]}, headers=at_version(2)
    )
    after = (await members["school"].get(PLACEMENTS, params=overdue)).json()["items"]

    assert [one["id"] for one in before] == [placed["id"]]
    assert (problem(wrong), pointers(wrong)) == ((409, "assessed-otherwise"), ["/child"])
    assert problem(stale) == (412, "changed-meanwhile")
    assert (linked.json()["assessment"], linked.json()["assess_by"]) == (held["id"], None)
    assert problem(twice) == (409, "assessment-used")
    assert after == []
