import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from app.access import OPERATOR, Actor, DbRole, Role
from app.audit.queries import BATCH, find_page, stream_entries
from app.audit.terms import ActOutcome, Entry, Place, Wanted
from app.db.transactions import Database, reading
from app.organisations.terms import OrganisationKind
from tests.factories.audit import add_entries, add_entry
from tests.factories.people import Member, add_member, add_organisation

NOON = datetime(2021, 9, 1, 12, tzinfo=UTC)
EVERYTHING = Wanted()


class World:
    """A trust, its school and a stranger, each with somebody who works there."""

    def __init__(self, trust: Member, school: Member, stranger: Member) -> None:
        self.trust = trust
        self.school = school
        self.stranger = stranger


@pytest.fixture
async def world(owner: asyncpg.Connection) -> World:
    trust = await add_organisation(owner, "Example Trust", OrganisationKind.TRUST)
    school = await add_organisation(owner, "Example School", parent_id=trust)
    elsewhere = await add_organisation(owner, "Another School")
    return World(
        *[
            await add_member(owner, organisation, Role.ADMINISTRATOR)
            for organisation in (trust, school, elsewhere)
        ]
    )


async def acts(database: Database, actor: Actor, wanted: Wanted = EVERYTHING) -> list[str]:
    async with reading(database, actor) as session:
        return [entry["act"] for entry in await find_page(session, wanted, None, 100)]


async def streamed(
    database: Database, actor: Actor, wanted: Wanted = EVERYTHING
) -> list[Sequence[Entry]]:
    async with reading(database, actor) as session:
        return [batch async for batch in stream_entries(session, wanted)]


def place_of(entry: Entry) -> Place:
    return entry["recorded_at"], entry["id"]


