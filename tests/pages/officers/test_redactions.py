"""The pages on which a wrongly published fact is chosen, proposed, and taken out or left."""

from collections.abc import AsyncIterator, Sequence

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.config import Settings
from app.db.transactions import Database
from app.pages.filters import format_day
from app.providers.service.recording import Recorded
from tests.factories.records import add_civil_servant, add_officer
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, problems_told, send, shown
from tests.pages.reading import Page, tidy
from tests.register.redacting import HOME, REASON, change, publish_a_home

REDACTIONS = "/redactions"
ANSWERS = {"grounds": "home-address", "reason": REASON}


@pytest.fixture
async def held(database: Database, owner: asyncpg.Connection) -> Recorded:
    return await publish_a_home(database, owner)


@pytest.fixture
async def three(
    settings: Settings, owner: asyncpg.Connection, held: Recorded
) -> AsyncIterator[Sequence[httpx.AsyncClient]]:
    """An assessor of the authority, and an assessor and a second officer of the department."""
    officer = await add_officer(owner, Role.ASSESSOR, Role.SECOND_OFFICER)
    assessor = await add_civil_servant(owner, Role.ASSESSOR)
    second = await add_civil_servant(owner, Role.SECOND_OFFICER)
    async with browsers(settings, owner, officer, assessor, second) as made:
        yield made


def form_at(held: Recorded) -> str:
    return f"/provider-records/{held.number}/redactions/add"


def fact(page: Page, words: str) -> str:
    label = next(each for each in page.all("label") if tidy(each.text) == words)
    return page.by_id(label["for"])["value"]


async def proposed(browser: httpx.AsyncClient, held: Recorded) -> str:
    """Propose on the pages, and return where the redaction is."""
    page = await open_page(browser, form_at(held))
    answer = await send(browser, form_at(held), fact=fact(page, HOME), **ANSWERS)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].split("?")[0]


