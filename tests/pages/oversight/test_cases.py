"""The pages on settings that may have to register as a school."""

import asyncpg

from tests.pages.own_pages import open_page, send, shown
from tests.pages.reading import tidy
from tests.placements.asking import CASES as API
from tests.placements.asking import declare, place
from tests.placements.conftest import SCHOOLS, People, Setting

LIST = "/oversight/cases"


async def opened(people: People, setting: Setting, owner: asyncpg.Connection) -> str:
    """Let a place be refused at the limit; return where the case is."""
    await declare(owner, setting)
    for number in range(5):
        await place(people[SCHOOLS[number % 4]], setting)
    listed = await people["department"].get(API)
    return f"{LIST}/{listed.json()['items'][0]['id']}"


async def test_the_department_says_what_was_found_and_the_host_looks(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await opened(people, setting, owner)

    listed = await open_page(people["host"], f"{LIST}?still=open")
    by_host = await people["host"].get(f"{case}/close")
    empty = shown(await send(people["department"], f"{case}/close", closure="registered"), 422)
    said = {"closure": "hours-reduced", "reason": "One group comes for fewer hours."}
    closed = await send(people["department"], f"{case}/close", **said)
    page = await open_page(people["department"], closed.headers["location"])

    assert "Example Forge" in listed.one("main").text
    assert by_host.status_code == 403
    assert "Say how that is known" in empty.text
    text = tidy(page.one("main").text)
    assert "The case is closed" in text
    assert "5 of compulsory school age are full-time" in text
    assert "This rests on statute" in text
    assert "This rests on statutory guidance" in text
    assert not any(f"Example {name}" in text for name in ("School", "Academy", "Third"))
    assert "There is none" in (await open_page(people["host"], f"{LIST}?still=open")).text


async def test_others_see_no_case(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    case = await opened(people, setting, owner)

    assert (await people["elsewhere"].get(case)).status_code == 404
    assert (await people["manager"].get(LIST)).status_code == 403
    assert (await people["manager"].get(case)).status_code == 403
