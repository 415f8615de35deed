from datetime import timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from tests.factories.audit import add_entries, add_entry
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.pages.own_pages import open_page, problems_told, shown, unseen
from tests.pages.reading import Page, tidy

ACTS = "/organisation/acts"
WITH_PURPOSE = f"{ACTS}?purpose=oversight"


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    organisation = await add_organisation(owner, "Example School")
    return await add_member(owner, organisation, Role.ADMINISTRATOR, name="Asha Example")


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, administrator)


def rows_of(page: Page) -> int:
    return len([each for each in page.all("th") if each["scope"] == "row"])


class TestShowActs:
    async def test_nothing_is_shown_before_a_purpose_is_stated(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        await add_entry(owner, administrator.actor, "machine.added")

        page = await open_page(browser, ACTS)

        assert not page.all("table")
        assert await entries(owner, "audit.read") == []

    async def test_with_one_it_tells_who_did_what_to_what_and_why(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        await add_entry(
            owner,
            administrator.actor,
            "membership.ended",
            subject_kind="membership",
            subject_id="1",
            subject_label="Ben Example",
            reason="left",
            before='{"roles": ["analyst"], "ended_at": null}',
            after='{"ended_at": "2026-03-03T14:05:00+00:00"}',
        )

        page = await open_page(browser, WITH_PURPOSE)

        assert "Asha Example" in page.text
        assert "Administrator, for Example School" in page.text
        assert "Ended somebody's membership" in page.text
        assert "Membership: Ben Example" in page.text
        assert "They no longer work here" in page.text
        assert "Ended at: none → 3 March 2026 at 2:05pm" in page.text
        (entry,) = await entries(owner, "audit.read")
        assert entry["purpose"] == "oversight"

    async def test_a_link_narrows_to_one_person_or_thing_and_another_widens_again(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        ben = await add_member(owner, administrator.organisation_id, name="Ben Example")
        await add_entry(owner, ben.actor, "person.renamed", subject_kind="person", subject_id="1")
        await add_entry(owner, administrator.actor, "machine.added")
        page = await open_page(browser, f"{WITH_PURPOSE}&outcome=done")

        his = await open_page(browser, page.link("Ben Example"))
        to_it = await open_page(browser, page.link("Person"))

        assert rows_of(page) == 2
        assert rows_of(his) == rows_of(to_it) == 1
        assert unseen(his)["actor_id"] == str(ben.person_id)
        widened = his.link("Show everything again")
        assert widened == f"{WITH_PURPOSE}&outcome=done"

    async def test_the_newest_come_first_and_older_ones_on_further_pages(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        began = clock.now() - timedelta(days=1)
        await add_entries(owner, administrator.actor, 60, first_at=began)

        first = await open_page(browser, f"{WITH_PURPOSE}&outcome=done")
        following = next(each["href"] for each in first.all("a") if each["rel"] == "next")
        second = await open_page(browser, following)

        assert (rows_of(first), rows_of(second)) == (50, 10)
        assert second.link("Back to the first page") == f"{WITH_PURPOSE}&outcome=done"

    async def test_the_file_is_a_form_away_with_the_purpose(
        self, browser: httpx.AsyncClient
    ) -> None:
        page = await open_page(browser, f"{WITH_PURPOSE}&from=2026-01-01&until=2026-01-31")

        form = next(each for each in page.all("form") if each["action"] == "/v1/audit/export")
        assert form["method"] == "get"
        asked = {
            "purpose": unseen(page)["purpose"],
            "from": page.by_id("export-from")["value"],
            "until": page.by_id("export-until")["value"],
        }
        assert asked == {"purpose": "oversight", "from": "2026-01-01", "until": "2026-01-31"}
        shapes = [each["value"] for each in page.all("button") if each["name"] == "format"]
        for shape in shapes:
            file = await browser.get(form["action"], params=asked | {"format": shape})
            assert file.status_code == 200
        assert shapes == ["csv", "jsonl"]

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("act=machine.added", "Choose why you look"),
            ("purpose=curiosity", "Choose why you look"),
            ("purpose=oversight&outcome=won", "Choose what came of it from the list"),
            ("purpose=oversight&from=yesterday", "Enter the first day, such as 2026-09-01"),
            (
                "purpose=oversight&from=2026-02-02&until=2026-02-01",
                "until is a day before from; give the earlier day as from",
            ),
            ("purpose=oversight&cursor=x", "The cursor is damaged"),
        ],
    )
    async def test_what_cannot_be_asked_comes_back_at_its_field(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, asked: str, told: str
    ) -> None:
        page = shown(await browser.get(f"{ACTS}?{asked}"), 422)

        assert told in problems_told(page)[0]
        assert not page.all("table")
        assert await entries(owner, "audit.read") == []

    async def test_refused_attempts_are_told_as_such(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        await add_entry(
            owner, administrator.actor, "GET /v1/x", outcome="refused", reason="not-permitted"
        )

        page = await open_page(browser, f"{WITH_PURPOSE}&outcome=refused")

        assert "GET /v1/x" in page.text
        assert "Not permitted" in page.text

    async def test_another_organisations_acts_are_not_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        far = await add_member(owner, await add_organisation(owner), name="Far Example")
        await add_entry(owner, far.actor, "machine.added")

        assert "Far Example" not in tidy((await open_page(browser, WITH_PURPOSE)).text)
