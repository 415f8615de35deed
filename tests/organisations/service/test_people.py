import asyncpg
import pytest

from app.access import OPERATOR, Role
from app.db.transactions import Database, transaction
from app.errors import VersionChangedError
from app.organisations.errors import NotAPersonError
from app.organisations.service.people import rename_self
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ANALYST)


class TestRenameSelf:
    async def test_the_name_is_changed_and_both_are_written_down(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        async with transaction(database, member.actor) as session:
            await rename_self(session, member.actor, " Zoë  Example ", 1)

        kept = await owner.fetchrow(
            "SELECT name, version, changed_at > recorded_at FROM people WHERE id = $1",
            member.person_id,
        )
        assert kept is not None
        assert tuple(kept) == ("Zoë Example", 2, True)
        (entry,) = await entries(owner, "person.renamed")
        assert (entry["before"], entry["after"]) == (
            {"name": "Example Person"},
            {"name": "Zoë Example"},
        )
        assert entry["subject_organisation_id"] == member.organisation_id

    async def test_the_same_name_is_no_change(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        async with transaction(database, member.actor) as session:
            await rename_self(session, member.actor, "Example Person", 1)

        assert await entries(owner, "person.renamed") == []

    async def test_not_over_a_change_that_was_not_read(
        self, database: Database, member: Member
    ) -> None:
        with pytest.raises(VersionChangedError):
            async with transaction(database, member.actor) as session:
                await rename_self(session, member.actor, "Zoë Example", 2)

    async def test_an_operator_has_no_name_here(self, database: Database) -> None:
        with pytest.raises(NotAPersonError):
            async with transaction(database, OPERATOR) as session:
                await rename_self(session, OPERATOR, "Zoë Example", 1)
