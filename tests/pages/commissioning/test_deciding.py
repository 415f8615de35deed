"""Deciding on a place on its page, and what happens between the form and the decision."""

import asyncpg

from app.db.transactions import Database
from app.providers.terms import Status
from tests.assessments.asking import begin, decide, found
from tests.assessments.conftest import Browsers, World
from tests.factories.providers import move_to
from tests.pages.commissioning.assessing import (
    filled,
    here,
)
from tests.pages.commissioning.filling import fields_of, fill_in
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.reading import tidy


async def test_who_asked_does_not_decide_and_who_decides_says_nothing(
    members: Browsers, world: World
) -> None:
    held = await filled(members, world)

    own = await members["school"].get(here(held, "decide"))
    says = await members["approver"].get(here(held, "steps", "need"))
    both = await begin(members["both"])
    asked_itself = await members["both"].get(here(both, "decide"))
    other = await members["other"].get(here(held))

    assert own.status_code == says.status_code == asked_itself.status_code == 403
    assert "you asked for the place" in asked_itself.text
    assert other.status_code == 404


async def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(
    members: Browsers, world: World
) -> None:
    held = await filled(members, world)
    forms = {
        name: await open_page(members[name], here(held, "decide"))
        for name in ("approver", "second")
    }
    said = {"outcome": "refused", "reasons": "Not now."}

    first = await members["approver"].post(
        here(held, "decide"), data=fields_of(forms["approver"]) | said
    )
    again = await members["approver"].post(
        here(held, "decide"), data=fields_of(forms["approver"]) | said
    )
    second = await members["second"].post(
        here(held, "decide"), data=fields_of(forms["second"]) | said
    )

    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    page = shown(second, 409)
    assert "closed" in page.one("h1").text


async def test_what_came_up_since_the_form_was_opened_is_shown_before_it_is_approved(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await filled(members, world)
    form = await open_page(members["approver"], here(held, "decide"))
    departures = {name: "Weighed." for name in fields_of(form) if str(name).startswith("depart-")}
    await owner.execute(
        "UPDATE site_checks SET withdrawn_at = now(), withdrawn_reason = 'No.' WHERE kind = 'visit'"
    )

    refused = await members["approver"].post(
        here(held, "decide"),
        data=fields_of(form) | departures | {"outcome": "approved", "reasons": "It suits."},
    )

    page = shown(refused, 409)
    assert any("Give a reason to depart from it" in one for one in problems_told(page))
    assert any(each["name"].startswith("depart-visit") for each in page.all("textarea"))
    assert fields_of(page)["reasons"] == "It suits."


async def test_a_provider_suspended_since_the_form_was_opened_is_not_approved_unseen(
    members: Browsers, world: World, owner: asyncpg.Connection, database: Database
) -> None:
    held = await filled(members, world)
    form = await open_page(members["approver"], here(held, "decide"))
    departures = {name: "Weighed." for name in fields_of(form) if str(name).startswith("depart-")}
    await move_to(database, world.recorded, Status.SUSPENDED)

    refused = await members["approver"].post(
        here(held, "decide"),
        data=fields_of(form) | departures | {"outcome": "approved", "reasons": "It suits."},
    )

    page = shown(refused, 409)
    assert any("suspended" in one for one in problems_told(page))
    assert await owner.fetchval("SELECT count(*) FROM assessment_decisions") == 0


async def test_a_decision_is_read_after_erasure_and_names_nobody(
    members: Browsers, world: World
) -> None:
    held = await filled(members, world)
    answer = await decide(members["approver"], held, *found(held))
    assert answer.status_code == 201, answer.text

    erased = await fill_in(
        members["school"],
        f"/commissioning/children/{held['child']}/erase",
        reason="subject-request",
    )
    page = await open_page(members["school"], here(held, "decision"))

    assert erased.status_code == 303
    text = tidy(page.one("main").text)
    assert "What is held still gives the hash" in text
    assert "was erased on" in text
    assert "I like to make things." not in text
    assert "erased" in (await open_page(members["school"], here(held))).one("h1").text
