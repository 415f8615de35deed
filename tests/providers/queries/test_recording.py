import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, reading, transaction
from app.providers.queries import recording as queries
from app.providers.terms import Status
from tests.factories.providers import (
    commissioner,
    make_known_by,
    make_provider,
    make_site,
    put_on_register,
    record,
)


class TestTakeNumbers:
    async def test_takes_as_many_as_asked_in_rising_order(self, database: Database) -> None:
        async with transaction(database, OPERATOR) as session:
            assert await queries.take_numbers(session, 3) == [1, 2, 3]
            assert await queries.take_numbers(session, 0) == []
            assert await queries.take_numbers(session, 1) == [4]


class TestLockProviders:
    async def test_returns_them_by_id_whatever_the_order_asked(self, database: Database) -> None:
        held = await record(database, *[make_provider()] * 3)
        ids = sorted(one.id for one in held)

        async with transaction(database, OPERATOR) as session:
            locked = await queries.lock_providers(session, list(reversed(ids)))

        assert [provider.id for provider in locked] == ids

    async def test_nobody_else_can_lock_them_meanwhile(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider())

        async with transaction(database, OPERATOR) as session:
            await queries.lock_providers(session, {held.id})
            with pytest.raises(asyncpg.LockNotAvailableError):
                await owner.execute("SELECT FROM providers FOR UPDATE NOWAIT")


class TestFindKnownBy:
    async def test_returns_each_line_of_an_authority_with_the_provider_by_number(
        self, database: Database
    ) -> None:
        both = [make_known_by("331", list_reference="1"), make_known_by("937")]
        (first,) = await put_on_register(database, make_provider("Listed", known_by=both))
        (second,) = await record(
            database,
            make_provider("Known", known_by=[make_known_by("331", listed_as="Tuition")]),
        )
        await record(database, make_provider("Elsewhere", known_by=[make_known_by("937")]))

        async with reading(database, OPERATOR) as session:
            lines = await queries.find_known_by(session, "331")

        assert [(line.number, line.name, line.status) for line in lines] == [
            (first.number, "Listed", "listed"),
            (second.number, "Known", "known"),
        ]
        assert (lines[0].list_reference, lines[1].listed_as) == ("1", "Tuition")

    async def test_an_authority_sees_its_own_lines_and_no_others(self, database: Database) -> None:
        lines = [make_known_by("331"), make_known_by("937")]
        await record(database, make_provider(known_by=lines))

        async with reading(database, commissioner("331")) as session:
            assert len(await queries.find_known_by(session, "331")) == 1
            assert await queries.find_known_by(session, "937") == []


class TestFindListReferences:
    async def test_returns_the_references_of_one_list_of_one_authority(
        self, database: Database
    ) -> None:
        lines = [
            make_known_by("331", list_name="a", list_reference="1"),
            make_known_by("331", list_name="a", list_reference="2"),
            make_known_by("331", list_name="a"),
            make_known_by("331", list_name="b", list_reference="3"),
            make_known_by("937", list_name="a", list_reference="4"),
        ]
        await record(database, make_provider(known_by=lines))

        async with reading(database, OPERATOR) as session:
            assert await queries.find_list_references(session, "331", "a") == {"1", "2"}


class TestFindNames:
    async def test_returns_what_likeness_is_judged_by(self, database: Database) -> None:
        full = make_provider(
            "Example Forge",
            make_site(postcode="CV1 2WT", la_code="331"),
            make_site(postcode=None, la_code="937"),
            other_names=[{"name": "Forge"}],
            identifiers=[{"scheme": "ukprn", "value": "10000001"}],
            known_by=[make_known_by("330")],
        )
        recorded = await record(database, full)
        await put_on_register(
            database, make_provider("Bare", make_site(postcode=None)), status=Status.CLOSED
        )

        async with reading(database, OPERATOR) as session:
            first, second = await queries.find_names(session)

        assert (first.id, first.name) == (recorded[0].id, "Example Forge")
        assert first.other_names == ["Forge"]
        assert sorted(first.la_codes) == ["330", "331", "937"]
        assert first.postcodes == ["CV1 2WT"]
        assert first.identifiers == ["ukprn:10000001"]
        assert (second.other_names, second.postcodes, second.identifiers) == ([], [], [])
