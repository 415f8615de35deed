import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import DOORKEEPER, OPERATOR
from app.db.transactions import Database, reading, transaction
from app.keyring.ring import Keyring, KeyringError, new_keyring, turned, without
from app.keyring.sealing import key_id_of, open_sealed
from app.organisations.queries import sealed as queries
from app.organisations.service import sealed as service
from tests.factories.people import add_person
from tests.factories.sealed import ROWS, Held, add_sealed, all_sealed

LINKS = "emailed_links.sealed_token"
SESSIONS = "sign_in_sessions.sealed_id_token"


@pytest.fixture
def former() -> Keyring:
    return new_keyring(clock.now())


@pytest.fixture
def ring(former: Keyring) -> Keyring:
    return turned(former, clock.now())


async def wrap_all(database: Database, ring: Keyring) -> list[service.Batch]:
    batches = []
    for place in service.places():
        after: Any | None = None
        while True:
            async with transaction(database, OPERATOR) as session:
                batch = await service.rewrap_batch(session, OPERATOR, ring, place, after)
            batches.append(batch)
            after = batch.last
            if after is None:
                break
    return batches


async def wrap_once(database: Database, ring: Keyring, place: str) -> service.Batch:
    async with transaction(database, OPERATOR) as session:
        return await service.rewrap_batch(session, OPERATOR, ring, place, None)


async def count(database: Database) -> dict[str, int]:
    async with reading(database, OPERATOR) as session:
        counts = await service.count_sealed(session)
    return {key_id: sum(places.values()) for key_id, places in counts.items()}


def opened(ring: Keyring, held: Held) -> Held:
    return {context: open_sealed(ring, value, context) for context, value in held.items()}


def payloads(held: Held) -> Held:
    return {context: value[2 + value[1] + 60 :] for context, value in held.items()}


class TestCounting:
    async def test_counts_what_lies_under_each_key_and_where(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former)
        await add_sealed(owner, ring, LINKS, times=3)

        async with reading(database, OPERATOR) as session:
            counts = await service.count_sealed(session)

        assert counts == {"k1": dict.fromkeys(ROWS, 1), "k2": {LINKS: 3}}

    async def test_what_is_not_sealed_counts_under_no_key(
        self, database: Database, owner: asyncpg.Connection, former: Keyring
    ) -> None:
        await add_sealed(owner, former, LINKS, times=6)
        found = await owner.fetch("SELECT id, sealed_token FROM emailed_links ORDER BY id")
        sound = found[0]["sealed_token"]
        broken = [b"", b"\x01", b"\x02" + sound[1:], sound[:77], b"\x01\xff" + sound[2:]]
        for row, instead in zip(found[1:], broken, strict=True):
            await owner.execute(
                "UPDATE emailed_links SET sealed_token = $2 WHERE id = $1", row["id"], instead
            )
            with pytest.raises(KeyringError):
                key_id_of(instead)

        assert await count(database) == {"k1": 1, queries.NOT_SEALED: 5}

    async def test_an_empty_column_counts_for_nothing(
        self, database: Database, owner: asyncpg.Connection, former: Keyring
    ) -> None:
        await add_sealed(owner, former, LINKS)
        await owner.execute("UPDATE emailed_links SET sealed_token = NULL")

        assert await count(database) == {}


