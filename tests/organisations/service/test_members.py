import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.access import OPERATOR, Actor, Role
from app.audit.terms import Purpose
from app.db.transactions import Database, reading, transaction
from app.errors import VersionChangedError
from app.organisations.errors import (
    ContactProtectedError,
    MembershipEndedError,
    MembershipNotFoundError,
    OrganisationNotFoundError,
    OwnRolesError,
    RoleNotForThisOrganisationError,
)
from app.organisations.queries import members as queries
from app.organisations.service import members
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def analyst(owner: asyncpg.Connection, administrator: Member) -> Member:
    return await add_member(owner, administrator.organisation_id, name="Example Analyst")


async def change(
    database: Database, actor: Actor, whose: Member, *roles: Role, expected: int = 1
) -> None:
    async with transaction(database, actor) as session:
        await members.change_roles(session, actor, whose.membership_id, roles, expected)


async def end(database: Database, actor: Actor, whose: Member, expected: int = 1) -> None:
    async with transaction(database, actor) as session:
        await members.end_membership(session, actor, whose.membership_id, expected, "left")


class TestChangeRoles:
    async def test_they_are_changed_and_written_down_before_and_after(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        await change(database, administrator.actor, analyst, Role.APPROVER, Role.COMMISSIONER)

        kept = await owner.fetchrow(
            "SELECT roles, version FROM memberships WHERE id = $1", analyst.membership_id
        )
        assert kept is not None
        assert tuple(kept) == (["approver", "commissioner"], 2)
        (entry,) = await entries(owner, "membership.roles_changed")
        assert entry["before"] == {"roles": ["analyst"]}
        assert entry["after"] == {"roles": ["approver", "commissioner"]}
        assert entry["subject_label"] == "Example Analyst"
        assert entry["actor_id"] == administrator.person_id

    async def test_the_same_ones_are_no_change(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        await change(database, administrator.actor, analyst, Role.ANALYST)

        assert await owner.fetchval("SELECT max(version) FROM memberships") == 1
        assert await entries(owner, "membership.roles_changed") == []

    async def test_only_roles_of_the_organisation_s_kind(
        self, database: Database, administrator: Member, analyst: Member
    ) -> None:
        with pytest.raises(RoleNotForThisOrganisationError):
            await change(database, administrator.actor, analyst, Role.PROVIDER_MANAGER)

    async def test_not_over_somebody_else_s_change(
        self, database: Database, administrator: Member, analyst: Member
    ) -> None:
        await change(database, administrator.actor, analyst, Role.APPROVER)

        with pytest.raises(VersionChangedError):
            await change(database, administrator.actor, analyst, Role.COMMISSIONER)

    async def test_nobody_gives_themselves_one(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        second = await add_member(owner, administrator.organisation_id, Role.ADMINISTRATOR)

        with pytest.raises(OwnRolesError):
            await change(database, second.actor, second, Role.ADMINISTRATOR, Role.FINANCE_SIGNATORY)

    async def test_an_administrator_steps_down_where_another_is_left(
        self, database: Database, owner: asyncpg.Connection, administrator: Member
    ) -> None:
        both = [Role.ADMINISTRATOR, Role.ANALYST]
        second = await add_member(owner, administrator.organisation_id, *both)

        await change(database, second.actor, second, Role.ANALYST)

        assert await owner.fetchval(
            "SELECT roles FROM memberships WHERE id = $1", second.membership_id
        ) == ["analyst"]

    async def test_the_last_administrator_does_not(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        last = await add_member(
            owner, await add_organisation(owner, "Alone"), Role.ADMINISTRATOR, Role.ANALYST
        )

        with pytest.raises(IntegrityError, match="last administrator"):
            await change(database, last.actor, last, Role.ANALYST)

    async def test_whoever_does_not_administer_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        elsewhere = await add_organisation(owner, "Example Second School")
        stranger = await add_member(owner, elsewhere, Role.ADMINISTRATOR)

        for actor in (analyst.actor, stranger.actor):
            with pytest.raises(MembershipNotFoundError):
                await change(database, actor, administrator, Role.ANALYST)

    async def test_a_trust_s_administrator_changes_them_in_its_schools(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        above = await add_member(owner, trust, Role.ADMINISTRATOR)
        below = await add_member(owner, school, Role.ANALYST)

        await change(database, above.actor, below, Role.COMMISSIONER)

        assert await owner.fetchval(
            "SELECT roles FROM memberships WHERE id = $1", below.membership_id
        ) == ["commissioner"]

    async def test_who_was_removed_as_administrator_no_longer_does(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        second = await add_member(owner, administrator.organisation_id, Role.ADMINISTRATOR)
        await end(database, administrator.actor, second)

        with pytest.raises(MembershipNotFoundError):
            await change(database, second.actor, analyst, Role.APPROVER)


class TestEndMembership:
    async def test_it_ends_and_stays_on_record(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        await end(database, administrator.actor, analyst)

        kept = await owner.fetchrow(
            "SELECT ended_at IS NOT NULL, roles, version FROM memberships WHERE id = $1",
            analyst.membership_id,
        )
        assert kept is not None
        assert tuple(kept) == (True, ["analyst"], 2)
        (entry,) = await entries(owner, "membership.ended")
        assert entry["reason"] == "left"
        assert entry["before"] == {"roles": ["analyst"], "ended_at": None}

    async def test_once(self, database: Database, administrator: Member, analyst: Member) -> None:
        await end(database, administrator.actor, analyst)

        with pytest.raises(MembershipEndedError):
            await end(database, administrator.actor, analyst, 2)
        with pytest.raises(MembershipEndedError):
            await change(database, administrator.actor, analyst, Role.APPROVER, expected=2)

    async def test_not_over_somebody_else_s_change(
        self, database: Database, administrator: Member, analyst: Member
    ) -> None:
        with pytest.raises(VersionChangedError):
            await end(database, administrator.actor, analyst, 2)

    async def test_the_last_administrator_stays_though_an_operator_asks(
        self, database: Database, administrator: Member
    ) -> None:
        for actor in (administrator.actor, OPERATOR):
            with pytest.raises(IntegrityError, match="last administrator"):
                await end(database, actor, administrator)

    async def test_nothing_but_roles_and_the_end_can_be_changed(
        self, database: Database, administrator: Member, analyst: Member
    ) -> None:
        async def pass_it_on() -> None:
            async with transaction(database, administrator.actor) as session:
                found = await queries.lock_membership(session, analyst.membership_id)
                assert found is not None
                to = {"person_id": administrator.person_id}
                await queries.change_membership(session, found[0], to)

        with pytest.raises(DBAPIError, match="permission denied"):
            await pass_it_on()


class TestReadContact:
    async def test_an_administrator_and_the_member_read_it_and_it_is_written_down(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        email = await owner.fetchval(
            "SELECT email FROM person_contacts WHERE person_id = $1", analyst.person_id
        )

        for actor in (administrator.actor, analyst.actor):
            async with transaction(database, actor) as session:
                found = await members.read_contact(
                    session,
                    actor,
                    analyst.organisation_id,
                    analyst.membership_id,
                    Purpose.SAFEGUARDING,
                )
            assert found == email

        read = await entries(owner, "person.contact_read")
        assert {entry["actor_id"] for entry in read} == {
            administrator.person_id,
            analyst.person_id,
        }
        assert {(entry["outcome"], entry["purpose"]) for entry in read} == {
            ("read", "safeguarding")
        }
        assert email not in str(read)

    async def test_a_colleague_does_not(
        self, database: Database, owner: asyncpg.Connection, administrator: Member, analyst: Member
    ) -> None:
        with pytest.raises(ContactProtectedError):
            async with transaction(database, analyst.actor) as session:
                await members.read_contact(
                    session,
                    analyst.actor,
                    administrator.organisation_id,
                    administrator.membership_id,
                    Purpose.ADMINISTRATION,
                )
        assert await entries(owner, "person.contact_read") == []

    async def test_nor_does_an_administrator_once_they_have_left(
        self, database: Database, administrator: Member, analyst: Member
    ) -> None:
        await end(database, administrator.actor, analyst)

        with pytest.raises(ContactProtectedError):
            async with transaction(database, administrator.actor) as session:
                await members.read_contact(
                    session,
                    administrator.actor,
                    analyst.organisation_id,
                    analyst.membership_id,
                    Purpose.ADMINISTRATION,
                )


class TestGetMember:
    async def test_outside_what_is_acted_for_nothing_is_there_not_even_oneself(
        self, database: Database, owner: asyncpg.Connection, analyst: Member
    ) -> None:
        elsewhere = await add_organisation(owner, "Example Second School")
        there = await add_member(owner, elsewhere, person_id=analyst.person_id)

        async with reading(database, analyst.actor) as session:
            for organisation_id in (elsewhere, uuid7()):
                with pytest.raises(OrganisationNotFoundError):
                    await members.get_member(session, organisation_id, there.membership_id)
            for membership_id in (there.membership_id, uuid7()):
                with pytest.raises(MembershipNotFoundError):
                    await members.get_member(session, analyst.organisation_id, membership_id)

    async def test_below_what_is_acted_for_everybody_is(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, parent_id=trust)
        above, below = await add_member(owner, trust), await add_member(owner, school)

        async with reading(database, above.actor) as session:
            found = await members.get_member(session, school, below.membership_id)

        assert found.person_id == below.person_id
