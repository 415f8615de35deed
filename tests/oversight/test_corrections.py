"""Putting right how a placement ended, and what that does to a follow-up."""

from typing import Any

import asyncpg
import pytest

from tests.oversight.asking import correct, end, lose, read, unaccounted
from tests.oversight.conftest import People, Setting
from tests.placements.asking import in_days, place
from tests.providers.router.asking import problem


async def test_a_destination_learned_later_ends_it_and_a_wrong_one_opens_it_again(
    people: People, setting: Setting
) -> None:
    lost = await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    learned = await correct(people["school"], lost, 2)
    after = (await read(people["home"], seen)).json()
    wrong = await correct(people["school"], lost, 3, destination="unknown")
    [again] = await unaccounted(people["home"])

    assert learned.json()["destination"] == "home-school"
    assert (after["outcome"], after["known_by"]) == ("returned-to-school", "seen-on-a-roll")
    assert wrong.status_code == 200
    assert (again["id"], again["outcome"]) == (seen["id"], None)


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"reason": "recorded-by-mistake"}, "recorded-by-mistake"),
        ({"destination": "moved-abroad"}, "left-the-country"),
        ({"destination": "custody"}, "found"),
    ],
)
async def test_a_correction_says_which_outcome(
    people: People, setting: Setting, members: dict[str, Any], outcome: str
) -> None:
    lost = await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    await correct(people["school"], lost, 2, **members)

    assert (await read(people["home"], seen)).json()["outcome"] == outcome


async def test_a_correction_that_cannot_be_is_refused(people: People, setting: Setting) -> None:
    lost = await lose(people["school"], setting)
    running = (await place(people["school"], setting, starts_on=in_days(-3))).json()

    refused = [
        await correct(people["school"], lost, 2, ended_on=in_days(-40)),
        await correct(people["school"], lost, 2, ended_on=in_days(3)),
        await correct(people["school"], lost, 1),
        await correct(people["home"], lost, 2),
        await correct(people["school"], running, 1),
    ]

    assert [problem(one) for one in refused] == [
        (422, "invalid-request"),
        (422, "invalid-request"),
        (412, "changed-meanwhile"),
        (403, "placement-not-yours"),
        (409, "placement-runs"),
    ]


async def test_a_later_end_is_committed_to_its_day(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    lost = await lose(people["school"], setting, ended_on=in_days(-5))

    await correct(people["school"], lost, 2, ended_on=in_days(-2))

    last = await owner.fetchval("SELECT max(upper(period)) - 1 FROM commitments")
    assert last.isoformat() == in_days(-2)


async def test_a_placement_that_ended_known_is_corrected_to_unknown(
    people: People, setting: Setting
) -> None:
    made = (await place(people["school"], setting, starts_on=in_days(-9))).json()
    await end(people["school"], made, destination="custody")

    await correct(people["school"], made, 2, destination="unknown")

    assert len(await unaccounted(people["home"])) == 1
