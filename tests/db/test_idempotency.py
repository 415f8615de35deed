import asyncio
import uuid
from datetime import timedelta

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import WORKER, Actor, ActorKind, DbRole
from app.db.idempotency import Claim, Earlier, claim, settle
from app.db.transactions import Database, transaction
from app.values.uuid7 import uuid7


def somebody(kind: ActorKind = ActorKind.PERSON) -> Actor:
    return Actor("Somebody", DbRole.APP, kind=kind, id=uuid7(), organisation_id=uuid7())


ANNA, BEN, ROBOT = somebody(), somebody(), somebody(ActorKind.MACHINE)


def claim_of(actor: Actor, key: str = "key", fingerprint: bytes = b"one") -> Claim:
    return Claim(uuid7(), actor.caller, key, fingerprint, clock.now())


async def done(database: Database, actor: Actor, one: Claim, location: str | None = "/x") -> None:
    async with transaction(database, actor) as session:
        assert await claim(session, one) is None
        await settle(session, one.id, 201, location)


async def look(database: Database, actor: Actor, one: Claim) -> Earlier | None:
    async with transaction(database, actor) as session:
        return await claim(session, one)


@pytest.mark.parametrize("actor", [ANNA, ROBOT])
@pytest.mark.parametrize("location", ["/x", None])
async def test_a_key_is_taken_once_and_tells_what_came_of_it(
    database: Database, actor: Actor, location: str | None
) -> None:
    await done(database, actor, claim_of(actor), location)

    earlier = await look(database, actor, claim_of(actor, fingerprint=b"two"))
    assert earlier == Earlier(b"one", 201, location)


async def test_a_key_of_another_name_or_of_another_caller_is_another_key(
    database: Database,
) -> None:
    await done(database, ANNA, claim_of(ANNA))

    assert await look(database, ANNA, claim_of(ANNA, "another")) is None
    assert await look(database, BEN, claim_of(BEN)) is None
    assert await look(database, ROBOT, claim_of(ROBOT)) is None


@pytest.mark.parametrize("other", [BEN, ROBOT])
async def test_nobody_takes_a_key_as_somebody_else(database: Database, other: Actor) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        await look(database, ANNA, claim_of(other))


async def test_nobody_sees_or_settles_anothers_key(
    database: Database, owner: asyncpg.Connection
) -> None:
    held = claim_of(ANNA)
    await done(database, ANNA, held)
    async with transaction(database, BEN) as session:
        seen = (await session.execute(text("SELECT count(*) FROM idempotency_keys"))).scalar_one()
        await settle(session, held.id, 500, "/elsewhere")

    assert seen == 0
    assert tuple(await owner.fetchrow("SELECT status, location FROM idempotency_keys")) == (
        201,
        "/x",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE idempotency_keys SET fingerprint = 'x'",
        "UPDATE idempotency_keys SET caller = 'x'",
        "UPDATE idempotency_keys SET key = 'x'",
        "DELETE FROM idempotency_keys",
    ],
)
async def test_what_a_key_was_taken_for_cannot_be_changed(
    database: Database, statement: str
) -> None:
    async def change() -> None:
        async with transaction(database, ANNA) as session:
            await session.execute(text(statement))

    await done(database, ANNA, claim_of(ANNA))
    with pytest.raises(DBAPIError, match="permission denied"):
        await change()


async def test_a_key_whose_request_was_undone_is_free(
    database: Database, owner: asyncpg.Connection
) -> None:
    async def fail() -> None:
        async with transaction(database, ANNA) as session:
            await claim(session, claim_of(ANNA))
            raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        await fail()

    assert await owner.fetchval("SELECT count(*) FROM idempotency_keys") == 0
    assert await look(database, ANNA, claim_of(ANNA, fingerprint=b"two")) is None


async def test_nothing_is_kept_but_what_is_needed_to_read_the_outcome_again(
    database: Database, owner: asyncpg.Connection
) -> None:
    await done(database, ANNA, claim_of(ANNA))

    row = dict(await owner.fetchrow("SELECT * FROM idempotency_keys"))
    assert row.keys() == {"id", "caller", "key", "fingerprint", "status", "location", "made_at"}


