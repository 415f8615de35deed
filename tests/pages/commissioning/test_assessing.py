"""A whole assessment on its pages, from its beginning to the decision, and what is refused."""

import asyncpg
import httpx

from tests.assessments.asking import begin
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.pages.commissioning.assessing import (
    ASSESSMENTS,
    a_setting,
    answers,
    day,
    filled,
    here,
)
from tests.pages.commissioning.filling import fields_of, fill_in
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.reading import tidy


async def test_a_place_is_assessed_on_pages_alone_and_decided_by_somebody_else(
    members: Browsers, world: World
) -> None:
    address = await begun_on_a_page(members["school"])
    first = await open_page(members["school"], f"{address}?done=begun")
    await say_everything(members["school"], address)
    added = await fill_in(
        members["school"],
        f"{address}/options/add?provider={world.number}&site=1",
        **a_setting(),
    )
    await check_on_pages(members["school"], world)
    before = await open_page(members["school"], address)
    side = await open_page(members["school"], added.headers["location"])
    asked = await open_page(members["approver"], f"{address}/decide")
    departures = {
        each["name"]: "Seen, and weighed."
        for each in asked.all("textarea")
        if each["name"].startswith("depart-")
    }
    decided = await fill_in(
        members["approver"],
        f"{address}/decide",
        outcome="approved",
        reasons="It suits, as far as can be seen.",
        conditions="A call every Friday",
        **departures,
    )

    assert "Next: Why the child needs it." in first.text
    assert "12 of 13 steps done." in before.text or departures
    assert "It teaches what they want to learn." in side.text
    assert "£90 a half day" in side.text
    assert "Monday: 9am to 1pm" in side.text
    assert "Groups of four." in asked.text
    assert "Back to school on Mondays" in asked.text
    assert decided.status_code == 303, problems_told(shown(decided, decided.status_code))
    page = await open_page(members["school"], decided.headers["location"])
    text = tidy(page.one("main").text)
    assert "Decided by Example approver" in text
    assert "A call every Friday" in text
    assert "What is held still gives the hash" in text
    assert "Come every day" in text
    assert "What the register finds of the setting is as it was." in text
    over = await open_page(members["school"], address)
    leads = f"/commissioning/placements/add?assessment={address.rsplit('/', 1)[1]}"
    assert leads in {each["href"] for each in over.all("a")}


async def begun_on_a_page(browser: httpx.AsyncClient) -> str:
    """Begin an assessment on its page, and return where it is."""
    child = await add(browser, given_names="Example Whole")
    begun = await fill_in(
        browser,
        f"{ASSESSMENTS}/add?child={child['id']}",
        reference="AS-pages",
        route="school-arranged",
        **day("starts_on", 7),
    )
    assert begun.status_code == 303, begun.text
    return str(begun.headers["location"].split("?")[0])


async def say_everything(browser: httpx.AsyncClient, address: str) -> None:
    """Answer each step on its page."""
    for step, said in answers().items():
        saved = await fill_in(browser, f"{address}/steps/{step}", **said)
        assert saved.status_code == 303, (step, problems_told(shown(saved, saved.status_code)))


async def check_on_pages(browser: httpx.AsyncClient, world: World) -> None:
    """Record what is asked of every site on the page for it."""
    for kind in ("staff-checks", "insurance", "safeguarding-policy", "visit"):
        form = f"/commissioning/site-checks/add?provider={world.number}&site=1"
        seen = {"kind": kind, "seen_by": "Example Lead, head", "what": "All was well."}
        assert (await fill_in(browser, form, **seen)).status_code == 303


async def test_whoever_does_not_know_the_route_is_helped_to_it(members: Browsers) -> None:
    child = await add(members["school"])
    form = f"{ASSESSMENTS}/add?child={child['id']}"
    known = {
        "reference": "AS-route",
        **day("starts_on", 7),
        "on_roll": "yes",
        "school_kind": "maintained",
        "exclusion": "suspension",
        "exclusion_days": "10",
        "exclusion_day": "6",
    }

    helped = await fill_in(members["school"], form, **known)
    page = shown(helped)
    begun = await members["school"].post(form, data=fields_of(page))
    unclear = await fill_in(members["school"], form, reference="AS-x", **day("starts_on", 7))

    assert fields_of(page)["route"] == "suspension-from-day-six"
    inset = tidy(page.with_class("govuk-inset-text")[0].text)
    assert "By your answers it is: Suspended for more than five school days" in inset
    assert "Pays first" in inset
    assert begun.status_code == 303
    assert "a person must" in tidy(shown(unclear, 422).one("main").text)


async def test_what_is_wrong_in_a_step_leads_to_its_question(members: Browsers) -> None:
    held = await begin(members["school"])

    voices = await fill_in(
        members["school"],
        here(held, "steps", "voices"),
        **{"child-view": "I like it.", "consent": "given"},
    )
    money = await fill_in(
        members["school"], here(held, "steps", "money"), payer="school", price_pence="much"
    )
    tried = await fill_in(
        members["school"], here(held, "steps", "alternatives"), **{"tried-0-what": "Mentoring"}
    )
    plan = await fill_in(
        members["school"],
        here(held, "steps", "plan"),
        **{**day("starts_on", 7), **day("ends_on", 2)},
    )

    for answer, where in (
        (voices, "child-view"),
        (money, "price_pence"),
        (tried, "tried-0-came_of_it"),
    ):
        page = shown(answer, 422)
        assert f"#{where}" in {each["href"] for each in page.all("a")}, where
    assert any("ends before it starts" in one for one in problems_told(shown(plan, 422)))


