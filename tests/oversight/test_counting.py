"""Counts and lists of placements that need a look, and who may see them."""

from typing import Any

import asyncpg
import httpx

from tests.children.asking import COMMISSIONING, add
from tests.oversight.asking import BALANCE, end, lose
from tests.oversight.conftest import People, Setting
from tests.placements.asking import in_days, place
from tests.providers.router.asking import problem

WATCHED, SETTINGS = "/v1/oversight/placements", "/v1/oversight/settings"
CONCERN = {"kind": "quality", "severity": "medium", "what": "The roof leaks."}


async def watched(client: httpx.AsyncClient, why: str, **query: Any) -> list[dict[str, Any]]:
    """List placements that need a look."""
    listed = await client.get(WATCHED, params=COMMISSIONING | {"why": why} | query)
    assert listed.status_code == 200, listed.text
    items: list[dict[str, Any]] = listed.json()["items"]
    return items


async def test_placements_that_need_a_look_are_listed_for_whoever_sees_them(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    overrun: dict[str, Any] = {"starts_on": in_days(-60), "planned_end_on": in_days(-2)}
    late = (await place(people["school"], setting, **overrun)).json()
    done = (await place(people["school"], setting, starts_on=in_days(-60))).json()
    await end(people["school"], done, destination="custody")
    await place(people["school"], setting)
    for name in ("school", "home"):
        assert [one["id"] for one in await watched(people[name], "overrun")] == [late["id"]]
        assert await watched(people[name], "not-assessed") == []
        ended = await watched(people[name], "ended", provider=setting.record.number.lower())
        assert [(one["id"], one["destination"]) for one in ended] == [(done["id"], "custody")]
        assert await watched(people[name], "ended", provider="AP000099X") == []
    await owner.execute("UPDATE placements SET assess_by = current_date - 3")

    assert len(await watched(people["home"], "not-assessed")) == 2
    assert await watched(people["elsewhere"], "not-assessed") == []


async def test_lists_of_placements_are_paged(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    for days in (3, 9, 6):
        overrun: dict[str, Any] = {"starts_on": in_days(-60), "planned_end_on": in_days(-days)}
        await place(people["school"], setting, **overrun)
    query: dict[str, Any] = COMMISSIONING | {"why": "overrun", "limit": 2}

    first = (await people["school"].get(WATCHED, params=query)).json()
    second = (await people["school"].get(first["links"]["next"])).json()
    damaged = await people["school"].get(WATCHED, params=query | {"cursor": "x"})

    told = [one["planned_end_on"] for one in first["items"] + second["items"]]
    assert told == [in_days(-9), in_days(-6), in_days(-3)]
    assert problem(damaged) == (422, "invalid-request")


async def test_the_host_learns_how_many_and_whom_to_contact_once_there_is_a_concern(
    people: People, setting: Setting
) -> None:
    for name in ("school", "school", "other"):
        await place(people[name], setting, starts_on=in_days(-3))

    before = (await people["home"].get(SETTINGS)).json()["items"]
    raised = await people["home"].post(
        "/v1/concerns",
        json=CONCERN | {"provider": setting.record.number, "noticed_on": in_days(0)},
    )
    [after] = (await people["home"].get(SETTINGS)).json()["items"]

    assert raised.status_code == 201, raised.text
    assert before == [
        {
            "provider": setting.record.number,
            "provider_name": after["provider_name"],
            "site": 1,
            "children": 3,
            "commissioners": 2,
            "contacts": [],
        }
    ]
    assert after["contacts"] == ["Example Academy", "Example School"]


async def test_counts_are_for_authorities_each_its_own_and_for_the_department(
    people: People, setting: Setting
) -> None:
    await lose(people["school"], setting)
    span = {"since": in_days(-40), "until": in_days(0)}

    async def asked(name: str, address: str, **query: str) -> httpx.Response:
        return await people[name].get(address, params=query)

    own = (await asked("home", BALANCE, **span)).json()
    others = (await asked("elsewhere", BALANCE, **span)).json()
    every = (await asked("department", BALANCE, **span)).json()
    refused = [
        await asked("school", BALANCE, **span),
        await asked("manager", BALANCE, **span),
        await asked("school", SETTINGS),
        await asked("home", SETTINGS, la="937"),
        await asked("department", SETTINGS),
        await asked("home", BALANCE, since=in_days(0), until=in_days(-1)),
        await asked("home", BALANCE, since=in_days(0), until=in_days(1)),
    ]

    assert [(one["la"], one["starts"], one["closing_followed"]) for one in own["items"]] == [
        ("331", 1, 1)
    ]
    assert [(one["la"], one["starts"], one["imbalance"]) for one in others["items"]] == [
        ("937", 0, 0)
    ]
    assert every["items"] == own["items"]
    assert every["unaccounted"] == 0
    assert [problem(one) for one in refused] == [
        (403, "counts-not-for-you"),
        (403, "not-permitted"),
        (403, "counts-not-for-you"),
        (403, "counts-not-for-you"),
        (422, "invalid-request"),
        (422, "invalid-request"),
        (422, "invalid-request"),
    ]
    assert (await asked("department", SETTINGS, la="331")).status_code == 200


async def test_a_child_counts_where_it_first_lived_before_that_was_said(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"])
    placed = await place(people["school"], setting, child=child, starts_on="2026-03-02")
    span = {"since": "2026-03-01", "until": "2026-03-31"}

    [told] = (await people["home"].get(BALANCE, params=span)).json()["items"]

    assert placed.status_code == 201
    assert (told["starts"], told["closing_live"], told["imbalance"]) == (1, 1, 0)
