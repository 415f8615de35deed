"""Choosing for whom to act, and whom to be in a demonstration."""

from typing import Any

import asyncpg
import httpx
import pytest

from app.access import Role
from app.config import Environment, Settings
from app.main import create_app
from app.organisations.terms import DEMONSTRATION_ISSUER
from tests.factories.people import Member, add_member, add_organisation, add_session
from tests.openid import coming
from tests.openid.coming import OURS, acts, browser, known, sessions_of
from tests.pages.reading import Page, read, tidy


def forms_of(page: Page) -> list[tuple[str, str]]:
    return [(form["method"], form["action"]) for form in page.all("form")]


class TestChoose:
    @pytest.fixture
    async def member(self, client: httpx.AsyncClient, owner: asyncpg.Connection) -> Member:
        """Somebody signed in who works for two schools and acts for the first."""
        member = await session_by(client, owner, "openid")
        other = await add_organisation(owner, "Another Example School")
        await add_member(owner, other, Role.ADMINISTRATOR, person_id=member.person_id)
        return member

    async def other_membership(self, owner: asyncpg.Connection, member: Member) -> str:
        found = await owner.fetchval(
            "SELECT id FROM memberships WHERE id <> $1 AND person_id = $2",
            member.membership_id,
            member.person_id,
        )
        return str(found)

    @pytest.mark.usefixtures("member")
    async def test_shows_each_organisation_and_ones_roles_there(
        self, client: httpx.AsyncClient
    ) -> None:
        response = await client.get("/account/organisation?return_to=/about")

        page = read(response.text)
        assert [tidy(each.text) for each in page.all("h2")][:2] == [
            "Another Example School",
            "Example School (you act for it now)",
        ]
        assert ("post", "/account/organisation?return_to=%2Fabout") in forms_of(page)
        assert "Your roles there: administrator" in page.text

    async def test_one_acts_for_whom_one_chose_under_a_new_token(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        old = client.cookies["session"]
        chosen = await self.other_membership(owner, member)

        response = await client.post(
            "/account/organisation?return_to=/about", data={"membership_id": chosen}
        )

        assert (response.status_code, response.headers["location"]) == (303, "/about")
        (held,) = await sessions_of(owner, member.person_id)
        assert str(held["membership_id"]) == chosen
        assert response.headers["set-cookie"].startswith("session=")
        client.cookies.clear()
        client.cookies.set("session", old)
        assert (await client.get("/v1/sessions")).status_code == 401
        assert await acts(owner) == ["session.organisation_chosen"]

    async def test_nobody_acts_for_an_organisation_they_do_not_belong_to(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        stranger = await add_member(owner, await add_organisation(owner))

        response = await client.post(
            "/account/organisation", data={"membership_id": str(stranger.membership_id)}
        )

        assert response.status_code == 403
        (held,) = await sessions_of(owner, member.person_id)
        assert held["membership_id"] == member.membership_id

    async def test_nor_for_one_they_have_left(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        chosen = await self.other_membership(owner, member)
        left = await owner.fetchval(
            "SELECT organisation_id FROM memberships WHERE id::text = $1", chosen
        )
        await add_member(owner, left, Role.ADMINISTRATOR)
        await owner.execute("UPDATE memberships SET ended_at = now() WHERE id::text = $1", chosen)

        response = await client.post("/account/organisation", data={"membership_id": chosen})

        assert response.status_code == 403

    @pytest.mark.usefixtures("member")
    @pytest.mark.parametrize("sent", [{}, {"membership_id": "x"}])
    async def test_a_choice_that_is_none_is_refused(
        self, client: httpx.AsyncClient, sent: dict[str, str]
    ) -> None:
        assert (await client.post("/account/organisation", data=sent)).status_code == 422

    async def test_only_somebody_signed_in_chooses(self, client: httpx.AsyncClient) -> None:
        response = await client.post(
            "/account/organisation",
            data={"membership_id": "00000000-0000-0000-0000-000000000000"},
            headers=coming.SAME_ORIGIN,
        )

        assert response.status_code == 401


class TestBePersona:
    @pytest.fixture
    async def persona(self, owner: asyncpg.Connection) -> Member:
        """An invented person in a demonstration."""
        await owner.execute("UPDATE ledger_head SET demonstration = true")
        organisation = await add_organisation(owner, "Example School")
        member = await add_member(owner, organisation, Role.ADMINISTRATOR, name="Asha Example")
        return await known(owner, DEMONSTRATION_ISSUER, "asha", member=member)

    async def test_the_invented_people_are_named_with_what_they_are(
        self, client: httpx.AsyncClient, persona: Member
    ) -> None:
        page = read((await client.get("/sign-in?return_to=/about")).text)

        button = next(each for each in page.all("button") if "Asha" in each.text)
        assert (button["name"], button["value"]) == ("person_id", str(persona.person_id))
        assert ("post", "/sign-in/demonstration?return_to=%2Fabout") in forms_of(page)
        assert "Example School: administrator" in page.text

    async def test_one_click_signs_in(self, client: httpx.AsyncClient, persona: Member) -> None:
        response = await client.post(
            "/sign-in/demonstration?return_to=/about",
            data={"person_id": str(persona.person_id)},
            headers=coming.SAME_ORIGIN,
        )

        assert (response.status_code, response.headers["location"]) == (303, "/about")
        (session,) = (await client.get("/v1/sessions")).json()["items"]
        assert session["method"] == "demonstration"

    async def test_a_real_person_is_not_among_them(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, persona: Member
    ) -> None:
        real = await add_member(owner, persona.organisation_id)

        response = await client.post(
            "/sign-in/demonstration",
            data={"person_id": str(real.person_id)},
            headers=coming.SAME_ORIGIN,
        )

        assert response.status_code == 403

    async def test_in_a_real_register_nobody_is_let_in(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        member = await known(owner, DEMONSTRATION_ISSUER)

        response = await client.post(
            "/sign-in/demonstration",
            data={"person_id": str(member.person_id)},
            headers=coming.SAME_ORIGIN,
        )

        assert response.status_code == 403
        assert await sessions_of(owner, member.person_id) == []

    @pytest.mark.parametrize(
        "changes",
        [
            {"demonstration_sign_in": False},
            {"environment": Environment.PRODUCTION, "public_url": OURS.replace("http", "https")},
        ],
    )
    async def test_elsewhere_the_address_does_not_exist(
        self, settings: Settings, persona: Member, changes: dict[str, Any]
    ) -> None:
        app = create_app(settings.model_copy(update=changes))
        async with app.router.lifespan_context(app), browser(app) as client:
            page = await client.get("/sign-in")
            response = await client.post(
                "/sign-in/demonstration",
                data={"person_id": str(persona.person_id)},
                headers={"Sec-Fetch-Site": "same-origin"},
            )

        assert response.status_code == 404
        assert "Asha" not in page.text


async def session_by(client: httpx.AsyncClient, owner: asyncpg.Connection, method: str) -> Member:
    """Sign somebody new in, in a certain way."""
    member = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)
    client.cookies.set("session", await add_session(owner, member))
    client.headers.update(coming.SAME_ORIGIN)
    await owner.execute("UPDATE sign_in_sessions SET method = $1", method)
    return member
