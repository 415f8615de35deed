import uuid

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER, Role
from app.config import Environment, Settings
from app.db.transactions import Database, reading, transaction
from app.keyring.ring import load
from app.organisations.errors import (
    OrganisationNotKnownError,
    PersonBlockedError,
    SignInRefusedError,
)
from app.organisations.service.personas import list_personas, sign_in_as
from app.organisations.service.sessions import Browser, Opened
from app.organisations.terms import DEMONSTRATION_ISSUER
from tests.factories.people import Member, add_member, add_organisation
from tests.openid.coming import known


@pytest.fixture
async def persona(owner: asyncpg.Connection) -> Member:
    """An invented person."""
    member = await add_member(
        owner,
        await add_organisation(owner, "Example School"),
        Role.ADMINISTRATOR,
        Role.COMMISSIONER,
        name="Asha Example",
    )
    return await known(owner, DEMONSTRATION_ISSUER, "asha", member=member)


@pytest.fixture
async def _demonstration(owner: asyncpg.Connection) -> None:
    """Mark the register as one whose every provider is invented."""
    await owner.execute("UPDATE ledger_head SET demonstration = true")


async def be(database: Database, settings: Settings, person_id: uuid.UUID) -> Opened:
    async with transaction(database, DOORKEEPER) as session:
        ring = load(settings.keyring_path)
        return await sign_in_as(session, ring, settings, person_id, Browser())


class TestListPersonas:
    @pytest.mark.usefixtures("_demonstration")
    async def test_names_the_invented_people_and_what_they_are(
        self, database: Database, owner: asyncpg.Connection, persona: Member
    ) -> None:
        await add_member(owner, persona.organisation_id, name="Real Person")
        async with reading(database, DOORKEEPER) as session:
            (found,) = await list_personas(session)

        assert (found.id, found.name) == (persona.person_id, "Asha Example")
        assert found.works_for == [("Example School", ("administrator", "commissioner"))]

    @pytest.mark.usefixtures("persona")
    async def test_names_nobody_in_a_real_register(self, database: Database) -> None:
        async with reading(database, DOORKEEPER) as session:
            assert await list_personas(session) == []


class TestSignInAs:
    @pytest.mark.usefixtures("_demonstration")
    async def test_an_invented_person_is_signed_in(
        self, database: Database, settings: Settings, persona: Member
    ) -> None:
        opened = await be(database, settings, persona.person_id)

        assert opened.actor.id == persona.person_id
        assert opened.actor.organisation_id == persona.organisation_id

    async def test_not_in_a_real_register(
        self, database: Database, settings: Settings, persona: Member
    ) -> None:
        with pytest.raises(SignInRefusedError, match="not a demonstration"):
            await be(database, settings, persona.person_id)

    @pytest.mark.usefixtures("_demonstration")
    @pytest.mark.parametrize(
        "changes",
        [{"environment": Environment.PRODUCTION}, {"demonstration_sign_in": False}],
    )
    async def test_not_where_the_settings_say_no(
        self,
        database: Database,
        settings: Settings,
        persona: Member,
        changes: dict[str, object],
    ) -> None:
        with pytest.raises(SignInRefusedError, match="not a demonstration"):
            await be(database, settings.model_copy(update=changes), persona.person_id)

    @pytest.mark.usefixtures("_demonstration")
    async def test_nobody_becomes_a_real_person_that_way(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        real = await known(owner, "https://id.test")

        with pytest.raises(SignInRefusedError, match="not one of the invented people"):
            await be(database, settings, real.person_id)

    @pytest.mark.usefixtures("_demonstration")
    async def test_blocking_them_can_be_tried_out(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, persona: Member
    ) -> None:
        await owner.execute("UPDATE people SET blocked_at = $1", clock.now())

        with pytest.raises(PersonBlockedError):
            await be(database, settings, persona.person_id)

    @pytest.mark.usefixtures("_demonstration")
    async def test_and_so_can_removing_them(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, persona: Member
    ) -> None:
        await add_member(owner, persona.organisation_id, Role.ADMINISTRATOR)
        await owner.execute(
            "UPDATE memberships SET ended_at = $1 WHERE id = $2", clock.now(), persona.membership_id
        )

        with pytest.raises(OrganisationNotKnownError):
            await be(database, settings, persona.person_id)
