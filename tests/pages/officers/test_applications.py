"""The pages on which officers assess applications."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.listings import Applied, Cast, add_cast, add_listing
from tests.factories.people import insert
from tests.organisations.asking import browsers
from tests.pages.officers.desk import (
    Desk,
    acts_of,
    application,
    at_the_desk,
    listing,
    proposed,
    state_of,
)
from tests.pages.own_pages import open_page, problems_told, send, shown
from tests.pages.reading import Page, tidy

QUEUE = "/applications"


@pytest.fixture
async def cast(owner: asyncpg.Connection) -> Cast:
    return await add_cast(owner)


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection, cast: Cast) -> AsyncIterator[Desk]:
    async with at_the_desk(settings, owner, cast) as made:
        yield made


def rows(page: Page) -> list[str]:
    links = [each["href"] for each in page.all("a")]
    return [href for href in links if href.startswith(f"{QUEUE}/0")]


async def add_match(owner: asyncpg.Connection, cast: Cast, applied: Applied) -> Any:
    """Let something be noted that an application shares with a removed record."""
    other = await add_listing(owner, cast, "removed")
    row = {"id": uuid7(), "listing_id": applied.id, "other_provider_id": other.provider_id}
    found = {"grounds": ["phone"], "score": "0.650", "found_at": clock.now()}
    await insert(owner, "walk_back_matches", row | found)
    return row["id"]


class TestQueue:
    async def test_each_part_has_its_own_whoever_waited_longest_first(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        early = clock.now() - timedelta(days=3)
        newer = await add_listing(owner, cast, "submitted", submitted_at=clock.now())
        older = await add_listing(owner, cast, "submitted", submitted_at=early)
        assessed = await add_listing(owner, cast, "in-assessment")
        listed = await add_listing(owner, cast, "listed")

        page = await open_page(desk.assessor, QUEUE)
        assert rows(page) == [application(older), application(newer)]
        for part, only in (("In assessment", assessed), ("On the register", listed)):
            other = await open_page(desk.assessor, page.link(part))
            assert rows(other) == [application(only)]
        nothing = await open_page(desk.assessor, page.link("Waiting for a second officer"))
        assert "No proposal waits for a second officer." in nothing.text

    async def test_what_waits_for_somebody_is_found_by_whom_it_waits_for(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        asked = await add_listing(owner, cast, "in-assessment")
        await send(desk.assessor, application(asked, "ask"), question="Who leads?")
        decided = await add_listing(owner, cast, "in-assessment")
        await proposed(desk, decided)

        for part, only in (("answer", asked), ("second", decided)):
            page = await open_page(desk.second, f"{QUEUE}?queue={part}")
            assert rows(page) == [application(only)]

    async def test_many_are_shown_page_by_page(
        self, monkeypatch: pytest.MonkeyPatch, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        monkeypatch.setattr("app.pages.officers.applications.ON_A_PAGE", 1)
        both = [await add_listing(owner, cast, "submitted") for _ in range(2)]

        first = await open_page(desk.assessor, QUEUE)
        second = await open_page(desk.assessor, first.link("Next page"))

        assert rows(first) + rows(second) == [application(one) for one in both]
        assert second.link("Back to the first page") == f"{QUEUE}?queue=new"

    async def test_another_authority_is_shown_none_and_an_owner_finds_no_page(
        self, settings: Settings, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast, "submitted")
        async with browsers(settings, owner, cast.elsewhere, cast.manager) as (other, manager):
            assert rows(await open_page(other, QUEUE)) == []
            for browser in (other, manager):
                for address in (application(applied), listing(applied)):
                    shown(await browser.get(address), 404)

    async def test_the_navigation_leads_there_for_officers_and_not_for_owners(
        self, settings: Settings, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        async with browsers(settings, owner, cast.second, cast.school) as (officer, school):
            assert (await open_page(officer, "/account")).link("Applications") == QUEUE
            page = await open_page(school, "/account")
            assert QUEUE not in [each["href"] for each in page.all("a")]


class TestApplication:
    async def test_shows_in_order_everything_an_assessor_needs(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        await add_match(owner, cast, applied)

        page = await open_page(desk.assessor, application(applied))

        headings = [tidy(each.text) for each in page.all("h2", "caption")]
        assert headings[:8] == [
            "Who applies",
            "Where it stands, and what it covers",
            "What it needs",
            "What the provider shows",
            "Questions to the provider",
            "What it shares with records removed or refused",
            "How it came here",
            "What can be done now",
        ]
        assert f"Example Forge ({applied.number})" in page.text
        assert "Missing" in page.text
        assert "The owner consents to publication." in page.text
        assert "Nobody has judged it." in page.text

    async def test_a_new_one_is_taken_into_assessment(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "submitted")
        page = await open_page(desk.assessor, application(applied))
        assert acts_of(page) == ["assess"]

        answer = await send(desk.assessor, application(applied, "assess"))

        after = await open_page(desk.assessor, answer.headers["Location"])
        assert "It is in assessment now." in after.text
        assert await state_of(owner, applied) == "in-assessment"
        again = await send(desk.assessor, application(applied, "assess"))
        assert problems_told(shown(again, 409))

    async def test_whoever_may_not_is_told_why_and_refused_by_address(
        self, settings: Settings, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "submitted")
        page = await open_page(desk.second, application(applied))
        assert "for somebody with the role of assessor." in page.text
        assert acts_of(page) == []
        shown(await desk.second.get(application(applied, "assess")), 403)
        async with browsers(settings, owner, cast.formerly, cast.neighbour) as (former, near):
            stake = await open_page(former, application(applied))
            assert "you work, or have worked, for its owner." in stake.text
            refused = await send(former, application(applied, "assess"))
            assert refused.status_code == 403
            elsewhere = await open_page(near, application(applied))
            assert "Coventry decides on it" in elsewhere.text

    async def test_a_question_is_asked_once_and_waits(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        empty = await send(desk.assessor, application(applied, "ask"), question=" ")
        assert problems_told(shown(empty, 422)) == ["Write your question"]

        answer = await send(desk.assessor, application(applied, "ask"), question="Who leads?")

        page = await open_page(desk.assessor, answer.headers["Location"])
        assert "Who leads?" in page.text
        assert "Waiting for an answer." in page.text
        assert "Asked by Example Assessor" in page.text


class TestJudge:
    async def test_a_match_is_judged_with_its_grounds_in_sight(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        match = await add_match(owner, cast, applied)
        address = application(applied, "matches", str(match), "judge")
        form = await open_page(desk.assessor, address)
        assert "Telephone" in form.text
        assert problems_told(shown(await send(desk.assessor, address), 422)) == [
            "Choose what you make of it",
            "Say why",
        ]

        answer = await send(desk.assessor, address, judgement="unrelated", reason="A wrong number.")

        page = await open_page(desk.assessor, answer.headers["Location"])
        assert "Judged: They have nothing to do with each other. A wrong number." in page.text

    async def test_one_that_is_not_there_is_not_found(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        address = application(applied, "matches", str(uuid7()), "judge")

        shown(await desk.assessor.get(address), 404)


class TestListing:
    async def test_shows_where_it_stands_and_how_it_came_there_with_names(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "submitted")
        await send(desk.assessor, application(applied, "assess"))

        page = await open_page(desk.second, listing(applied))

        assert "Which listing" in page.text
        assert "Example Assessor" in page.text
        assert "What it needs" not in page.text
        assert page.link("Everything an assessor needs") == application(applied)
