"""The pages on which two officers make one record of two, and part them again."""

from collections.abc import AsyncIterator, Sequence

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import add_officer as add_both
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, problems_told, send, shown
from tests.pages.reading import Page
from tests.providers.applicants import Held, add_officer, add_record

MERGES = "/merges"
Pair = tuple[Held, Held]
Browsers = Sequence[httpx.AsyncClient]


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> Pair:
    """Two records in Coventry, one of them listed."""
    return await add_record(owner, "Kestrel", "listed"), await add_record(owner, "Kestrel Ltd")


@pytest.fixture
async def two(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Browsers]:
    """An assessor and a second officer of Coventry."""
    assessor = await add_officer(owner, name="Example Assessor")
    second = await add_officer(owner, Role.SECOND_OFFICER, name="Example Second")
    async with browsers(settings, owner, assessor, second) as made:
        yield made


def form_at(held: Held) -> str:
    return f"/provider-records/{held.number}/merge"


async def proposed(browser: httpx.AsyncClient, pair: Pair, **changes: str) -> str:
    """Propose on the pages to let the first record go on, and return where that is."""
    answers = {"other": pair[1].number, "keep": "this", "reason": "One yard."} | changes
    answer = await send(browser, form_at(pair[0]), **answers)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].split("?")[0]


def acts_of(page: Page) -> list[str]:
    return [each["href"] for each in page.all("a") if each["href"].startswith(f"{MERGES}/")]


async def state_of(owner: asyncpg.Connection) -> str:
    return str(await owner.fetchval("SELECT state FROM merges"))


