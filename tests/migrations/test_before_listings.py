"""A register from before sites had listings of their own, brought to the present release."""

import asyncpg
from alembic import command

from app.access import OPERATOR
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.ledger import service as ledger
from app.providers.terms import Status
from app.register.publishing import publish, rebuild
from app.register.verifying import stale_documents
from tests.factories.providers import make_provider, make_site, put_on_register
from tests.migrations.test_roundtrip import run_alembic, up
from tests.register.looking import newest_records

BEFORE_LISTINGS = "0012"


async def test_every_site_of_a_public_provider_stands_as_its_provider_did(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> None:
    listed = await put_on_register(
        database, make_provider("Listed", make_site("One"), make_site("Two"))
    )
    removed = await put_on_register(database, make_provider("Gone"), status=Status.REMOVED)
    await run_alembic(settings, lambda config: command.downgrade(config, BEFORE_LISTINGS))
    await run_alembic(settings, up)

    async with transaction(database, OPERATOR) as session:
        assert await rebuild(session) == 2
    async with transaction(database, OPERATOR) as session:
        published = await publish(session, {one.id: None for one in (*listed, *removed)})

    assert len(published) == 2
    records = await newest_records(owner)
    for (held,), status in ((listed, "listed"), (removed, "removed")):
        stands = [site["listing"] for site in records[held.number]["sites"]]
        assert {one["status"] for one in stands} == {status}
        assert {one["basis"] for one in stands} == {"conversion"}
    async with reading(database, OPERATOR) as reader:
        assert await ledger.broken_entries(reader) == []
        assert await stale_documents(reader) == []
