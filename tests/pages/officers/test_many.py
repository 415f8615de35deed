"""The pages on which officers decide on many listings at once, each of them by itself."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import asyncpg
import pytest

from app import clock
from app.config import Settings
from tests.factories.listings import Applied, Cast, add_cast, add_listing, add_owned_provider
from tests.organisations.asking import browsers
from tests.pages.officers.desk import Desk, application, at_the_desk, proposed, state_of
from tests.pages.own_pages import open_page, problems_told, send, shown
from tests.pages.reading import Page, tidy

TRANSITION, CONFIRM = "/applications/transition", "/applications/confirm-many"


@pytest.fixture
async def cast(owner: asyncpg.Connection) -> Cast:
    return await add_cast(owner)


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection, cast: Cast) -> AsyncIterator[Desk]:
    async with at_the_desk(settings, owner, cast) as made:
        yield made


def chosen_from(page: Page) -> list[str]:
    return [each["value"] for each in page.all("input") if each["name"] == "chosen"]


async def add_checked(owner: asyncpg.Connection, cast: Cast, days_ago: int = 30) -> Applied:
    """Add a claimed provider that Coventry checked so many days ago."""
    checked_on: date = clock.today() - timedelta(days=days_ago)
    return await add_owned_provider(owner, cast, checked_on=checked_on)


class TestTransition:
    async def test_only_those_checked_lately_and_not_listed_are_offered_with_the_result(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        checked = await add_checked(owner, cast)
        await add_checked(owner, cast, days_ago=3_000)
        await add_owned_provider(owner, cast)
        await add_listing(owner, cast, "listed")

        page = await open_page(desk.assessor, TRANSITION)

        assert chosen_from(page) == [checked.number]
        assert "Approved, " in page.text

    async def test_those_chosen_are_proposed_and_each_refusal_is_told(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        one, other = await add_checked(owner, cast), await add_checked(owner, cast)
        await owner.execute(
            "UPDATE provider_known_by SET local_result_on = $2 WHERE provider_id = $1",
            other.provider_id,
            clock.today() - timedelta(days=3_000),
        )

        answer = await send(desk.assessor, TRANSITION, chosen=[one.number, other.number])

        page = shown(answer)
        assert tidy(page.one("h1").text) == "1 of 2 choices proposed"
        assert f"Example Forge ({other.number})" in page.text
        assert "Let it apply." in page.text
        waiting = await open_page(desk.second, page.link("What waits for a second officer"))
        assert f"Example Forge ({one.number})" in waiting.text
        assert other.number not in waiting.text

    async def test_nothing_chosen_is_told_at_the_field(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        await add_checked(owner, cast)

        answer = await send(desk.assessor, TRANSITION)

        assert problems_told(shown(answer, 422)) == ["Choose a provider"]

    async def test_the_department_is_told_that_authorities_do_this(
        self, settings: Settings, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        async with browsers(settings, owner, cast.department) as (browser,):
            page = shown(await browser.get(TRANSITION), 403)
            queue = await open_page(browser, "/applications")

        assert "Only a local authority lists by its own recent checks." in page.text
        assert "List providers by your recent checks" not in queue.text

    async def test_where_nobody_can_be_listed_that_is_said_with_why_and_nothing_can_be_sent(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        await add_listing(owner, cast, "listed")

        page = await open_page(desk.assessor, TRANSITION)

        assert "No provider can be listed like this now." in page.text
        assert "It takes a result of your authority" in page.text
        assert "Propose to list them" not in page.text
        assert "checked these lately" not in page.text

    async def test_more_than_fit_are_led_to(
        self, monkeypatch: pytest.MonkeyPatch, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        monkeypatch.setattr("app.pages.officers.many.MOST", 1)
        both = [await add_checked(owner, cast) for _ in range(2)]

        first = await open_page(desk.assessor, TRANSITION)
        second = await open_page(desk.assessor, first.link("More providers"))

        assert chosen_from(first) + chosen_from(second) == [one.number for one in both]


class TestConfirmMany:
    async def test_a_second_officer_confirms_those_of_colleagues_and_sees_what_came_of_each(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        both = [await add_listing(owner, cast, "in-assessment") for _ in range(2)]
        for applied in both:
            await proposed(desk, applied)
        none = await open_page(desk.assessor, CONFIRM)
        assert "Your own wait for another second officer" in none.text
        assert "Confirm those chosen" not in none.text
        page = await open_page(desk.second, CONFIRM)
        assert "It was seen, and all is well. Proposed by Example Assessor." in page.text
        await owner.execute("UPDATE listings SET version = version + 1 WHERE id = $1", both[1].id)

        answer = await send(desk.second, CONFIRM, chosen=chosen_from(page))

        told = shown(answer)
        assert tidy(told.one("h1").text) == "1 of 2 choices confirmed"
        assert f"Example Forge ({both[1].number}), Example Yard" in told.text
        assert [await state_of(owner, one) for one in both] == ["listed", "in-assessment"]

    async def test_sent_twice_it_is_done_once_and_leads_on(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        await proposed(desk, applied)
        page = await open_page(desk.second, CONFIRM)
        form = {each["name"]: each["value"] for each in page.all("input") if not each["id"]}
        form["chosen"] = chosen_from(page)[0]

        await desk.second.post(CONFIRM, data=form)
        again = await desk.second.post(CONFIRM, data=form)

        assert again.headers["Location"] == "/applications?queue=register"
        page = await open_page(desk.second, again.headers["Location"])
        assert application(applied) in [each["href"] for each in page.all("a")]

    async def test_nothing_chosen_is_told_at_the_field(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        await proposed(desk, await add_listing(owner, cast, "in-assessment"))

        answer = await send(desk.second, CONFIRM)

        assert problems_told(shown(answer, 422)) == ["Choose a proposal"]
