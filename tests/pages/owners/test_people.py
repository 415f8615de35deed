import asyncpg
import httpx
import pytest

from tests.factories.people import sign_in
from tests.factories.records import OwnedRecord, add_owned_record
from tests.pages.own_pages import on, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


@pytest.fixture
def here(record: OwnedRecord) -> str:
    return f"/records/{record.number}/people"


class TestPeople:
    async def test_somebody_is_named_changed_and_ended(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        named: dict[str, str | list[str]] = {"kind": ["director"], "name": "Jo Example"}
        named["birth_month"] = "3 1979"
        page = await done(browser, f"{here}/add", **named, **on("appointed_on", "1 April 2020"))
        assert "Since 1 April 2020" in page.text

        change, end = page.link("Change (Jo Example)"), page.link("End (Jo Example)")
        assert (await open_page(browser, change)).by_id("birth_month")["value"] == "3 1979"
        assert "Jo Sample" in (await done(browser, change, name="Jo Sample")).text
        page = await done(browser, end, **on("on", "1 5 2020"))

        assert "Who was behind it" in page.text
        assert "Until 1 May 2020" in page.text

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"birth_month": "1979"}, "Enter the month and the year, like 3 1979"),
            (on("appointed_on", "31 2 2020"), "There is no such day. Check it against a calendar"),
            (on("appointed_on", "1 2 20"), "Enter the year with four figures"),
            ({"name": "jo@example.org"}, "A name holds no web or e-mail address."),
        ],
    )
    async def test_what_is_wrong_is_told_in_words(
        self, browser: httpx.AsyncClient, here: str, typed: dict[str, str], told: str
    ) -> None:
        sent: dict[str, str | list[str]] = {"kind": ["director"], "name": "Jo Example"}

        page = shown(await fill_in(browser, f"{here}/add", **(sent | typed)), 422)

        assert problems_told(page) == [told]

    async def test_an_end_before_the_beginning_comes_back(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        named: dict[str, str | list[str]] = {"kind": ["director"], "name": "Jo Example"}
        page = await done(browser, f"{here}/add", **named, **on("appointed_on", "1 4 2020"))

        answer = await fill_in(browser, page.link("End (Jo Example)"), **on("on", "1 3 2020"))

        assert "cannot have ended" in problems_told(shown(answer, 422))[0]

    async def test_a_contact_is_added_and_taken_out(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(browser, f"{here}/contacts/add", kind=["phone"], value="01632 960101")
        assert "01632 960101" in page.text

        page = await done(browser, page.link("Take out (Phone number)"))

        assert "01632 960101" not in page.text

    async def test_an_account_is_noted_and_never_shown(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(browser, f"{here}/bank", sort_code="12-34-56", account_number="12345678")

        assert "The account was noted." in page.text
        assert "12345678" not in page.text
        refused = shown(
            await fill_in(browser, f"{here}/bank", sort_code="12", account_number="x"), 422
        )
        assert problems_told(refused) == [
            "Enter the six digits of the sort code, like 00-00-00",
            "Enter the account number, six to eight digits",
        ]
