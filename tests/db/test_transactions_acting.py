"""What every policy knows of whoever acts, and how long anybody may keep the others waiting."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access import OPERATOR, WORKER, Actor, ActorKind, DbRole
from app.config import Settings
from app.db.engine import open_engine
from app.db.transactions import IDLE_TIMEOUT, LOCK_TIMEOUT, Database, reading, transaction
from app.values.uuid7 import uuid7
from tests.db.test_transactions import role, state
from tests.factories.providers import commissioner

ACTING = text(
    "SELECT current_setting('app.person_id', true), current_setting('app.machine_id', true), "
    "current_setting('app.organisation_id', true)"
)
PATIENCE = text(
    "SELECT current_setting('lock_timeout') AS lock, "
    "current_setting('idle_in_transaction_session_timeout') AS idle"
)
BOUNDED = {one: one in {DbRole.APP, DbRole.SIGN_IN} for one in DbRole}


async def acting(session: AsyncSession) -> tuple[str, ...]:
    return tuple((await session.execute(ACTING)).one())


@pytest.fixture
async def single(settings: Settings, database: Database) -> AsyncIterator[Database]:
    """The same database through a pool that hands the same connection out again and again."""
    assert settings.database_url is not None
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    yield replace(database, engine=engine)
    await engine.dispose()


class TestWhoeverActs:
    async def test_is_known_to_every_policy_for_as_long_as_the_transaction_lasts(
        self, single: Database
    ) -> None:
        organisation = uuid7()
        person, machine = (
            Actor(kind.value, DbRole.APP, kind=kind, id=uuid7(), organisation_id=organisation)
            for kind in (ActorKind.PERSON, ActorKind.MACHINE)
        )
        lost = replace(person, organisation_id=None)

        found = []
        for actor in (person, machine, lost, OPERATOR, WORKER, machine):
            async with transaction(single, actor) as session:
                found.append(await acting(session))
        async with single.engine.connect() as connection:
            after = (await connection.execute(ACTING)).one()

        assert found == [
            (str(person.id), "", str(organisation)),
            ("", str(machine.id), str(organisation)),
            (str(person.id), "", ""),
            ("", "", ""),
            ("", "", ""),
            ("", str(machine.id), str(organisation)),
        ]
        assert [one or "" for one in after] == ["", "", ""]

    @pytest.mark.parametrize("statement", ["SELECT 1 / 0", "SELECT pg_sleep(60)"])
    async def test_is_forgotten_whatever_becomes_of_the_transaction(
        self, single: Database, owner: asyncpg.Connection, statement: str
    ) -> None:
        person = Actor(
            "Person", DbRole.APP, kind=ActorKind.PERSON, id=uuid7(), organisation_id=uuid7()
        )

        async def work() -> None:
            async with transaction(single, person) as session:
                await acting(session)
                await session.execute(text(statement))

        running = "SELECT count(*) FROM pg_stat_activity WHERE query = $1 AND state = 'active'"
        working = asyncio.create_task(work())
        async with asyncio.timeout(10):
            while not working.done() and not await owner.fetchval(running, statement):
                pass
        working.cancel()
        with pytest.raises((DBAPIError, asyncio.CancelledError)):
            await working
        async with reading(single, OPERATOR) as session:
            found, role_taken = await acting(session), await role(session)

        assert (found, role_taken) == (("", "", ""), "ap_operator")


class TestWaiting:
    @pytest.mark.parametrize(("role_taken", "bounded"), BOUNDED.items())
    async def test_is_bounded_where_somebody_waits_for_the_answer(
        self, database: Database, role_taken: DbRole, bounded: bool
    ) -> None:
        async with transaction(database, Actor("someone", role_taken)) as session:
            found = (await session.execute(PATIENCE)).one()

        assert tuple(found) == ((LOCK_TIMEOUT, IDLE_TIMEOUT) if bounded else ("0", "0"))

    async def test_is_left_to_the_operator_where_nobody_does(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await owner.execute("ALTER ROLE ap_login SET lock_timeout = '7s'")
        try:
            async with transaction(database, OPERATOR) as session:
                found = (await session.execute(PATIENCE)).one()
        finally:
            await owner.execute("ALTER ROLE ap_login RESET lock_timeout")

        assert found.lock == "7s"

    async def test_on_a_transaction_that_lies_idle_has_an_end(
        self, single: Database, monkeypatch: pytest.MonkeyPatch, owner: asyncpg.Connection
    ) -> None:
        monkeypatch.setattr("app.db.transactions.IDLE_TIMEOUT", "50ms")

        async def lie_idle() -> None:
            async with transaction(single, commissioner()) as session:
                pid = (await state(session)).pid
                while await owner.fetchval("SELECT 1 FROM pg_stat_activity WHERE pid = $1", pid):
                    pass
                await state(session)

        with pytest.raises(DBAPIError) as ended:
            await lie_idle()
        async with transaction(single, commissioner()) as session:
            assert await role(session) == "ap_app"

        assert ended.value.connection_invalidated
