import uuid

import asyncpg
import pytest

from app.access import Actor, Role
from app.db.transactions import Database, transaction
from app.organisations.errors import (
    MembershipEndedError,
    MembershipNotFoundError,
    OrganisationNotFoundError,
    WorksElsewhereError,
)
from app.organisations.service import second_factors
from app.organisations.terms import OrganisationKind
from tests.factories.invitations import entries
from tests.factories.people import Member, add_member, add_organisation, add_session
from tests.organisations.queries.test_own_factors import hold


@pytest.fixture
async def administrator(owner: asyncpg.Connection) -> Member:
    return await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)


@pytest.fixture
async def forgetful(owner: asyncpg.Connection, administrator: Member) -> Member:
    """Somebody who holds everything one can hold, and is signed in twice."""
    made = await add_member(owner, administrator.organisation_id, name="Forgetful Example")
    await hold(owner, made)
    for _ in range(2):
        await add_session(owner, made)
    return made


async def take(
    database: Database, actor: Actor, whose: Member, organisation_id: uuid.UUID | None = None
) -> None:
    of = organisation_id or whose.organisation_id
    async with transaction(database, actor) as session:
        await second_factors.take_factors_away(session, actor, of, whose.membership_id, "lost")


async def held(owner: asyncpg.Connection) -> tuple[int, int, int]:
    """Count live passkeys, authenticators and sessions."""
    row = await owner.fetchrow(
        "SELECT (SELECT count(*) FROM passkeys WHERE removed_at IS NULL), "
        "(SELECT count(*) FROM authenticators), "
        "(SELECT count(*) FROM sign_in_sessions WHERE ended_at IS NULL)"
    )
    assert row is not None
    return row[0], row[1], row[2]


class TestTakeFactorsAway:
    async def test_nothing_of_theirs_signs_them_in_any_more_and_it_is_written_down(
        self,
        database: Database,
        owner: asyncpg.Connection,
        administrator: Member,
        forgetful: Member,
    ) -> None:
        await take(database, administrator.actor, forgetful)

        assert await held(owner) == (0, 0, 0)
        (entry,) = await entries(owner, "second_factor.taken_away")
        assert (entry["reason"], entry["actor_id"]) == ("lost", administrator.person_id)
        assert entry["before"] == {"passkeys": 1, "authenticators": 1}
        assert entry["subject_id"] == str(forgetful.person_id)

    async def test_what_others_hold_stays(
        self,
        database: Database,
        owner: asyncpg.Connection,
        administrator: Member,
        forgetful: Member,
    ) -> None:
        await hold(owner, administrator)
        await add_session(owner, administrator)

        await take(database, administrator.actor, forgetful)

        assert await held(owner) == (1, 1, 1)

    async def test_of_whoever_works_for_another_organisation_too_nothing_is_taken(
        self,
        database: Database,
        owner: asyncpg.Connection,
        administrator: Member,
        forgetful: Member,
    ) -> None:
        elsewhere = await add_organisation(owner, "Another School")
        await add_member(owner, elsewhere, person_id=forgetful.person_id)

        with pytest.raises(WorksElsewhereError):
            await take(database, administrator.actor, forgetful)

        assert await held(owner) == (1, 1, 2)
        assert await entries(owner, "second_factor.taken_away") == []

    async def test_of_whoever_has_left_nothing_is_taken(
        self,
        database: Database,
        owner: asyncpg.Connection,
        administrator: Member,
        forgetful: Member,
    ) -> None:
        await owner.execute(
            "UPDATE memberships SET ended_at = began_at WHERE id = $1", forgetful.membership_id
        )

        with pytest.raises(MembershipEndedError):
            await take(database, administrator.actor, forgetful)

        assert (await held(owner))[:2] == (1, 1)

    async def test_having_left_the_other_one_is_no_hindrance(
        self,
        database: Database,
        owner: asyncpg.Connection,
        administrator: Member,
        forgetful: Member,
    ) -> None:
        elsewhere = await add_organisation(owner, "Another School")
        left = await add_member(owner, elsewhere, person_id=forgetful.person_id)
        await owner.execute(
            "UPDATE memberships SET ended_at = began_at WHERE id = $1", left.membership_id
        )

        await take(database, administrator.actor, forgetful)

        assert await held(owner) == (0, 0, 0)

    async def test_another_organisations_administrator_finds_nobody(
        self, database: Database, owner: asyncpg.Connection, forgetful: Member
    ) -> None:
        stranger = await add_member(owner, await add_organisation(owner), Role.ADMINISTRATOR)

        with pytest.raises(OrganisationNotFoundError):
            await take(database, stranger.actor, forgetful)
        with pytest.raises(MembershipNotFoundError):
            await take(database, stranger.actor, forgetful, stranger.organisation_id)

        assert await held(owner) == (1, 1, 2)

    async def test_a_trusts_administrator_helps_its_schools_people(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
        school = await add_organisation(owner, "Example School", parent_id=trust)
        administrator = await add_member(owner, trust, Role.ADMINISTRATOR)
        teacher = await add_member(owner, school)
        await hold(owner, teacher)

        await take(database, administrator.actor, teacher)

        assert await held(owner) == (0, 0, 0)
