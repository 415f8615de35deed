"""Who came to a placement: sessions, codes, whom to call, closures, alerts."""

from typing import Any

from app import clock
from app.access import WORKER
from app.attendance.service.watching import watch
from app.db.transactions import Database, transaction
from tests.attendance.asking import MONDAY, attendance, expected, london, report
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.owners.placed import fields_of
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting, people, setting

__all__ = ("people", "setting")
ALERTS, CLOSURES = "/commissioning/alerts", "/commissioning/closures"


def week(placement: dict[str, Any]) -> str:
    """Return where that Monday's week of a placement is."""
    return f"/commissioning/placements/{placement['id']}/attendance?since={MONDAY}"


def day(placement: dict[str, Any], part: str) -> str:
    """Return where a form of that Monday is."""
    return f"/commissioning/placements/{placement['id']}/attendance/{MONDAY}/{part}"


async def test_a_commissioner_sees_facts_and_proposed_codes_with_why(
    people: People, setting: Setting
) -> None:
    placed = await expected(people, setting)
    await report(people["manager"], placed, kind="late", arrived_at="09:40")

    page = await open_page(people["school"], week(placed))
    before = await open_page(people["school"], week(placed).replace(str(MONDAY), "2026-11-16"))

    text = tidy(page.one("main").text)
    assert "Late, came at 9:40am. Example Manager, of the provider" in text
    assert "Proposed: B" in text
    assert "This rests on" in text
    assert "30 minutes after the expected time" in text
    assert "is written down, with your name" in text
    assert "No report received" in before.text
    assert (await people["other"].get(week(placed))).status_code == 404
    assert (await people["manager"].get(week(placed))).status_code == 404


async def test_the_school_enters_a_week_of_codes_on_one_form(
    people: People, setting: Setting
) -> None:
    placed = await expected(people, setting)
    await report(people["manager"], placed, kind="absent", absence="ill")
    name = f"c{MONDAY:%m%d}-morning"

    form = await open_page(people["school"], day(placed, "codes"))
    forbidden = shown(await send(people["school"], day(placed, "codes"), **{name: "B"}), 422)
    entered = await send(people["school"], day(placed, "codes"), **{name: "M"})
    page = await open_page(people["school"], entered.headers["location"])

    (chosen,) = [each["value"] for each in form.all("option") if "selected" in each.attributes]
    assert chosen == "I"
    assert "If the report is wrong, have it corrected first" in problems_told(forbidden)[0]
    assert (
        f'href="#{name}"'
        in (await send(people["school"], day(placed, "codes"), **{name: "B"})).text
    )
    assert "Entered: M" in page.one("main").text
    assert "Does not fit" in page.one("main").text
    assert (await people["manager"].get(day(placed, "codes"))).status_code == 403
    assert (await people["other"].get(day(placed, "codes"))).status_code == 404


async def test_what_a_call_told_is_noted_with_both_times(people: People, setting: Setting) -> None:
    placed = await expected(people, setting)
    form = await open_page(people["school"], day(placed, "call"))
    said = {f"{fields_of(form, placed)}-kind": "arrived", "told_by": "Harry, manager"}
    said |= {"told_time": "9:35am"} | on("told_on", "23 11 2026")

    sent = await send(people["school"], day(placed, "call"), **said)
    page = await open_page(people["school"], sent.headers["location"])

    assert "What you were told was noted" in page.text
    (fact,) = (await attendance(people["school"], placed))["sessions"][0]["facts"]
    assert (fact["source"], fact["told_by"]) == ("commissioner", "Harry, manager")
    assert "By phone from Harry, manager" in page.text
    assert (await people["home"].get(day(placed, "call"))).status_code == 403


async def test_whom_to_call_and_how_soon_is_agreed(people: People, setting: Setting) -> None:
    placed = await expected(people, setting)
    form = f"/commissioning/placements/{placed['id']}/attendance/contact"
    person = str(setting.members["school"].person_id)

    refused = shown(await send(people["school"], form, person=person, minutes="5000"), 422)
    agreed = await send(people["school"], form, person=person, minutes="10")
    page = await open_page(people["school"], agreed.headers["location"])

    assert (
        'href="#minutes"'
        in (await send(people["school"], form, person=person, minutes="5000")).text
    )
    assert problems_told(refused)
    assert "10 minutes after the expected time" in page.text
    assert "Example Placer" in page.one("main").text
    assert (await people["home"].get(form)).status_code == 403
    assert (await people["other"].get(form)).status_code == 404


async def test_an_alert_is_taken_once_and_says_what_came_of_it(
    people: People, setting: Setting, database: Database
) -> None:
    await expected(people, setting)
    with clock.at(london(MONDAY, 9, 31)):
        async with transaction(database, WORKER) as session:
            await watch(session, {})

    listed = await open_page(people["school"], ALERTS)
    (one,) = {each["href"] for each in listed.all("a") if f"{ALERTS}/" in each["href"]}
    seen = await open_page(people["home"], one)
    by_home = await people["home"].get(f"{one}/take")
    empty = shown(await send(people["school"], f"{one}/take"), 422)
    taken = await send(people["school"], f"{one}/take", answer="safe")
    page = await open_page(people["school"], taken.headers["location"])
    again = await people["school"].get(f"{one}/take")

    assert "No report received" in listed.one("main").text
    assert "Synthetic" not in listed.text
    assert "Take it, and say" not in seen.one("main").text
    assert by_home.status_code == 403
    assert problems_told(empty) == ["Choose what came of it"]
    assert "The child is safe" in page.one("main").text
    assert again.status_code == 409
    assert "There is none" in (await open_page(people["school"], ALERTS)).text
    assert "The child is safe" in (await open_page(people["school"], f"{ALERTS}?still=taken")).text
    assert (await people["other"].get(one)).status_code == 404
    assert (await people["manager"].get(one)).status_code == 404


async def test_a_commissioner_closes_days_of_all_or_of_one(
    people: People, setting: Setting
) -> None:
    placed, other = await expected(people, setting), await expected(people, setting, "other")
    days = on("since", "7 12 2026") | on("until", "7 12 2026")

    closed = await send(people["school"], f"{CLOSURES}/add", reason="holiday", **days)
    page = await open_page(people["school"], closed.headers["location"])
    (back,) = {each["href"] for each in page.all("a") if each["href"].endswith("/withdraw")}
    during = await attendance(people["school"], placed, since=MONDAY.replace(month=12, day=7))
    theirs = await attendance(people["other"], other, since=MONDAY.replace(month=12, day=7))
    opened = await send(people["school"], back)

    assert during["sessions"][0]["why_not_expected"] == "holiday"
    assert theirs["sessions"][0]["expected"] is True
    assert opened.headers["location"] == f"{CLOSURES}?done=opened"
    assert (await people["other"].get(back)).status_code == 404
    assert (await people["manager"].get(f"{CLOSURES}/add")).status_code == 403
    assert (
        await people["other"].get(f"{CLOSURES}/add", params={"placement": placed["id"]})
    ).status_code == 404
