"""What a merge does to rows, and that parting gives every one of them back."""

import uuid
from datetime import date

import asyncpg
import orjson
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import Actor, Role
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.values.uuid7 import uuid7
from tests.factories.people import insert
from tests.providers.applicants import (
    SINCE,
    Held,
    add_document,
    add_listing,
    add_officer,
    add_owner,
    add_record,
    add_site,
    add_traces,
    link,
    share,
)
from tests.providers.merging import (
    Officers,
    Pair,
    do,
    merged,
    public_records,
    publish,
    undone,
)


@pytest.fixture
async def officers(owner: asyncpg.Connection) -> Officers:
    """An assessor and a second officer of one authority."""
    return await add_officer(owner), await add_officer(owner, Role.SECOND_OFFICER)


@pytest.fixture
async def pair(owner: asyncpg.Connection) -> Pair:
    """Two records in that authority's area, both listed, the second with two sites."""
    kept = await add_record(owner, "Kestrel", "listed")
    absorbed = await add_record(owner, "Kestrel Ltd", "listed")
    await add_site(owner, absorbed, 2)
    return kept, absorbed


class TestMerging:
    async def test_sites_are_numbered_on_and_what_hangs_on_them_comes_along(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        await merged(database, officers, pair)

        sites = await owner.fetch(
            "SELECT reference, name FROM sites WHERE provider_id = $1 ORDER BY 1", pair[0].id
        )
        listings = await owner.fetchval(
            "SELECT count(*) FROM listings WHERE provider_id = $1", pair[0].id
        )
        assert [tuple(site) for site in sites] == [
            (1, "Kestrel site"),
            (2, "Kestrel Ltd site"),
            (3, "Further site"),
        ]
        assert listings == 2

    async def test_its_name_becomes_another_name_unless_it_is_one_already(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third = await add_record(owner, "Kestrel")
        fourth = await add_record(owner, "Kestrel Ltd")
        for absorbed in (pair[1], third, fourth):
            await merged(database, officers, (pair[0], absorbed))

        names = await owner.fetch(
            "SELECT kind, name FROM provider_names WHERE provider_id = $1", pair[0].id
        )
        assert [tuple(name) for name in names] == [("trading", "Kestrel Ltd")]

    async def test_what_both_bear_stays_where_it_was(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        for held in pair:
            await add_traces(owner, held.id, company="09000001")
        await add_traces(owner, pair[1].id, charity="1900001")

        await merged(database, officers, pair)

        rows = await owner.fetch("SELECT provider_id, value FROM provider_identifiers")
        assert {tuple(row) for row in rows} == {
            (pair[0].id, "09000001"),
            (pair[1].id, "09000001"),
            (pair[0].id, "1900001"),
        }

    async def test_a_consent_to_see_everything_is_not_stretched_over_the_others_evidence(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        document = await add_document(owner, pair[1])
        one, everything = (
            await share(owner, pair[1], document),
            await share(owner, pair[1], None),
        )

        await merged(database, officers, pair)

        rows = await owner.fetch("SELECT id, provider_id FROM document_shares")
        assert {tuple(row) for row in rows} == {(one, pair[0].id), (everything, pair[1].id)}

    async def test_links_follow_and_one_between_the_two_or_held_twice_ends(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        third, fourth = await add_record(owner, "Third"), await add_record(owner, "Fourth")
        between = await link(owner, pair[0], pair[1])
        twice = await link(owner, third, pair[1])
        kept = await link(owner, third, pair[0])
        follows = await link(owner, pair[1], fourth)

        merge = await merged(database, officers, pair)

        rows = await owner.fetch(
            "SELECT id, predecessor_id, successor_id FROM provider_links WHERE ended_at IS NULL"
        )
        assert {tuple(row) for row in rows} == {
            (kept, third.id, pair[0].id),
            (follows, pair[0].id, fourth.id),
        }
        await undone(database, officers, merge)
        open_again = await owner.fetch("SELECT id FROM provider_links WHERE ended_at IS NULL")
        assert {row["id"] for row in open_again} == {between, twice, kept, follows}

    async def test_what_was_found_of_a_thing_is_told_where_the_thing_is(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        await verify(owner, pair[1], pair[1].site)
        await verify(owner, pair[1], pair[1].id)

        merge = await merged(database, officers, pair)
        of_the_kept = await found_of(owner, pair[0])
        await verify(owner, pair[0], pair[1].site)
        await undone(database, officers, merge)

        assert of_the_kept == [pair[1].site]
        assert await found_of(owner, pair[1]) == sorted([pair[1].site, pair[1].site, pair[1].id])

    async def test_both_public_records_follow_in_the_same_transaction(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        await publish(database, pair)
        before = await owner.fetchval("SELECT max(entry) FROM ledger_entries")

        await merged(database, officers, pair)

        numbers = await owner.fetch(
            "SELECT number FROM ledger_entries WHERE entry > $1 ORDER BY 1", before
        )
        assert [row["number"] for row in numbers] == sorted(held.number for held in pair)

    @pytest.mark.parametrize(
        "table", ["sites", "documents", "listings", "provider_people", "provider_owners"]
    )
    async def test_nothing_more_is_added_to_the_record_that_ended(
        self,
        database: Database,
        owner: asyncpg.Connection,
        officers: Officers,
        pair: Pair,
        table: str,
    ) -> None:
        await merged(database, officers, pair)

        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            await _add_to(owner, pair[1], table)
        assert refused.value.constraint_name == "record_is_merged"

    async def test_those_who_answered_for_it_answer_for_it_still(
        self, database: Database, officers: Officers, pair: Pair
    ) -> None:
        await merged(database, officers, pair)
        async with transaction(database, officers[0].actor) as session:
            connection = await session.connection()
            answers = await connection.exec_driver_sql(f"SELECT judges_provider('{pair[1].id}')")
            assert answers.scalar_one() is True


async def _add_to(owner: asyncpg.Connection, held: Held, table: str) -> None:
    if table == "sites":
        await add_site(owner, held, 9)
    elif table == "documents":
        await add_document(owner, held)
    elif table == "listings":
        await add_listing(owner, held.id, held.site, "draft")
    elif table == "provider_owners":
        await add_owner(owner, held.id)
    else:
        await add_traces(owner, held.id, person=("Exampleby, Anna", None))


async def verify(owner: asyncpg.Connection, held: Held, subject: uuid.UUID) -> None:
    kind = "provider" if subject == held.id else "site"
    row = {"id": uuid7(), "provider_id": held.id, "subject_kind": kind, "subject_id": subject}
    said = {"held": True, "how": "seen", "verified_on": SINCE, "person_name": "Example Person"}
    await insert(owner, "provider_verifications", row | said | {"recorded_at": clock.now()})


async def found_of(owner: asyncpg.Connection, held: Held) -> list[uuid.UUID]:
    rows = await owner.fetch(
        "SELECT subject_id FROM provider_verifications WHERE provider_id = $1 ORDER BY 1", held.id
    )
    return [row["subject_id"] for row in rows]


class TestWhereTheyStand:
    async def test_a_public_record_that_ends_is_closed_from_that_day_and_says_so_publicly(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        await publish(database, pair)

        merge = await merged(database, officers, pair)

        ended = await standing_of(owner, pair[1])
        public = orjson.loads((await public_records(owner))[pair[1].number])
        await undone(database, officers, merge)
        history = await owner.fetch(
            "SELECT status FROM provider_status_changes WHERE provider_id = $1 "
            "ORDER BY recorded_at",
            pair[1].id,
        )
        assert ended == ("closed", clock.today())
        assert public["status"] == {"code": "closed", "since": clock.today().isoformat()}
        assert public["sites"] == []
        assert await standing_of(owner, pair[1]) == ("listed", SINCE)
        assert [row["status"] for row in history] == ["closed", "listed"]

    async def test_a_record_that_was_never_public_stays_unknown_to_the_public(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        private = await add_record(owner, "Kestrel Too")

        await merged(database, officers, (pair[0], private))

        assert await standing_of(owner, private) == ("known", SINCE)
        assert private.number not in await public_records(owner)

    async def test_a_record_that_a_merge_made_public_is_closed_when_they_are_parted(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        private = await add_record(owner, "Kestrel Too")
        merge = await merged(database, officers, (private, pair[1]))
        await owner.execute(  # as the listings that came to it would have it
            "UPDATE providers SET status = 'listed', last_entry = 1 WHERE id = $1", private.id
        )

        await undone(database, officers, merge)

        assert await standing_of(owner, private) == ("closed", clock.today())


async def standing_of(owner: asyncpg.Connection, held: Held) -> tuple[str, date]:
    row = await owner.fetchrow("SELECT status, status_since FROM providers WHERE id = $1", held.id)
    assert row is not None
    return row["status"], row["status_since"]


class TestParting:
    async def test_what_was_changed_since_stays_changed_and_what_came_to_a_site_goes_with_it(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        further = await owner.fetchval(
            "SELECT id FROM sites WHERE provider_id = $1 AND reference = 2", pair[1].id
        )
        merge = await merged(database, officers, pair)
        await owner.execute(
            "UPDATE sites SET name = 'New name', closed_on = '2026-10-01' WHERE id = $1", further
        )
        listing = await add_listing(owner, pair[0].id, further, "draft")
        document = await add_document(owner, pair[0], further)
        shared = await share(owner, pair[0], document)
        of_the_kept = await add_document(owner, pair[0])

        await undone(database, officers, merge)

        site = await owner.fetchrow("SELECT * FROM sites WHERE id = $1", further)
        of_whom = {
            row["id"]: row["provider_id"]
            for table in ("listings", "documents", "document_shares")
            for row in await owner.fetch(f"SELECT id, provider_id FROM {table}")  # noqa: S608
        }
        assert (site["provider_id"], site["reference"]) == (pair[1].id, 2)
        assert (site["name"], site["closed_on"]) == ("New name", date(2026, 10, 1))
        assert of_whom[listing] == of_whom[document] == of_whom[shared] == pair[1].id
        assert of_whom[of_the_kept] == pair[0].id

    async def test_what_renewed_a_document_since_goes_with_it(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        insurance = await add_document(owner, pair[1])
        merge = await merged(database, officers, pair)
        renewed = await add_document(owner, pair[0])
        again = await add_document(owner, pair[0])
        other = await add_document(owner, pair[0])
        for newer, older in ((renewed, insurance), (again, renewed)):
            await owner.execute("UPDATE documents SET replaces_id = $2 WHERE id = $1", newer, older)

        await undone(database, officers, merge)

        rows = await owner.fetch("SELECT id FROM documents WHERE provider_id = $1", pair[1].id)
        assert {row["id"] for row in rows} == {insurance, renewed, again}
        assert other not in {row["id"] for row in rows}

    async def test_a_site_that_came_to_the_kept_record_since_stays_with_it(
        self, database: Database, owner: asyncpg.Connection, officers: Officers, pair: Pair
    ) -> None:
        merge = await merged(database, officers, pair)
        new = await add_site(owner, pair[0], 4)

        await undone(database, officers, merge)

        assert await owner.fetchval("SELECT provider_id FROM sites WHERE id = $1", new) == (
            pair[0].id
        )

    async def test_the_database_parts_nothing_that_was_not_confirmed(
        self, database: Database, officers: Officers, pair: Pair
    ) -> None:
        merge = await merged(database, officers, pair)

        async def without_saying_so(session: WriteSession, actor: Actor) -> None:
            connection = await session.connection()
            await connection.exec_driver_sql(f"SELECT part_providers('{merge}', current_date)")

        with pytest.raises(DBAPIError, match="no parting confirmed just now"):
            await do(database, officers[1], without_saying_so)
