"""Pages beside inspections: concerns, suspensions, what is relied on, and results in one file."""

import json
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx

from app import clock
from app.config import Settings
from app.inspections.terms import Judgement
from tests.factories.hearings import INSPECTIONS, Browsers
from tests.factories.inspecting import Desk, a_plan, found
from tests.factories.inspections import add_published_inspection
from tests.factories.listings import add_cast, add_listing
from tests.factories.results import a_result, of_day
from tests.files.making import PDF, pdf
from tests.pages.officers.desk import at_the_desk, listing
from tests.pages.officers.quality.test_hearing import link_to
from tests.pages.officers.quality.test_judging import page_of
from tests.pages.own_pages import on, open_page, problems_told, send, shown, unseen
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import Page
from tests.providers.showing_evidence import browsers as filing_browsers

TODAY = f"{clock.today():%d %m %Y}"
LATER = f"{clock.today() + timedelta(days=30):%d %m %Y}"


def opened(page: Page) -> str:
    """Return where the first line of a list leads."""
    return next(each["href"] for each in page.all("a") if each.text.startswith("Open it"))


async def send_file(browser: httpx.AsyncClient, body: bytes, **fields: str) -> httpx.Response:
    """Send a result in a file, as the form does."""
    form = unseen(await open_page(browser, "/inspection-results/add"))
    file = {"file": ("result.json", body, "application/json")}
    return await browser.post("/inspection-results/add", data=form | fields, files=file)


async def test_a_concern_is_raised_read_by_who_answers_and_closed(
    people: Browsers, desk: Desk
) -> None:
    lead, second, number = people["lead"], people["second"], desk.record.number
    add = f"/concerns/add?provider={number}"
    typed = {"kind": "premises", "severity": "high", "what": "The stairs are broken."}
    nowhere = await fill_in(lead, add, site="9", **typed, **on("noticed_on", TODAY))
    raised = await done(lead, add, site="1", **typed, **on("noticed_on", TODAY))
    listed = await open_page(second, f"/concerns?provider={number}&severity=high&still=open")
    page = await open_page(second, opened(listed))
    close = link_to(page, "/close")
    unsaid = await fill_in(second, close, closure="resolved")
    closed = await done(second, close, closure="resolved", reason="They were mended.")
    again = await fill_in(second, close, closure="unfounded", reason="No.")

    assert problems_told(shown(nowhere, 422)) == ["The provider has no site 9."]
    assert "The stairs are broken." in raised.text
    assert (await lead.get(close)).status_code == 403
    assert problems_told(shown(unsaid, 422)) == ["Say how that is known"]
    assert "Something was wrong, and is mended" in closed.text
    assert problems_told(shown(again, 409)) == ["It is closed already. Raise anew what is new."]
    assert (await people["manager"].get("/concerns")).status_code == 403
    assert (await lead.get("/concerns?severity=warts")).status_code == 422


async def test_a_result_in_a_file_lands_once_and_every_fault_is_told_with_its_place(
    people: Browsers, desk: Desk
) -> None:
    lead = people["lead"]
    good = a_result(desk, desk.lead)
    bad = good | {"judgements": [found("1.1a", "superb"), found("2.1b", seen_on=None)], "x": 1}
    nonsense = await send_file(lead, b"{")
    wrong = await send_file(lead, json.dumps(bad).encode())
    unknown = await send_file(lead, json.dumps(good | {"judgements": [found("9.9z")]}).encode())
    first = await send_file(lead, json.dumps(good).encode())
    again = await send_file(lead, json.dumps(good).encode())
    told = await open_page(lead, first.headers["location"])
    listed = await open_page(people["second"], "/inspection-results")

    assert problems_told(shown(nonsense, 422))[0].startswith("This file is not JSON")
    lines = problems_told(shown(wrong, 422))
    assert any(
        line.startswith("Judgement 1, of 1.1a at site 1, what was found (/judgements/0/judgement)")
        for line in lines
    )
    assert any("(/x): This is not known" in line for line in lines)
    assert any("9.9z" in line for line in problems_told(shown(unknown, 422)))
    assert first.headers["location"].endswith("?done=result-applied")
    assert again.headers["location"] == first.headers["location"]
    assert "The result became the judgements of an inspection." in told.text
    assert good["reference"] in listed.text
    assert (await people["second"].get("/inspection-results/add")).status_code == 403