class TestRewrapping:
    async def test_wraps_everything_under_the_current_key_and_touches_no_payload(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        held = await add_sealed(owner, former, times=3)
        before = await all_sealed(owner)

        batches = await wrap_all(database, ring)

        after = await all_sealed(owner)
        assert opened(ring, before) == opened(without(ring, "k1"), after) == held
        assert payloads(after) == payloads(before)
        assert {key_id_of(value) for value in before.values()} == {"k1"}
        assert {key_id_of(value) for value in after.values()} == {"k2"}
        assert [batch.values for batch in batches] == [3] * len(ROWS)

    async def test_changes_nothing_else_in_a_row(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former)
        tables = {place.split(".")[0]: place.split(".")[1] for place in ROWS}
        look = {
            table: f"SELECT to_jsonb(t) - '{column}' AS rest FROM {table} t"  # noqa: S608 - ours
            for table, column in tables.items()
        }
        before = {table: await owner.fetch(statement) for table, statement in look.items()}

        await wrap_all(database, ring)

        assert {table: await owner.fetch(statement) for table, statement in look.items()} == before

    async def test_goes_on_batch_by_batch(
        self,
        database: Database,
        owner: asyncpg.Connection,
        former: Keyring,
        ring: Keyring,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        held = await add_sealed(owner, former, LINKS, times=7)
        monkeypatch.setattr(service, "BATCH", 3)

        batches = await wrap_all(database, ring)

        assert [batch.values for batch in batches if batch.values] == [3, 3, 1]
        assert opened(ring, await all_sealed(owner)) == held

    async def test_done_again_does_nothing_and_records_nothing(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former)
        await wrap_all(database, ring)
        before, entries = await all_sealed(owner), await owner.fetchval(ENTRIES)

        batches = await wrap_all(database, ring)

        assert sum(batch.values for batch in batches) == 0
        assert await all_sealed(owner) == before
        assert await owner.fetchval(ENTRIES) == entries

    async def test_each_batch_is_on_record_with_how_much_and_nothing_sealed(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former, LINKS, times=2)

        await wrap_all(database, ring)

        entry = await owner.fetchrow("SELECT * FROM audit_entries")
        assert entry is not None
        assert (entry["act"], entry["actor_kind"]) == ("keyring.rewrapped", "operator")
        assert (entry["subject_kind"], entry["subject_id"]) == ("keyring", "k2")
        assert entry["after"] == '{"place": "emailed_links.sealed_token", "values": 2}'

    async def test_a_value_that_does_not_open_is_told_and_left_and_the_others_go_on(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        foreign = await add_sealed(owner, new_keyring(clock.now()), LINKS)
        await add_sealed(owner, former, LINKS, times=2)
        before = await all_sealed(owner)

        batch = await wrap_once(database, ring, LINKS)

        (context,) = foreign
        assert (batch.values, batch.last) == (2, None)
        assert batch.unopened == (
            f"{context} does not open: another keyring's k1, changed, or moved here.",
        )
        assert (await all_sealed(owner))[context] == before[context]
        assert await count(database) == {"k1": 1, "k2": 2}

    async def test_bytes_that_are_not_sealed_are_told_by_their_row(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        (context,) = await add_sealed(owner, former, LINKS)
        await owner.execute("UPDATE emailed_links SET sealed_token = 'broken'")

        batch = await wrap_once(database, ring, LINKS)

        assert (batch.values, batch.unopened) == (0, (f"{context}: This is not a sealed value.",))

    async def test_what_an_undone_transaction_wrapped_is_as_it_was(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        held = await add_sealed(owner, former, LINKS)
        before = await all_sealed(owner)

        async def wrap_and_fail() -> None:
            async with transaction(database, OPERATOR) as session:
                batch = await service.rewrap_batch(session, OPERATOR, ring, LINKS, None)
                raise ZeroDivisionError(batch.values)

        with pytest.raises(ZeroDivisionError, match="1"):
            await wrap_and_fail()

        assert await all_sealed(owner) == before
        assert opened(ring, before) == held
        assert await owner.fetchval(ENTRIES) == 0


class TestBesideOthers:
    async def test_a_row_that_somebody_is_changing_is_passed_by_not_waited_for(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former, SESSIONS, times=2)

        async with owner.transaction():
            await owner.execute(
                "UPDATE sign_in_sessions SET seen_at = now() "
                "WHERE id = (SELECT min(id::text)::uuid FROM sign_in_sessions)"
            )
            batch = await asyncio.wait_for(wrap_once(database, ring, SESSIONS), timeout=30)

        assert (batch.values, batch.unopened) == (1, ())
        assert await count(database) == {"k1": 1, "k2": 1}
        assert (await wrap_once(database, ring, SESSIONS)).values == 1

    async def test_somebody_who_refers_to_the_row_is_not_in_its_way(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        await add_sealed(owner, former, SESSIONS)

        async with owner.transaction():
            await owner.execute("SELECT FROM sign_in_sessions FOR KEY SHARE")
            batch = await wrap_once(database, ring, SESSIONS)

        assert batch.values == 1

    async def test_two_at_once_beside_sessions_that_end_lose_nothing(
        self,
        database: Database,
        owner: asyncpg.Connection,
        former: Keyring,
        ring: Keyring,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 5)
        held = await add_sealed(owner, former, SESSIONS, LINKS, times=40)
        ids = await owner.fetch("SELECT id FROM sign_in_sessions ORDER BY id DESC")

        async def end_some() -> None:
            for row in ids[::4]:
                await owner.execute(
                    "UPDATE sign_in_sessions SET seen_at = $2 WHERE id = $1",
                    row["id"],
                    clock.now() + timedelta(minutes=1),
                )
            await owner.execute("UPDATE sign_in_sessions SET ended_because = 'x', ended_at = now()")

        await asyncio.gather(wrap_all(database, ring), wrap_all(database, ring), end_some())
        await wrap_all(database, ring)

        assert await count(database) == {"k2": 80}
        assert opened(without(ring, "k1"), await all_sealed(owner)) == held
        ended = "SELECT count(*) FROM sign_in_sessions WHERE ended_at IS NOT NULL"
        assert await owner.fetchval(ended) == 40

    async def test_the_service_opens_what_was_wrapped_anew_at_once(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        held = await add_sealed(owner, former, SESSIONS)
        await wrap_once(database, ring, SESSIONS)

        async with reading(database, DOORKEEPER) as session:
            found = await queries.find_sealed(session, queries.places()[SESSIONS], None, 10)

        assert [open_sealed(ring, value, f"{SESSIONS} {key}") for key, value in found] == list(
            held.values()
        )


class TestChecking:
    async def test_unwraps_every_data_key(
        self,
        database: Database,
        owner: asyncpg.Connection,
        former: Keyring,
        ring: Keyring,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(service, "PAGE", 2)
        await add_sealed(owner, former, times=2)
        await add_sealed(owner, ring, times=3)

        async with reading(database, OPERATOR) as session:
            checked = await service.check_sealed(session, ring)

        assert checked == service.Checked(5 * len(ROWS), ())

    async def test_names_what_does_not_unwrap(
        self, database: Database, owner: asyncpg.Connection, former: Keyring, ring: Keyring
    ) -> None:
        (lost,) = await add_sealed(owner, turned(ring, clock.now()), LINKS)
        await add_sealed(owner, former, SESSIONS)
        (moved_from,) = await add_sealed(owner, former, "authenticators.sealed_secret")
        other = await add_person(owner)
        moved_to = f"authenticators.sealed_secret {other}"
        await owner.execute("UPDATE authenticators SET person_id = $1", other)

        async with reading(database, OPERATOR) as session:
            checked = await service.check_sealed(session, ring)

        assert checked.opened == 1
        assert checked.faults == (
            f"{moved_to} does not open: another keyring's k1, changed, or moved here.",
            f"The keyring has no key k3, under which {lost} is sealed.",
        )
        assert moved_from not in " ".join(checked.faults)


class TestOpeningOne:
    async def test_opens_the_first_there_is_and_says_what_it_is_bound_to(
        self, database: Database, owner: asyncpg.Connection, former: Keyring
    ) -> None:
        (context,) = await add_sealed(owner, former, SESSIONS)

        async with reading(database, OPERATOR) as session:
            assert await service.open_one(session, former) == context

    async def test_says_so_when_nothing_is_sealed(
        self, database: Database, former: Keyring
    ) -> None:
        async with reading(database, OPERATOR) as session:
            assert await service.open_one(session, former) is None

    async def test_does_not_open_with_another_ring(
        self, database: Database, owner: asyncpg.Connection, former: Keyring
    ) -> None:
        await add_sealed(owner, former, SESSIONS)

        async with reading(database, OPERATOR) as session:
            with pytest.raises(KeyringError, match="another keyring's k1"):
                await service.open_one(session, new_keyring(clock.now()))


async def test_a_change_of_the_keyring_is_on_record(
    database: Database, owner: asyncpg.Connection
) -> None:
    async with transaction(database, OPERATOR) as session:
        await service.record_keyring(session, OPERATOR, "keyring.turned", "k7")

    entry = await owner.fetchrow("SELECT act, subject_kind, subject_id FROM audit_entries")
    assert tuple(entry or ()) == ("keyring.turned", "keyring", "k7")


ENTRIES = "SELECT count(*) FROM audit_entries"
