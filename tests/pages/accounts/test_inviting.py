import asyncio
from datetime import timedelta

import asyncpg
import httpx
import pytest

from app.access import Role
from tests.factories.invitations import ADDRESS, add_invitation, entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen
from tests.pages.reading import Page, tidy

PEOPLE = "/organisation/people"
INVITE = f"{PEOPLE}/invite"
TYPED: dict[str, str | list[str]] = {
    "name": "Nell Example",
    "email": "Nell@Example.org",
    "roles": ["analyst", "approver"],
    "way": "link",
}


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, administrator)


def ticked(page: Page) -> list[str]:
    return [each["value"] for each in page.all("input") if "checked" in each.attributes]


class TestInvite:
    async def test_somebody_is_invited_and_stands_on_the_list(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        answer = await send(browser, INVITE, **TYPED)

        assert (answer.status_code, answer.headers["location"]) == (303, f"{PEOPLE}?done=invited")
        page = await open_page(browser, answer.headers["location"])
        assert "The invitation is on its way." in page.text
        assert "Nell Example" in page.text
        kept = await owner.fetchrow("SELECT email, roles, way FROM invitations")
        assert kept is not None
        assert tuple(kept) == ("nell@example.org", ["analyst", "approver"], "link")

    async def test_clicked_three_times_at_once_it_is_done_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        form = unseen(await open_page(browser, INVITE)) | TYPED

        answers = await asyncio.gather(*(browser.post(INVITE, data=form) for _ in range(3)))

        assert {answer.status_code for answer in answers} == {303}
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 1
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 1

    async def test_what_is_wrong_comes_back_at_its_field_with_what_was_typed(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        page = shown(await send(browser, INVITE, name="", email="nobody", way="pigeon"), 422)

        assert problems_told(page) == [
            "Enter their name",
            "Enter their e-mail address, such as name@example.org",
            "Choose at least one role",
            "Choose how they will sign in",
        ]
        assert page.by_id("email")["value"] == "nobody"
        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0

    async def test_whoever_is_invited_already_is_told_and_the_form_can_be_mended(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        await add_invitation(owner, administrator.organisation_id)

        page = shown(await send(browser, INVITE, **(TYPED | {"email": ADDRESS})), 409)

        assert "An invitation to this address is open" in problems_told(page)[0]
        assert ticked(page) == ["approver", "analyst", "link"]
        mended = await browser.post(INVITE, data=unseen(page) | TYPED)
        assert mended.status_code == 303

    async def test_whoever_works_here_already_is_not_invited(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        email = await owner.fetchval("SELECT email FROM person_contacts")

        page = shown(await send(browser, INVITE, **(TYPED | {"email": email})), 409)

        assert "works for the organisation already" in problems_told(page)[0]

    async def test_a_form_without_its_key_is_refused(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        shown(await browser.post(INVITE, data=TYPED), 422)

        assert await owner.fetchval("SELECT count(*) FROM invitations") == 0


class TestOneInvitation:
    async def test_shows_where_it_stands(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await add_invitation(owner, administrator.organisation_id)

        page = await open_page(browser, f"{PEOPLE}/invitations/{made}")

        assert "Waiting for an answer" in page.text
        assert ADDRESS in page.text
        assert page.link("Withdraw it").endswith("/withdraw")

    async def test_it_is_sent_again(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await add_invitation(owner, administrator.organisation_id)

        answer = await send(browser, f"{PEOPLE}/invitations/{made}/send-again")

        assert answer.headers["location"].endswith("?done=sent-again")
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 1

    async def test_a_short_while_after_it_is_not(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await add_invitation(
            owner, administrator.organisation_id, sent_ago=timedelta(minutes=1)
        )

        page = shown(await send(browser, f"{PEOPLE}/invitations/{made}/send-again"), 429)

        assert "sent a short while ago" in problems_told(page)[0]
        assert await owner.fetchval("SELECT count(*) FROM emailed_links") == 0

    async def test_it_is_withdrawn_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await add_invitation(owner, administrator.organisation_id)
        address = f"{PEOPLE}/invitations/{made}/withdraw"
        form = unseen(await open_page(browser, address))

        answers = [await browser.post(address, data=form) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [303, 303]
        assert len(await entries(owner, "invitation.withdrawn")) == 1
        after = await open_page(browser, f"{PEOPLE}/invitations/{made}")
        assert "Withdrawn" in after.text
        assert "Send it again" not in after.text

    async def test_changed_or_answered_meanwhile_it_is_not_withdrawn(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        made = await add_invitation(owner, administrator.organisation_id)
        address = f"{PEOPLE}/invitations/{made}/withdraw"
        form = unseen(await open_page(browser, address))
        await owner.execute("UPDATE invitations SET version = 2")
        changed = shown(await browser.post(address, data=form), 412)
        await owner.execute(
            "UPDATE invitations SET accepted_at = now(), accepted_by = $1", administrator.person_id
        )
        accepted = shown(await browser.post(address, data=unseen(changed)), 409)

        assert "was accepted" in problems_told(accepted)[0]

    async def test_another_organisations_is_not_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        made = await add_invitation(owner, await add_organisation(owner))

        for further in ("", "/send-again", "/withdraw"):
            page = shown(await browser.get(f"{PEOPLE}/invitations/{made}{further}"), 404)
            assert ADDRESS not in tidy(page.text)
