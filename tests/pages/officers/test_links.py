"""The pages on which officers say which provider goes on from which."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.organisations.asking import browsers
from tests.pages.own_pages import on, open_page, problems_told, send, shown

RECORDS = "/provider-records"


@pytest.fixture
async def officer(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[httpx.AsyncClient]:
    async with browsers(settings, owner, await add_officer(owner)) as (browser,):
        yield browser


@pytest.fixture
async def owned(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def before(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, "Example Anvil")


class TestLink:
    async def test_a_predecessor_is_named_and_the_link_ended_as_a_mistake(
        self, officer: httpx.AsyncClient, owned: OwnedRecord, before: OwnedRecord
    ) -> None:
        page = await open_page(officer, f"{RECORDS}/{owned.number}")
        address = page.link("Say which provider it goes on from")

        answer = await send(
            officer,
            address,
            number=before.number.lower(),
            reason="Same people.",
            **on("since", "1 9 2026"),
        )

        page = await open_page(officer, answer.headers["Location"])
        assert "The two are linked." in page.text
        assert f"Goes on from Example Anvil ({before.number}) Since 1 September 2026" in page.text
        answer = await send(officer, page.link(f"End the link with {before.number} (Goes on from)"))
        page = await open_page(officer, answer.headers["Location"])
        assert "The link was ended." in page.text
        assert "Goes on from" not in page.text

    async def test_what_cannot_be_is_refused_with_what_was_typed(
        self, officer: httpx.AsyncClient, owned: OwnedRecord, before: OwnedRecord
    ) -> None:
        address = f"{RECORDS}/{owned.number}/predecessors/add"
        empty = problems_told(shown(await send(officer, address), 422))
        assert empty == [
            "Enter the number of another provider that you can see",
            "Say how you know",
        ]

        itself = await send(officer, address, number=owned.number, reason="Same people.")
        page = shown(itself, 422)
        assert problems_told(page) == ["Give the number of another provider, one that you can see."]
        assert page.by_id("number")["value"] == owned.number
        assert "Same people." in page.by_id("reason").text

        given = {"number": before.number, "reason": "Same people."}
        await send(officer, address, **given)
        again = shown(await send(officer, address, **given), 409)
        assert "are linked already" in problems_told(again)[0]

    async def test_whoever_may_not_is_told_and_refused(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        second = await add_officer(owner, Role.SECOND_OFFICER)
        async with browsers(settings, owner, second) as (browser,):
            here = f"{RECORDS}/{owned.number}"
            page = await open_page(browser, here)
            assert "Say which provider it goes on from: for somebody with" in page.text
            shown(await browser.get(f"{here}/predecessors/add"), 403)

    async def test_a_link_that_is_not_there_is_not_found(
        self, officer: httpx.AsyncClient, owned: OwnedRecord
    ) -> None:
        address = f"{RECORDS}/{owned.number}/predecessors/{uuid7()}/end"

        shown(await officer.get(address), 404)
