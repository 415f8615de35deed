from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from tests.factories.people import sign_in
from tests.factories.records import OwnedRecord, add_owned_record
from tests.pages.own_pages import open_page
from tests.pages.owners.record_forms import done


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


class TestConsent:
    async def test_is_given_and_taken_back(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        here = f"/records/{record.number}/consent"
        page = await done(browser, f"{here}/give")
        assert "Agreed, " in page.text
        assert "by Example Manager" in page.text

        page = await done(browser, f"{here}/take-back")

        assert "Not agreed, " in page.text
        assert page.link("Agree to publication") == f"{here}/give"


class TestConfirmation:
    async def test_is_given_and_the_task_is_done(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        here = f"/records/{record.number}/confirmation"
        assert "Never yet" in (await open_page(browser, here)).text

        page = await done(browser, f"{here}/confirm")

        assert "You confirmed the whole record today." in page.text
        assert (
            "Confirm the record once a year"
            in (await open_page(browser, f"/records/{record.number}")).text
        )

    async def test_is_asked_of_somebody_who_showed_who_they_are_a_moment_ago(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        long_ago = clock.now() - timedelta(hours=2)
        await sign_in(browser, owner, record.manager, authenticated_at=long_ago)
        address = f"/records/{record.number}/confirmation/confirm"

        answer = await browser.get(address)

        assert answer.status_code == 303
        assert "return_to=%2Frecords%2F" in answer.headers["location"]

    async def test_what_was_sent_waits_until_they_are_signed_in_again(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await owner.execute("UPDATE sign_in_sessions SET ends_at = seen_at + interval '1 ms'")
        browser.cookies.clear()
        form = {"form_key": "0190d0f0-0000-7000-8000-000000000001", "name": "The Hot Shop"}

        answer = await browser.post(f"/records/{record.number}/details/names/add", data=form)

        assert answer.status_code == 401
        assert "The Hot Shop" in answer.text
        assert await owner.fetchval("SELECT count(*) FROM provider_names") == 0
