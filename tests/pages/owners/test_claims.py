import uuid

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, insert, sign_in
from tests.factories.providers import COVENTRY
from tests.factories.records import add_manager, add_officer, add_provider, add_site, give_to
from tests.pages.own_pages import open_page, problems_told, shown, unseen
from tests.pages.owners.record_forms import done


@pytest.fixture
async def manager(owner: asyncpg.Connection) -> Member:
    return await add_manager(owner)


@pytest.fixture
async def claim(owner: asyncpg.Connection, manager: Member) -> uuid.UUID:
    officer = await add_officer(owner)
    provider_id, _ = await add_provider(owner)
    await add_site(owner, provider_id)
    row = {
        "id": uuid7(),
        "provider_id": provider_id,
        "organisation_id": manager.organisation_id,
        "verified_how": "known-phone",
        "invited_by": officer.person_id,
        "invited_by_organisation": fact_id(OrganisationKind.LOCAL_AUTHORITY, COVENTRY),
        "invited_at": clock.now(),
    }
    await insert(owner, "claims", row)
    return uuid.UUID(str(row["id"]))


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, manager: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, manager)


async def test_an_invitation_waits_says_what_accepting_means_and_is_accepted_once(
    browser: httpx.AsyncClient, claim: uuid.UUID
) -> None:
    waiting = await open_page(browser, "/records")
    address = waiting.link("Take over the record of Example Forge")
    page = await open_page(browser, address)
    assert "What accepting means" in page.text
    assert "Coventry" in page.text
    form = unseen(page)

    answers = [await browser.post(f"{address}/accept", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    record = await open_page(browser, answers[0].headers["location"])
    assert "The record is in your hands." in record.text
    assert "was accepted on" in (await open_page(browser, address)).text
    assert "Waiting for your answer" not in (await open_page(browser, "/records")).text


async def test_one_that_is_not_theirs_is_declined(
    browser: httpx.AsyncClient, claim: uuid.UUID
) -> None:
    page = await done(browser, f"/claims/{claim}/decline")

    assert "The invitation was declined." in page.text
    shown(await browser.get(f"/claims/{claim}"), 404)


async def test_one_withdrawn_meanwhile_is_gone_and_the_page_says_whom_to_ask(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, claim: uuid.UUID
) -> None:
    form = unseen(await open_page(browser, f"/claims/{claim}"))
    await owner.execute("UPDATE claims SET withdrawn_at = now()")

    page = shown(await browser.post(f"/claims/{claim}/accept", data=form), 404)

    assert "it was declined or withdrawn: ask the council for another" in page.text


async def test_a_record_that_came_into_other_hands_meanwhile_comes_back_with_why(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, claim: uuid.UUID
) -> None:
    form = unseen(await open_page(browser, f"/claims/{claim}"))
    provider_id = await owner.fetchval("SELECT provider_id FROM claims")
    other = await add_manager(owner, "Example Other Owner")
    await give_to(owner, provider_id, other.organisation_id)

    page = shown(await browser.post(f"/claims/{claim}/accept", data=form), 409)

    assert problems_told(page)


async def test_whoever_may_not_speak_for_the_owner_is_told_who_may(
    browser: httpx.AsyncClient, owner: asyncpg.Connection, manager: Member, claim: uuid.UUID
) -> None:
    of = manager.organisation_id
    await sign_in(browser, owner, await add_member(owner, of, Role.ADMINISTRATOR))

    page = await open_page(browser, f"/claims/{claim}")

    assert "A colleague who is a provider manager can accept it." in page.text
    assert f"/claims/{claim}/accept" not in [each["action"] for each in page.all("form")]


async def test_another_organisation_and_the_officer_find_no_such_page(
    client: httpx.AsyncClient, owner: asyncpg.Connection, claim: uuid.UUID
) -> None:
    for member in (await add_manager(owner, "Example Other Owner"), await add_officer(owner)):
        await sign_in(client, owner, member)

        shown(await client.get(f"/claims/{claim}"), 404)
