"""The pages on which officers invite providers to claim their records, and end whose they are."""

import uuid
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.organisations.terms import OrganisationKind
from tests.factories.people import add_organisation
from tests.factories.records import (
    OwnedRecord,
    add_officer,
    add_owned_record,
    add_provider,
    put_on_list,
)
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen

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
async def owned(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def known(owner: asyncpg.Connection) -> str:
    """The number of a record on Coventry's list that is in nobody's hands."""
    provider_id, number = await add_provider(owner, "Example Barn")
    await put_on_list(owner, provider_id)
    return number


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

        withdrawing = page.link("Withdraw the invitation to claim it")
        form = unseen(await open_page(officer, withdrawing))
        answer = await officer.post(withdrawing, data=form)
        page = await open_page(officer, answer.headers["Location"])
        assert page.link("Invite its owner to claim it") == address
        twice = await officer.post(withdrawing, data=form)
        assert twice.headers["Location"] == answer.headers["Location"]
        shown(await officer.post(withdrawing, data={"form_key": str(uuid.uuid4())}), 404)

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

    async def test_an_owner_on_the_service_already_is_chosen_from_a_list(
        self,
        officer: httpx.AsyncClient,
        owner: asyncpg.Connection,
        known: str,
        owned: OwnedRecord,
    ) -> None:
        await add_organisation(owner, "Example Stranger", OrganisationKind.PROVIDER_OWNER)
        address = f"{RECORDS}/{known}/invite"
        form = await open_page(officer, address)
        assert "Example Forge Owner" in form.text
        assert "Example Stranger" not in form.text
        chosen = {"organisation_id": str(owned.manager.organisation_id)}

        twice = await send(officer, address, **chosen, owner="Another", verified_how="in-person")
        page = shown(twice, 422)
        assert problems_told(page) == [
            "Leave this empty, or choose none of those on the service already."
        ]
        assert page.by_id("owner")["value"] == "Another"
        (kept,) = [each for each in page.all("option") if "selected" in each.attributes]
        assert kept["value"] == chosen["organisation_id"]

        answer = await send(officer, address, **chosen, verified_how="in-person")
        after = await open_page(officer, answer.headers["Location"])
        assert "Invited to claim it Example Forge Owner" in after.text

    @pytest.mark.usefixtures("owned")
    async def test_nobody_is_let_into_an_owner_for_whom_people_work(
        self, officer: httpx.AsyncClient, known: str, owned: OwnedRecord
    ) -> None:
        chosen = {"organisation_id": str(owned.manager.organisation_id), "owner": ""}

        refused = await send(officer, f"{RECORDS}/{known}/invite", **(INVITED | chosen))

        page = shown(refused, 422)
        assert "People work for this owner already" in problems_told(page)[0]
        assert page.by_id("email")["value"] == INVITED["email"]
