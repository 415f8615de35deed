"""The pages on children of whom nobody knows where they are."""

from app import clock
from tests.oversight.asking import MARKER, lose, unaccounted
from tests.pages.own_pages import on, open_page, problems_told, send, shown, unseen
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting

LIST = "/oversight/follow-ups"


def today() -> dict[str, str]:
    """Return today as the boxes of a form send it."""
    day = clock.today()
    return on("taken_on", f"{day.day} {day.month} {day.year}")


async def lost(people: People, setting: Setting) -> str:
    """Let a child be looked for; return where the search is."""
    await lose(people["school"], setting)
    [found] = await unaccounted(people["home"])
    return f"{LIST}/{found['id']}"


async def test_whoever_looks_writes_down_what_was_tried_and_nobody_else_reads_it(
    people: People, setting: Setting
) -> None:
    one = await lost(people, setting)

    sent = await send(people["home"], f"{one}/step", kind="visited-home", what=MARKER, **today())
    page = await open_page(people["home"], sent.headers["location"])
    department = await open_page(people["department"], one)
    listed = await open_page(people["home"], LIST)

    text = tidy(page.one("main").text)
    assert "What was tried is written down" in text
    assert MARKER in text
    assert "Visited the home" in text
    assert "This rests on statute" in text
    assert "is written down, with your name" in text
    assert MARKER not in department.text
    assert "Visited the home" in department.text
    assert "Overdue" not in listed.one("main").text
    assert "Synthetic" not in listed.text
    assert (await people["elsewhere"].get(one)).status_code == 404


async def test_a_step_that_cannot_be_taken_loses_nothing(people: People, setting: Setting) -> None:
    one = await lost(people, setting)

    empty = await send(people["home"], f"{one}/step", what=MARKER)
    page = shown(empty, 422)
    by_department = await people["department"].get(f"{one}/step")

    assert problems_told(page) == ["Choose what was tried", "Enter the day"]
    assert MARKER in page.text
    assert by_department.status_code == 403


async def test_a_search_is_handed_over_once_the_other_accepts(
    people: People, setting: Setting
) -> None:
    one = await lost(people, setting)

    offered = await send(people["home"], f"{one}/handover", to_la="937", reason="moved-there")
    asked = await open_page(people["elsewhere"], one)
    early = await people["home"].get(f"{one}/handover/answer")
    accepted = await send(people["elsewhere"], f"{one}/handover/answer", answer="accepted")
    page = await open_page(people["elsewhere"], accepted.headers["location"])

    assert offered.headers["location"] == f"{one}?done=offered"
    assert "Answer whether you take it over" in asked.text
    assert early.status_code == 404
    assert "The search is your authority's from now on" in page.text
    assert "Warwickshire looks" in tidy(
        (await open_page(people["elsewhere"], LIST)).one("main").text
    )
    assert (await people["home"].get(f"{one}/outcome")).status_code == 404


async def test_who_declines_is_led_back_to_the_list(people: People, setting: Setting) -> None:
    one = await lost(people, setting)
    await send(people["home"], f"{one}/handover", to_la="937", reason="seen-there")

    declined = await send(people["elsewhere"], f"{one}/handover/answer", answer="declined")
    led = await open_page(people["elsewhere"], declined.headers["location"])

    assert declined.headers["location"] == f"{LIST}?done=declined"
    assert "You declined" in led.text
    assert (await people["elsewhere"].get(one)).status_code == 404


async def test_a_search_ends_with_an_outcome_and_in_no_other_way(
    people: People, setting: Setting
) -> None:
    one = await lost(people, setting)
    said = {"outcome": "found", "known_by": "seen-on-a-roll", "what": MARKER}

    nowhere = shown(await send(people["home"], f"{one}/outcome", **said), 422)
    found = said | {"destination": "other-mainstream"}
    ended = await send(people["home"], f"{one}/outcome", **found)
    page = await open_page(people["home"], ended.headers["location"])
    over = await open_page(people["home"], f"{LIST}?still=ended")

    assert problems_told(nowhere) == ["Choose where the child was found"]
    assert MARKER in nowhere.text
    assert "Another mainstream school" in page.text
    assert "FU-" in over.one("main").text
    assert "There is none" in (await open_page(people["home"], LIST)).text


async def test_a_second_click_writes_nothing_down_twice(people: People, setting: Setting) -> None:
    one = await lost(people, setting)
    page = await open_page(people["home"], f"{one}/step")
    fields = unseen(page) | {"kind": "telephoned", "what": MARKER} | today()
    first = await people["home"].post(f"{one}/step", data=fields)
    second = await people["home"].post(f"{one}/step", data=fields)

    assert first.headers["location"] == second.headers["location"]
    assert (await open_page(people["home"], one)).text.count(MARKER) == 1


async def test_a_provider_sees_no_search(people: People, setting: Setting) -> None:
    one = await lost(people, setting)

    assert (await people["manager"].get(LIST)).status_code == 403
    assert (await people["manager"].get(one)).status_code == 403
