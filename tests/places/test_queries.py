from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.access import OPERATOR
from app.config import Settings
from app.db.transactions import Database, transaction
from app.places import facts, queries
from app.places.errors import PlaceNotKnownError
from app.places.models import Postcode
from app.places.queries import Located
from app.places.terms import Precision

TABLES = {
    "local_authorities": 153,
    "former_local_authorities": 10,
    "former_local_authority_successors": 13,
    "postcode_areas": 104,
    "postcode_districts": 2_210,
}
"""Every table of facts, and how many rows ship."""


async def counts(connection: asyncpg.Connection) -> dict[str, int]:
    return {
        table: await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
        for table in TABLES
    }


async def versions(connection: asyncpg.Connection) -> dict[str, int]:
    """What changes whenever any row of a table is written, even with the same values."""
    return {
        table: await connection.fetchval(f"SELECT sum(xmin::text::bigint) FROM {table}")  # noqa: S608
        for table in TABLES
    }


@pytest.fixture
async def public(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the public read pool makes them."""
    assert settings.database_read_url is not None
    connection = await asyncpg.connect(settings.database_read_url.get_secret_value())
    yield connection
    await connection.close()


class TestLocate:
    async def test_a_postcode_that_is_held_is_found_exactly(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            session.add(
                Postcode(postcode="CV1 2WT", la_code="331", easting=433_512, northing=279_034)
            )

        located = await queries.locate(public, " cv1 2wt")

        assert located == Located(433_512, 279_034, Precision.POSTCODE, "CV1 2WT")

    @pytest.mark.parametrize("text", ["CV1 2WT", "cv1"])
    async def test_a_postcode_that_is_not_held_is_placed_in_its_district(
        self, public: asyncpg.Connection, text: str
    ) -> None:
        district = next(one for one in facts.postcode_districts() if one.outcode == "CV1")

        located = await queries.locate(public, text)

        assert located == Located(
            district.centre_easting,
            district.centre_northing,
            Precision.POSTCODE_DISTRICT,
            "CV1 (approximate)",
        )

    @pytest.mark.parametrize("text", ["CV99 9ZZ", "CV99", "cv"])
    async def test_a_district_that_is_not_held_is_placed_in_its_area(
        self, public: asyncpg.Connection, text: str
    ) -> None:
        area = next(one for one in facts.postcode_areas() if one.area == "CV")

        located = await queries.locate(public, text)

        assert located == Located(
            area.centre_easting,
            area.centre_northing,
            Precision.POSTCODE_AREA,
            "CV (approximate)",
        )

    @pytest.mark.parametrize("text", ["EH1 1AA", "CF10", "BT", "GIR 0AA"])
    async def test_what_is_not_in_england_is_refused(
        self, public: asyncpg.Connection, text: str
    ) -> None:
        with pytest.raises(PlaceNotKnownError, match="not in England") as refusal:
            await queries.locate(public, text)

        assert refusal.value.errors[0].parameter == "near"

    async def test_what_is_no_postcode_is_refused_with_advice(
        self, public: asyncpg.Connection
    ) -> None:
        with pytest.raises(PlaceNotKnownError, match="is it SW1A 0AA"):
            await queries.locate(public, "SW1A OAA")


class TestLoadFacts:
    async def test_every_fact_that_ships_is_held(self, owner: asyncpg.Connection) -> None:
        assert await counts(owner) == TABLES

    async def test_a_second_time_touches_no_row(self, owner: asyncpg.Connection) -> None:
        before = await versions(owner)

        async with owner.transaction():
            await queries.load_facts(owner)

        assert await versions(owner) == before

    async def test_what_differs_is_put_right_and_what_no_longer_ships_goes(
        self, owner: asyncpg.Connection
    ) -> None:
        await owner.execute(
            """
            UPDATE local_authorities SET name = 'Godivaville' WHERE la_code = '331';
            UPDATE former_local_authorities SET name = 'Elsewhere';
            UPDATE postcode_areas SET english_postcodes = 0;
            UPDATE postcode_districts SET la_code = '201';
            INSERT INTO former_local_authority_successors VALUES ('E06000028', '331');
            DELETE FROM former_local_authority_successors WHERE former_gss_code = 'E10000006';
            INSERT INTO postcode_areas VALUES ('ZZ', 1, 1, 1);
            INSERT INTO postcode_districts VALUES ('ZZ1', 1, 1, '331', 1);
            """
        )

        async with owner.transaction():
            await queries.load_facts(owner)

        assert await counts(owner) == TABLES
        names = await owner.fetch("SELECT la_code, name FROM local_authorities")
        assert {row["la_code"]: row["name"] for row in names} == {
            la.la_code: la.name for la in facts.local_authorities()
        }
        districts = await owner.fetch("SELECT outcode, la_code FROM postcode_districts")
        assert {row["outcode"]: row["la_code"] for row in districts} == {
            one.outcode: one.la_code for one in facts.postcode_districts()
        }


class TestGrants:
    @pytest.mark.parametrize("role", ["app", "operator", "publisher", "read"])
    async def test_every_role_reads_every_place(self, owner: asyncpg.Connection, role: str) -> None:
        async with owner.transaction():
            await owner.execute(f"SET LOCAL ROLE ap_{role}")

            assert await counts(owner) == TABLES
            assert await owner.fetchval("SELECT count(*) FROM postcodes") == 0

    @pytest.mark.parametrize("role", ["app", "publisher", "read"])
    async def test_only_the_operator_changes_postcodes(
        self, owner: asyncpg.Connection, role: str
    ) -> None:
        async with owner.transaction():
            await owner.execute(f"SET LOCAL ROLE ap_{role}")

            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await owner.execute("DELETE FROM postcodes")

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM postcode_districts",
            "UPDATE local_authorities SET name = 'x'",
            "INSERT INTO postcode_areas VALUES ('ZZ', 1, 1, 1)",
        ],
    )
    async def test_nobody_but_the_owner_changes_facts(
        self, owner: asyncpg.Connection, statement: str
    ) -> None:
        async with owner.transaction():
            await owner.execute("SET LOCAL ROLE ap_operator")

            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await owner.execute(statement)

    async def test_the_operator_empties_and_refills_postcodes(
        self, owner: asyncpg.Connection
    ) -> None:
        async with owner.transaction():
            await owner.execute("SET LOCAL ROLE ap_operator")
            await owner.execute("TRUNCATE postcodes")
            await owner.copy_records_to_table(
                "postcodes", records=[("CV1 2WT", "331", 433_512, 279_034)]
            )

            assert await owner.fetchval("SELECT count(*) FROM postcodes") == 1
