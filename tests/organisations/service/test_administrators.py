import asyncpg
import pytest

from app.access import OPERATOR, Role
from app.config import Settings
from app.db.transactions import Database, transaction
from app.keyring.ring import load as load_keyring
from app.organisations.errors import AdministratorThereError, OrganisationNotFoundError
from app.organisations.service.administrators import invite_administrator
from app.organisations.service.invitations import Invited, NewInvitation
from app.values.uuid7 import uuid7
from tests.factories.invitations import asked, entries
from tests.factories.people import add_member, add_organisation


async def ask(
    database: Database, settings: Settings, new: NewInvitation, *, also: bool = False
) -> Invited:
    ring = load_keyring(settings.keyring_path)
    async with transaction(database, OPERATOR) as session:
        return await invite_administrator(session, OPERATOR, ring, new, also=also)


class TestInviteAdministrator:
    async def test_an_organisation_gets_its_first_one_from_whoever_runs_the_register(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        await add_member(owner, organisation, Role.ANALYST)

        made = await ask(database, settings, asked(organisation, roles=[Role.ADMINISTRATOR]))

        assert made.invitation.invited_by is None
        assert made.invitation.roles == ["administrator"]
        (entry,) = await entries(owner, "invitation.made")
        assert entry["actor_kind"] == "operator"
        assert entry["subject_organisation_id"] == organisation

    async def test_a_further_one_only_where_that_is_said(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        await add_member(owner, organisation, Role.ADMINISTRATOR)
        new = asked(organisation, roles=[Role.ADMINISTRATOR])

        with pytest.raises(AdministratorThereError, match="--also"):
            await ask(database, settings, new)
        made = await ask(database, settings, new, also=True)
        assert made.invitation.roles == ["administrator"]

    async def test_one_that_was_removed_is_none(
        self, database: Database, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        gone = await add_member(owner, organisation, Role.ADMINISTRATOR)
        await add_member(owner, organisation, Role.ADMINISTRATOR)
        await owner.execute(
            "UPDATE memberships SET ended_at = now() WHERE id = $1", gone.membership_id
        )
        await owner.execute("DELETE FROM memberships WHERE ended_at IS NULL")

        made = await ask(database, settings, asked(organisation, roles=[Role.ADMINISTRATOR]))
        assert made.invitation.roles == ["administrator"]

    async def test_an_organisation_that_is_not_held_gets_none(
        self, database: Database, settings: Settings
    ) -> None:
        with pytest.raises(OrganisationNotFoundError):
            await ask(database, settings, asked(uuid7(), roles=[Role.ADMINISTRATOR]))