class TestWhoSees:
    async def test_each_sees_what_its_people_did_and_what_others_did_to_its_records(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        trust, school, stranger = world.trust, world.school, world.stranger
        of_school = {"subject_organisation_id": school.organisation_id}
        of_trust = {"subject_organisation_id": trust.organisation_id}
        for number, (who, act, whose) in enumerate(
            [
                (trust, "trust.own", of_trust),
                (trust, "trust.to_school", of_school),
                (school, "school.own", of_school),
                (school, "school.to_trust", of_trust),
                (stranger, "stranger.own", {}),
                (stranger, "stranger.to_school", of_school),
            ]
        ):
            moment = NOON + timedelta(seconds=number)
            await add_entry(owner, who.actor, act, recorded_at=moment, **whose)
        await add_entry(owner, OPERATOR, "operator.own")

        assert await acts(database, trust.actor) == [
            "stranger.to_school",
            "school.to_trust",
            "school.own",
            "trust.to_school",
            "trust.own",
        ]
        assert await acts(database, school.actor) == [
            "stranger.to_school",
            "school.to_trust",
            "school.own",
            "trust.to_school",
        ]
        assert await acts(database, stranger.actor) == ["stranger.to_school", "stranger.own"]

    async def test_a_file_holds_just_what_the_list_shows_in_the_other_order(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        for number in range(30):
            who = (world.trust, world.school, world.stranger)[number % 3]
            whose = (world.school, world.trust)[number % 2].organisation_id
            await add_entry(owner, who.actor, f"e.{number}", subject_organisation_id=whose)

        for member in (world.trust, world.school, world.stranger):
            [batch] = await streamed(database, member.actor)
            shown = await acts(database, member.actor)
            assert [entry["act"] for entry in batch] == shown[::-1]
            assert shown

    async def test_nobody_in_particular_sees_nothing(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        await add_entry(owner, world.school.actor)
        await add_entry(owner, OPERATOR)
        nobody = Actor(name="nobody", role=DbRole.APP)

        assert await acts(database, nobody) == []
        assert await streamed(database, nobody) == []

    async def test_an_operator_reads_everything(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        for actor in (world.school.actor, world.stranger.actor, OPERATOR):
            await add_entry(owner, actor)

        [batch] = await streamed(database, OPERATOR)
        assert len(batch) == 3


class TestFindPage:
    async def test_each_filter_narrows(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        actor, colleague = world.school.actor, uuid.uuid4()
        odd: dict[str, dict[str, Any]] = {
            "act": {"act": "odd.done"},
            "actor": {"actor_id": colleague},
            "kind": {"subject_kind": "machine", "subject_id": "1"},
            "subject": {"subject_kind": "membership", "subject_id": "2"},
            "outcome": {"outcome": "refused"},
            "early": {"recorded_at": NOON - timedelta(days=1)},
            "late": {"recorded_at": NOON + timedelta(days=1)},
        }
        usual: dict[str, Any] = {
            "subject_kind": "membership",
            "subject_id": "1",
            "recorded_at": NOON,
        }
        for name, columns in odd.items():
            await add_entry(owner, actor, **({"act": name} | usual | columns))

        found = {
            wanted: set(await acts(database, actor, wanted))
            for wanted in (
                Wanted(act="odd.done"),
                Wanted(actor_id=colleague),
                Wanted(subject_kind="machine"),
                Wanted(subject_kind="membership", subject_id="2"),
                Wanted(outcome=ActOutcome.REFUSED),
                Wanted(before=NOON),
                Wanted(since=NOON + timedelta(microseconds=1)),
                Wanted(since=NOON, before=NOON),
            )
        }
        assert list(found.values()) == [
            {"odd.done"},
            {"actor"},
            {"kind"},
            {"subject"},
            {"outcome"},
            {"early"},
            {"late"},
            set(),
        ]

    @pytest.mark.parametrize("limit", [1, 3, 7])
    async def test_pages_meet_every_entry_once_also_those_of_one_moment(
        self, database: Database, owner: asyncpg.Connection, world: World, limit: int
    ) -> None:
        both: dict[str, Any] = {"subject_organisation_id": world.school.organisation_id}
        added = [
            await add_entry(
                owner,
                (world.trust, world.school)[number % 2].actor,
                recorded_at=NOON + timedelta(seconds=number // 4),
                **(both if number % 3 else {}),
            )
            for number in range(20)
        ]

        met: list[Entry] = []
        after: Place | None = None
        while True:
            async with reading(database, world.trust.actor) as session:
                page = await find_page(session, EVERYTHING, after, limit)
            if not page:
                break
            met.extend(page)
            after = place_of(page[-1])

        assert sorted(entry["id"] for entry in met) == sorted(added)
        assert [place_of(entry) for entry in met] == sorted(map(place_of, met), reverse=True)

    async def test_an_organisation_with_little_is_not_made_to_wait_for_those_with_much(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        """A plan that walks through everybody's entries would read thousands of pages."""
        await add_entries(owner, world.stranger.actor, 30_000, first_at=NOON)
        await owner.execute("ANALYZE audit_entries")
        await add_entry(owner, world.school.actor, recorded_at=NOON - timedelta(days=365))

        async with reading(database, world.trust.actor) as session:
            before = await _pages_read(session)
            found = await find_page(session, EVERYTHING, None, 51)
            read = await _pages_read(session) - before

        assert len(found) == 1
        assert read < 200

    async def test_one_with_much_among_many_with_little_has_not_all_of_it_fetched_and_sorted(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        async with owner.transaction():
            await owner.execute("SET LOCAL session_replication_role = replica")
            await owner.execute("SELECT setseed(0.5)")
            await owner.execute(
                """
                INSERT INTO audit_entries (id, recorded_at, actor_kind, actor_id, actor_name,
                  organisation_id, roles, act, outcome)
                SELECT gen_random_uuid(), now() - random() * interval '1 year', 'person', $1, 'x',
                  CASE WHEN number % 5 = 0 THEN $2 ELSE md5((number % 300)::text)::uuid END,
                  '{}', 'example.done', 'done' FROM generate_series(1, 30000) number
                """,
                world.trust.person_id,
                world.trust.organisation_id,
            )
        await owner.execute("ANALYZE audit_entries")

        async with reading(database, world.trust.actor) as session:
            before = await _pages_read(session)
            found = await find_page(session, EVERYTHING, None, 51)
            read = await _pages_read(session) - before

        assert len(found) == 51
        assert read < 600


class TestStreamEntries:
    async def test_gives_batches_from_one_snapshot(
        self, database: Database, owner: asyncpg.Connection, world: World
    ) -> None:
        await add_entries(owner, world.school.actor, BATCH * 2 + 1, first_at=NOON)

        sizes = []
        async with reading(database, world.school.actor) as session:
            async for batch in stream_entries(session, EVERYTHING):
                sizes.append(len(batch))
                far_ahead = NOON + timedelta(days=36_500)
                await add_entry(owner, world.school.actor, recorded_at=far_ahead)

        assert sizes == [BATCH, BATCH, 1]


async def _pages_read(session: Any) -> int:
    """Return how many pages of tables and indexes this transaction looked at so far."""
    row = await session.execute(
        text(
            "SELECT sum(pg_stat_get_xact_blocks_fetched(oid)) FROM pg_class "
            "WHERE relname LIKE 'audit_entries%'"
        )
    )
    return int(row.scalar_one())
