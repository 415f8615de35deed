import asyncpg
import httpx
import pytest

from app.access import Role
from tests.factories.people import add_member, add_organisation, sign_in
from tests.factories.records import OwnedRecord, add_manager, add_officer, add_owned_record
from tests.pages.own_pages import open_page, shown
from tests.pages.owners.record_forms import done
from tests.pages.reading import tidy


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


class TestRecords:
    async def test_lists_the_owners_with_what_to_do_next(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        page = await open_page(browser, "/records")

        assert page.link("Example Forge") == f"/records/{record.number}"
        assert "Not listed yet" in page.text
        assert page.link("Say what the provider is in law.") == f"/records/{record.number}/details"

    async def test_an_owner_of_none_is_told_what_to_do(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await add_owned_record(owner)
        await sign_in(client, owner, await add_manager(owner, "Example Other Owner"))

        page = await open_page(client, "/records")

        assert "Your organisation keeps no record." in page.text
        assert "Example Forge" not in page.text

    async def test_marks_that_others_added_to_an_address_are_overlooked(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        for address in ("/records", f"/records/{record.number}"):
            page = await open_page(browser, f"{address}?utm_source=mail&done=no-such-thing")

            assert not page.with_class("govuk-notification-banner--success")

    async def test_is_found_from_the_organisation_and_from_everywhere(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        page = await open_page(browser, "/organisation")

        assert [each["href"] for each in page.all("a") if tidy(each.text) == "Providers"] == [
            "/records",
            "/records",
        ]
        await sign_in(browser, owner, await add_officer(owner))
        assert "/records" not in [
            each["href"] for each in (await open_page(browser, "/organisation")).all("a")
        ]


class TestOneRecord:
    async def test_says_of_each_task_whether_it_is_done(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        page = await open_page(browser, f"/records/{record.number}")

        tasks = [tidy(each.text) for each in page.with_class("govuk-task-list__item")]
        assert "Places and what is offered Done" in tasks
        assert any(one.startswith("Names and numbers Say what") for one in tasks)
        assert "The public sees nothing of it before it is listed." in page.text

    async def test_the_yearly_confirmation_is_to_do_only_when_it_is_due(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        async def said() -> str:
            page = await open_page(browser, f"/records/{record.number}")
            tasks = [tidy(each.text) for each in page.with_class("govuk-task-list__item")]
            return next(one for one in tasks if one.startswith("Confirm the record once a year"))

        assert (await said()).endswith("and before you apply to be listed. Not due yet")
        await owner.execute("UPDATE provider_owners SET began_at = began_at - interval '2 years'")
        overdue = await said()
        assert "Was due by " in overdue
        assert overdue.endswith("Overdue")
        await done(browser, f"/records/{record.number}/confirmation/confirm")
        confirmed = await said()
        assert "Next due by " in confirmed
        assert confirmed.endswith("Done")
        await owner.execute("UPDATE provider_owners SET began_at = now()")
        assert (await said()).endswith("Not due yet")

    async def test_a_public_one_leads_to_what_the_public_sees(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await owner.execute("UPDATE providers SET status = 'listed' WHERE id = $1", record.id)

        page = await open_page(browser, f"/records/{record.number}")

        assert page.link("See what the public sees") == f"/providers/{record.number}"

    async def test_every_page_it_leads_to_is_there(
        self, browser: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        seen, waiting = set[str](), [f"/records/{record.number}"]
        while waiting:
            page = await open_page(browser, waiting.pop())
            found = {each["href"] for each in page.all("a") if record.number in each["href"]}
            waiting += found - seen
            seen |= found

        assert len(seen) > 20

    async def test_nobody_elses_is_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        theirs = await add_owned_record(owner, "Example Far Forge")
        address = f"/records/{theirs.number}"
        further = ("", "/details", "/people", "/sites", "/sites/1", "/consent", "/confirmation")

        for part in (*further, "/details/change", "/sites/1/change", "/people/add"):
            assert "Example Far Forge" not in shown(await browser.get(address + part), 404).text

    async def test_an_officer_who_answers_for_it_has_no_page_of_its_owner(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        await sign_in(browser, owner, await add_officer(owner))

        shown(await browser.get(f"/records/{record.number}"), 404)

    async def test_a_colleague_who_does_not_keep_it_sees_it_and_no_way_to_change_it(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
    ) -> None:
        of = record.manager.organisation_id
        await sign_in(browser, owner, await add_member(owner, of, Role.ANALYST))

        for part in ("/details", "/people", "/sites", "/sites/1", "/consent", "/confirmation"):
            page = await open_page(browser, f"/records/{record.number}{part}")
            hrefs = {each["href"] for each in page.all("a")}
            assert not [one for one in hrefs if one.endswith(("add", "change", "give", "confirm"))]
        shown(await browser.get(f"/records/{record.number}/details/change"), 403)

    async def test_whoever_is_not_signed_in_comes_back_after(
        self, client: httpx.AsyncClient, record: OwnedRecord
    ) -> None:
        client.cookies.clear()

        answer = await client.get(f"/records/{record.number}/people")

        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?return_to=%2Frecords%2F")


async def test_another_kind_of_organisation_has_no_records(
    client: httpx.AsyncClient, owner: asyncpg.Connection
) -> None:
    await sign_in(client, owner, await add_member(owner, await add_organisation(owner)))

    assert "Your organisation keeps no record." in (await open_page(client, "/records")).text