async def test_what_was_said_comes_back_to_be_changed_and_keeps_what_else_was_said(
    members: Browsers, world: World
) -> None:
    held = await filled(members, world)

    page = await open_page(members["school"], here(held, "steps", "money"))
    saved = await fill_in(members["school"], here(held, "steps", "risk"))
    everything = await open_page(members["school"], here(held, "everything"))

    assert fields_of(page)["price_pence"] == "90"
    assert fields_of(page)["travel-pence"] == "0"
    assert saved.status_code == 303
    assert "Tools" in everything.text
    assert "Who agrees for the provider: Name" in everything.text


async def test_two_who_change_one_step_at_once_lose_nothing_unseen(members: Browsers) -> None:
    held = await begin(members["school"])
    first = await open_page(members["school"], here(held, "steps", "told"))
    await fill_in(members["school"], here(held, "steps", "shortlist"), only_one_because="Far off.")

    late = await members["school"].post(
        here(held, "steps", "told"),
        data=fields_of(first) | {"told-0-who": "social-worker", **day("told-0-on")},
    )

    page = shown(late, 412)
    assert any("Somebody changed this" in one for one in problems_told(page))
    assert fields_of(page)["told-0-who"] == "social-worker"
    again = await members["school"].post(here(held, "steps", "told"), data=fields_of(page))
    assert again.status_code == 303


async def test_a_second_click_says_it_once(members: Browsers, owner: asyncpg.Connection) -> None:
    held = await begin(members["school"])
    form = await open_page(members["school"], here(held, "steps", "shortlist"))
    sent = fields_of(form) | {"only_one_because": "No other teaches it."}

    codes = {
        (await members["school"].post(here(held, "steps", "shortlist"), data=sent)).status_code
        for _ in range(2)
    }

    assert codes == {303}
    assert await owner.fetchval("SELECT count(*) FROM assessment_steps") == 1


async def test_settings_are_compared_turned_down_and_asked_about(
    members: Browsers, world: World
) -> None:
    held = await begin(members["school"])
    found_there = await open_page(members["school"], here(held, "options", "find?q=forge"))
    leads = next(each["href"] for each in found_there.all("a") if world.number in each["href"])

    added = await fill_in(
        members["school"], leads, **(a_setting() | {"monday-1-from": "", "monday-1-until": ""})
    )
    side = await open_page(members["school"], added.headers["location"])
    change = side.link(
        next(tidy(one.text) for one in side.all("a") if "Change, choose" in one.text)
    )
    turned = await fill_in(
        members["school"], change, standing="turned-down", reasons="Too far for the child."
    )
    week = {"monday-1-from": "9am", "monday-1-until": "1pm"}
    asked = await fill_in(members["school"], here(held, "what-if"), provider=world.number, **week)

    assert turned.status_code == 303
    page = await open_page(members["school"], asked.headers["location"])
    text = tidy(page.one("main").text)
    assert "Turned down" in text
    assert "Too far for the child." in text
    assert "Asked what a week would mean of 4 hours a week" in text
    assert "Not enough is known" in text


async def test_what_is_wrong_with_a_setting_leads_to_its_question(
    members: Browsers, world: World
) -> None:
    held = await begin(members["school"])
    form = here(held, "options", f"add?provider={world.number}&site=1")
    setting = a_setting()

    early = await fill_in(members["school"], form, **(setting | {"monday-1-until": "8am"}))
    price = await fill_in(members["school"], form, **(setting | {"unit": ""}))
    unknown = await members["school"].get(here(held, "options", "add?provider=AP999999X"))
    nothing = await fill_in(members["school"], here(held, "what-if"), provider=world.number)
    nobody = await fill_in(
        members["school"],
        here(held, "what-if"),
        **{"provider": "AP999999X", "monday-1-from": "9am", "monday-1-until": "1pm"},
    )

    assert "#monday-1-until" in {each["href"] for each in shown(early, 422).all("a")}
    assert "#unit" in {each["href"] for each in shown(price, 422).all("a")}
    assert unknown.status_code == 404
    assert "#monday-1-from" in {each["href"] for each in shown(nothing, 422).all("a")}
    assert "#provider" in {each["href"] for each in shown(nobody, 404).all("a")}


async def test_who_is_signed_out_meanwhile_loses_nothing_typed(members: Browsers) -> None:
    held = await begin(members["school"])
    form = await open_page(members["school"], here(held, "steps", "shortlist"))
    members["school"].cookies.clear()

    answer = await members["school"].post(
        here(held, "steps", "shortlist"),
        data=fields_of(form) | {"only_one_because": "Nothing else is near."},
    )

    page = shown(answer, 401)
    assert "/sign-in" in {each["href"] for each in page.all("a")}
    assert fields_of(page)["only_one_because"] == "Nothing else is near."


async def test_a_withdrawn_assessment_is_read_and_nothing_more_is_said_in_it(
    members: Browsers,
) -> None:
    held = await begin(members["school"])

    gone = await fill_in(members["school"], here(held, "withdraw"), reason="not-needed")
    page = await open_page(members["school"], gone.headers["location"])
    late = await members["school"].get(here(held, "steps", "need"))
    listed = await open_page(members["school"], f"{ASSESSMENTS}?state=withdrawn")

    assert "No place is needed any more" in page.text
    assert late.status_code == 409
    assert str(held["reference"]) in listed.text


async def test_an_authority_reads_the_assessments_of_its_children_and_changes_none(
    members: Browsers,
) -> None:
    held = await begin(members["school"])

    page = await open_page(members["home"], here(held))
    refused = await members["home"].get(here(held, "steps", "need"))

    assert "only the commissioner whose assessment it is does that" in page.text
    assert refused.status_code == 403