class TestPropose:
    async def test_a_fact_is_chosen_by_what_it_says_and_nobody_types_a_pointer(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        page = await open_page(three[0], form_at(held))

        offered = [tidy(each.text) for each in page.all("label")]
        assert HOME in offered
        assert "1 Example Street" not in offered
        assert "Line of a site's address; told by 2 entries" in page.text
        assert "/sites/" not in page.one("main").text

    async def test_it_waits_for_the_department_and_says_so(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[0], held)

        page = await open_page(three[0], f"{where}?done=proposed")
        assert HOME in page.text
        assert "A second officer of the department confirms it." in page.text
        assert "for a second officer of the department" in page.text
        assert not [each for each in page.all("a") if each["href"].endswith("/confirm")]

    async def test_everything_left_out_is_told_at_once(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        answer = await send(three[0], form_at(held), reason="")

        told = problems_told(shown(answer, 422))
        assert told == [
            "Choose a fact",
            "Choose why it should not have been published",
            "Say why in at least 10 characters",
        ]

    async def test_a_reason_that_repeats_the_fact_comes_back_as_typed(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        chosen = fact(await open_page(three[0], form_at(held)), HOME)
        said = f"It says {HOME}, a home."

        answer = await send(three[0], form_at(held), fact=chosen, **(ANSWERS | {"reason": said}))

        page = shown(answer, 422)
        assert "say why, without the fact itself" in problems_told(page)[0]
        assert said in page.one("textarea").text

    async def test_sent_twice_it_is_proposed_once(
        self, owner: asyncpg.Connection, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        page = await open_page(three[0], form_at(held))
        form = {each["name"]: each["value"] for each in page.all("input") if not each["id"]}
        sent = form | ANSWERS | {"fact": fact(page, HOME)}

        first = await three[0].post(form_at(held), data=sent)
        again = await three[0].post(form_at(held), data=sent)

        assert first.headers["Location"] == again.headers["Location"]
        assert await owner.fetchval("SELECT count(*) FROM redactions") == 1

    async def test_of_a_provider_answered_for_by_others_nothing_is_offered(
        self, settings: Settings, owner: asyncpg.Connection, held: Recorded
    ) -> None:
        stranger = await add_officer(owner, la_code="937")
        async with browsers(settings, owner, stranger) as (browser,):
            answer = await browser.get(form_at(held))

        assert answer.status_code in {403, 404}
        assert HOME not in answer.text


class TestSettle:
    async def test_the_proposer_of_another_organisation_is_named_too(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[0], held)

        page = await open_page(three[2], where)

        assert "Proposed Example Officer " in page.text

    async def test_the_second_officer_sees_everything_and_takes_it_out(
        self, client: httpx.AsyncClient, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[1], held)
        page = await open_page(three[2], page_link(await open_page(three[2], where), "confirm"))
        for words in (HOME, REASON, "It is the address of somebody's home", held.number):
            assert words in page.text
        assert f"Proposed Example Civil Servant {format_day(clock.today())} at" in page.text

        answer = await send(three[2], f"{where}/confirm")

        assert answer.headers["Location"] == f"{where}?done=confirmed"
        after = await open_page(three[2], answer.headers["Location"])
        assert "The fact was taken out of the log, everywhere." in after.text
        assert HOME not in after.text
        assert HOME not in (await client.get(f"/v1/providers/{held.number}/history")).text

    async def test_declining_leaves_the_log_as_it_is(
        self, client: httpx.AsyncClient, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[1], held)

        answer = await send(three[2], f"{where}/decline")

        page = await open_page(three[2], answer.headers["Location"])
        assert "Declined: the log stayed as it was" in page.text
        assert "What can be done now" not in page.text
        assert HOME in (await client.get(f"/v1/providers/{held.number}/history")).text

    async def test_who_proposed_it_is_told_that_another_settles_it(
        self, settings: Settings, owner: asyncpg.Connection, held: Recorded
    ) -> None:
        both = await add_civil_servant(owner, Role.ASSESSOR, Role.SECOND_OFFICER)
        async with browsers(settings, owner, both) as (browser,):
            where = await proposed(browser, held)

            page = await open_page(browser, where)
            by_address = await send(browser, f"{where}/confirm")

        assert "a second officer other than you must settle it" in page.text
        assert by_address.status_code == 403

    async def test_a_fact_that_is_published_again_is_refused_on_the_form(
        self,
        database: Database,
        owner: asyncpg.Connection,
        three: Sequence[httpx.AsyncClient],
        held: Recorded,
    ) -> None:
        where = await proposed(three[1], held)
        await change(database, owner, held, f"address_lines = ARRAY['{HOME}']")

        answer = await send(three[2], f"{where}/confirm")

        assert "still says it" in problems_told(shown(answer, 409))[0]

    async def test_settled_meanwhile_it_is_not_done_twice(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[1], held)
        await send(three[2], f"{where}/decline")

        answer = await send(three[2], f"{where}/confirm")

        assert "settled before" in problems_told(shown(answer, 409))[0]


class TestShowRedactions:
    async def test_those_that_wait_come_first_and_settled_ones_when_asked_for(
        self, three: Sequence[httpx.AsyncClient], held: Recorded
    ) -> None:
        where = await proposed(three[1], held)
        assert (await open_page(three[0], REDACTIONS)).link("Line of a site's address") == where

        await send(three[2], f"{where}/decline")

        assert "Nothing waits." in (await open_page(three[0], REDACTIONS)).text
        page = await open_page(three[0], f"{REDACTIONS}?state=all")
        assert page.link("Line of a site's address") == where

    async def test_many_are_shown_page_by_page(
        self,
        monkeypatch: pytest.MonkeyPatch,
        three: Sequence[httpx.AsyncClient],
        held: Recorded,
    ) -> None:
        monkeypatch.setattr("app.pages.officers.redactions.ON_A_PAGE", 1)
        await proposed(three[0], held)
        page = await open_page(three[0], form_at(held))
        others = [each["value"] for each in page.all("input") if each["name"] == "fact"]
        town = next(one for one in others if one != fact(page, HOME))
        await send(three[0], form_at(held), fact=town, **ANSWERS)

        first = await open_page(three[0], REDACTIONS)
        second = await open_page(three[0], first.link("Next page"))

        assert len(rows(first)) == len(rows(second)) == 1
        assert rows(first) != rows(second)
        assert second.link("Back to the first page") == f"{REDACTIONS}?state=waiting"

    async def test_what_others_answer_for_is_not_there(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        three: Sequence[httpx.AsyncClient],
        held: Recorded,
    ) -> None:
        where = await proposed(three[0], held)
        stranger = await add_officer(owner, la_code="937")
        async with browsers(settings, owner, stranger) as (browser,):
            assert "Nothing waits." in (await open_page(browser, REDACTIONS)).text
            shown(await browser.get(where), 404)


def page_link(page: Page, ending: str) -> str:
    return next(each["href"] for each in page.all("a") if each["href"].endswith(ending))


def rows(page: Page) -> list[str]:
    return [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]
