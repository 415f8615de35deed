"""The invented garage's record, from which a visitor goes on."""

import asyncpg

from app.db.transactions import Database
from app.demo.garage import add_garage
from app.demo.people import add_people


async def test_it_is_owned_filled_in_and_not_public(
    database: Database, owner: asyncpg.Connection
) -> None:
    await add_people(database)

    number = await add_garage(database)

    row = await owner.fetchrow("SELECT * FROM providers WHERE number = $1", number)
    assert row is not None
    assert (row["name"], row["status"]) == ("Example Garage", "known")
    assert await owner.fetchval("SELECT count(*) FROM offers") == 2
    assert await owner.fetchval("SELECT count(*) FROM provider_consents") == 0
    assert await owner.fetchval("SELECT count(*) FROM register_documents") == 0


async def test_it_is_there_once_and_what_a_visitor_changed_stays(
    database: Database, owner: asyncpg.Connection
) -> None:
    await add_people(database)
    number = await add_garage(database)
    await owner.execute("UPDATE providers SET name = 'Example Bodyshop'")

    assert await add_garage(database) == number
    assert await owner.fetch("SELECT name FROM providers") == [("Example Bodyshop",)]
