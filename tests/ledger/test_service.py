import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import OPERATOR, Actor
from app.db.transactions import Database, reading, transaction
from app.ledger import queries, service
from app.ledger.errors import LogNotEmptyError
from app.ledger.service import TICK
from app.ledger.terms import Entry
from tests.factories.providers import commissioner
from tests.ledger.entries import HOLDS_FROM, append, draft, leaf_from, publishing, stored, take_out

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=900)


async def waiting(owner: asyncpg.Connection, work: asyncio.Task[Sequence[Entry]]) -> None:
    """Wait until somebody waits for a lock; work must not end meanwhile."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
    while not await owner.fetchval(blocked):
        assert not work.done()


class TestAppend:
    async def test_numbers_entries_from_one_without_gaps(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        first = await append(database, draft("a"), draft("b"))
        second = await append(database, draft("c"))

        assert [entry.entry for entry in (*first, *second)] == [1, 2, 3]
        rows = await stored(owner)
        assert [(row["entry"], row["record"]) for row in rows] == [
            (1, b'{"name":"a"}'),
            (2, b'{"name":"b"}'),
            (3, b'{"name":"c"}'),
        ]
        assert {row["effective_on"] for row in rows} == {HOLDS_FROM}

    async def test_what_fails_uses_up_no_number(self, database: Database) -> None:
        async def fail() -> None:
            async with publishing(database) as session:
                await service.append(session, [draft()])
                raise RuntimeError("planted")

        with pytest.raises(RuntimeError, match="planted"):
            await fail()

        assert [entry.entry for entry in await append(database)] == [1]

    async def test_stores_hashes_that_anybody_can_recompute(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await append(database, draft("a"), draft("b"))

        rows = await stored(owner)
        assert [row["leaf_hash"] for row in rows] == [leaf_from(row) for row in rows]
        assert rows[0]["salt"] != rows[1]["salt"]

    async def test_moves_the_head_to_the_last_entry(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        *_, last = await append(database, draft(), draft(), draft())

        head = await owner.fetchrow("SELECT entry, recorded_at FROM ledger_head")
        assert tuple(head) == (3, last.recorded_at)

    async def test_nothing_to_append_leaves_the_log_as_it_was(self, database: Database) -> None:
        async with publishing(database) as session:
            assert await service.append(session, []) == []

        async with reading(database, OPERATOR) as reader:
            assert (await queries.get_head(reader)).entry == 0

    async def test_times_rise_by_a_microsecond_within_one_moment(self, database: Database) -> None:
        with clock.at(NOON):
            entries = [*await append(database, draft(), draft()), *await append(database)]

        assert [entry.recorded_at for entry in entries] == [NOON, NOON + TICK, NOON + 2 * TICK]

    async def test_times_rise_even_when_the_clock_goes_back(self, database: Database) -> None:
        with clock.at(NOON):
            await append(database)
        with clock.at(LONG_AGO):
            late = await append(database, draft(), draft())
        with clock.at(NOON + timedelta(hours=1)):
            later = await append(database)

        assert [entry.recorded_at for entry in (*late, *later)] == [
            NOON + TICK,
            NOON + 2 * TICK,
            NOON + timedelta(hours=1),
        ]

    async def test_whoever_waited_reads_the_clock_after_the_wait(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with publishing(database) as session:
            await queries.lock_head(session)
            waiter = asyncio.create_task(append(database))
            await waiting(owner, waiter)
            released = clock.now()
        (entry,) = await waiter

        assert entry.recorded_at >= released

    async def test_others_wait_until_the_entry_before_is_committed(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with publishing(database) as session:
            await service.append(session, [draft("first")])
            waiter = asyncio.create_task(append(database, draft("second")))
            await waiting(owner, waiter)
            assert not waiter.done()
        (second,) = await waiter

        assert second.entry == 2
        assert [row["record"] for row in await stored(owner)] == [
            b'{"name":"first"}',
            b'{"name":"second"}',
        ]

    @pytest.mark.parametrize("actor", [OPERATOR, commissioner("331")])
    async def test_nobody_but_the_publisher_may_append(
        self, database: Database, actor: Actor
    ) -> None:
        async def try_it() -> None:
            async with transaction(database, actor) as session:
                await service.append(session, [draft()])

        with pytest.raises(DBAPIError, match="permission denied"):
            await try_it()


class TestASimulatedPast:
    async def test_is_refused_on_a_real_log(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        for real_entries in (0, 1):
            with pytest.raises(LogNotEmptyError, match="Only a demonstration"):
                await append(database, draft("real"), draft("invented", simulated_at=LONG_AGO))
            assert len(await stored(owner)) == real_entries
            await append(database)

    async def test_is_kept_on_a_demonstration(self, database: Database) -> None:
        async with publishing(database) as session:
            await service.become_demonstration(session)
        past = [draft(simulated_at=LONG_AGO), draft(simulated_at=LONG_AGO + timedelta(days=1))]

        entries = await append(database, *past)

        assert [entry.recorded_at for entry in entries] == [one.simulated_at for one in past]

    async def test_still_only_moves_forward(self, database: Database) -> None:
        async with publishing(database) as session:
            await service.become_demonstration(session)

        entries = await append(
            database, draft(simulated_at=NOON), draft(simulated_at=LONG_AGO), draft()
        )

        assert entries[1].recorded_at == NOON + TICK
        assert entries[0].recorded_at < entries[1].recorded_at < entries[2].recorded_at

    async def test_a_log_with_entries_cannot_become_a_demonstration(
        self, database: Database
    ) -> None:
        async def become() -> None:
            async with publishing(database) as session:
                await service.become_demonstration(session)

        await append(database)
        with pytest.raises(LogNotEmptyError, match="Use another database"):
            await become()

    async def test_a_demonstration_may_be_made_one_again(self, database: Database) -> None:
        for _ in range(2):
            async with publishing(database) as session:
                await service.become_demonstration(session)
            await append(database)

        async with reading(database, OPERATOR) as reader:
            assert (await queries.get_head(reader)).demonstration


PLANTED = {
    "a record": ("UPDATE ledger_bodies SET record = '{}' WHERE entry = 2", [2]),
    "a salt": ("UPDATE ledger_bodies SET salt = salt || '\\x00' WHERE entry = 2", [2]),
    "a hash": ("UPDATE ledger_entries SET record_hash = sha256('') WHERE entry = 2", [2]),
    "a leaf": ("UPDATE ledger_entries SET leaf_hash = sha256('') WHERE entry = 2", [2]),
    "a number": ("UPDATE ledger_entries SET number = 'AP000002S' WHERE entry = 3", [3]),
    "a time": (
        "UPDATE ledger_entries SET recorded_at = recorded_at - interval '1us' WHERE entry = 1",
        [1],
    ),
    "a time that does not rise": (
        "UPDATE ledger_entries SET recorded_at = recorded_at - interval '1h' WHERE entry = 4",
        [4],
    ),
    "a body": ("DELETE FROM ledger_bodies WHERE entry = 1", [2]),
    "the last body": ("DELETE FROM ledger_bodies WHERE entry = 4", [4]),
    "an entry": ("DELETE FROM ledger_entries WHERE entry = 2", [3]),
    "the end": ("DELETE FROM ledger_entries WHERE entry > 2", [4]),
    "everything": ("DELETE FROM ledger_entries", [4]),
}
"""Changes that nobody should be able to make, and the entries at which they show."""


class TestBrokenEntries:
    async def broken(self, database: Database) -> list[int]:
        async with reading(database, OPERATOR) as session:
            return await service.broken_entries(session)

    async def test_an_untouched_log_has_none(self, database: Database) -> None:
        assert await self.broken(database) == []
        await append(database, *(draft(str(n)) for n in range(4)))
        assert await self.broken(database) == []

    async def test_a_tombstone_breaks_nothing(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await append(database, *(draft(str(n)) for n in range(4)))
        await take_out(owner, 2)

        assert await self.broken(database) == []

    @pytest.mark.parametrize(("change", "found"), PLANTED.values(), ids=PLANTED)
    async def test_finds_what_somebody_changed_past_every_rule(
        self, database: Database, owner: asyncpg.Connection, change: str, found: list[int]
    ) -> None:
        await append(database, *(draft(str(n)) for n in range(4)))
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(change)

        assert await self.broken(database) == found
