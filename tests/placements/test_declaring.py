"""What a provider declares of the children whom nobody places with it."""

from typing import Any

import pytest

from app import clock
from tests.placements.asking import in_days, mornings, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import pointers, problem


def address(setting: Setting) -> str:
    """Return where the provider declares."""
    return f"/v1/provider-records/{setting.record.number}/attendance-declaration"


def declared(**bands: Any) -> dict[str, Any]:
    """Return a declaration of today, as it is sent."""
    return {"declared_on": clock.today().isoformat()} | bands


async def test_it_is_told_to_whoever_sees_the_record_and_counts(
    people: People, setting: Setting
) -> None:
    none = await people["manager"].get(address(setting))
    before = await place(people["school"], setting, sessions=mornings("monday"))
    said = declared(over_18_hours={"children": 2, "with_needs": 1})

    answer = await people["manager"].put(address(setting), json=said)
    seen = await people["host"].get(address(setting))
    after = await place(people["school"], setting, sessions=mornings("monday"))

    assert problem(none) == (404, "nothing-declared")
    assert answer.status_code == 200, answer.text
    assert seen.json() == answer.json()
    assert answer.json()["stale_from"] == in_days(93)
    assert answer.json()["bands"]["over-18-hours"] == {
        "children": 2,
        "with_plan_or_care": 0,
        "with_needs": 1,
    }
    lights = [one.json()["timetables"][0]["registration_test"] for one in (before, after)]
    assert lights == ["incomplete", "green"]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"declared_on": in_days(1)}, "/declared_on"),
        ({"declared_on": in_days(-1)}, "/declared_on"),
        ({"over_18_hours": {"children": 1, "with_plan_or_care": 2}}, "/over_18_hours"),
        ({"under_15_hours": {"children": -1}}, "/under_15_hours/children"),
        ({"under_15_hours": {"children": 1.0}}, "/under_15_hours/children"),
    ],
)
async def test_what_cannot_be_is_refused(
    people: People, setting: Setting, said: dict[str, Any], where: str
) -> None:
    await people["manager"].put(address(setting), json=declared())

    answer = await people["manager"].put(address(setting), json=declared(**said))

    assert (problem(answer), pointers(answer)) == ((422, "invalid-request"), [where])


async def test_only_the_owner_declares(people: People, setting: Setting) -> None:
    by_host = await people["host"].put(address(setting), json=declared())

    assert problem(by_host) == (403, "not-permitted")
