"""The invented people of a demonstration."""

import asyncpg

from app.access import Role
from app.db.transactions import Database
from app.demo.people import PERSONAS, add_people
from app.organisations.terms import ROLES_OF, OrganisationKind


class TestAddPeople:
    async def test_everybody_is_there_once_however_often_it_is_run(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        first, second = await add_people(database), await add_people(database)

        assert (first, second) == (len(PERSONAS), 0)
        assert await owner.fetchval("SELECT count(*) FROM people") == len(PERSONAS)
        assert await owner.fetchval(
            "SELECT count(*) FROM audit_entries WHERE act = 'demonstration.people_added'"
        )

    async def test_everybody_is_plainly_nobody(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await add_people(database)

        for person in await owner.fetch(
            "SELECT name, email FROM people JOIN person_contacts ON id = person_id"
        ):
            assert person["name"].endswith(" Example")
            assert person["email"].endswith(".example.org")

    async def test_whom_somebody_removed_stays_removed(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await add_people(database)
        await owner.execute("UPDATE memberships SET ended_at = now() WHERE roles = '{analyst}'")

        await add_people(database)

        live = "SELECT count(*) FROM memberships WHERE roles = '{analyst}' AND ended_at IS NULL"
        assert await owner.fetchval(live) == 0

    async def test_every_role_fits_the_organisation_and_every_role_is_somebodys(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await add_people(database)

        held = await owner.fetch(
            "SELECT kind, roles FROM memberships m JOIN organisations o ON o.id = organisation_id"
        )
        for row in held:
            fitting = ROLES_OF[OrganisationKind(row["kind"])]
            assert {Role(role) for role in row["roles"]} <= fitting
        assert {role for row in held for role in row["roles"]} == set(Role)
