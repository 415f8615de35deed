import asyncpg
import pytest

from app.access import DOORKEEPER
from app.config import Settings
from app.db.owning import as_owner
from app.db.transactions import Database, reading
from app.organisations.queries.facts import DEPARTMENT, fact_id, load_facts
from app.organisations.queries.organisations import find_by_identifiers
from app.organisations.terms import OrganisationKind
from app.places import facts
from tests.databases import ROLE_PREFIX


async def load(settings: Settings) -> None:
    """Load the facts once more, as `migrate` does."""
    assert settings.database_owner_url is not None
    async with as_owner(settings.database_owner_url.get_secret_value(), ROLE_PREFIX) as connection:
        await load_facts(connection)


class TestLoadFacts:
    async def test_every_authority_and_the_department_are_there_from_the_first(
        self, owner: asyncpg.Connection
    ) -> None:
        rows = await owner.fetch(
            "SELECT o.kind, o.name, o.la_code, i.value FROM organisations o "
            "LEFT JOIN organisation_identifiers i ON i.organisation_id = o.id ORDER BY 2"
        )

        authorities = {(la.name, la.la_code, la.la_code) for la in facts.local_authorities()}
        kind = OrganisationKind.LOCAL_AUTHORITY
        assert {(name, la, code) for k, name, la, code in rows if k == kind} == authorities
        assert [tuple(row) for row in rows if row["kind"] == "department"] == [
            ("department", DEPARTMENT, None, None)
        ]
        assert len(rows) == 154

    async def test_loading_them_again_changes_nothing(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        before = await owner.fetch("SELECT o::text FROM organisations o ORDER BY id")

        await load(settings)

        assert await owner.fetch("SELECT o::text FROM organisations o ORDER BY id") == before

    async def test_a_name_that_a_release_corrects_is_corrected_and_counted(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        coventry = fact_id(OrganisationKind.LOCAL_AUTHORITY, "331")
        await owner.execute("UPDATE organisations SET name = 'Coventree' WHERE id = $1", coventry)

        await load(settings)

        row = await owner.fetchrow(
            "SELECT name, sort_name, version FROM organisations WHERE id = $1", coventry
        )
        assert row is not None
        assert tuple(row) == ("Coventry", "coventry", 2)

    @pytest.mark.parametrize(
        ("kind", "code", "expected"),
        [
            (OrganisationKind.LOCAL_AUTHORITY, "331", "a1a49a83-6bbb-56f8-a226-9ac2041e30ec"),
            (OrganisationKind.DEPARTMENT, "dfe", "b9e10068-365a-590c-848c-7aa48cb481fb"),
        ],
    )
    def test_their_ids_are_the_same_for_ever(
        self, kind: OrganisationKind, code: str, expected: str
    ) -> None:
        assert str(fact_id(kind, code)) == expected

    async def test_an_authority_is_found_by_its_code(self, database: Database) -> None:
        async with reading(database, DOORKEEPER) as session:
            found = await find_by_identifiers(session, [("la-code", "331")])

        assert found == fact_id(OrganisationKind.LOCAL_AUTHORITY, "331")