async def test_a_result_that_was_kept_is_decided_on_by_whoever_received_it(
    people: Browsers, owner: asyncpg.Connection, desk: Desk
) -> None:
    lead = people["lead"]
    seen = {desk.record.site_id: {"1.1a": Judgement.MET}}
    await add_published_inspection(owner, seen, clock.today())
    late = of_day(desk, clock.today() - timedelta(days=10))
    kept = await send_file(lead, json.dumps(late).encode())
    page = await open_page(lead, kept.headers["location"])
    unsaid = await fill_in(lead, link_to(page, "/decide"), decision="apply")
    gone = await done(lead, link_to(page, "/decide"), decision="dismiss", reason="By mistake.")
    again = await fill_in(lead, link_to(page, "/decide"), decision="apply", reason="No.")

    assert kept.headers["location"].endswith("?done=result-kept")
    assert "Why it was kept" in page.text
    assert problems_told(shown(unsaid, 422)) == ["Say why"]
    assert "Dismissed" in gone.text
    assert problems_told(shown(again, 409))


async def test_another_body_relies_on_what_was_seen_and_ends_that(
    people: Browsers, owner: asyncpg.Connection, desk: Desk
) -> None:
    seen = {desk.record.site_id: {"1.1a": Judgement.MET}}
    made = await add_published_inspection(owner, seen, clock.today())
    partner = people["partner"]
    typed = {"inspection": made.reference} | on("until", LATER)
    own = await fill_in(people["lead"], "/reliances/add", **typed)
    nowhere = await fill_in(partner, "/reliances/add", **(typed | {"inspection": "QA1"}))
    page = await done(partner, "/reliances/add", **typed)
    twice = await fill_in(partner, "/reliances/add", **typed)
    seen_by_lead = await open_page(people["lead"], f"/inspections/{made.reference}")
    over = await done(partner, link_to(page, "/end"))

    assert "Your own body inspected" in problems_told(shown(own, 422))[0]
    assert problems_told(shown(nowhere, 404)) == ["No published inspection has this reference."]
    assert "everything that was seen" in page.text
    assert twice.status_code == 409
    assert "Who relies on it" in seen_by_lead.text
    assert "the body that relied on it ended it" in over.text


async def test_a_suspension_by_two_officers_is_looked_at_again(
    settings: Settings, owner: asyncpg.Connection
) -> None:
    cast = await add_cast(owner)
    applied = await add_listing(owner, cast, "listed")
    async with at_the_desk(settings, owner, cast) as desk:
        said = {"reason": "A child was hurt.", "public_reason": "being-looked-into"}
        await send(desk.assessor, listing(applied, "protect", "suspend"), **said)
        none = await open_page(desk.second, "/interim-suspensions")
        told = await open_page(desk.second, listing(applied))
        await send(desk.second, link_to(told, "/confirm"))
        holds = await open_page(desk.assessor, "/interim-suspensions")
        review = link_to(holds, "/review")
        unsaid = await fill_in(desk.assessor, review, decision="stays")
        stays = await done(desk.assessor, review, decision="stays", reason="Nothing changed.")
        lifted = await done(desk.assessor, review, decision="lift-proposed", reason="Mended.")
        listing_now = await open_page(desk.second, listing(applied))

    assert "None holds." in none.text
    assert "A child was hurt." in holds.text
    assert "working days after" in holds.text
    assert problems_told(shown(unsaid, 422)) == ["Say why"]
    assert "Nothing changed." in stays.text
    assert "a second officer confirms that" in lifted.text
    assert link_to(listing_now, "/confirm")


async def test_a_photo_is_added_and_said_to_show_something(
    settings: Settings, owner: asyncpg.Connection, desk: Desk, tmp_path: Path
) -> None:
    async with filing_browsers(settings, owner, tmp_path, desk.lead) as (lead,):
        made = await lead.post(INSPECTIONS, json=a_plan(desk, desk.lead))
        here = page_of(made.headers["location"])
        form = unseen(await open_page(lead, f"{here}/files/add"))
        file = {"file": ("door.pdf", pdf(), PDF)}
        unnamed = await lead.post(f"{here}/files/add", data=form, files=file)
        typed = form | {"title": "The fire door"}
        text = {"file": ("door.txt", b"No.", "text/plain")}
        refused = await lead.post(f"{here}/files/add", data=typed, files=text)
        added = await lead.post(f"{here}/files/add", data=typed, files=file)
        page = await open_page(lead, here)
        judged = await open_page(lead, f"{here}/sites/1/standards/1.1")

    assert problems_told(shown(unnamed, 422)) == ["Say what it shows"]
    assert problems_told(shown(refused, 422))
    assert added.headers["location"].endswith("?done=file-added")
    assert "The fire door" in page.text
    assert "Which files show 1.1a?" in judged.text
