"""The pages on which officers see what a provider shows, and says itself of its sites."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.config import Settings
from app.values.uuid7 import uuid7
from tests.factories.evidence import (
    add_checked_tutor,
    add_document,
    add_self_evaluation,
    add_staff_member,
)
from tests.factories.listings import Applied, add_cast, add_listing
from tests.factories.people import Member, insert
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import OwnedRecord, add_officer, add_owned_record
from tests.files.making import pdf
from tests.organisations.asking import browsers
from tests.pages.own_pages import open_page, shown
from tests.pages.reading import Page, tidy
from tests.providers import showing_evidence as showing

PARTS = ("documents", "self-evaluations", "staff-checks", "people")
TOMORROW = clock.today() + timedelta(days=1)


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


@pytest.fixture
async def officer(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[httpx.AsyncClient]:
    async with browsers(settings, owner, await add_officer(owner)) as (browser,):
        yield browser


@pytest.fixture
def here(record: OwnedRecord) -> str:
    return f"/provider-records/{record.number}"


def lines(page: Page) -> dict[str, str]:
    """Return what stands beside what on a page's lists."""
    keys = [tidy(each.text) for each in page.all("dt")]
    values = [tidy(each.text) for each in page.with_class("govuk-summary-list__value")]
    return dict(zip(keys, values, strict=True))


async def say(owner: asyncpg.Connection, evaluation: object, number: str, answer: str) -> None:
    """Let a provider have answered a criterion, with a note."""
    criterion = await owner.fetchval(
        "SELECT c.id FROM criteria c JOIN self_evaluations s USING (version_id) "
        "WHERE s.id = $1 AND c.number = $2",
        evaluation,
        number,
    )
    said = {"self_evaluation_id": evaluation, "criterion_id": criterion, "answer": answer}
    by = await owner.fetchval("SELECT begun_by FROM self_evaluations WHERE id = $1", evaluation)
    row = {"comment": "It hangs in the hall.", "carried": False, "look_again": False}
    row |= {"answered_by": by, "answered_at": clock.now()}
    await insert(owner, "self_evaluation_answers", said | row)


