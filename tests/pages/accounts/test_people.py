import asyncio

import asyncpg
import httpx
import pytest

from app import clock
from app.access import Role
from tests.factories.invitations import add_invitation, entries
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen
from tests.pages.reading import Page, tidy

PEOPLE = "/organisation/people"


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    organisation = await add_organisation(owner, "Example School")
    return await add_member(owner, organisation, Role.ADMINISTRATOR, name="Asha Example")


@pytest.fixture
async def analyst(owner: asyncpg.Connection, administrator: Member) -> Member:
    return await add_member(owner, administrator.organisation_id, name="Ben Example")


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
) -> httpx.AsyncClient:
    return await sign_in(client, owner, administrator)


def of(member: Member, *further: str) -> str:
    return "/".join((PEOPLE, str(member.membership_id), *further))


def ticked(page: Page) -> list[str]:
    return [each["value"] for each in page.all("input") if "checked" in each.attributes]


class TestShowPeople:
    async def test_lists_who_works_here_and_who_was_invited(
        self,
        browser: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        invited = await add_invitation(owner, administrator.organisation_id)

        page = await open_page(browser, PEOPLE)

        rows = [tidy(each.text) for each in page.all("th") if each["scope"] == "row"]
        assert rows == ["Asha Example", "Ben Example", "Example Newcomer"]
        assert page.link("Ben Example") == of(analyst)
        assert page.link("Example Newcomer") == f"{PEOPLE}/invitations/{invited}"
        assert page.link("Invite somebody") == f"{PEOPLE}/invite"

    async def test_whoever_does_not_administer_sees_no_invitation_and_no_button(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await add_invitation(owner, administrator.organisation_id)
        await sign_in(client, owner, analyst)

        page = await open_page(client, PEOPLE)
        theirs = await open_page(client, of(administrator))

        assert "Ben Example" in page.text
        assert "Newcomer" not in page.text
        assert "Invite" not in page.text
        links = [each["href"] for each in theirs.all("a") if str(PEOPLE) in each["href"]]
        assert links == [PEOPLE]

    async def test_people_of_another_organisation_are_not_there(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        stranger = await add_member(owner, await add_organisation(owner), name="Far Example")

        assert "Far Example" not in (await open_page(browser, PEOPLE)).text
        for page in ("", "/roles", "/end", "/second-factors", "/contact"):
            shown(await browser.get(of(stranger) + page), 404)

    async def test_many_come_in_pages_without_a_gap(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        names = [f"Person {number:02}" for number in range(55)]
        for name in names:
            await add_member(owner, administrator.organisation_id, name=name)

        first = await open_page(browser, PEOPLE)
        following = next(each["href"] for each in first.all("a") if each["rel"] == "next")
        second = await open_page(browser, following)

        rows = [
            tidy(each.text)
            for page in (first, second)
            for each in page.all("th")
            if each["scope"] == "row"
        ]
        assert rows == ["Asha Example", *names]


class TestChangeRoles:
    async def test_offers_those_of_this_kind_of_organisation_and_ticks_those_held(
        self, browser: httpx.AsyncClient, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "roles"))

        assert ticked(page) == ["analyst"]
        offered = [each["value"] for each in page.all("input") if each["type"] == "checkbox"]
        assert "commissioner" in offered
        assert "inspector" not in offered

    async def test_they_are_changed_once_however_often_it_is_sent(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "roles"))
        form = unseen(page) | {"roles": ["approver", "analyst"]}

        answers = [await browser.post(of(analyst, "roles"), data=form) for _ in range(2)]

        assert [answer.headers["location"] for answer in answers] == [
            of(analyst) + "?done=roles-changed"
        ] * 2
        assert "Approver" in (await open_page(browser, answers[0].headers["location"])).text
        assert len(await entries(owner, "membership.roles_changed")) == 1

    async def test_none_ticked_is_told_at_the_boxes(
        self, browser: httpx.AsyncClient, analyst: Member
    ) -> None:
        page = shown(await send(browser, of(analyst, "roles")), 422)

        assert problems_told(page) == ["Choose at least one role"]
        assert ticked(page) == []

    async def test_changed_by_somebody_else_meanwhile_it_says_what_they_are_now(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "roles"))
        await owner.execute(
            "UPDATE memberships SET roles = '{commissioner}', version = 2 WHERE id = $1",
            analyst.membership_id,
        )

        answer = await browser.post(
            of(analyst, "roles"), data=unseen(page) | {"roles": ["approver"]}
        )

        refused = shown(answer, 412)
        assert "Their roles now: Commissioner." in refused.text
        assert ticked(refused) == ["approver"]
        assert unseen(refused)["version"] == "2"

    async def test_a_role_the_organisation_does_not_give_is_refused(
        self, browser: httpx.AsyncClient, analyst: Member
    ) -> None:
        answer = await send(browser, of(analyst, "roles"), roles=["inspector"])

        assert "does not give it" in problems_told(shown(answer, 422))[0]

    async def test_of_ones_own_roles_one_can_only_give_some_up(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        page = await open_page(browser, of(administrator, "roles"))
        boxes = [each["value"] for each in page.all("input") if each["type"] == "checkbox"]
        assert boxes == ["administrator"]

        answer = await send(
            browser, of(administrator, "roles"), roles=["administrator", "approver"]
        )

        shown(answer, 403)
        assert await entries(owner, "membership.roles_changed") == []
        assert len(await entries(owner, f"POST {PEOPLE}/{{membership_id}}/roles")) == 1

    async def test_the_last_administrator_stays(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        await owner.execute("UPDATE memberships SET roles = '{administrator,analyst}'")

        page = shown(await send(browser, of(administrator, "roles"), roles=["analyst"]), 409)

        assert "last administrator" in problems_told(page)[0]


class TestEndMembership:
    async def test_asks_first_and_wants_a_reason(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "end"))
        assert "To let them back in, they have to be invited again." in page.text

        refused = shown(await browser.post(of(analyst, "end"), data=unseen(page)), 422)

        assert problems_told(refused) == ["Choose a reason"]
        assert await entries(owner, "membership.ended") == []

    async def test_with_a_reason_it_ends_once(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "end"))
        form = unseen(page) | {"reason": "left"}

        answers = await asyncio.gather(
            *(browser.post(of(analyst, "end"), data=form) for _ in range(3))
        )

        assert {answer.headers["location"] for answer in answers} == {f"{PEOPLE}?done=ended"}
        (entry,) = await entries(owner, "membership.ended")
        assert entry["reason"] == "left"
        assert "Ben Example" not in (await open_page(browser, PEOPLE)).text
        ended = await open_page(browser, of(analyst))
        assert "Until" in ended.text
        assert "Change roles" not in ended.text

    async def test_changed_meanwhile_the_reason_is_kept(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = await open_page(browser, of(analyst, "end"))
        await owner.execute("UPDATE memberships SET version = 2")

        answer = await browser.post(of(analyst, "end"), data=unseen(page) | {"reason": "left"})

        assert ticked(shown(answer, 412)) == ["left"]


class TestTakeFactors:
    async def test_what_was_lost_is_taken_away_with_a_reason(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        await owner.execute(
            "INSERT INTO authenticators (person_id, sealed_secret, last_counter, added_at) "
            "VALUES ($1, 'x', 0, $2)",
            *(analyst.person_id, clock.now()),
        )

        answer = await send(browser, of(analyst, "second-factors"), reason="lost")

        assert answer.headers["location"] == of(analyst) + "?done=factors-taken"
        assert await owner.fetchval("SELECT count(*) FROM authenticators") == 0
        (entry,) = await entries(owner, "second_factor.taken_away")
        assert (entry["reason"], entry["before"]["authenticators"]) == ("lost", 1)

    async def test_of_whoever_works_elsewhere_too_it_is_refused(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        await add_member(owner, await add_organisation(owner), person_id=analyst.person_id)

        page = shown(await send(browser, of(analyst, "second-factors"), reason="stolen"), 409)

        assert "They work for another organisation too" in problems_told(page)[0]
        assert ticked(page) == ["stolen"]

    async def test_without_a_reason_it_is_not_done(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = shown(await send(browser, of(analyst, "second-factors"), reason="whim"), 422)

        assert problems_told(page) == ["Choose a reason"]
        assert await entries(owner, "second_factor.taken_away") == []


class TestRevealContact:
    async def test_the_address_is_shown_for_a_purpose_which_is_written_down(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        email = await owner.fetchval(
            "SELECT email FROM person_contacts WHERE person_id = $1", analyst.person_id
        )
        before = await browser.get(of(analyst, "contact"))
        assert email not in before.text

        answer = await send(browser, of(analyst, "contact"), purpose="administration")

        assert email in shown(answer).text
        (entry,) = await entries(owner, "person.contact_read")
        assert entry["purpose"] == "administration"

    async def test_without_a_purpose_it_is_not(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        page = shown(await send(browser, of(analyst, "contact"), purpose=""), 422)

        assert problems_told(page) == ["Choose why you look"]
        assert "@" not in page.text
        assert await entries(owner, "person.contact_read") == []

    async def test_a_colleague_sees_their_own_and_no_other(
        self,
        client: httpx.AsyncClient,
        owner: asyncpg.Connection,
        administrator: Member,
        analyst: Member,
    ) -> None:
        await sign_in(client, owner, analyst)

        own = await send(client, of(analyst, "contact"), purpose="administration")
        other = await send(client, of(administrator, "contact"), purpose="administration")

        assert "@example.org" in shown(own).text
        assert "@example.org" not in shown(other, 403).text
