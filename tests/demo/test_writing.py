import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access import OPERATOR, Actor
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import Database, reading, transaction
from app.demo import queries
from app.demo.errors import (
    DemonstrationChangedError,
    DemonstrationUnderWayError,
    OtherDemonstrationError,
    RegisterInUseError,
)
from app.demo.plan import Change, plan
from app.demo.visits import Inspecting
from app.demo.writing import BATCH, batches, find_standing, write_in_bulk, write_one_by_one
from app.ledger import service as ledger
from app.providers.events import ProviderChanged
from app.providers.schemas.recording import NewProvider
from app.providers.service import recording as service
from tests.databases import TestServer, copied_database, opened_database
from tests.demo.registers import whole_register

VARIED = plan(40, 16, seen_elsewhere=0.6)
"""With every kind of change, written happening by happening once."""
PLAN = plan(60, 1)
HAPPENINGS = len(PLAN.recordings) + len(PLAN.changes)
CHANGE_BATCHES = len(list(batches(PLAN.changes)))
NOBODY = NewProvider(name="Somebody Else")
_UNBROKEN: dict[str, list[str]] = {}


class BrokenOffError(Exception):
    """Stands for whatever ends a run early."""


class BreaksOff:
    """Ends a run after some transactions."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, *_: int) -> None:
        if self.left == 0:
            raise BrokenOffError
        self.left -= 1


def unwatched(*_: int) -> None:
    """Leave progress to itself."""


def failing_inside(database: Database, transactions: int) -> Database:
    """Return the same register, on which a later transaction fails just before it commits."""
    left = transactions

    async def fail(session: WriteSession, actor: Actor, events: Sequence[Any]) -> None:
        nonlocal left
        if left == 0:
            raise BrokenOffError
        left -= 1

    reactions = (*database.handlers[ProviderChanged], fail)
    return replace(database, handlers={**database.handlers, ProviderChanged: reactions})


async def record_somebody(database: Database) -> None:
    async with transaction(database, OPERATOR) as session:
        await service.record_providers(session, OPERATOR, [NOBODY])


async def unbroken(postgres: TestServer) -> dict[str, list[str]]:
    """Return the register of the plan as a run makes it that nothing broke off; written once."""
    if not _UNBROKEN:
        async with copied_database(postgres) as others:
            async with opened_database(others) as database:
                await write_in_bulk(database, PLAN, unwatched)
            _UNBROKEN.update(await whole_register(others))
    return _UNBROKEN


async def broken_entries(database: Database) -> list[int]:
    async with reading(database, OPERATOR) as session:
        return await ledger.broken_entries(session)


class TestBothPaths:
    async def test_in_bulk_and_one_by_one_give_the_same_register(
        self, settings: Settings, postgres: TestServer
    ) -> None:
        async with opened_database(settings) as database:
            await write_in_bulk(database, VARIED, unwatched)
        in_bulk = await whole_register(settings)
        async with copied_database(postgres) as others:
            async with opened_database(others) as database:
                await write_one_by_one(database, VARIED)
            one_by_one = await whole_register(others)

        assert in_bulk.keys() == one_by_one.keys()
        for table, rows in in_bulk.items():
            assert rows == one_by_one[table], table
        assert len(in_bulk["ledger_entries"]) == len(VARIED.changes)
        assert len(in_bulk["providers"]) == VARIED.size
        inspected = [one for one in VARIED.changes if isinstance(one, Inspecting)]
        assert len(in_bulk["inspection_publications"]) == len(inspected)
        assert {type(change) for change in VARIED.changes} == set(get_args(Change))


class TestWriteInBulk:
    async def test_the_register_is_as_planned_and_progress_rises_to_the_end(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        told: list[tuple[int, int]] = []
        await write_in_bulk(database, PLAN, lambda done, total: told.append((done, total)))

        entries = await owner.fetch("SELECT * FROM ledger_entries ORDER BY entry")
        assert [entry["recorded_at"] for entry in entries] == [one.at for one in PLAN.changes]
        assert [entry["effective_on"] for entry in entries] == [
            one.effective_on for one in PLAN.changes
        ]
        held = await owner.fetch("SELECT recorded_at FROM providers ORDER BY number")
        assert [row["recorded_at"] for row in held] == [one.at for one in PLAN.recordings]
        assert await owner.fetchval("SELECT demonstration FROM ledger_head")
        assert await broken_entries(database) == []

        known = PLAN.size - len({change.provider for change in PLAN.changes})
        known_now = "SELECT count(*) FROM providers WHERE status = 'known'"
        assert known > 0
        assert await owner.fetchval(known_now) == known
        assert await owner.fetchval("SELECT count(*) FROM register_search") == PLAN.size - known

        assert told[0] == (0, HAPPENINGS)
        assert told[-1] == (HAPPENINGS, HAPPENINGS)
        assert [done for done, _ in told] == sorted({done for done, _ in told})
        assert len(told) == 2 + CHANGE_BATCHES

    async def test_a_second_run_changes_nothing_and_another_demonstration_is_refused(
        self, database: Database, settings: Settings
    ) -> None:
        assert await write_in_bulk(database, PLAN, unwatched) == 0
        before = await whole_register(settings)

        assert await write_in_bulk(database, PLAN, unwatched) == HAPPENINGS
        assert await whole_register(settings) == before

        earlier = replace(PLAN, until=PLAN.until.replace(year=2025))
        for other in (plan(60, 2), plan(59, 1), earlier):
            with pytest.raises(OtherDemonstrationError, match="60 providers, seed 1") as refused:
                await write_in_bulk(database, other, unwatched)
            assert other.list_name in refused.value.detail
            assert await whole_register(settings) == before

        await record_somebody(database)  # whole, it stays one whatever is added later
        assert await write_in_bulk(database, PLAN, unwatched) == HAPPENINGS


class TestContinuing:
    @pytest.mark.parametrize("transactions", [0, 1, 2, CHANGE_BATCHES - 1, CHANGE_BATCHES])
    async def test_a_run_broken_off_between_batches_is_continued_to_the_same_register(
        self, transactions: int, settings: Settings, postgres: TestServer
    ) -> None:
        async with opened_database(settings) as database:
            with pytest.raises(BrokenOffError):
                await write_in_bulk(database, PLAN, BreaksOff(transactions))
            there = (await find_standing(database, PLAN)).happenings
            assert await write_in_bulk(database, PLAN, unwatched) == there < HAPPENINGS
        assert await whole_register(settings) == await unbroken(postgres)

    @pytest.mark.parametrize("transactions", [1, 3])
    async def test_a_batch_broken_off_in_its_midst_leaves_nothing_of_itself(
        self, transactions: int, database: Database, owner: asyncpg.Connection
    ) -> None:
        with pytest.raises(BrokenOffError):
            await write_in_bulk(failing_inside(database, transactions), PLAN, unwatched)

        whole_batches = list(batches(PLAN.changes))[: transactions - 1]
        standing = await find_standing(database, PLAN)
        assert len(standing.ids) == PLAN.size
        assert standing.changes == sum(map(len, whole_batches))
        await write_in_bulk(database, PLAN, unwatched)
        entries = await owner.fetch("SELECT recorded_at FROM ledger_entries ORDER BY entry")
        assert [entry["recorded_at"] for entry in entries] == [one.at for one in PLAN.changes]
        assert await broken_entries(database) == []

    async def test_numbers_used_up_by_a_broken_off_recording_are_not_given_again(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        with pytest.raises(BrokenOffError):
            await write_in_bulk(failing_inside(database, 0), PLAN, unwatched)
        assert (await find_standing(database, PLAN)).happenings == 0

        await write_in_bulk(database, PLAN, unwatched)

        numbers = await owner.fetch("SELECT number FROM providers ORDER BY number")
        assert [int(row["number"][2:8]) for row in numbers] == list(
            range(PLAN.size + 1, 2 * PLAN.size + 1)
        )
        assert (await find_standing(database, PLAN)).happenings == HAPPENINGS

    async def test_two_at_once_write_it_once(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        before = await asyncio.gather(
            write_in_bulk(database, PLAN, unwatched, patience=300),
            write_in_bulk(database, PLAN, unwatched, patience=300),
        )
        assert sorted(before) == [0, HAPPENINGS]
        assert await owner.fetchval("SELECT count(*) FROM providers") == PLAN.size


class TestRefusals:
    async def test_a_register_with_providers_is_left_alone(
        self, database: Database, settings: Settings
    ) -> None:
        await record_somebody(database)
        before = await whole_register(settings)
        with pytest.raises(RegisterInUseError, match=r"providers: 1, .* Use an empty database"):
            await write_in_bulk(database, PLAN, unwatched)
        assert await whole_register(settings) == before

    async def test_an_unfinished_one_that_was_added_to_is_left_alone(
        self, database: Database, settings: Settings
    ) -> None:
        with pytest.raises(BrokenOffError):
            await write_in_bulk(database, PLAN, BreaksOff(3))
        await record_somebody(database)
        before = await whole_register(settings)
        with pytest.raises(DemonstrationChangedError, match=r"after 60 of 60 providers and \d+ of"):
            await write_in_bulk(database, PLAN, unwatched)
        assert await whole_register(settings) == before

    async def test_an_unfinished_one_whose_providers_moved_since_is_left_alone(
        self, database: Database
    ) -> None:
        with pytest.raises(BrokenOffError):
            await write_in_bulk(database, PLAN, BreaksOff(2))
        standing = await find_standing(database, PLAN)
        change = next(batches(PLAN.changes[standing.changes :]))[0]
        rename = service.Rename(standing.ids[change.provider], "Another", change.effective_on)
        async with transaction(database, OPERATOR) as session:
            await service.rename_providers(session, OPERATOR, [rename])
        with pytest.raises(DemonstrationChangedError):
            await find_standing(database, PLAN)

    async def test_while_somebody_else_writes_one_nothing_is_written(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with reading(database, OPERATOR) as session:
            assert await queries.try_to_be_alone(session)
            with pytest.raises(DemonstrationUnderWayError, match="Wait until it has ended"):
                await write_in_bulk(database, PLAN, unwatched, patience=0)
        assert await owner.fetchval("SELECT count(*) FROM providers") == 0


class TestBatches:
    @given(st.integers(0, 2**32))
    @settings(deadline=None, max_examples=10)
    def test_all_changes_come_in_order_and_no_provider_twice_in_a_batch(self, seed: int) -> None:
        changes = plan(40, seed).changes
        cut = list(batches(changes))
        assert [change for batch in cut for change in batch] == list(changes)
        for batch in cut:
            assert len({change.provider for change in batch}) == len(batch)

    def test_no_batch_is_larger_than_one_lock_of_the_log_may_be_held_for(self) -> None:
        first = plan(1, 1).changes[0]
        many = [replace(first, provider=number) for number in range(2 * BATCH + 1)]
        assert [len(batch) for batch in batches(many)] == [BATCH, BATCH, 1]

    def test_no_changes_make_no_batch(self) -> None:
        assert list(batches([])) == []