class TestPropose:
    async def test_likely_duplicates_are_named_and_the_chosen_one_is_filled_in(
        self, two: Browsers, pair: Pair
    ) -> None:
        page = await open_page(two[0], f"{form_at(pair[0])}?other={pair[1].number}")

        assert f"Likely duplicates Kestrel Ltd ({pair[1].number})" in page.text
        assert page.by_id("other")["value"] == pair[1].number

    @pytest.mark.parametrize(("keep", "ends"), [("this", 1), ("other", 0)])
    async def test_either_record_can_go_on(
        self, two: Browsers, owner: asyncpg.Connection, keep: str, ends: int
    ) -> None:
        both = await add_record(owner, "Kestrel"), await add_record(owner, "Kestrel Ltd")
        where = await proposed(two[0], both, keep=keep)

        page = await open_page(two[0], f"{where}?done=proposed")
        assert f"({both[ends].number}) Record that goes on" in page.text
        assert "A second officer other than you confirms it." in page.text
        assert "for somebody with the role of second officer" in page.text
        assert acts_of(page) == []

    async def test_everything_left_out_is_told_at_once(self, two: Browsers, pair: Pair) -> None:
        answer = await send(two[0], form_at(pair[0]))

        told = problems_told(shown(answer, 422))
        assert told == [
            "Enter the number of the other record",
            "Choose which goes on",
            "Say why",
        ]

    async def test_a_number_of_no_record_is_mended_on_the_form(
        self, two: Browsers, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        hidden = await add_record(owner, "Falcon", la_code=WARWICKSHIRE)
        answers = {"other": hidden.number, "keep": "this", "reason": "One yard."}

        page = shown(await send(two[0], form_at(pair[0]), **answers), 404)

        assert f"There is no record {hidden.number} that you may see." in problems_told(page)[0]
        assert page.by_id("other")["value"] == hidden.number

    async def test_of_a_record_that_cannot_be_seen_nothing_is_offered(
        self, two: Browsers, owner: asyncpg.Connection
    ) -> None:
        hidden = await add_record(owner, "Falcon", la_code=WARWICKSHIRE)

        shown(await two[0].get(form_at(hidden)), 404)


class TestSettle:
    async def test_the_second_officer_sees_everything_and_merges_the_two(
        self, two: Browsers, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        where = await proposed(two[0], pair)
        page = await open_page(two[1], where)
        assert acts_of(page) == [f"{where}/settle/merge", f"{where}/settle/leave"]
        form = await open_page(two[1], f"{where}/settle/merge")
        for words in (*(one.number for one in pair), "One yard.", "Example Assessor"):
            assert words in form.text

        answer = await send(two[1], f"{where}/settle/merge")

        page = await open_page(two[1], answer.headers["Location"])
        assert "The two records are one now." in page.text
        assert await state_of(owner) == "merged"

    async def test_declining_asks_for_a_reason(
        self, two: Browsers, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        where = await proposed(two[0], pair)

        refused = await send(two[1], f"{where}/settle/leave")
        assert problems_told(shown(refused, 422)) == ["Say why"]

        answer = await send(two[1], f"{where}/settle/leave", reason="They are two.")
        assert "stay as they are" in (await open_page(two[1], answer.headers["Location"])).text
        assert await state_of(owner) == "refused"

    async def test_two_records_are_parted_again_by_two(
        self, two: Browsers, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        where = await proposed(two[0], pair)
        await send(two[1], f"{where}/settle/merge")
        assert acts_of(await open_page(two[0], where)) == [f"{where}/part"]

        await send(two[0], f"{where}/part", reason="They are two.")
        kept = await send(two[1], f"{where}/settle/keep-merged", reason="One yard.")
        assert kept.headers["Location"].endswith("done=keep-merged")
        assert await state_of(owner) == "merged"

        await send(two[0], f"{where}/part", reason="They are two indeed.")
        answer = await send(two[1], f"{where}/settle/part")
        page = await open_page(two[1], answer.headers["Location"])
        assert "They are two indeed." in page.text
        assert await state_of(owner) == "undone"

    async def test_who_proposed_it_is_told_that_another_settles_it(
        self, settings: Settings, owner: asyncpg.Connection, pair: Pair
    ) -> None:
        both = await add_both(owner, Role.ASSESSOR, Role.SECOND_OFFICER)
        async with browsers(settings, owner, both) as (browser,):
            where = await proposed(browser, pair)

            page = await open_page(browser, where)
            by_address = await send(browser, f"{where}/settle/merge")

        assert "a second officer other than you must settle it" in page.text
        assert by_address.status_code == 403

    async def test_settled_meanwhile_is_told_on_the_form(self, two: Browsers, pair: Pair) -> None:
        where = await proposed(two[0], pair)
        await send(two[1], f"{where}/settle/merge")

        answer = await send(two[1], f"{where}/settle/merge")

        assert "Read it again" in problems_told(shown(answer, 409))[0]


class TestShowMerges:
    async def test_those_that_wait_come_first_and_others_by_their_state(
        self, two: Browsers, pair: Pair
    ) -> None:
        where = await proposed(two[0], pair)

        page = await open_page(two[1], MERGES)
        assert page.link(f"Kestrel Ltd ({pair[1].number})") == where
        merged = await open_page(two[1], page.link("Merged"))
        assert "None." in merged.text

    async def test_many_are_shown_page_by_page(
        self,
        monkeypatch: pytest.MonkeyPatch,
        two: Browsers,
        owner: asyncpg.Connection,
        pair: Pair,
    ) -> None:
        monkeypatch.setattr("app.pages.officers.merges.ON_A_PAGE", 1)
        others = await add_record(owner, "Falcon"), await add_record(owner, "Falcon Ltd")
        made = {await proposed(two[0], pair), await proposed(two[0], others)}

        first = await open_page(two[1], MERGES)
        second = await open_page(two[1], first.link("Next page"))

        assert set(acts_of(first)) | set(acts_of(second)) >= made
        assert second.link("Back to the first page") == f"{MERGES}?state=proposed"

    async def test_what_others_answer_for_is_not_there(
        self, settings: Settings, owner: asyncpg.Connection, two: Browsers, pair: Pair
    ) -> None:
        where = await proposed(two[0], pair)
        stranger = await add_officer(owner, la_code=WARWICKSHIRE)
        async with browsers(settings, owner, stranger) as (browser,):
            assert "None." in (await open_page(browser, MERGES)).text
            shown(await browser.get(where), 404)
