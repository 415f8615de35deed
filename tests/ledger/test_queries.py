import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, reading
from app.ledger import queries
from tests.ledger.entries import append, draft, take_out


class TestGetHead:
    async def test_of_an_empty_log_is_zero_without_a_time(self, database: Database) -> None:
        async with reading(database, OPERATOR) as session:
            head = await queries.get_head(session)

        assert (head.entry, head.recorded_at, head.demonstration) == (0, None, False)

    async def test_each_log_has_a_name_of_its_own_that_stays(self, database: Database) -> None:
        async with reading(database, OPERATOR) as session:
            before = await queries.get_head(session)
        await append(database)
        async with reading(database, OPERATOR) as session:
            after = await queries.get_head(session)

        assert before.epoch == after.epoch
        assert after.entry == 1


class TestStreamEntries:
    @pytest.mark.parametrize(("after", "expected"), [(0, [1, 2, 3]), (2, [3]), (3, []), (9, [])])
    async def test_goes_on_after_an_entry(
        self, database: Database, after: int, expected: list[int]
    ) -> None:
        await append(database, draft(), draft(), draft())

        async with reading(database, OPERATOR) as session:
            found = [row.entry async for row in queries.stream_entries(session, after=after)]

        assert found == expected

    async def test_a_tombstone_has_neither_record_nor_salt(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await append(database)
        await take_out(owner, 1)

        async with reading(database, OPERATOR) as session:
            (row,) = [row async for row in queries.stream_entries(session)]

        assert (row.record, row.salt) == (None, None)
        assert len(row.record_hash) == 32
