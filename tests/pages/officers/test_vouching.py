"""The pages on which officers say what they found of a record, or have a number looked up."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from app import clock
from app.access import Role
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.evidence import add_document
from tests.factories.people import add_member, insert
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.organisations.asking import browsers
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.providers.other_registers import running_register

RECORDS = "/provider-records"
FOUND = {"held": "yes", "how": "seen"}
COMPANY = {"company_name": "EXAMPLE FORGE LIMITED", "company_status": "active"}


@pytest.fixture
async def officer(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[httpx.AsyncClient]:
    async with browsers(settings, owner, await add_officer(owner)) as (browser,):
        yield browser


@pytest.fixture
async def owned(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


async def add_number(owner: asyncpg.Connection, record: OwnedRecord) -> Any:
    """Let a record have a company number."""
    row = {"id": uuid7(), "provider_id": record.id, "scheme": "companies-house"}
    await insert(owner, "provider_identifiers", row | {"value": "01234567"})
    return row["id"]


async def add_director(owner: asyncpg.Connection, record: OwnedRecord) -> None:
    """Let a director be behind a provider."""
    present = clock.now()
    row = {"id": uuid7(), "kind": "director", "name": "Example Smith", "source": "owner"}
    told = {"provider_id": record.id, "recorded_at": present, "changed_at": present, "version": 1}
    await insert(owner, "provider_people", row | told)


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
        answer = await send(officer, address, held="yes", how="seen", note="Visited.")

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

    async def test_documents_people_and_numbers_are_verified_too_and_a_day_can_be_told(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        await add_document(owner, owned, title="Fire plan")
        await add_director(owner, owned)
        await add_number(owner, owned)
        day = clock.today() - timedelta(days=3)
        typed = FOUND | on("verified_on", f"{day.day} {day.month} {day.year}")
        here = f"{RECORDS}/{owned.number}"

        for shown_on, words, back in (
            (f"{here}/documents", "Verify (Fire plan)", f"{here}/documents"),
            (f"{here}/people", "Verify (Example Smith)", f"{here}/people"),
            (here, "Verify Company number 01234567", here),
        ):
            page = await open_page(officer, shown_on)
            answer = await send(officer, page.link(words), **typed)
            assert answer.headers["Location"] == f"{back}?done=verified"
            after = await open_page(officer, answer.headers["Location"])
            assert "What you found is on record." in after.text
            assert f"Found right on {day.day} {day:%B %Y}, by Example Officer: seen" in after.text

    async def test_a_day_to_come_is_refused_where_it_was_typed_and_kept(
        self, officer: httpx.AsyncClient, owned: OwnedRecord
    ) -> None:
        address = f"{RECORDS}/{owned.number}/verify"

        typed = FOUND | on("verified_on", "1 1 2199")

        refused = await send(officer, address, **typed, note="Seen.")

        page = shown(refused, 422)
        assert problems_told(page) == ["Nobody has looked yet on a day to come."]
        assert page.by_id("verified_on-year")["value"] == "2199"
        assert "Seen." in page.by_id("note").text

    @pytest.mark.parametrize("kind", ["document", "person", "site", "identifier"])
    async def test_what_the_record_has_not_is_not_found(
        self, officer: httpx.AsyncClient, owned: OwnedRecord, kind: str
    ) -> None:
        address = f"{RECORDS}/{owned.number}/verify?kind={kind}"
        for end in ("", f"&part={uuid7()}"):
            shown(await officer.get(f"{address}{end}"), 404)

    async def test_whoever_has_a_stake_is_offered_none_and_refused(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        stake = await add_officer(owner, name="Example Partner")
        await add_member(owner, owned.manager.organisation_id, person_id=stake.person_id)
        async with browsers(settings, owner, stake) as (browser,):
            page = await open_page(browser, f"{RECORDS}/{owned.number}")
            assert "Not by you" in page.text
            refused = await send(browser, f"{RECORDS}/{owned.number}/verify", **FOUND)
            shown(refused, 403)


class TestLookUp:
    async def test_what_another_register_says_is_kept_beside_the_number(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        await add_number(owner, owned)
        with running_register() as register:
            register.says(COMPANY)
            async with browsers(
                looking_up(settings, register.address), owner, await add_officer(owner)
            ) as (browser,):
                page = await open_page(browser, f"{RECORDS}/{owned.number}")
                address = page.link("Look it up Company number 01234567")
                answer = await send(browser, address)
                after = await open_page(browser, answer.headers["Location"])

        assert "It was looked up." in after.text
        assert "by Example Officer: at Companies House" in after.text

    async def test_one_that_does_not_answer_says_so_on_the_form(
        self, settings: Settings, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        number = await add_number(owner, owned)
        address = f"{RECORDS}/{owned.number}/identifiers/{number}/look-up"
        with running_register() as register:
            register.status = 500
            async with browsers(
                looking_up(settings, register.address), owner, await add_officer(owner)
            ) as (browser,):
                page = shown(await send(browser, address), 503)

        assert problems_told(page)
        assert await owner.fetchval("SELECT count(*) FROM provider_verifications") == 0

    async def test_where_none_is_set_up_none_is_offered_and_it_is_refused_in_words(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, owned: OwnedRecord
    ) -> None:
        number = await add_number(owner, owned)
        page = await open_page(officer, f"{RECORDS}/{owned.number}")
        assert "Look it up" not in page.text

        here = f"{RECORDS}/{owned.number}/identifiers"
        refused = shown(await send(officer, f"{here}/{number}/look-up"), 409)
        assert "Look it up yourself" in problems_told(refused)[0]
        shown(await officer.get(f"{here}/{uuid7()}/look-up"), 404)


def looking_up(settings: Settings, address: str) -> Settings:
    """Let company numbers be looked up at an address."""
    return settings.model_copy(
        update={"companies_house_url": address, "companies_house_key": SecretStr("key")}
    )
