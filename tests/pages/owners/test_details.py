import asyncpg
import httpx
import pytest

from tests.factories.invitations import entries
from tests.factories.people import sign_in
from tests.factories.records import OwnedRecord, add_owned_record
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in, filled


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
    return f"/records/{record.number}/details"


class TestDetails:
    async def test_are_changed_as_people_type_them(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(
            browser,
            f"{here}/change",
            legal_form=["company"],
            staff_size=["small"],
            website="www.forge.example.org",
            public_phone="01632 960101",
        )

        assert "The details were saved." in page.text
        assert "Limited company" in page.text
        assert "Two to four adults" in page.text
        assert "https://www.forge.example.org" in page.text

    async def test_what_is_wrong_comes_back_at_its_field_with_what_was_typed(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        answer = await fill_in(
            browser, f"{here}/change", name=" ", public_email="forge", public_phone="12"
        )

        page = shown(answer, 422)
        assert problems_told(page) == ["Enter the name"]
        page = shown(
            await fill_in(browser, f"{here}/change", public_email="forge", public_phone="12"), 422
        )
        assert problems_told(page) == [
            "Enter an e-mail address, like name@example.org",
            "A telephone number looks like 01632 960101, or +33 1 99 00 12 34 from abroad.",
        ]
        assert page.by_id("public_phone")["value"] == "12"

    async def test_a_second_click_does_it_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        form = filled(await open_page(browser, f"{here}/change")) | {"staff_size": ["lone"]}

        answers = [await browser.post(f"{here}/change", data=form) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [303, 303]
        assert len(await entries(owner, "provider_record.changed")) == 1

    async def test_changed_meanwhile_it_says_so_and_keeps_what_was_typed(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        form = filled(await open_page(browser, f"{here}/change")) | {"name": "Example Smithy"}
        await done(browser, f"{here}/change", staff_size=["lone"])

        page = shown(await browser.post(f"{here}/change", data=form), 412)
        again = await browser.post(f"{here}/change", data=filled(page))

        assert "Somebody changed this since you opened the page." in problems_told(page)[0]
        assert page.by_id("name")["value"] == "Example Smithy"
        assert again.status_code == 303

    async def test_a_name_is_added_and_taken_out(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(browser, f"{here}/names/add", name="The Hot Shop")
        (address,) = [each["href"] for each in page.all("a") if each["href"].endswith("/withdraw")]
        twice = shown(await fill_in(browser, f"{here}/names/add", name="The Hot Shop"), 409)

        assert "goes by the name The Hot Shop already" in problems_told(twice)[0]
        assert "The Hot Shop" not in (await done(browser, address)).text

    async def test_a_number_is_added_unchecked_and_taken_out(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(
            browser, f"{here}/numbers/add", scheme=["companies-house"], value="1234567"
        )
        (address,) = [each["href"] for each in page.all("a") if each["href"].endswith("/withdraw")]

        assert "01234567" in page.text
        assert "Nobody has checked it yet" in page.text
        assert "01234567" not in (await done(browser, address)).text

    async def test_what_can_be_no_number_is_refused_in_words(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = shown(await fill_in(browser, f"{here}/numbers/add", value="12"), 422)
        assert problems_told(page) == ["Choose which number it is"]

        answer = await fill_in(
            browser, f"{here}/numbers/add", scheme=["charity-commission"], value="12"
        )

        assert "A charity number has six or seven digits" in problems_told(shown(answer, 422))[0]


class TestBegin:
    async def test_a_record_is_begun_and_shown(self, browser: httpx.AsyncClient) -> None:
        page = await done(browser, "/records/add", name="Example Second Forge")

        assert "The record has begun." in page.text
        assert "Example Second Forge" in page.text
