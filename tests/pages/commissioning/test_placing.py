"""Recording a placement on the pages: as it was assessed, as it runs, and as it must be."""

import asyncpg
import pytest

from app.values.provider_number import provider_number
from tests.assessments import asking as assessing
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.pages.commissioning.weeks import PLACEMENTS, a_place, day, mornings
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import tidy
from tests.placements.asking import CASES, place
from tests.placements.conftest import People, Setting

ADD = f"{PLACEMENTS}/add"


async def begun(people: People, setting: Setting, who: str = "school") -> str:
    """Say which child and which provider is meant; return where the rest is asked."""
    child = await add(people[who])
    provider = setting.record.number.lower()
    sent = await fill_in(people[who], ADD, child_reference=child["reference"], provider=provider)
    assert sent.status_code == 303, sent.text
    assert child["reference"] not in sent.headers["location"]
    return str(sent.headers["location"])


async def test_what_runs_already_is_recorded_as_it_is_and_shown_with_what_is_to_do(
    people: People, setting: Setting
) -> None:
    form = await begun(people, setting)
    page = await done(people["school"], form, **a_place())

    text = tidy(page.one("main").text)
    assert "20 hours a week, breaks included" in text
    assert "Monday, Tuesday, Wednesday, Thursday and Friday: 9am to 1pm" in text
    assert "Not enough is known" in text
    assert "To be assessed by" in text
    assert "5 hours a week" in text
    assert "written down" in text
    assert setting.record.number in text
    listed = await open_page(people["school"], f"{PLACEMENTS}?state=live")
    assert setting.record.number in listed.text
    assert "There is none." in (await open_page(people["school"], f"{PLACEMENTS}?state=ended")).text
    assert "There is none." in (await open_page(people["other"], PLACEMENTS)).text


async def test_what_was_assessed_is_filled_in(members: Browsers, world: World) -> None:
    held = await assessing.approved(members, world)
    form = await open_page(members["school"], f"{ADD}?assessment={held['id']}")
    page = await done(members["school"], f"{ADD}?assessment={held['id']}")
    again = await fill_in(members["school"], f"{ADD}?assessment={held['id']}")

    assert form.by_id("monday-1-from")["value"] == "9am"
    assert "An approved assessment" in page.text
    assert "Not begun" in page.text
    assert "Another placement rests on this assessment" in problems_told(shown(again, 409))[0]


async def test_whoever_has_yet_to_begin_is_assessed_or_cannot_wait(
    people: People, setting: Setting
) -> None:
    form, ahead = await begun(people, setting), day("starts_on", 7)
    refused = await fill_in(people["school"], form, **a_place(**ahead))
    page = await done(
        people["school"], form, **a_place(urgent_reasons="Nothing else is there.", **ahead)
    )

    told = shown(refused, 409)
    assert "have it assessed first, or say here why it cannot wait" in problems_told(told)[0]
    assert told.by_id("wednesday-1-until")["value"] == "1pm"
    assert "Nothing else is there." in page.text


async def test_each_fault_of_a_week_is_told_at_its_cell(people: People, setting: Setting) -> None:
    form = await begun(people, setting)
    cells = {
        "monday-1-from": "9am",
        "tuesday-1-from": "nine",
        "tuesday-1-until": "12pm",
    }
    unread = await fill_in(people["school"], form, **a_place(**cells))
    backwards = {"monday-1-until": "8am", "friday-2-from": "12:30", "friday-2-until": "2pm"}
    wrong = await fill_in(people["school"], form, **a_place(**backwards))
    half = await fill_in(people["school"], form, **a_place(**{"monday-1-until": ""}))
    empty = await fill_in(people["school"], form, **a_place(**dict.fromkeys(mornings(), "")))

    told = shown(unread, 422)
    assert "Write times like 9:30am" in problems_told(told)[0]
    assert "9:30am" in told.by_id("tuesday-1-from-error").text
    assert problems_told(shown(wrong, 422)) == [
        "Monday: it ends before it begins. Write am or pm with each time",
        "Friday: this begins before the former ends",
    ]
    assert problems_told(shown(half, 422)) == ["Monday: enter until when it lasts"]
    assert "enter at least one time" in problems_told(shown(empty, 422))[0]


async def test_which_child_and_provider_is_meant_must_be_known(people: People) -> None:
    wrong = await fill_in(
        people["school"], ADD, child_reference="NOBODY", provider=provider_number(999_999)
    )
    no_number = await fill_in(people["school"], ADD, child_reference="NOBODY", provider="garage")

    assert problems_told(shown(wrong, 422))[0].startswith("You hold no child under this reference")
    assert len(problems_told(shown(no_number, 422))) == 1
    assert (await people["school"].get(f"{ADD}?child=nobody")).status_code == 404


async def test_a_place_beyond_the_limit_is_refused_opens_a_case_and_names_nobody(
    people: People, setting: Setting
) -> None:
    for who in ("other", "third", "fourth", "home"):
        made = await place(people[who], setting, starts_on="2026-11-02", minutes_elsewhere=0)
        assert made.status_code == 201, made.text
    form = await begun(people, setting)
    typed = a_place(urgent_reasons="Nothing else is there.", **day("starts_on", 7))
    refused = await fill_in(people["school"], form, **typed)

    words = problems_told(shown(refused, 409))[0]
    assert "would reach the limit at which it must register as a school" in words
    assert "Example" not in words
    cases = (await people["department"].get(CASES)).json()["items"]
    assert [one["refused"] for one in cases] == [True]


async def test_a_provider_that_is_not_listed_is_warned_of_and_a_suspended_one_refused(
    people: People, owner: asyncpg.Connection, setting: Setting
) -> None:
    await owner.execute("UPDATE providers SET status = 'known'")
    form = await begun(people, setting)
    asked = await open_page(people["school"], form)
    page = await done(people["school"], form, **a_place())
    await owner.execute("UPDATE providers SET status = 'suspended'")
    typed = a_place(urgent_reasons="Nothing else is there.", **day("starts_on", 7))
    refused = await fill_in(people["school"], await begun(people, setting), **typed)

    assert "nobody has checked the setting for the register" in tidy(asked.text)
    assert "nobody has checked the setting for the register" in tidy(page.text)
    assert "policy of the register, not law" in page.text
    assert "while the provider is suspended" in problems_told(shown(refused, 409))[0]


@pytest.mark.parametrize("path", [PLACEMENTS, ADD, f"{PLACEMENTS}/{'0' * 8}"])
async def test_whoever_places_nobody_sees_none_of_it(people: People, path: str) -> None:
    assert (await people["manager"].get(path)).status_code in {403, 404}


async def test_who_may_only_read_is_led_to_no_act(people: People, setting: Setting) -> None:
    made = (await place(people["school"], setting)).json()
    address = f"{PLACEMENTS}/{made['id']}"
    listed = await open_page(people["approver"], PLACEMENTS)
    page = await open_page(people["approver"], address)
    refused = await people["approver"].get(f"{address}/end")
    elsewhere = await people["other"].get(address)
    authority = await open_page(people["home"], address)

    assert not [one for one in listed.all("a") if one["href"].endswith(("/add", "/file"))]
    assert "What can be done" not in page.text
    assert refused.status_code == 403
    assert elsewhere.status_code == 404
    assert "What can be done" not in authority.text
    assert (await people["home"].get(f"{address}/end")).status_code == 403
