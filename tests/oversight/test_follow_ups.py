"""Following a child of whom nobody knows where it is: opened, tried, handed over, ended."""

from datetime import date
from typing import Any

import asyncpg

from tests.children.asking import add
from tests.factories.children import circumstances
from tests.oversight.asking import (
    FOLLOW_UPS,
    MARKER,
    correct,
    found,
    lose,
    read,
    step,
    unaccounted,
)
from tests.oversight.conftest import People, Setting
from tests.placements.asking import in_days
from tests.providers.router.asking import at_version, problem


async def _school_of(owner: asyncpg.Connection, setting: Setting) -> str:
    urn: str = await owner.fetchval(
        "SELECT urn FROM schools WHERE organisation_id = $1",
        setting.members["school"].organisation_id,
    )
    return urn


async def test_an_unknown_destination_opens_one_and_a_known_one_none(
    people: People, setting: Setting
) -> None:
    lost = await lose(people["school"], setting)
    await lose(people["school"], setting, destination="custody")
    await lose(people["school"], setting, reason="recorded-by-mistake")

    [seen] = await unaccounted(people["home"])
    told = (await read(people["home"], seen)).json()

    assert told["placement"] == lost["id"]
    assert (told["first"], told["la"], told["school"]) == ("local-authority", "331", None)
    assert told["since"] == in_days(-1)
    [why] = told["why"]
    assert (why["rule"], why["basis"]) == ("identify-children-missing-education", "statute")
    assert told["clock"][0]["basis"] == "policy"
    assert [one["became"] for one in told["authorities"]] == ["opened"]


