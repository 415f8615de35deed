"""Whom a provider expects, and reporting a whole day on one form."""

from tests.attendance.asking import MONDAY, attendance, expected
from tests.pages.own_pages import on, open_page, problems_told, send, shown, unseen
from tests.pages.owners.placed import fields_of, typed
from tests.pages.owners.record_forms import filled
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting, people, setting

__all__ = ("people", "setting")


def address(setting: Setting) -> str:
    """Return where the provider's attendance is."""
    return f"/records/{setting.record.number}/attendance"


async def test_a_provider_sees_whom_it_expects_by_name_and_time_and_no_more(
    people: People, setting: Setting
) -> None:
    await expected(people, setting)

    page = await open_page(people["manager"], f"{address(setting)}?on={MONDAY}")
    another = await open_page(people["manager"], f"{address(setting)}?on=2026-11-24")
    record = await open_page(people["manager"], f"/records/{setting.record.number}")

    text = tidy(page.one("main").text)
    assert "Example Alex Synthetic" in text
    assert "9am to 1pm, site 1" in text
    assert "No report received" in text
    assert "Placed by Example School" in text
    assert "331400" not in text
    assert "Nobody is expected on this day" in another.text
    assert "2026-11-24" in {each["value"] for each in page.all("option")}
    assert record.link("Who is expected, and who came") == address(setting)


async def test_a_whole_day_is_reported_on_one_form(people: People, setting: Setting) -> None:
    came, late, away, left, none = [await expected(people, setting) for _ in range(5)]
    form = f"{address(setting)}/{MONDAY}/report"
    page = await open_page(people["manager"], form)
    said = {
        f"{fields_of(page, came)}-kind": "arrived",
        f"{fields_of(page, late)}-kind": "late",
        f"{fields_of(page, late)}-arrived_at": "9.40am",
        f"{fields_of(page, away)}-kind": "absent",
        f"{fields_of(page, away)}-absence": "ill",
        f"{fields_of(page, left)}-kind": "left-early",
        f"{fields_of(page, left)}-left_at": "midday",
        "told_by": "Example Tutor, instructor",
        "told_time": "9:50am",
    } | on("told_on", typed(MONDAY))

    first = await people["manager"].post(form, data=unseen(page) | said)
    second = await people["manager"].post(form, data=unseen(page) | said)
    shown_after = await open_page(people["manager"], first.headers["location"])

    assert first.headers["location"] == second.headers["location"]
    assert "What you saw was reported" in shown_after.text
    facts = {
        name: (await attendance(people["school"], one))["sessions"][0]["facts"]
        for name, one in (("late", late), ("away", away), ("left", left), ("none", none))
    }
    assert [len(one) for one in facts.values()] == [1, 1, 1, 0]
    assert facts["late"][0]["arrived_at"] == "09:40:00"
    assert facts["late"][0]["told_by"] == "Example Tutor, instructor"
    assert facts["late"][0]["told_at"] == "2026-11-23T09:50:00Z"
    assert facts["away"][0]["absence"] == "ill"
    assert facts["left"][0]["left_at"] == "12:00:00"
    assert tidy(shown_after.one("main").text).count("No report received") == 1


async def test_what_is_wrong_in_a_row_is_told_at_it_and_nothing_is_lost_or_kept(
    people: People, setting: Setting
) -> None:
    came, late, away = [await expected(people, setting) for _ in range(3)]
    form = f"{address(setting)}/{MONDAY}/report"
    page = await open_page(people["manager"], form)
    first, second, third = (fields_of(page, one) for one in (came, late, away))
    said = {
        f"{first}-kind": "arrived",
        f"{second}-kind": "late",
        f"{second}-arrived_at": "3pm",
        f"{third}-absence": "ill",
        "told_by": "Example Tutor",
    }

    unread = shown(await people["manager"].post(form, data=filled(page) | said), 422)
    kept = filled(unread)
    mended = kept | {f"{third}-kind": "absent", "told_by": ""}
    outside = shown(await people["manager"].post(form, data=mended), 422)

    assert set(problems_told(unread)) == {
        "Choose what was seen as well",
        "Enter the day of the call",
        "Enter the time of the call, like 9:30am",
    }
    assert kept[f"{first}-kind"] == "arrived"
    assert kept[f"{second}-arrived_at"] == "3pm"
    assert problems_told(outside) == ["They arrived outside the session. Check the time."]
    assert (
        f'href="#{second}-arrived_at"'
        in (await people["manager"].post(form, data=filled(outside) | {"told_by": ""})).text
    )
    told = await attendance(people["school"], came)
    assert told["sessions"][0]["facts"] == []


async def test_an_empty_form_reports_nothing(people: People, setting: Setting) -> None:
    await expected(people, setting)

    refused = await send(people["manager"], f"{address(setting)}/{MONDAY}/report")

    assert "Say of at least one session what was seen" in shown(refused, 422).text


async def test_nobody_else_sees_or_reports_it(people: People, setting: Setting) -> None:
    await expected(people, setting)
    form = f"{address(setting)}/{MONDAY}/report"

    for who in ("school", "home"):
        assert (await people[who].get(address(setting))).status_code == 404
        assert (await people[who].get(form)).status_code == 404
    assert (await people["department"].get(address(setting))).status_code == 403
    assert (await people["manager"].get(f"{address(setting)}/2026-02-30/report")).status_code == 404
