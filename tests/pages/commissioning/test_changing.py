"""Changing a placement on the pages: its week, its end, its assessment and its last day."""

from typing import Any

import pytest

from tests.assessments import asking as assessing
from tests.assessments.conftest import Browsers, World
from tests.pages.commissioning.weeks import PLACEMENTS, day, mornings
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.placements.asking import place
from tests.placements.conftest import People, Setting


async def placed(people: People, setting: Setting, who: str = "school", **of: Any) -> str:
    """Record a placement that runs; return where its page is."""
    made = await place(people[who], setting, **({"starts_on": "2026-11-16"} | of))
    assert made.status_code == 201, made.text
    return f"{PLACEMENTS}/{made.json()['id']}"


async def test_another_week_holds_from_its_day_and_the_former_stays(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    fewer = dict.fromkeys(mornings("thursday", "friday"), "") | day("since", 7)
    page = await done(people["school"], f"{here}/timetable", **fewer)
    early = await fill_in(people["school"], f"{here}/timetable", **day("since", 3))

    assert "Monday, Tuesday and Wednesday: 9am to 1pm" in page.text
    assert "12 hours a week" in page.text
    assert "Week from 16 November 2026" in page.text
    assert problems_told(shown(early, 422)) == [
        "A new timetable begins after the last one, within the placement."
    ]


async def test_a_longer_week_beyond_the_limit_is_refused_in_words(
    people: People, setting: Setting
) -> None:
    for who in ("other", "third", "fourth", "home"):
        await placed(people, setting, who, minutes_elsewhere=0)
    short = [{"weekday": "monday", "starts": "09:00", "ends": "10:00"}]
    here = await placed(people, setting, sessions=short)
    longer = mornings() | day("since", 2)
    refused = await fill_in(people["school"], f"{here}/timetable", **longer)

    words = problems_told(shown(refused, 409))[0]
    assert "would reach the limit" in words
    assert "2026-" not in words


async def test_a_placement_ends_at_a_destination_and_that_is_put_right(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    nowhere = await fill_in(people["school"], f"{here}/end", **day("ended_on", -1))
    before = {"reason": "moved", "destination": "custody"} | day("ended_on", -300)
    never = await fill_in(people["school"], f"{here}/end", **before)
    typed = {"reason": "provider-ended", "destination": "unknown"} | day("ended_on", -1)
    page = await done(people["school"], f"{here}/end", **typed)
    twice = await fill_in(people["school"], f"{here}/end", **typed)
    right = {"destination": "special-school", "known_by": "seen-on-a-roll"}
    corrected = await done(people["school"], f"{here}/end/correct", **right)

    assert problems_told(shown(nowhere, 422)) == [
        "Say why it ended",
        "Say where the child went, or that nobody knows",
    ]
    assert problems_told(shown(never, 422)) == [
        "It cannot have ended before it started. Check the day."
    ]
    assert "Nobody knows: somebody looks for the child" in page.text
    assert "Ended" in page.text
    assert "It ended on" in problems_told(shown(twice, 409))[0]
    assert "Went to: A special school" in corrected.text


async def test_what_has_not_ended_has_no_end_to_put_right(people: People, setting: Setting) -> None:
    here = await placed(people, setting)
    typed = {"reason": "moved", "destination": "custody", "known_by": "own-record"}
    refused = await fill_in(people["school"], f"{here}/end/correct", **typed, **day("ended_on", -1))

    assert "It has not ended" in problems_told(shown(refused, 409))[0]


async def test_what_somebody_changed_meanwhile_is_looked_at_again(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    page = await open_page(people["school"], f"{here}/end")
    await done(people["school"], f"{here}/timetable", **day("since", 7))
    stale = {one["name"]: one["value"] for one in page.all("input") if one["type"] == "hidden"}
    typed = {"reason": "moved", "destination": "custody"} | day("ended_on", -1)
    refused = await people["school"].post(f"{here}/end", data=stale | typed)

    assert "Somebody changed this" in problems_told(shown(refused, 412))[0]


async def test_it_is_said_later_by_which_assessment_it_suits(
    members: Browsers, world: World
) -> None:
    held = await assessing.approved(members, world)
    made = await assessing.place(
        members["school"], world, held, assessment=None, starts_on="2026-11-23"
    )
    assert made.status_code == 201, made.text
    here = f"{PLACEMENTS}/{made.json()['id']}"
    page = await done(members["school"], f"{here}/assessment", assessment=held["id"])
    again = await fill_in(members["school"], f"{here}/assessment", assessment=held["id"])

    assert "An approved assessment" in page.text
    assert "To be assessed by" not in page.text
    assert "rests on an assessment already" in problems_told(shown(again, 409))[0]


async def test_an_assessment_of_something_else_is_refused_with_what_differs(
    members: Browsers, world: World
) -> None:
    held = await assessing.approved(members, world)
    made = await assessing.place(
        members["school"],
        world,
        held,
        assessment=None,
        starts_on="2026-11-23",
        route="part-time-timetable",
    )
    here = f"{PLACEMENTS}/{made.json()['id']}"
    refused = await fill_in(members["school"], f"{here}/assessment", assessment=held["id"])

    assert problems_told(shown(refused, 409)) == ["Another route was assessed."]


async def test_no_assessment_is_offered_where_none_is_approved(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    page = await open_page(people["school"], f"{here}/assessment")

    assert "No assessment of this child is approved" in page.text
    assert not [one for one in page.all("button") if "rests" in one.text]


async def test_a_placement_is_made_longer_but_not_while_a_review_is_overdue(
    people: People, setting: Setting, owner: Any
) -> None:
    here = await placed(people, setting)
    later = {"reason": "examinations"} | day("planned_end_on", 120)
    page = await done(people["school"], f"{here}/extension", **later)
    shorter = await fill_in(
        people["school"], f"{here}/extension", reason="examinations", **day("planned_end_on", 100)
    )
    open_form = await open_page(people["school"], f"{here}/extension")
    await owner.execute(
        "UPDATE reviews_due SET counted_from = '2026-09-01', next_on = '2026-10-12', "
        "latest_on = '2026-10-26'"
    )
    told = await open_page(people["school"], f"{here}/extension")
    hidden = {
        one["name"]: one["value"] for one in open_form.all("input") if one["type"] == "hidden"
    }
    refused = await people["school"].post(f"{here}/extension", data=hidden | later)

    assert "Planned until" in page.text
    assert "Name a day after the planned end" in problems_told(shown(shorter, 422))[0]
    assert "A review was due by 12 October 2026, and is overdue" in told.text
    assert not told.with_class("govuk-button")[1:]
    assert "It was to be reviewed by" in problems_told(shown(refused, 409))[0]


@pytest.mark.parametrize("end", ["timetable", "end", "end/correct", "assessment", "extension"])
async def test_nobody_changes_another_commissioners_placement(
    people: People, setting: Setting, end: str
) -> None:
    here = await placed(people, setting)

    assert (await people["home"].get(f"{here}/{end}")).status_code == 403
    assert (await people["other"].get(f"{here}/{end}")).status_code == 404
    assert (await people["other"].get(f"{PLACEMENTS}/nothing/{end}")).status_code == 404


async def test_a_form_that_is_sent_twice_acts_once(people: People, setting: Setting) -> None:
    here = await placed(people, setting)
    page = await open_page(people["school"], f"{here}/end")
    hidden = {one["name"]: one["value"] for one in page.all("input") if one["type"] == "hidden"}
    typed = {"reason": "moved", "destination": "custody"} | day("ended_on", -1)
    first = await people["school"].post(f"{here}/end", data=hidden | typed)
    second = await people["school"].post(f"{here}/end", data=hidden | typed)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