async def test_a_school_looks_first_while_the_child_is_on_its_roll_and_the_parent_beside_it(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    urn = await _school_of(owner, setting)
    duties = circumstances(school=urn, care_la="937")
    await lose(people["school"], setting, await add(people["school"], circumstances=duties))

    [seen] = await unaccounted(people["school"])
    [parent] = await unaccounted(people["elsewhere"])
    by_parent = await step(people["elsewhere"], seen)

    assert (seen["first"], seen["school"]) == ("school", "Example School")
    assert parent["corporate_parent_la"] == "937"
    rules = [one["rule"] for one in (await read(people["home"], seen)).json()["why"]]
    assert rules == ["pupil-on-a-roll", "corporate-parent"]
    assert by_parent.status_code == 200, by_parent.text


async def test_a_child_that_leaves_the_roll_is_the_authoritys_from_then_on(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    duties = circumstances(school=await _school_of(owner, setting))
    child = await add(people["school"], circumstances=duties)
    await lose(people["school"], setting, child)

    changed = await people["school"].post(
        f"/v1/children/{child['id']}/circumstances",
        json=circumstances(since=in_days(0)),
        headers=at_version(1),
    )

    assert changed.status_code == 200, changed.text
    [seen] = await unaccounted(people["home"])
    assert (seen["first"], seen["school"]) == ("local-authority", None)


async def test_a_step_is_kept_unreadable_and_puts_the_next_one_off(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    taken = await step(people["home"], seen)

    told = taken.json()
    assert taken.status_code == 200, taken.text
    assert [(one["kind"], one["what"]) for one in told["steps"]] == [("telephoned", MARKER)]
    assert told["next_step_by"] > seen["next_step_by"]
    assert told["light"] == "green"
    rows = await owner.fetch("SELECT encrypted FROM follow_up_steps")
    assert MARKER.encode() not in rows[0]["encrypted"]
    assert not any(MARKER in str(row) for row in await owner.fetch("SELECT * FROM audit_entries"))


async def test_the_department_sees_who_looks_and_nothing_of_the_child(
    people: People, setting: Setting
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])
    await step(people["home"], seen)

    told = (await read(people["department"], seen)).json()
    by_department = await step(people["department"], seen, 2)

    assert (told["placement"], told["child"], told["why"]) == (None, None, [])
    assert [(one["kind"], one["what"]) for one in told["steps"]] == [("telephoned", None)]
    assert problem(by_department)[0] == 403


async def test_others_see_nothing(people: People, setting: Setting) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    for name in ("elsewhere", "other"):
        assert await unaccounted(people[name]) == []
        assert problem(await read(people[name], seen)) == (404, "follow-up-not-found")
        assert problem(await step(people[name], seen)) == (404, "follow-up-not-found")


async def test_a_step_that_cannot_be_is_refused(people: People, setting: Setting) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    refusals: list[dict[str, Any]] = [{"taken_on": in_days(1)}, {"taken_on": in_days(-2)}]
    for members in (*refusals, {"kind": "closed"}):
        refused = await step(people["home"], seen, **members)
        assert problem(refused) == (422, "invalid-request"), members


async def test_it_ends_with_an_outcome_and_goes_no_further(
    people: People, setting: Setting
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    ended = await found(people["home"], seen)
    after = await step(people["home"], seen, 2)
    again = await found(people["home"], seen, 1)

    told = ended.json()
    assert (told["outcome"], told["destination"]) == ("found", "other-mainstream")
    assert (told["known_by"], told["next_step_by"], told["light"]) == ("seen-on-a-roll", None, None)
    assert told["steps"][0]["kind"] == "closed"
    assert await unaccounted(people["home"]) == []
    assert problem(after) == (409, "follow-up-closed")
    assert problem(again) == (412, "changed-meanwhile")


NO_ENDS: list[dict[str, Any]] = [
    {"destination": None},
    {"destination": "unknown"},
    {"outcome": "died"},
    {"outcome": "died", "destination": None},
    {"outcome": "left-the-country", "destination": None, "known_by": "told-by-family"},
    {"outcome": "received-by-authority", "destination": None},
    {"outcome": "over-school-age", "destination": None},
    {"outcome": "recorded-by-mistake", "destination": None},
]


async def test_an_outcome_that_does_not_fit_is_refused(people: People, setting: Setting) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    for members in NO_ENDS:
        refused = await found(people["home"], seen, **members)
        assert problem(refused) == (422, "invalid-request"), members
    assert len(await unaccounted(people["home"])) == 1


async def test_who_is_over_school_age_by_birth_is_followed_no_further(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"], date_of_birth="2008-01-01")
    await lose(people["school"], setting, child)
    [seen] = await unaccounted(people["home"])
    told = (await read(people["home"], seen)).json()

    ended = await found(people["home"], seen, outcome="over-school-age", destination=None)

    assert [one["rule"] for one in told["why"]] == [
        "followed-at-any-age"
        if date.fromisoformat(in_days(-1)) >= date(2026, 1, 1)
        else "identify-not-taking-part"
    ]
    assert ended.status_code == 200, ended.text


async def test_a_school_states_what_it_can_know(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    duties = circumstances(school=await _school_of(owner, setting))
    await lose(people["school"], setting, await add(people["school"], circumstances=duties))
    [seen] = await unaccounted(people["school"])
    abroad: dict[str, Any] = {
        "outcome": "left-the-country",
        "destination": None,
        "known_by": "told-by-agency",
    }

    refused = await found(people["school"], seen, **abroad)
    back = await found(people["school"], seen, outcome="returned-to-school", destination=None)

    assert problem(refused) == (403, "follow-up-not-yours")
    assert back.json()["destination"] == "home-school"


async def test_the_record_is_kept_while_somebody_looks(people: People, setting: Setting) -> None:
    child = await add(people["school"])
    lost = await lose(people["school"], setting, child)
    [seen] = await unaccounted(people["school"])
    address = f"/v1/children/{child['id']}/erasure"
    said = {"reason": "retention-over"}

    refused = await people["school"].post(address, json=said, headers=at_version(1))
    await step(people["home"], seen)
    await found(people["home"], seen, 2)
    erased = await people["school"].post(address, json=said, headers=at_version(1))
    told = (await read(people["home"], seen)).json()
    corrected = await correct(people["school"], lost, 2)

    assert problem(refused) == (409, "child-still-followed")
    assert erased.status_code == 200, erased.text
    assert [one["what"] for one in told["steps"]] == [None, None]
    assert problem(corrected) == (409, "child-erased")


async def test_lists_are_paged_and_the_longest_overdue_come_first(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    for _ in range(3):
        await lose(people["school"], setting)
    rows = await owner.fetch("SELECT id FROM follow_ups ORDER BY id")
    for days, row in zip((5, 9, 7), rows, strict=True):
        await owner.execute(
            "UPDATE follow_ups SET next_step_by = current_date - $2::integer WHERE id = $1",
            *(row["id"], days),
        )
    expected = [str(rows[number]["id"]) for number in (1, 2, 0)]
    query: dict[str, Any] = {"purpose": "safeguarding", "limit": 2}

    first = (await people["home"].get("/v1/oversight/unaccounted", params=query)).json()
    second = (await people["home"].get(first["links"]["next"])).json()
    newest = (await people["home"].get(FOLLOW_UPS, params=query)).json()
    older = (await people["home"].get(newest["links"]["next"])).json()

    assert [one["id"] for one in first["items"] + second["items"]] == expected
    assert {one["light"] for one in first["items"]} == {"red"}
    assert [one["id"] for one in newest["items"] + older["items"]] == [
        str(row["id"]) for row in reversed(rows)
    ]
