"""The pages on which the department finds that a child is not full-time."""

import asyncpg

from app import clock
from tests.pages.oversight.test_cases import opened
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.owners.placed import typed
from tests.pages.reading import tidy
from tests.placements.asking import place
from tests.placements.conftest import People, Setting


async def test_the_department_finds_a_child_not_full_time_and_nobody_else_learns_of_it(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await opened(people, setting, owner)
    listed = await open_page(people["department"], f"{case}/children")
    form = next(each["href"] for each in listed.all("a") if each["href"].endswith("/find"))

    empty = shown(await send(people["department"], form, finding="not-full-time"), 422)
    said = {"finding": "not-full-time", "reasons": "Half is travel."}
    said |= on("since", typed(clock.today()))
    found = await send(people["department"], form, **said)
    page = await open_page(people["department"], found.headers["location"])

    text = tidy(listed.one("main").text)
    assert "Child 1 20 hours a week here" in text
    assert "Placed by Example" in text
    assert "policy" in text
    assert "is written down" in text
    assert "Synthetic" not in text
    assert problems_told(empty) == ["Enter the day", "Say how that is known"]
    after = tidy(page.one("main").text)
    assert "Not full-time there, up to 20 hours a week" in after
    assert "Half is travel." in after
    assert (await place(people["third"], setting)).status_code == 201
    for who, status in (("host", 403), ("school", 404), ("manager", 403)):
        assert (await people[who].get(f"{case}/children")).status_code == status
        assert (await people[who].get(form)).status_code == 403
    assert "Half is travel" not in (await open_page(people["host"], case)).text
