"""Placements over HTTP: recorded once, seen by who is responsible, changed and ended."""

import uuid
from typing import Any

import asyncpg
import pytest

from tests.children.asking import COMMISSIONING, add
from tests.factories.children import circumstances
from tests.placements.asking import (
    PLACEMENTS,
    a_placement,
    declare,
    in_days,
    mornings,
    place,
)
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem


async def test_a_placement_is_recorded_once_and_told_whole(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    child = await add(people["school"])
    sent = a_placement(setting, child["id"], sessions=mornings("monday", "friday"))

    first = await people["school"].post(PLACEMENTS, json=sent)
    again = await people["school"].post(PLACEMENTS, json=sent)

    assert (first.status_code, again.status_code) == (201, 200), first.text
    told = first.json()
    assert told["id"] == again.json()["id"]
    assert (told["state"], told["host_la"], told["site"]) == ("upcoming", "331", 1)
    assert told["timetables"] == [
        {
            "since": sent["starts_on"],
            "weekly_minutes": 480,
            "minutes_elsewhere": 300,
            "registration_test": "green",
            "sessions": [
                {"weekday": day, "starts": "09:00:00", "ends": "13:00:00", "site": 1}
                for day in ("monday", "friday")
            ],
        }
    ]
    assert told["assess_by"] is not None


@pytest.mark.parametrize(
    "changed", [{}, {"sessions": mornings("monday")}, {"minutes_elsewhere": 301}]
)
async def test_another_placement_under_the_same_reference_is_refused(
    people: People, setting: Setting, changed: dict[str, Any]
) -> None:
    child = await add(people["school"])
    held = await place(people["school"], setting, child=child, reference="PL-X")
    other = child if changed else None

    answer = await place(people["school"], setting, child=other, reference="PL-X", **changed)

    assert problem(answer) == (409, "placement-held-already")
    assert answer.json()["placement"] == held.json()["id"]


@pytest.mark.parametrize(
    ("members", "refused", "where"),
    [
        ({"site": 9}, (422, "invalid-request"), ["/site"]),
        ({"provider": "AP999999X"}, (404, "provider-not-found"), ["/provider"]),
        ({"planned_end_on": "2020-01-01"}, (422, "invalid-request"), [""]),
        ({"sessions": []}, (422, "invalid-request"), ["/sessions"]),
        ({"sessions": mornings("monday", ends="09:00")}, (422, "invalid-request"), ["/sessions/0"]),
        ({"sessions": mornings("monday", "monday")}, (422, "invalid-request"), [""]),
        ({"sessions": mornings("monday", ends="12:00:30")}, (422, "invalid-request"), None),
        (
            {"sessions": [{**mornings("monday")[0], "site": 7}]},
            (422, "invalid-request"),
            ["/sessions/0/site"],
        ),
        ({"route": "because"}, (422, "invalid-request"), ["/route"]),
        ({"child": {"id": str(uuid.UUID(int=0))}}, (404, "child-not-found"), None),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    people: People,
    setting: Setting,
    members: dict[str, Any],
    refused: tuple[int, str],
    where: list[str] | None,
) -> None:
    answer = await place(people["school"], setting, **members)

    assert problem(answer) == refused, answer.text
    if where is not None:
        assert pointers(answer) == where


async def test_nobody_places_anothers_child(people: People, setting: Setting) -> None:
    child = await add(people["school"])

    answer = await place(people["home"], setting, child=child)

    assert problem(answer) == (403, "placement-not-yours")


async def test_who_is_responsible_sees_it_and_nobody_else(people: People, setting: Setting) -> None:
    placement = (await place(people["school"], setting)).json()
    address = f"{PLACEMENTS}/{placement['id']}"

    seen = {
        name: (await client.get(address, params=COMMISSIONING)).status_code
        for name, client in people.items()
    }

    assert {name for name, status in seen.items() if status == 200} == {"school", "home"}
    assert {seen[name] for name in ("other", "elsewhere")} == {404}
    assert {seen[name] for name in ("host", "manager", "department")} == {403}


async def test_a_list_is_narrowed_and_paged(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await declare(owner, setting)
    short: dict[str, Any] = {"sessions": mornings("monday")}
    running = await place(people["school"], setting, starts_on=in_days(-30), **short)
    coming = await place(people["school"], setting, **short)
    await place(people["other"], setting, **short)

    async def listed(**narrowed: str) -> list[str]:
        answer = await people["school"].get(PLACEMENTS, params={**COMMISSIONING, **narrowed})
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await listed() == [coming.json()["id"], running.json()["id"]]
    assert await listed(state="live") == [running.json()["id"]]
    assert await listed(state="upcoming") == [coming.json()["id"]]
    assert await listed(state="ended") == []
    assert await listed(provider=setting.record.number.lower(), limit="1") == [coming.json()["id"]]
    assert await listed(child=running.json()["child"]) == [running.json()["id"]]
    assert await listed(provider="AP999999X") == []


async def test_a_timetable_is_followed_by_another(people: People, setting: Setting) -> None:
    placement = (await place(people["school"], setting, starts_on=in_days(-30))).json()
    address = f"{PLACEMENTS}/{placement['id']}/timetables"
    change = {"since": in_days(3), "sessions": mornings("monday"), "minutes_elsewhere": 900}

    changed = await people["school"].post(address, json=change, headers=at_version(1))
    earlier = await people["school"].post(address, json=change, headers=at_version(2))
    stale = await people["school"].post(address, json=change, headers=at_version(1))
    others = await people["home"].post(address, json=change, headers=at_version(2))

    assert [one["weekly_minutes"] for one in changed.json()["timetables"]] == [240, 1200]
    assert (problem(earlier), pointers(earlier)) == ((422, "invalid-request"), ["/since"])
    assert problem(stale) == (412, "changed-meanwhile")
    assert problem(others) == (403, "placement-not-yours")


async def test_commitments_follow_what_is_recorded(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = (await place(people["school"], setting, starts_on=in_days(-30))).json()
    change = {"since": in_days(3), "sessions": mornings("monday")}
    await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/timetables", json=change, headers=at_version(1)
    )

    async def committed() -> list[tuple[str, str | None, int]]:
        rows = await owner.fetch(
            "SELECT lower(period)::text AS since, (upper(period) - 1)::text AS until, "
            "weekly_minutes FROM commitments ORDER BY lower(period)"
        )
        return [tuple(row) for row in rows]

    both = await committed()
    ending = {"ended_on": in_days(-1), "reason": "reintegrated", "destination": "home-school"}
    ended = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/end", json=ending, headers=at_version(2)
    )

    planned = placement["planned_end_on"]
    assert both == [(in_days(-30), in_days(2), 1200), (in_days(3), planned, 240)]
    assert (ended.json()["state"], ended.json()["destination"]) == ("ended", "home-school")
    assert await committed() == [(in_days(-30), in_days(-1), 1200)]


async def test_what_has_ended_is_not_changed(people: People, setting: Setting) -> None:
    placement = (await place(people["school"], setting, starts_on=in_days(-30))).json()
    address = f"{PLACEMENTS}/{placement['id']}"
    ending = {"ended_on": in_days(-40), "reason": "moved", "destination": "unknown"}

    early = await people["school"].post(f"{address}/end", json=ending, headers=at_version(1))
    ending["ended_on"] = in_days(-1)
    await people["school"].post(f"{address}/end", json=ending, headers=at_version(1))
    again = await people["school"].post(f"{address}/end", json=ending, headers=at_version(2))

    assert (problem(early), pointers(early)) == ((422, "invalid-request"), ["/ended_on"])
    assert problem(again) == (409, "placement-ended")


async def test_a_child_is_not_erased_while_a_placement_runs(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"])
    placement = (await place(people["school"], setting, child=child)).json()
    address = f"/v1/children/{child['id']}/erasure"
    stated = {"reason": "recorded-by-mistake"}

    refused = await people["school"].post(address, json=stated, headers=at_version(1))
    ending = {"ended_on": in_days(8), "reason": "moved", "destination": "custody"}
    await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/end", json=ending, headers=at_version(1)
    )
    erased = await people["school"].post(address, json=stated, headers=at_version(1))

    assert problem(refused) == (409, "child-still-placed")
    assert erased.status_code == 200


async def test_no_new_place_begins_where_the_provider_is_suspended(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE providers SET status = 'suspended'")

    new = await place(people["school"], setting)
    running = await place(people["school"], setting, starts_on=in_days(-30))

    assert problem(new) == (409, "provider-suspended")
    assert running.status_code == 201


async def test_a_closed_site_takes_nobody(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE sites SET closed_on = current_date")

    answer = await place(people["school"], setting)

    assert (problem(answer), pointers(answer)) == ((422, "invalid-request"), ["/site"])


async def test_an_authority_records_what_it_places_itself(people: People, setting: Setting) -> None:
    answer = await place(people["home"], setting, sessions=mornings("monday"))

    assert answer.status_code == 201
    assert answer.json()["commissioner"].startswith("Coventry")


async def test_who_moves_is_seen_by_the_new_authority(people: People, setting: Setting) -> None:
    child = await add(people["school"])
    placement = (await place(people["school"], setting, child=child)).json()
    moved = circumstances(since=in_days(0), home_la="937")

    await people["school"].post(
        f"/v1/children/{child['id']}/circumstances", json=moved, headers=at_version(1)
    )
    address = f"{PLACEMENTS}/{placement['id']}"
    seen = {
        name: (await people[name].get(address, params=COMMISSIONING)).status_code
        for name in ("home", "elsewhere")
    }

    assert seen == {"home": 404, "elsewhere": 200}
