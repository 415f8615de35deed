"""Adding and closing sites, and noting further lists."""

import asyncio
from datetime import date

import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.errors import SiteNotFoundError
from app.providers.schemas.recording import NewProvider
from app.providers.service import recording as service
from app.providers.service.recording import Recorded
from tests.factories.providers import (
    LISTED_ON,
    make_known_by,
    make_provider,
    make_site,
    put_on_register,
    record,
)
from tests.providers.rows import everything_of


class TestSites:
    async def add(self, database: Database, held: Recorded, name: str) -> int:
        async with transaction(database, OPERATOR) as session:
            return await service.add_site(session, OPERATOR, held.id, make_site(name))

    async def close(self, database: Database, held: Recorded, reference: int, on: date) -> None:
        async with transaction(database, OPERATOR) as session:
            await service.close_site(session, OPERATOR, (held.id, reference), on=on)

    async def test_a_further_site_gets_the_next_reference(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        held, other = await record(database, make_provider(), make_provider())

        assert [await self.add(database, held, name) for name in ("Second", "Third")] == [2, 3]
        assert await self.add(database, other, "Second") == 2
        references = await owner.fetch(
            "SELECT reference FROM sites WHERE provider_id = $1 ORDER BY 1", held.id
        )
        assert [row["reference"] for row in references] == [1, 2, 3]
        assert len(await everything_of(owner, "offers")) == 5

    async def test_the_first_site_of_a_provider_without_any_is_the_first(
        self, database: Database
    ) -> None:
        (held,) = await record(database, NewProvider(name="Nowhere yet"))

        assert await self.add(database, held, "First") == 1

    async def test_sites_added_at_once_get_different_references(self, database: Database) -> None:
        (held,) = await put_on_register(database, make_provider())

        added = await asyncio.gather(*(self.add(database, held, str(n)) for n in range(5)))

        assert sorted(added) == [2, 3, 4, 5, 6]

    async def test_a_closed_site_keeps_its_first_day_shut(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        (held,) = await record(database, make_provider())
        await self.close(database, held, 1, date(2026, 9, 1))
        await self.close(database, held, 1, date(2026, 10, 1))

        (site,) = await everything_of(owner, "sites")
        assert site["closed_on"] == date(2026, 9, 1)

    @pytest.mark.parametrize("reference", [0, 2])
    async def test_a_site_that_is_not_there_cannot_be_closed(
        self, database: Database, reference: int
    ) -> None:
        (held,) = await record(database, make_provider())

        with pytest.raises(SiteNotFoundError):
            await self.close(database, held, reference, LISTED_ON)


async def test_a_further_list_is_noted_beside_the_first_and_nothing_is_published(
    database: Database, owner: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider(known_by=[make_known_by("331")]))
    async with transaction(database, OPERATOR) as session:
        await service.note_known_by(session, OPERATOR, held.id, [make_known_by("937")])

    lines = await everything_of(owner, "provider_known_by")
    assert [line["la_code"] for line in lines] == ["331", "937"]
    assert await owner.fetchval("SELECT entry FROM ledger_head") == 1
