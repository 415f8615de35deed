import uuid

import asyncpg
import pytest

from app.access import DOORKEEPER, WORKER
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.organisations.errors import OrganisationNotKnownError, SessionNotFoundError
from app.organisations.service.persons_sessions import (
    Page,
    choose_organisation,
    end_all_own,
    end_own,
    list_own,
)
from app.organisations.service.sessions import Found, find_session
from tests.factories.people import Member, add_member, add_organisation, add_session
from tests.openid.coming import acts, sessions_of


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    """Somebody with an organisation."""
    return await add_member(owner, await add_organisation(owner, "Example School"))


async def found_by(database: Database, settings: Settings, token: str) -> Found:
    async with transaction(database, DOORKEEPER) as session:
        found = await find_session(session, settings, token, None)
    assert found is not None
    return found


class TestListOwn:
    async def test_a_person_sees_their_own_as_the_service_sees_them(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id)
        await add_session(owner, member)
        await add_session(owner, other)
        async with reading(database, member.actor) as session:
            (row,) = await list_own(session, member.actor, settings, Page(None, 10))

        assert row.organisation_id == member.organisation_id
        assert row.organisation_name == "Example School"

    async def test_whoever_is_no_person_has_none(
        self, database: Database, settings: Settings
    ) -> None:
        async with reading(database, DOORKEEPER) as session:
            assert await list_own(session, DOORKEEPER, settings, Page(None, 10)) == []


class TestEndOwn:
    async def test_somebody_elses_is_not_there(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id)
        await add_session(owner, other)
        (theirs,) = await sessions_of(owner, other.person_id)

        with pytest.raises(SessionNotFoundError):
            async with transaction(database, member.actor) as session:
                await end_own(session, member.actor, theirs["id"])

    async def test_whoever_is_no_person_has_none_to_end(self, database: Database) -> None:
        with pytest.raises(SessionNotFoundError):
            async with transaction(database, DOORKEEPER) as session:
                await end_own(session, DOORKEEPER, uuid.uuid4())


class TestEndAllOwn:
    async def test_counts_them(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, member.organisation_id)
        for one in (member, member, other):
            await add_session(owner, one)

        async with transaction(database, member.actor) as session:
            assert await end_all_own(session, member.actor) == 2
        async with transaction(database, member.actor) as session:
            assert await end_all_own(session, member.actor) == 0

    async def test_whoever_is_no_person_has_none(self, database: Database) -> None:
        async with transaction(database, WORKER) as session:
            assert await end_all_own(session, WORKER) == 0


class TestChooseOrganisation:
    async def test_the_new_token_is_the_only_one(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, member: Member
    ) -> None:
        chosen = await add_member(owner, await add_organisation(owner), person_id=member.person_id)
        old = await add_session(owner, member)
        found = await found_by(database, settings, old)

        async with transaction(database, DOORKEEPER) as session:
            token = await choose_organisation(session, found, chosen.membership_id)

        now = await found_by(database, settings, token)
        assert now.actor.organisation_id == chosen.organisation_id
        async with transaction(database, DOORKEEPER) as session:
            assert await find_session(session, settings, old, None) is None
        entry = await owner.fetchrow("SELECT * FROM audit_entries")
        assert entry is not None
        assert entry["act"] == "session.organisation_chosen"
        assert entry["subject_organisation_id"] == chosen.organisation_id

    async def test_a_membership_of_somebody_else_is_none(
        self, database: Database, settings: Settings, owner: asyncpg.Connection, member: Member
    ) -> None:
        other = await add_member(owner, await add_organisation(owner))
        found = await found_by(database, settings, await add_session(owner, member))

        with pytest.raises(OrganisationNotKnownError):
            async with transaction(database, DOORKEEPER) as session:
                await choose_organisation(session, found, other.membership_id)

        assert await acts(owner) == []
