from sqlalchemy import event

from app.access import Actor, DbRole
from app.db.transactions import Database, transaction
from app.register.queries import records
from tests.factories.providers import (
    make_offer,
    make_provider,
    make_site,
    put_on_register,
    record,
)

PUBLISHER = Actor("publisher", DbRole.PUBLISHER)


class TestLockPublicProviders:
    async def test_leaves_out_who_is_only_known(self, database: Database) -> None:
        known = await record(database, make_provider())
        listed = await put_on_register(database, make_provider(), make_provider())

        async with transaction(database, PUBLISHER) as session:
            ids = {held.id for held in (*known, *listed)}
            locked = await records.lock_public_providers(session, ids)

        assert [row.id for row in locked] == sorted(held.id for held in listed)


class TestReadWhole:
    async def test_keeps_what_belongs_to_each_provider_apart(self, database: Database) -> None:
        bare, full = await put_on_register(
            database,
            make_provider("Bare"),
            make_provider(
                "Full",
                make_site("First", offers=(make_offer("A"), make_offer("B"))),
                make_site("Second"),
                other_names=[{"name": "Other"}],
                identifiers=[{"scheme": "ukprn", "value": "1"}],
            ),
        )

        async with transaction(database, PUBLISHER) as session:
            locked = await records.lock_public_providers(session, {bare.id, full.id})
            whole = {one.provider.id: one for one in await records.read_whole(session, locked)}

        assert [len(one.names) for one in (whole[bare.id], whole[full.id])] == [0, 1]
        assert [len(one.identifiers) for one in (whole[bare.id], whole[full.id])] == [0, 1]
        sites = {site.name: site for site in whole[full.id].sites}
        assert set(sites) == {"First", "Second"}
        offers = whole[full.id].offers[sites["First"].id]
        assert {offer.programme for offer in offers} == {"A", "B"}

    async def test_takes_as_many_statements_for_many_as_for_one(self, database: Database) -> None:
        held = await put_on_register(database, *[make_provider()] * 5)
        counts = []
        for some in (held[:1], held):
            statements: list[str] = []

            def note(*arguments: object, into: list[str] = statements) -> None:
                into.append(str(arguments[2]))

            event.listen(database.engine.sync_engine, "before_cursor_execute", note)
            async with transaction(database, PUBLISHER) as session:
                locked = await records.lock_public_providers(session, [one.id for one in some])
                assert len(await records.read_whole(session, locked)) == len(some)
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
            counts.append(len(statements))

        assert counts[0] == counts[1]
        assert counts[0] <= 19

    async def test_carries_what_was_last_published(self, database: Database) -> None:
        (held,) = await put_on_register(database, make_provider("Example"))

        async with transaction(database, PUBLISHER) as session:
            locked = await records.lock_public_providers(session, {held.id})
            (whole,) = await records.read_whole(session, locked)

        assert whole.published is not None
        assert b'"name":"Example"' in whole.published
        assert whole.provider.last_entry == 1
