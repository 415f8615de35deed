import asyncio
from datetime import UTC, date, datetime, timedelta

import asyncpg
import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import OPERATOR, Actor, DbRole
from app.db.transactions import Database, acting_as, reading, transaction
from app.ledger import service as ledger
from app.ledger.terms import Entry
from app.providers.service import recording as service
from app.providers.service.recording import Move, Rename
from app.providers.terms import ADDRESS_NOT_PUBLIC, Status
from app.register.projecting import project
from app.register.publishing import publish, rebuild, rebuild_if_stale
from app.register.queries.checks import count_words_that_differ
from app.register.schemas.records import ProviderRecord
from app.register.verifying import stale_documents
from tests.factories.providers import (
    LISTED_ON,
    commissioner,
    make_known_by,
    make_provider,
    make_site,
    move_to,
    put_on_register,
    record,
)
from tests.factories.worlds import change_something, make_register
from tests.ledger.entries import take_out
from tests.register.looking import entries, head, newest_records, read_model

NIGHT_IN_SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


class TestPublish:
    async def test_a_new_listing_is_one_entry_with_everything_public(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Example Forge"))

        ((entry, number, published),) = await entries(owner)
        assert (entry, number) == (1, held.number)
        assert published["name"] == "Example Forge"
        assert published["status"] == {"code": "listed", "since": "2026-09-01"}
        assert published["sites"][0]["offers"][0]["programme"] == "Blacksmithing"
        last = await owner.fetchval("SELECT last_entry FROM providers")
        assert last == 1

    async def test_nothing_changed_is_no_entry(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())
        before = await read_model(owner)
        async with transaction(database, OPERATOR) as session:
            assert await publish(session, {held.id: None}) == []
        async with transaction(database, OPERATOR) as session:
            await service.close_site(session, OPERATOR, (held.id, 1), on=LISTED_ON)
        async with transaction(database, OPERATOR) as session:
            await service.close_site(session, OPERATOR, (held.id, 1), on=date(2026, 12, 1))

        assert await head(owner) == 2
        assert before != await read_model(owner)

    async def test_several_changes_in_one_transaction_are_one_entry(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Old"))
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [Rename(held.id, "New", LISTED_ON)])
            await service.add_site(session, OPERATOR, held.id, make_site("Second"))
            moves = [Move(held.id, Status.SUSPENDED, LISTED_ON, "for a test")]
            await service.move_providers(session, OPERATOR, moves)

        *_, (entry, _, published) = await entries(owner)
        assert entry == 2
        assert published["name"] == "New"
        assert published["status"]["code"] == "suspended"
        assert [site["name"] for site in published["sites"]] == ["Example Yard", "Second"]

    async def test_only_those_that_changed_get_an_entry(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        first, second, third = await put_on_register(database, *[make_provider()] * 3)
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [Rename(second.id, "New", LISTED_ON)])
            await publish(session, {first.id: None, second.id: None, third.id: None})

        assert [number for _, number, _ in (await entries(owner))[3:]] == [second.number]

    async def test_a_batch_is_numbered_in_order_of_provider_numbers(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        held = await put_on_register(database, *[make_provider()] * 12)

        assert [number for _, number, _ in await entries(owner)] == [one.number for one in held]

    async def test_a_failure_afterwards_takes_the_entry_back(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Old"))
        before = await read_model(owner)

        async def fail() -> None:
            async with transaction(database, OPERATOR) as session:
                renames = [Rename(held.id, "New", LISTED_ON)]
                await service.rename_providers(session, OPERATOR, renames)
                assert len(await publish(session, {held.id: None})) == 1
                raise RuntimeError("planted")

        with pytest.raises(RuntimeError, match="planted"):
            await fail()

        assert await head(owner) == 1
        assert await read_model(owner) == before

    async def test_holds_from_the_day_of_a_new_status_otherwise_from_the_london_day_recorded(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        with clock.at(NIGHT_IN_SUMMER):
            (held,) = await put_on_register(database, make_provider())
            async with transaction(database, OPERATOR) as session:
                await service.add_site(session, OPERATOR, held.id, make_site("Second"))
            await move_to(database, held, Status.SUSPENDED, effective_on=date(2026, 6, 25))

        rows = await owner.fetch("SELECT effective_on FROM ledger_entries ORDER BY entry")
        assert [row["effective_on"] for row in rows] == [
            LISTED_ON,
            date(2026, 7, 1),
            date(2026, 6, 25),
        ]

    async def test_a_demonstrations_past_is_published_in_its_own_order(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with transaction(database, Actor("demo", DbRole.PUBLISHER)) as session:
            await ledger.become_demonstration(session)
        held = await record(database, *[make_provider()] * 3)
        moments = [NIGHT_IN_SUMMER + timedelta(days=days) for days in (2, 3, 1)]
        async with transaction(database, OPERATOR) as session:
            moves = [
                Move(one.id, Status.LISTED, moment.date(), "made up", simulated_at=moment)
                for one, moment in zip(held, moments, strict=True)
            ]
            await service.move_providers(session, OPERATOR, moves)

        rows = await owner.fetch("SELECT number, recorded_at FROM ledger_entries ORDER BY entry")
        assert [tuple(row) for row in rows] == [
            (held[place].number, moments[place]) for place in (2, 0, 1)
        ]

    async def test_publishers_of_the_same_provider_take_turns_and_lose_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(database, make_provider())

        async def add(name: str) -> None:
            async with transaction(database, OPERATOR) as session:
                await service.add_site(session, OPERATOR, held.id, make_site(name))

        await asyncio.gather(*(add(f"Site {n}") for n in range(6)))

        log = await entries(owner)
        assert [len(published["sites"]) for _, _, published in log] == [1, 2, 3, 4, 5, 6, 7]


class TestWhoSeesWhat:
    async def test_a_record_is_whole_whoever_acted(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        sites = [make_site("First"), make_site("Second"), make_site("Third")]
        (held,) = await put_on_register(database, make_provider("Example Forge", *sites))
        await owner.execute(
            "CREATE POLICY hide ON sites AS RESTRICTIVE TO ap_app USING (reference <> 2); "
            "CREATE POLICY hide_offers ON offers AS RESTRICTIVE TO ap_app USING (false); "
            "UPDATE sites SET town = 'Kenilworth'"
        )

        async with transaction(database, commissioner("331")) as session:
            seen = await session.scalars(text("SELECT reference FROM sites ORDER BY 1"))
            assert list(seen) == [1, 3]
            assert len(await publish(session, {held.id: None})) == 1
            assert (await session.scalars(text("SELECT current_user"))).one() == "ap_app"

        published = (await newest_records(owner))[held.number]
        assert [site["name"] for site in published["sites"]] == ["First", "Second", "Third"]
        assert {site["address"]["town"] for site in published["sites"]} == {"Kenilworth"}
        assert all(len(site["offers"]) == 1 for site in published["sites"])

    @pytest.mark.parametrize("actor", [commissioner("331"), OPERATOR])
    async def test_nobody_but_the_publisher_may_project(
        self, database: Database, actor: Actor
    ) -> None:
        await put_on_register(database, make_provider())
        entry = Entry(2, clock.now(), LISTED_ON, "AP000001U", b'{"number": "AP000001U"}')

        async def try_it() -> None:
            async with transaction(database, actor) as session:
                held = (
                    await session.execute(text("SELECT document FROM register_documents"))
                ).scalar_one()
                await project(session, [_entry_of(entry, held)])

        with pytest.raises(DBAPIError, match="permission denied"):
            await try_it()

    async def test_the_publisher_sees_no_line_of_any_authoritys_list(
        self, database: Database
    ) -> None:
        await put_on_register(database, make_provider(known_by=[make_known_by()]))

        async def look() -> None:
            async with (
                transaction(database, OPERATOR) as session,
                acting_as(session, DbRole.PUBLISHER),
            ):
                await session.execute(text("SELECT FROM provider_known_by"))

        with pytest.raises(DBAPIError, match="permission denied"):
            await look()


def _entry_of(entry: Entry, document: bytes) -> Entry:
    """An entry with a record that can be projected: the one shown, without what rendering adds."""
    shown = orjson.loads(document)
    for site in shown["sites"]:
        site["la_code"] = site.pop("local_authority")["la_code"]
        site["listing"]["decided_by"] = site["listing"]["decided_by"]["la_code"]
    return Entry(
        entry.entry, entry.recorded_at, entry.effective_on, entry.number, orjson.dumps(shown)
    )


class TestWhatIsNeverPublic:
    async def test_a_known_provider_has_no_entry_and_no_row(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider(known_by=[make_known_by()]))
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [Rename(held.id, "New", LISTED_ON)])
            await service.add_site(session, OPERATOR, held.id, make_site())
            assert await publish(session, {held.id: None}) == []
            await rebuild(session)

        assert await head(owner) == 0
        assert not any((await read_model(owner)).values())

    async def test_a_line_of_an_authoritys_list_appears_nowhere(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        secret = {
            "list_name": "Secretlist",
            "list_reference": "Secretreference",
            "listed_as": "Secretcategory",
            "source_url": "https://secret.example/list",
            "list_date": "Secretdate",
        }
        await put_on_register(database, make_provider(known_by=[make_known_by("330", **secret)]))

        held = orjson.dumps([await read_model(owner), await entries(owner)]).lower()
        shown = await owner.fetch("SELECT summary, document FROM register_documents")
        assert b"secret" not in held + b"".join(part for row in shown for part in row).lower()
        assert b'"330"' not in held

    @pytest.mark.parametrize("kind", sorted(ADDRESS_NOT_PUBLIC))
    async def test_what_may_be_a_home_has_no_street_no_postcode_and_no_point(
        self, database: Database, owner: asyncpg.Connection, kind: str
    ) -> None:
        (held,) = await put_on_register(
            database,
            make_provider("Example Tutors", make_site("From home", kind=kind)),
        )

        site = (await newest_records(owner))[held.number]["sites"][0]
        assert site["address"] == {
            "lines": [],
            "town": "Coventry",
            "postcode": None,
            "postcode_district": "CV1",
        }
        assert site["location"] is None
        rows = await owner.fetch("SELECT * FROM register_sites")
        assert [row["place"] for row in rows] == [None]
        shown = await owner.fetchrow("SELECT summary, document FROM register_documents")
        everything = b"".join([*shown, rows[0]["summary"]])
        for hidden in (b"Example Street", b"2WT", b"433000", b"279000", b"latitude"):
            assert hidden not in everything


class TestRebuild:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    async def test_gives_the_very_bytes_that_publishing_step_by_step_gave(
        self, database: Database, owner: asyncpg.Connection, public: asyncpg.Connection, seed: int
    ) -> None:
        world = await make_register(database, seed, providers=12)
        for _ in range(15):
            async with transaction(database, OPERATOR) as session:
                for _ in range(world.chance.randint(1, 3)):
                    await change_something(world, session)
        step_by_step = await read_model(owner)

        async with reading(database, OPERATOR) as reader:
            assert await stale_documents(reader) == []
            assert await ledger.broken_entries(reader) == []
        assert await count_words_that_differ(public) == 0
        async with transaction(database, OPERATOR) as session:
            rebuilt = await rebuild(session)

        assert await read_model(owner) == step_by_step
        assert rebuilt == len(await newest_records(owner)) == len(step_by_step["register_search"])
        assert rebuilt >= 8

    async def test_makes_whole_what_was_damaged(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await make_register(database, seed=4, providers=6)
        before = await read_model(owner)
        await owner.execute(
            "DELETE FROM register_words WHERE word LIKE 'f%'; "
            "DELETE FROM register_search WHERE id = 1; "
            "UPDATE register_documents SET document = '{}'; "
            "INSERT INTO register_words VALUES ('nowhere', 7)"
        )

        async with transaction(database, OPERATOR) as session:
            await rebuild(session)

        assert await read_model(owner) == before

    async def test_does_not_bring_back_what_was_taken_out_nor_what_stood_before_it(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        gone, stays = await put_on_register(database, make_provider("Gone"), make_provider("Stays"))
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [Rename(gone.id, "Again", LISTED_ON)])
        await take_out(owner, 3)

        async with transaction(database, OPERATOR) as session:
            assert await rebuild(session) == 1

        assert await owner.fetchval("SELECT number FROM register_documents") == stays.number

    async def test_of_nothing_is_nothing(self, database: Database) -> None:
        async with transaction(database, OPERATOR) as session:
            assert await rebuild(session) == 0

    async def test_happens_by_itself_only_when_another_release_rendered_any_of_it(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider(), make_provider())
        before = await read_model(owner)
        async with transaction(database, OPERATOR) as session:
            assert await rebuild_if_stale(session) == 0
        await owner.execute("UPDATE register_documents SET format = 0, document = '' WHERE id = 2")

        async with transaction(database, OPERATOR) as session:
            assert await rebuild_if_stale(session) == 2

        assert await read_model(owner) == before


async def test_every_stored_record_is_what_the_contract_says(
    database: Database, owner: asyncpg.Connection
) -> None:
    await make_register(database, seed=5, providers=25)

    rows = await owner.fetch("SELECT document, number, entry FROM register_documents")

    assert len(rows) > 15
    for row in rows:
        record_shown = ProviderRecord.model_validate_json(row["document"], strict=True)
        assert (record_shown.number, record_shown.register_.entry) == (row["number"], row["entry"])
