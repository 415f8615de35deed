"""The desk of inspectors, planning an inspection, and declaring what ties one to a provider."""

import asyncpg
import pytest

from app import clock
from app.pages.officers.quality.planning_view import read_numbers
from tests.factories.hearings import INSPECTIONS, Browsers
from tests.factories.inspecting import Desk, a_plan
from tests.pages.own_pages import on, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in

TODAY = f"{clock.today():%d %m %Y}"


def plan_of(desk: Desk, **fields: str | list[str]) -> dict[str, str | list[str]]:
    """Return what is typed on the form for a plan."""
    typed: dict[str, str | list[str]] = {"kind": "themed", "criteria": "1.1a, 2.1b 4.4c"}
    typed |= {"inspectors": [str(desk.lead.person_id)], "reason": "It is due."}
    return typed | on("planned_on", TODAY) | fields


async def test_what_is_planned_is_changed_given_another_lead_and_given_up(
    people: Browsers, desk: Desk
) -> None:
    lead = people["lead"]
    listed = f"/provider-records/{desk.record.number}/inspections"
    colleague = str(desk.colleague.person_id)
    page = await done(lead, f"{listed}/plan", **plan_of(desk))
    here = next(each["href"] for each in page.all("a") if each["href"].endswith("/plan/change"))
    here = here.removesuffix("/plan/change")
    await done(lead, f"{here}/plan/change", criteria="1.1a")
    await done(lead, f"{here}/plan/name-inspector", person=colleague, part="lead")
    named = await open_page(lead, here)
    await done(lead, f"{here}/plan/take-inspector-off", person=str(desk.lead.person_id))
    over = await done(lead, f"{here}/plan/give-up", reason="It closed.")
    again = await fill_in(lead, f"{here}/plan/give-up", reason="Once more.")
    record = await open_page(lead, listed)

    assert "0 of 1 criterion judged" in named.text
    assert "Example Colleague leads" in named.text
    assert "Example Lead inspects" in named.text
    assert "It was given up: It closed." in over.text
    assert problems_told(shown(again, 409)) == [
        f"{here.rsplit('/', 1)[1]} is cancelled. What is over is not given up."
    ]
    assert "Given up" in record.text


async def test_every_fault_of_a_plan_is_told_at_its_field_and_nothing_typed_is_lost(
    people: Browsers, desk: Desk
) -> None:
    form = f"/provider-records/{desk.record.number}/inspections/plan"
    wrong = await fill_in(people["lead"], form, reason="", **on("planned_on", "31 2 2026"))
    unknown = await fill_in(people["lead"], form, **plan_of(desk, criteria="1.1zz"))
    needless = await fill_in(people["lead"], form, **plan_of(desk, kind="annual"))

    assert problems_told(shown(wrong, 422)) == [
        "Choose what it is",
        "There is no such day. Check it against a calendar",
        "Say why",
    ]
    told = shown(unknown, 422)
    assert problems_told(told) == [
        "The standards in force on that day have no criterion of this number."
    ]
    assert told.by_id("criteria")["value"] == "1.1zz"
    assert "looks at everything that is asked" in problems_told(shown(needless, 422))[0]


async def test_whoever_declares_an_interest_inspects_nothing_there(
    people: Browsers, desk: Desk
) -> None:
    number = desk.record.number
    colleague, lead = people["colleague"], people["lead"]
    typed = {"kind": "family", "detail": "My brother works there."} | on("since", "1 1 2020")
    nowhere = await fill_in(colleague, "/declared-interests/add", provider="AP1", **typed)
    page = await done(colleague, f"/declared-interests/add?provider={number}", **typed)
    end = next(each["href"] for each in page.all("a") if each["href"].endswith("/end"))
    plan = plan_of(desk, inspectors=[str(desk.colleague.person_id)])
    refused = await fill_in(lead, f"/provider-records/{number}/inspections/plan", **plan)
    not_theirs = await lead.get(end)
    told = await open_page(lead, "/declared-interests")
    past = await fill_in(colleague, end, **on("ended_on", "1 1 2021"))
    over = await done(colleague, end, **on("ended_on", TODAY))

    assert problems_told(shown(nowhere, 404)) == ["No provider that you may see has this number."]
    assert "Example Colleague declared an interest" in problems_told(shown(refused, 403))[0]
    assert not_theirs.status_code == 404
    assert "Give today or a later day" in problems_told(shown(past, 422))[0]
    assert "Over" in over.text
    assert "Example Colleague" in told.text
    assert "My brother works there." in told.text


async def test_the_desk_says_what_is_to_be_seen_first_and_what_waits_for_whom(
    people: Browsers, owner: asyncpg.Connection, desk: Desk
) -> None:
    await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead))
    queue = await open_page(people["lead"], "/inspections")
    under_way = await open_page(people["lead"], "/inspections?listed=open&kind=themed")
    other_kind = await open_page(people["lead"], "/inspections?listed=open&kind=annual")
    checks = await open_page(people["lead"], "/inspections?listed=checks")
    elsewhere = await open_page(people["partner"], "/inspections?la=331")
    nowhere = await open_page(people["partner"], "/inspections")

    assert "is overdue for a visit" in queue.text or "are overdue for a visit" in queue.text
    assert "Example Lead" in under_way.text
    assert desk.record.number
    assert "There is none." in other_kind.text
    assert "for people with the role of second officer" in checks.text
    assert "Sites in Coventry" in elsewhere.text
    assert "Choose the local authority" in nowhere.text


@pytest.mark.parametrize("wrong", ["ground=warts", "kind=warts", "la=000", "listed=warts"])
async def test_what_is_in_no_list_narrows_nothing(people: Browsers, wrong: str) -> None:
    assert (await people["lead"].get(f"/inspections?{wrong}")).status_code == 422


@pytest.mark.parametrize("path", ["/inspections", "/declared-interests", "/inspections/QA000001H"])
async def test_whoever_is_inspected_has_pages_of_their_own(people: Browsers, path: str) -> None:
    assert (await people["manager"].get(path)).status_code in {403, 404}


def test_numbers_of_criteria_are_read_however_they_are_set_apart() -> None:
    assert read_numbers(" 1.1a,2.1b; 4.4c\n1.1b ") == ["1.1a", "2.1b", "4.4c", "1.1b"]
