"""Concerns over HTTP: who raises them, who reads them, and that the provider never does."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from tests.factories.inspecting import Desk, add_desk
from tests.factories.records import add_officer
from tests.providers.router.asking import at_version, browsers, pointers, problem

CONCERNS = "/v1/concerns"


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider on the register, and everybody who has to do with its quality."""
    return await add_desk(owner, status="listed")


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "second": desk.second, "elsewhere": desk.elsewhere}
    members |= {"manager": desk.record.manager, "school": desk.school}
    members |= {"assessor": await add_officer(owner)}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


def a_concern(desk: Desk, **members: Any) -> dict[str, Any]:
    told = {"provider": desk.record.number, "kind": "safeguarding", "severity": "high"}
    told |= {"what": "The gate stood open.", "noticed_on": clock.today().isoformat()}
    return told | members


async def test_who_raised_it_and_who_answers_read_it_and_nobody_else(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    made = await people["school"].post(CONCERNS, json=a_concern(desk, site=1))
    address = made.headers["location"]
    read = {name: (await one.get(address)).status_code for name, one in people.items()}
    listed = (await people["lead"].get(CONCERNS, params={"open": "true"})).json()["items"]

    assert made.status_code == 201, made.text
    assert (made.json()["site"], made.json()["raised_by"]) == (1, "Example School")
    assert read == {
        "school": 200,
        "lead": 200,
        "second": 200,
        "assessor": 200,
        "elsewhere": 404,
        "manager": 403,
    }
    assert [one["id"] for one in listed] == [made.json()["id"]]


@pytest.mark.parametrize(
    ("members", "refused", "where"),
    [
        ({"site": 9}, (422, "invalid-request"), ["/site"]),
        ({"noticed_on": "2090-01-01"}, (422, "invalid-request"), ["/noticed_on"]),
        ({"provider": "AP999999X"}, (404, "provider-not-found"), ["/provider"]),
        ({"what": " "}, (422, "invalid-request"), ["/what"]),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    people: dict[str, httpx.AsyncClient],
    desk: Desk,
    members: dict[str, Any],
    refused: tuple[int, str],
    where: list[str],
) -> None:
    answer = await people["school"].post(CONCERNS, json=a_concern(desk, **members))

    assert (problem(answer), pointers(answer)) == (refused, where)


async def test_an_officer_who_answers_closes_it_once(
    people: dict[str, httpx.AsyncClient], desk: Desk
) -> None:
    made = await people["school"].post(CONCERNS, json=a_concern(desk))
    address = f"{made.headers['location']}/closure"
    body = {"closure": "resolved", "reason": "The gate is mended."}
    school = await people["school"].post(address, json=body, headers=at_version(1))
    elsewhere = await people["elsewhere"].post(address, json=body, headers=at_version(1))
    stale = await people["second"].post(address, json=body, headers=at_version(3))
    closed = await people["second"].post(address, json=body, headers=at_version(1))
    again = await people["assessor"].post(address, json=body, headers=at_version(2))
    still_open = (await people["lead"].get(CONCERNS, params={"open": "true"})).json()["items"]

    assert problem(school) == (403, "not-permitted")
    assert problem(elsewhere) == (404, "concern-not-found")
    assert problem(stale) == (412, "changed-meanwhile")
    assert (closed.json()["closure"], closed.json()["version"]) == ("resolved", 2)
    assert problem(again) == (409, "concern-closed")
    assert still_open == []


async def test_what_was_noticed_stands_in_no_record_of_acts(
    people: dict[str, httpx.AsyncClient], owner: asyncpg.Connection, desk: Desk
) -> None:
    await people["school"].post(CONCERNS, json=a_concern(desk, what="Zebrafink stood alone."))

    rows = await owner.fetch("SELECT to_jsonb(a)::text AS told FROM audit_entries a")
    assert any("concern.raised" in row["told"] for row in rows)
    assert not any("Zebrafink" in row["told"] for row in rows)