class TestTwoAtOnce:
    async def test_the_second_waits_and_is_told_what_came_of_the_first(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with transaction(database, ANNA) as session:
            first = claim_of(ANNA)
            await claim(session, first)
            second = asyncio.create_task(look(database, ANNA, claim_of(ANNA)))
            await until_waiting(owner)
            await settle(session, first.id, 202, None)

        assert await second == Earlier(b"one", 202, None)

    async def test_the_second_takes_the_key_when_the_first_is_undone(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def fail(begun: asyncio.Event, go_on: asyncio.Event) -> None:
            async with transaction(database, ANNA) as session:
                await claim(session, claim_of(ANNA))
                begun.set()
                await go_on.wait()
                raise RuntimeError("planted")

        begun, go_on = asyncio.Event(), asyncio.Event()
        first = asyncio.create_task(fail(begun, go_on))
        await begun.wait()
        second = asyncio.create_task(look(database, ANNA, claim_of(ANNA)))
        await until_waiting(owner)
        go_on.set()

        with pytest.raises(RuntimeError, match="planted"):
            await first
        assert await second is None

    async def test_the_second_does_not_wait_for_ever(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.db.transactions.LOCK_TIMEOUT", "50ms")
        async with transaction(database, ANNA) as session:
            await claim(session, claim_of(ANNA))
            with pytest.raises(DBAPIError, match="lock timeout"):
                await look(database, ANNA, claim_of(ANNA))

    async def test_those_of_two_callers_do_not_wait_for_each_other(
        self, database: Database
    ) -> None:
        async with transaction(database, ANNA) as session:
            await claim(session, claim_of(ANNA))
            assert await look(database, BEN, claim_of(BEN)) is None


async def until_waiting(owner: asyncpg.Connection) -> None:
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(10):
        while not await owner.fetchval(query):  # noqa: ASYNC110 - PostgreSQL tells no event
            await asyncio.sleep(0.01)


class TestARowThatIsNotSeen:
    """Planted: policies by which a key is taken, and who takes it again cannot see the row."""

    async def plant(self, owner: asyncpg.Connection, rows: str) -> None:
        await owner.execute(
            "DROP POLICY app_sees ON idempotency_keys; CREATE SEQUENCE looks;"
            "GRANT USAGE ON SEQUENCE looks TO ap_app;"
            f"CREATE POLICY planted ON idempotency_keys FOR SELECT TO ap_app USING ({rows})"
        )

    async def test_because_it_was_just_cleared_away_is_looked_for_once_more(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await done(database, ANNA, claim_of(ANNA))
        await self.plant(owner, "fingerprint <> 'one' OR nextval('looks') > 1")

        assert await look(database, ANNA, claim_of(ANNA, fingerprint=b"two")) == Earlier(
            b"one", 201, "/x"
        )

    async def test_is_not_looked_for_without_end(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await done(database, ANNA, claim_of(ANNA))
        await self.plant(owner, "fingerprint <> 'one'")

        with pytest.raises(LookupError, match="cannot be seen"):
            await look(database, ANNA, claim_of(ANNA, fingerprint=b"two"))


async def test_the_worker_clears_keys_away_and_sees_nothing_of_them(
    database: Database, owner: asyncpg.Connection
) -> None:
    async def read(column: str) -> None:
        async with transaction(database, WORKER) as session:
            await session.execute(text(f"SELECT {column} FROM idempotency_keys"))  # noqa: S608

    await done(database, ANNA, claim_of(ANNA))
    old = Claim(uuid.uuid4(), ANNA.caller, "old", b"one", clock.now() - timedelta(days=30))
    await done(database, ANNA, old)
    async with transaction(database, WORKER) as session:
        await session.execute(
            text("DELETE FROM idempotency_keys WHERE made_at < :moment"),
            {"moment": clock.now() - timedelta(days=1)},
        )
    for column in ("key", "caller", "location"):
        with pytest.raises(DBAPIError, match="permission denied"):
            await read(column)

    assert [row["key"] for row in await owner.fetch("SELECT key FROM idempotency_keys")] == ["key"]
