"""An owner applies to be listed, follows the application, and leaves the register, on pages."""

from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.pages.filters import format_day
from tests.factories.listings import (
    EARLIER,
    Applied,
    Cast,
    add_cast,
    add_document,
    add_listing,
    add_owned_provider,
    make_ready,
)
from tests.factories.people import sign_in
from tests.organisations.asking import browsers
from tests.pages.officers.desk import Desk, application, at_the_desk, proposed, state_of
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.owners.record_forms import done, fill_in, filled
from tests.pages.reading import Page, tidy

TODAY = clock.today()


@pytest.fixture
async def cast(owner: asyncpg.Connection) -> Cast:
    return await add_cast(owner)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
) -> httpx.AsyncClient:
    return await sign_in(client, owner, cast.manager)


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection, cast: Cast) -> AsyncIterator[Desk]:
    async with at_the_desk(settings, owner, cast) as made:
        yield made


def record(applied: Applied) -> str:
    return f"/records/{applied.number}"


def own(applied: Applied, *further: str) -> str:
    return "/".join((record(applied), "applications", str(applied.id), *further))


def lines(page: Page) -> list[str]:
    return [tidy(each.text) for each in page.with_class("govuk-summary-list__row")]


def task(page: Page, title: str) -> str:
    tasks = [tidy(each.text) for each in page.with_class("govuk-task-list__item")]
    return next(one for one in tasks if one.startswith(title))


def hrefs(page: Page) -> set[str]:
    return {each["href"] for each in page.all("a")}


async def begin(browser: httpx.AsyncClient, held: Applied) -> Page:
    """Begin an application on the page of where each place stands."""
    sites = await open_page(browser, f"{record(held)}/applications")
    assert "no application for it has begun" in sites.text
    return await done(browser, sites.link("Apply for Example Yard"), age_from="11")


async def submit(browser: httpx.AsyncClient, here: str) -> Page:
    """Submit an application from where nothing is missing of it."""
    ready = await open_page(browser, here)
    assert "Missing before you can submit it" not in ready.text
    return await done(browser, ready.link("Submit it"))


async def assess_and_ask(desk: Desk, here: str) -> None:
    """Take an application up, and ask about it."""
    address = f"/applications/{here.rsplit('/', 1)[1]}"
    await send(desk.assessor, f"{address}/assess")
    await send(desk.assessor, f"{address}/ask", question="Who leads?")