class TestAnyPart:
    async def test_is_reached_from_the_record(self, officer: httpx.AsyncClient, here: str) -> None:
        page = await open_page(officer, here)

        offered = [each["href"] for each in page.all("a")]
        assert [f"{here}/{part}" for part in PARTS] == [
            href for href in offered if href.rsplit("/", 1)[-1] in PARTS
        ]
        for part in PARTS:
            back = (await open_page(officer, f"{here}/{part}")).link("Example Forge")
            assert back == here

    async def test_is_not_there_for_another_authority_nor_for_the_owner(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        elsewhere = await add_officer(owner, la_code=WARWICKSHIRE)
        said = await add_self_evaluation(owner, record)
        addresses = [*PARTS, f"self-evaluations/{said}"]
        async with browsers(settings, owner, elsewhere, record.manager) as both:
            for browser in both:
                for part in addresses:
                    shown(await browser.get(f"{here}/{part}"), 404)


class TestDocuments:
    async def test_each_says_what_it_is_and_where_it_stands(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        gone: dict[str, Any] = {"withdrawn_at": clock.now(), "withdrawn_reason": "Wrong file."}
        await add_document(owner, record, title="Old plan", **gone)
        yesterday = clock.today() - timedelta(days=1)
        of: dict[str, Any] = {
            "title": "Fire",
            "site_id": record.site_id,
            "current_until": yesterday,
        }
        await add_document(owner, record, kind="fire-risk-assessment", **of)

        page = await open_page(officer, f"{here}/documents")

        told = lines(page)
        assert told["Fire"].startswith("Fire risk assessment For Example Yard Counts until")
        assert told["Fire"].endswith("Nobody has made sure of it Out of date")
        assert "Recorded without a file" in told["Fire"]
        assert ": Wrong file." in told["Old plan"]
        headings = [tidy(each.text) for each in page.all("h2")]
        assert headings[:2] == ["What stands", "Replaced or taken back"]
        assert not [each for each in page.all("a") if "Take back" in each.text]

    async def test_a_file_is_opened_from_there_and_that_is_written_down(
        self, settings: Settings, owner: asyncpg.Connection, record: OwnedRecord, tmp_path: Path
    ) -> None:
        looking = await add_officer(owner)
        members = (record.manager, looking)
        async with showing.browsers(settings, owner, tmp_path, *members) as (manager, browser):
            await showing.sent(manager, record)
            page = await open_page(browser, f"/provider-records/{record.number}/documents")
            opened = await browser.get(page.link("Open (Child protection policy)"))

        assert opened.content == pdf()
        act = await owner.fetchrow("SELECT * FROM audit_entries WHERE act = 'document.opened'")
        assert act is not None
        assert act["actor_id"] == looking.person_id

    async def test_many_are_shown_page_by_page(
        self,
        monkeypatch: pytest.MonkeyPatch,
        officer: httpx.AsyncClient,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        here: str,
    ) -> None:
        monkeypatch.setattr("app.pages.officers.evidence.ON_A_PAGE", 1)
        for title in ("First", "Second"):
            await add_document(owner, record, title=title)

        newest = await open_page(officer, f"{here}/documents")
        second = await open_page(officer, newest.link("Next page"))

        assert (list(lines(newest)), list(lines(second))) == (["Second"], ["First"])


class TestSelfEvaluation:
    async def test_tells_each_criterion_in_words_the_judgement_and_the_note(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        said = await add_self_evaluation(owner, record, completed=False)
        await say(owner, said, "1.1a", "partly-met")
        await owner.execute(
            "UPDATE self_evaluations SET completed_at = now(), completed_by = begun_by"
        )
        listed = await open_page(officer, f"{here}/self-evaluations")

        page = await open_page(officer, listed.link("Read it (Example Yard)"))

        requirement = await owner.fetchval("SELECT requirement FROM criteria WHERE number = '1.1a'")
        told = lines(page)
        assert told["1.1a"].startswith(tidy(requirement))
        assert told["1.1a"].endswith("Note: It hangs in the hall. Partly met")
        assert told["1.1b"].endswith("Not answered")
        assert "which is in force today" in page.text
        assert f"1 of {len(told)} criteria answered, 1 partly met." in page.text

    async def test_one_that_is_open_is_not_there_while_nobody_assesses(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        said = await add_self_evaluation(owner, record, completed=False)

        page = await open_page(officer, f"{here}/self-evaluations")

        assert "There is none for you to see." in page.text
        shown(await officer.get(f"{here}/self-evaluations/{said}"), 404)


class TestStaffChecks:
    async def test_tells_how_many_and_what_is_due_and_nothing_of_a_check(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        await add_checked_tutor(owner, record)
        await add_staff_member(owner, record, "Example Driver", duties="driver")
        await add_staff_member(owner, record, "Example Starter", started_on=TOMORROW)

        page = await open_page(officer, f"{here}/staff-checks")

        told = lines(page)
        assert told["Work with children"] == "2 people"
        assert told["Enhanced DBS check"] == "Of 1 person"
        assert told["Example Driver"].startswith("driver Due: ")
        assert "1 September 2026" not in page.text


class TestPeople:
    async def test_tells_who_is_behind_it_and_how_they_are_reached(
        self, officer: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        present = clock.now()
        of = {"provider_id": record.id, "recorded_at": present}
        row = {"id": uuid7(), "kind": "director", "name": "Example Smith", "source": "owner"}
        await insert(owner, "provider_people", row | of | {"changed_at": present, "version": 1})

        page = await open_page(officer, f"{here}/people")

        told = lines(page)["Example Smith"]
        assert told == "Director Named by the owner Nobody has made sure of it"


class TestApplication:
    async def test_sums_up_what_its_provider_shows_and_leads_there(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        cast = await add_cast(owner)
        applied = await add_listing(owner, cast, "in-assessment")
        record = of_applied(applied, cast.manager)
        await add_document(owner, record)
        await add_document(owner, record, current_until=clock.today() - timedelta(days=1))
        await add_checked_tutor(owner, record)
        said = await add_self_evaluation(owner, record, completed=False)
        await say(owner, said, "1.1a", "met")

        async with browsers(settings, owner, cast.assessor) as (browser,):
            page = await open_page(browser, f"/applications/{applied.id}")
            told = lines(page)
            assert told["Documents"] == "2 documents stand 1 out of date"
            assert told["Checks on staff"] == "1 person on record; something is due of 1 person"
            words = told["Self-evaluation of the site"]
            assert words.startswith("Begun on")
            assert words.endswith("1 met")
            assert page.link("The provider’s record") == f"/provider-records/{applied.number}"  # noqa: RUF001
            read = await open_page(browser, page.link("Read it (Self-evaluation of the site)"))
            assert lines(read)["1.1a"].endswith("Met")

    async def test_prefers_what_is_completed_against_the_version_in_force(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        cast = await add_cast(owner)
        applied = await add_listing(owner, cast, "in-assessment")
        record = of_applied(applied, cast.manager)
        completed = await add_self_evaluation(owner, record)
        await add_self_evaluation(owner, record, completed=False)

        async with browsers(settings, owner, cast.assessor) as (browser,):
            page = await open_page(browser, f"/applications/{applied.id}")

        link = page.link("Read it (Self-evaluation of the site)")
        assert link.endswith(f"/self-evaluations/{completed}")


def of_applied(applied: Applied, manager: Member) -> OwnedRecord:
    """Return the record of whoever applies, as what adds evidence takes it."""
    return OwnedRecord(applied.provider_id, applied.number, applied.site_id, uuid7(), manager)
