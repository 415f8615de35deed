"""The children placed with a provider, closed days, what it says of them, and what it invoices."""

from datetime import timedelta
from typing import Any

from app import clock
from app.values.uuid7 import uuid7
from tests.attendance.asking import attendance, expected
from tests.children.asking import COMMISSIONING
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.owners.placed import typed
from tests.pages.reading import tidy
from tests.placements.asking import PLACEMENTS
from tests.placements.conftest import People, Setting, people, setting

__all__ = ("people", "setting")


def record(setting: Setting) -> str:
    """Return where the provider's record is."""
    return f"/records/{setting.record.number}"


async def test_a_provider_sees_its_placements_and_whom_to_call(
    people: People, setting: Setting
) -> None:
    placed = await expected(people, setting)
    one = f"{record(setting)}/placements/{placed['id']}"

    listed = await open_page(people["manager"], f"{record(setting)}/placements")
    page = await open_page(people["manager"], one)

    assert "Monday, 9am to 1pm, site 1" in listed.one("main").text
    text = tidy(page.one("main").text)
    assert "Whom to call about the child Example School" in text
    assert "Example Placer" in text
    assert "is written down" in text
    assert (await people["school"].get(one)).status_code == 404
    assert (
        await people["manager"].get(f"{record(setting)}/placements/{uuid7()}")
    ).status_code == 404


async def test_it_says_how_a_child_does_for_the_next_review(
    people: People, setting: Setting
) -> None:
    placed = await expected(people, setting)
    form = f"{record(setting)}/placements/{placed['id']}/review"

    empty = shown(await send(people["manager"], form), 422)
    sent = await send(people["manager"], form, what="Comes gladly, and welds.")
    led = await open_page(people["manager"], sent.headers["location"])
    reviews = await people["school"].get(
        f"{PLACEMENTS}/{placed['id']}/reviews", params=COMMISSIONING
    )

    assert problems_told(empty) == ["Say how the child does"]
    assert "It was kept for whoever reviews the placement" in led.text
    assert reviews.json()["contributions"][0]["what"] == "Comes gladly, and welds."
    assert (await people["school"].get(form)).status_code == 403


async def test_days_are_closed_and_opened_again(people: People, setting: Setting) -> None:
    placed = await expected(people, setting)
    monday = next_monday()
    days = on("since", typed(monday)) | on("until", typed(monday))
    here = f"{record(setting)}/closures"

    wrong = days | on("until", typed(monday - timedelta(days=1)))
    refused = shown(
        await send(people["manager"], f"{here}/add", site="1", reason="training-day", **wrong), 422
    )
    closed = await send(people["manager"], f"{here}/add", site="1", reason="training-day", **days)
    page = await open_page(people["manager"], closed.headers["location"])
    during = (await attendance(people["school"], placed, since=monday))["sessions"][0]
    opened = await send(people["manager"], page.link(f"Take it back ({day_of(page)})"))
    after = (await attendance(people["school"], placed, since=monday))["sessions"][0]

    assert "ends before it starts" in refused.text
    assert during["why_not_expected"] == "training-day"
    assert opened.headers["location"] == f"{here}?done=days-opened"
    assert after["expected"] is True
    again = await send(people["manager"], page.link(f"Take it back ({day_of(page)})"))
    assert again.status_code == 409


async def test_one_child_is_not_expected_on_some_days(people: People, setting: Setting) -> None:
    placed, other = await expected(people, setting), await expected(people, setting)
    monday = next_monday()
    days = on("since", typed(monday)) | on("until", typed(monday))
    form = f"{record(setting)}/closures/add?placement={placed['id']}"

    closed = await send(people["manager"], form, reason="other-arrangement", **days)

    assert closed.status_code == 303
    own, others = [
        (await attendance(people["school"], one, since=monday))["sessions"][0]["expected"]
        for one in (placed, other)
    ]
    assert (own, others) == (False, True)
    assert (await people["school"].get(f"{record(setting)}/closures")).status_code == 404


async def test_children_whom_nobody_places_are_declared(people: People, setting: Setting) -> None:
    here = f"{record(setting)}/declaration"
    said: dict[str, Any] = {"over_18_hours-children": "1", "over_18_hours-with_needs": "2"}

    before = await open_page(people["manager"], here)
    refused = shown(await send(people["manager"], f"{here}/renew", **said), 422)
    mended = said | {"over_18_hours-with_needs": "1"} | on("declared_on", typed(clock.today()))
    sent = await send(people["manager"], f"{here}/renew", **mended)
    page = await open_page(people["manager"], sent.headers["location"])

    assert "Nothing declared" in before.text
    assert "Enter the day" in refused.text
    text = tidy(page.one("main").text)
    assert "The declaration was kept" in text
    assert "Children: 1 Of them, with an EHC plan or looked after: 0" in text
    assert (await people["school"].get(here)).status_code == 404
    assert (await people["school"].get(f"{here}/renew")).status_code == 403


async def test_more_with_needs_than_there_are_is_told_at_its_box(
    people: People, setting: Setting
) -> None:
    here = f"{record(setting)}/declaration/renew"
    said: dict[str, Any] = {"under_15_hours-with_needs": "2"} | on(
        "declared_on", typed(clock.today())
    )

    refused = await people["manager"].post(
        here, data={"form_key": "0b5c1b0e-3a46-4a4d-9a7e-3c8a5f7c2a01"} | said
    )

    assert problems_told(shown(refused, 422)) == [
        "That is more than there are children. Count again"
    ]


def next_monday() -> Any:
    """Return the next Monday."""
    today = clock.today()
    return today + timedelta(days=7 - today.weekday())


def day_of(page: Any) -> str:
    """Return what the first line of what was said is called."""
    return tidy(next(each.text for each in page.with_class("govuk-summary-list__key")))
