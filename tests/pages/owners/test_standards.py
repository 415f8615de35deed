"""From one version of the standards to the next, on the pages of an owner."""

import asyncpg
import httpx
import pytest

from app import clock
from app.db.transactions import Database
from app.inspections.terms import Judgement
from tests.factories.evidence import add_self_evaluation
from tests.factories.inspections import add_published_inspection, settle
from tests.factories.people import sign_in
from tests.factories.records import OwnedRecord, add_owned_record
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import Page, tidy
from tests.standards.following import NEW, NOBODY_S, follow


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner, staff_size="small")


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


@pytest.fixture
def here(record: OwnedRecord) -> str:
    return f"/records/{record.number}/self-evaluations"


def lines(page: Page) -> dict[str, str]:
    """Return what is missed, by criterion."""
    rows = [tidy(each.text) for each in page.with_class("govuk-summary-list__row")]
    return {row.split()[1]: row for row in rows if row.startswith("Criterion ")}


class TestCarryingOver:
    async def test_begins_one_against_the_next_version_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        old = await add_self_evaluation(owner, record)
        page = await open_page(browser, f"{here}/{old}")
        assert f"{here}/{old}/carry-over" not in [each["href"] for each in page.all("a")]
        await follow(owner)
        way = (await open_page(browser, f"{here}/{old}")).link("Carry your answers over")

        page = await done(browser, way)

        assert "Your answers were carried over." in page.text
        carried = "SELECT count(*) FROM self_evaluations WHERE carried_from_id = $1"
        assert await owner.fetchval(carried, old) == 1
        assert problems_told(shown(await fill_in(browser, way), 409))

    async def test_is_refused_where_no_version_follows(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord, here: str
    ) -> None:
        old = await add_self_evaluation(owner, record)

        page = shown(await fill_in(browser, f"{here}/{old}/carry-over"), 409)

        assert "There is nothing to carry over to." in problems_told(page)[0]


class TestWhatIsMissing:
    async def test_is_said_of_each_version_that_holds_or_will(
        self,
        browser: httpx.AsyncClient,
        owner: asyncpg.Connection,
        database: Database,
        record: OwnedRecord,
        here: str,
    ) -> None:
        await add_self_evaluation(owner, record)
        await follow(owner)
        found = {record.site_id: {"1.1h": Judgement.NOT_MET}}
        await add_published_inspection(owner, found, clock.today())
        await settle(database, record.id)
        page = await open_page(browser, here)
        ways = [each["href"] for each in page.all("a") if "/standards/" in each["href"]]
        ours = [one for one in ways if one.startswith(f"/records/{record.number}")]

        page = await open_page(browser, ours[-1])

        assert len(ours) == 2
        missed = lines(page)
        assert NOBODY_S not in missed
        assert "Nothing like it was asked before" in missed[NEW]
        assert "More is asked than before." in missed["1.1c"]
        assert "An inspector found this." in missed["1.1a"]
        assert "Of 7 criteria nothing that was found would count." in page.text

    async def test_a_version_that_is_none_is_refused_and_a_strangers_record_is_not_found(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        theirs = await add_owned_record(owner, "Example Far Forge")

        shown(await browser.get(f"/records/{record.number}/standards/no-such-version"), 409)
        shown(await browser.get(f"/records/{theirs.number}/standards/working-set-1"), 404)
