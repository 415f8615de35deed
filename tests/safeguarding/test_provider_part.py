"""The provider's own part of a placement's checklist: its duties alone, told by itself."""

from typing import Any

import asyncpg
import httpx
import pytest

from app.rules.safeguarding.law import ITEMS, Whose
from tests.placements.asking import PLACEMENTS, in_days
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem
from tests.safeguarding.test_checklist import DONE, READING, placed, put, read

OWN = {one.number for one in ITEMS if Whose.PROVIDER in one.whose} - {"SG22"}


async def part(client: httpx.AsyncClient, placement: dict[str, Any]) -> httpx.Response:
    address = f"{PLACEMENTS}/{placement['id']}/safeguarding/provider-part"
    return await client.get(address, params=READING)


async def say(
    client: httpx.AsyncClient,
    placement: dict[str, Any],
    number: str = "SG3",
    version: int = 1,
    **of: Any,
) -> httpx.Response:
    address = f"{PLACEMENTS}/{placement['id']}/safeguarding/provider-part/{number}"
    return await client.put(address, json=DONE | of, headers=at_version(version))


async def test_the_provider_sees_its_duties_and_nothing_that_others_said(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)
    await put(people["school"], placement, what="What the school wrote.")

    told = await part(people["manager"], placement)

    assert told.status_code == 200, told.text
    assert {one["number"] for one in told.json()["items"]} == OWN
    assert set(told.json()["missing"]) == OWN
    assert "the school wrote" not in told.text
    assert "status" not in told.json()


async def test_what_it_says_stands_beside_and_not_instead(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    before = await read(people["school"], placement)

    first = await say(people["manager"], placement, what="We promise to tell.")
    stale = await say(people["manager"], placement)
    second = await say(people["manager"], placement, version=2, next_due=in_days(10))
    told = await read(people["school"], placement)

    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert problem(stale)[0] == 412
    by = {one["number"]: one for one in second.json()["items"]}
    assert (by["SG3"]["version"], by["SG3"]["standing"]) == (3, "due-soon")
    assert told["by"]["SG3"]["provider"]["what"] == DONE["what"]
    assert told["by"]["SG3"]["standing"] == "missing"
    assert (told["status"], told["missing"]) == (before["status"], before["missing"])
    sealed = await owner.fetch("SELECT encrypted FROM provider_safeguarding_items")
    assert len(sealed) == 2
    assert not any(b"promise" in row["encrypted"] for row in sealed)


@pytest.mark.parametrize("number", ["SG4", "SG20", "SG22"])
async def test_others_duties_are_not_the_providers_to_say(
    people: People, setting: Setting, number: str
) -> None:
    placement = await placed(people, setting)

    answer = await say(people["manager"], placement, number)

    assert problem(answer) == (403, "safeguarding-item-not-yours")


async def test_a_day_to_come_is_refused_where_it_stands(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)

    answer = await say(people["manager"], placement, done_on=in_days(1))

    assert (problem(answer)[0], pointers(answer)) == (422, ["/done_on"])


async def test_nobody_else_speaks_for_the_provider(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)

    seen = await part(people["school"], placement)
    said = await say(people["school"], placement)

    assert problem(seen) == (404, "placement-not-found")
    assert problem(said) == (403, "not-permitted")
