"""The pages on which officers look after the records of providers they answer for."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.people import insert
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import (
    KNOWN_SINCE,
    OwnedRecord,
    add_officer,
    add_owned_record,
    add_provider,
    put_on_list,
)
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, shown
from tests.pages.reading import Page, tidy

RECORDS = "/provider-records"


@pytest.fixture
async def officer(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[httpx.AsyncClient]:
    async with browsers(settings, owner, await add_officer(owner)) as (browser,):
        yield browser


@pytest.fixture
async def known(owner: asyncpg.Connection) -> str:
    """The number of a record on Coventry's list that is in nobody's hands."""
    provider_id, number = await add_provider(owner, "Example Barn")
    await put_on_list(owner, provider_id)
    return number


@pytest.fixture
async def owned(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


def rows(page: Page) -> list[str]:
    return [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]


class TestShowRecords:
    @pytest.mark.usefixtures("owned")
    async def test_those_one_answers_for_are_found_by_name_and_status(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, known: str
    ) -> None:
        await add_provider(owner, "Example Far Away")

        page = await open_page(officer, RECORDS)
        assert sorted(rows(page)) == ["Example Barn", "Example Forge"]
        assert page.link("Example Barn") == f"{RECORDS}/{known}"
        assert rows(await open_page(officer, f"{RECORDS}?q=forge")) == ["Example Forge"]
        none = await open_page(officer, f"{RECORDS}?status=suspended")
        assert "No record was found." in none.text

    @pytest.mark.usefixtures("known", "owned")
    async def test_many_are_shown_page_by_page(
        self,
        monkeypatch: pytest.MonkeyPatch,
        officer: httpx.AsyncClient,
    ) -> None:
        monkeypatch.setattr("app.pages.officers.records.ON_A_PAGE", 1)

        first = await open_page(officer, RECORDS)
        second = await open_page(officer, first.link("Next page"))

        assert sorted(rows(first) + rows(second)) == ["Example Barn", "Example Forge"]

    async def test_others_find_nothing(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        stranger = await add_officer(owner, la_code=WARWICKSHIRE)
        async with browsers(settings, owner, stranger, owned.manager) as both:
            for browser in both:
                shown(await browser.get(f"{RECORDS}/{owned.number}"), 404)


class TestShowRecord:
    async def test_links_with_others_are_shown_and_ended_from_the_one_that_goes_on(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        before = await add_owned_record(owner, "Example Anvil")
        link = {"predecessor_id": before.id, "successor_id": owned.id, "since": KNOWN_SINCE}
        told = {"id": uuid7(), "reason": "The same people.", "recorded_at": clock.now()}
        await insert(owner, "provider_links", link | told)

        after = await open_page(officer, f"{RECORDS}/{owned.number}")
        earlier = await open_page(officer, f"{RECORDS}/{before.number}")

        assert f"Example Anvil ({before.number}) Since 1 September 2026" in after.text
        assert after.link(f"End the link with {before.number} (Goes on from)")
        assert f"Goes on as Example Forge ({owned.number})" in earlier.text
        assert "End the link" not in earlier.text