class TestTheWholeWay:
    async def test_from_a_draft_that_lacks_much_to_a_submission_that_is_taken_back(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        held = await add_owned_provider(owner, cast)
        home = record(held)
        assert task(await open_page(browser, home), "Example Yard") == "Example Yard Not begun"
        here = (await begin(browser, held)).link("Change what you apply for")
        here = here.removesuffix("/change")
        changed = await done(browser, f"{here}/change", age_to="16", programmes=["Blacksmithing"])
        assert {"Ages 11 to 16", "Programmes Blacksmithing"} <= set(lines(changed))
        assert f"{here}/submit" not in hrefs(changed)
        refused = shown(await fill_in(browser, f"{here}/submit"), 409)
        assert len(problems_told(refused)) > 1

        await make_ready(owner, cast, held)
        submitted = await submit(browser, here)
        assert f"{here}/change" not in hrefs(submitted)
        assert task(await open_page(browser, home), "Example Yard") == "Example Yard Submitted"

        await assess_and_ask(desk, here)
        assert "What a submission needs" not in (await open_page(browser, here)).text
        asked = await open_page(browser, home)
        assert task(asked, "Example Yard") == "Example Yard A question waits"
        way = asked.link("A question about Example Yard waits for your answer")
        assert "Who leads?" in (await open_page(browser, way)).text
        answered = await done(browser, way, answer="Our manager does.")
        assert "Our manager does." in answered.text
        assert "Example Assessor" not in answered.text
        assert way not in hrefs(await open_page(browser, home))

        back = await done(browser, answered.link("Take it back"), reason="We move.")
        assert "We move." in back.text
        assert await owner.fetchval("SELECT state FROM listings") == "draft"

    async def test_what_is_missing_is_said_in_words_with_the_way_to_mend_it(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        await owner.execute("UPDATE providers SET staff_size = NULL")

        page = await open_page(browser, own(applied))

        assert "No law keeps anybody from being placed" in page.text
        insured = next(line for line in lines(page) if "public liability insurance" in line)
        assert insured.startswith("Criterion ")
        assert "Nothing current is shown for it." in insured
        assert " will do: public liability insurance" in insured
        home = record(applied)
        assert {f"{home}/documents/add", f"{home}/details", f"{home}/self-evaluations"} <= hrefs(
            page
        )
        assert "Your agreement to publication You agreed. Done" in lines(page)
        confirmed = next(line for line in lines(page) if line.startswith("Your confirmation"))
        assert f"You last confirmed it on {format_day(TODAY)}. Done" in confirmed
        refused = shown(await fill_in(browser, own(applied, "submit")), 409)
        assert "How many adults work for you: say how many." in refused.text
        assert not [one for one in problems_told(refused) if "-insurance" in one]


class TestRefusals:
    async def test_a_second_click_begins_once_and_another_form_is_told_of_the_first(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        held = await add_owned_provider(owner, cast)
        address = f"{record(held)}/sites/1/apply"
        form = filled(await open_page(browser, address))

        first, second = [await browser.post(address, data=form) for _ in range(2)]
        assert first.headers["location"] == second.headers["location"]
        other = shown(await fill_in(browser, address, age_from="12"), 409)

        assert "is open already" in problems_told(other)[0]
        assert other.by_id("age_from")["value"] == "12"
        assert await owner.fetchval("SELECT count(*) FROM listings") == 1

    async def test_what_cannot_be_taken_is_said_at_its_question(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        address = own(applied, "change")

        page = shown(await fill_in(browser, address, age_from="99", needs=["none"]), 422)
        assert problems_told(page) == ["Enter an age from 2 to 25", "Choose needs from the list"]
        assert page.by_id("age_from")["value"] == "99"
        falling = await fill_in(browser, address, age_from="16", age_to="11")
        assert problems_told(shown(falling, 422)) == ["The oldest age is below the youngest"]

    async def test_a_stale_form_is_told_and_taken_the_second_time(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        address = own(applied, "change")
        stale = filled(await open_page(browser, address)) | {"age_from": "12"}
        await done(browser, address, age_from="13")

        page = shown(await browser.post(address, data=stale), 412)
        assert "Somebody changed this since" in problems_told(page)[0]
        again = await browser.post(address, data=filled(page))

        assert again.status_code == 303
        assert await owner.fetchval("SELECT age_from FROM listings") == 12

    async def test_what_is_over_is_refused_in_words(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        await send(desk.assessor, application(applied, "ask"), question="Who leads?")
        page = await open_page(browser, own(applied))
        (way,) = [one for one in hrefs(page) if one.endswith("/answer")]
        empty = shown(await fill_in(browser, way, answer=" "), 422)
        assert problems_told(empty) == ["Write your answer"]
        await done(browser, way, answer="She does.")

        late = shown(await fill_in(browser, way, answer="He does."), 409)
        assert problems_told(late)
        assert "He does." in late.text
        early = shown(await fill_in(browser, own(applied, "change")), 409)
        assert problems_told(early)[0].startswith("Where it stands now is: being assessed.")
        await done(browser, own(applied, "withdraw"), reason="We move.")
        twice = shown(await fill_in(browser, own(applied, "withdraw"), reason="Again."), 409)
        assert problems_told(twice)[0].startswith("Where it stands now is: draft.")

    async def test_another_owner_finds_nothing_by_either_number(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast, settings: Settings
    ) -> None:
        applied = await add_listing(owner, cast)
        second = await add_listing(owner, cast)
        addresses = [own(applied), *(own(applied, act) for act in ("change", "submit", "close"))]
        mixed = f"{record(second)}/applications/{applied.id}"
        shown(await browser.get(mixed), 404)
        async with browsers(settings, owner, cast.school, cast.assessor) as others:
            for other in others:
                for address in addresses:
                    assert (await other.get(address)).status_code in {403, 404}

    async def test_whoever_only_reads_sees_it_without_a_way_to_act(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        await sign_in(client, owner, cast.analyst)

        page = await open_page(client, own(applied))

        assert not {one for one in hrefs(page) if one.startswith(own(applied, ""))}
        assert "Somebody who speaks for Example Owner submits it" in page.text
        overview = await open_page(client, f"{record(applied)}/applications")
        assert not {one for one in hrefs(overview) if one.endswith("apply")}
        for act in ("change", "submit", "withdraw", "close"):
            shown(await client.get(own(applied, act)), 403)

    async def test_it_is_submitted_by_somebody_who_showed_who_they_are_a_moment_ago(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        long_ago = clock.now() - timedelta(hours=2)
        await sign_in(client, owner, cast.manager, authenticated_at=long_ago)

        answer = await client.get(own(applied, "submit"))

        assert answer.status_code == 303
        assert "return_to=%2Frecords%2F" in answer.headers["location"]


class TestWhatAnOwnerIsTold:
    async def test_why_it_was_refused_without_names_and_how_to_go_on(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        form = {"to_state": "refused", "reason": "Nobody leads.", "public_reason": ""}
        today = f"{TODAY.day} {TODAY.month} {TODAY.year}"
        answer = await proposed(desk, applied, **form, **on("effective_on", today))
        page = await open_page(desk.second, answer.headers["Location"])
        assert "Nobody leads." not in (await open_page(browser, own(applied))).text
        await send(desk.second, page.link("Confirm what was proposed"))
        assert await state_of(owner, applied) == "refused"

        told = await open_page(browser, f"{record(applied)}/applications")
        whole = await open_page(browser, own(applied))

        for each in (told, whole):
            assert "Why: Nobody leads." in each.text
            assert "The public is never told." in each.text
            assert "Example Assessor" not in each.text
            assert "Example Second" not in each.text
        assert told.link("Apply anew for Example Yard")

    async def test_not_why_it_was_suspended_at_once_nor_how_to_leave(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "listed")
        address = f"/listings/{applied.id}/protect/suspend"
        await send(
            desk.assessor, address, reason="A child said so.", public_reason="being-looked-into"
        )
        told = await open_page(desk.second, f"/applications/{applied.id}")
        await send(desk.second, told.link("Confirm what was proposed"))
        assert await state_of(owner, applied) == "suspended"

        page = await open_page(browser, own(applied))

        assert "A child said so." not in page.text
        assert "The local authority itself tells you why." in page.text
        assert "While it is suspended you cannot close it." in page.text
        assert own(applied, "close") not in hrefs(page)
        refused = shown(await fill_in(browser, own(applied, "close"), reason="We leave."), 409)
        assert "We leave." in refused.text
        assert problems_told(refused)[0].startswith("While it is suspended you cannot close it.")

    async def test_evidence_that_lapsed_and_the_day_on_which_that_is_looked_into(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast, "listed", state_since=EARLIER)
        await add_document(owner, cast, applied, until=TODAY - timedelta(days=1))

        page = await open_page(browser, f"{record(applied)}/applications")

        assert "public liability insurance" in page.text
        assert "It comes under review on " in page.text
        assert page.link("See your documents (What to do next)") == f"{record(applied)}/documents"

    async def test_a_new_application_stands_beside_what_is_listed(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast, "listed")
        home = record(applied)
        assert task(await open_page(browser, home), "Example Yard") == "Example Yard Listed"

        await done(browser, f"{home}/sites/1/apply")

        said = task(await open_page(browser, home), "Example Yard")
        assert said == "Example Yard New application: draft Listed"
        page = await open_page(browser, f"{home}/applications")
        assert [line.split()[0] for line in lines(page)] == [
            *("Listing", "What"),
            *("Application", "What"),
        ]


class TestLeaving:
    async def test_from_a_later_day_is_announced(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast, "listed")
        address = own(applied, "close")
        passed = on("effective_on", f"{EARLIER.day} {EARLIER.month} {EARLIER.year}")
        page = shown(await fill_in(browser, address, reason="We move.", **passed), 422)
        assert "The day has passed." in problems_told(page)[0]
        later = TODAY + timedelta(days=30)

        page = await done(
            browser,
            address,
            reason="We move.",
            **on("effective_on", f"{later.day} {later.month} {later.year}"),
        )

        assert "on it is: closed." in page.text
        assert await owner.fetchval("SELECT next_on FROM listings") == later

    async def test_an_application_is_given_up_and_another_may_begin(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast)
        way = (await open_page(browser, own(applied))).link("Give it up")

        page = await done(browser, way, reason="We move.")

        assert "The application was given up." in page.text
        assert await state_of(owner, applied) == "closed"
        overview = await open_page(browser, f"{record(applied)}/applications")
        await done(browser, overview.link("Apply anew for Example Yard"))
        after = await open_page(browser, f"{record(applied)}/applications")
        assert "Earlier applications and listings" in after.text

    async def test_not_before_a_removal_that_is_announced(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        coming = {"next_state": "removed", "next_on": TODAY + timedelta(days=10)}
        applied = await add_listing(owner, cast, "listed", **coming)

        page = await open_page(browser, own(applied))
        assert "on it is: removed." in page.text
        assert own(applied, "close") not in hrefs(page)
        refused = shown(await fill_in(browser, own(applied, "close"), reason="We leave."), 409)

        assert problems_told(refused)[0].startswith("Its removal is announced")
