"""The pages on which officers look after the records of providers they answer for."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import (
    OwnedRecord,
    add_officer,
    add_owned_record,
    add_provider,
    put_on_list,
)
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, problems_told, send, shown
from tests.pages.reading import Page, tidy

RECORDS = "/provider-records"
INVITED = {
    "owner": "Example Barn CIC",
    "name": "Example Founder",
    "email": "founder@example.org",
    "verified_how": "known-phone",
}


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
        monkeypatch.setattr("app.pages.officer_records.ON_A_PAGE", 1)

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


class TestVerify:
    async def test_what_was_found_of_a_site_stands_beside_it(
        self, officer: httpx.AsyncClient, owned: OwnedRecord
    ) -> None:
        page = await open_page(officer, f"{RECORDS}/{owned.number}")
        address = page.link("Verify Example Yard, workshop")

        assert problems_told(shown(await send(officer, address), 422)) == [
            "Choose what you found",
            "Choose how",
        ]
        answer = await send(officer, address, held="true", how="seen", note="Visited.")

        after = await open_page(officer, answer.headers["Location"])
        assert "What you found is on record." in after.text
        assert "by Example Officer: seen" in after.text

    async def test_without_the_permission_there_is_no_button_and_a_refusal_by_address(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        second = await add_officer(owner, Role.SECOND_OFFICER)
        async with browsers(settings, owner, second) as (browser,):
            page = await open_page(browser, f"{RECORDS}/{owned.number}")
            assert "Not by you" in page.text
            assert "for an assessor, or an administrator." in page.text
            shown(await browser.get(f"{RECORDS}/{owned.number}/verify"), 403)


class TestClaims:
    async def test_a_provider_is_invited_and_the_invitation_withdrawn(
        self, officer: httpx.AsyncClient, known: str
    ) -> None:
        address = f"{RECORDS}/{known}/invite"
        told = problems_told(shown(await send(officer, address), 422))
        assert told == [
            "Enter the owner's name",
            "Enter a person's name",
            "Enter an e-mail address",
            "Choose how you made sure who they are",
        ]

        answer = await send(officer, address, **INVITED)
        page = await open_page(officer, answer.headers["Location"])
        assert "Invited to claim it Example Barn CIC" in page.text

        answer = await send(officer, page.link("Withdraw the invitation to claim it"))
        page = await open_page(officer, answer.headers["Location"])
        assert page.link("Invite its owner to claim it") == address

    async def test_a_record_is_taken_out_of_its_owners_hands_with_a_reason(
        self, officer: httpx.AsyncClient, owned: OwnedRecord
    ) -> None:
        page = await open_page(officer, f"{RECORDS}/{owned.number}")
        address = page.link("End its ownership")
        assert problems_told(shown(await send(officer, address), 422)) == ["Say why"]

        answer = await send(officer, address, reason="It was sold.")

        after = await open_page(officer, answer.headers["Location"])
        assert "The record is in nobody's hands now." in after.text
        assert "Owner Nobody has claimed it" in after.text
