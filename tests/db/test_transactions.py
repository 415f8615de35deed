"""As the service connects: a login that can do nothing, and the roles its transactions take."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access import OPERATOR, Actor, DbRole
from app.config import Settings
from app.db.engine import open_engine
from app.db.events import Event, WriteSession, announce
from app.db.transactions import Database, acting_as, reading, transaction
from app.providers.service import recording as service
from tests.factories.providers import LISTED_ON, commissioner, make_provider

STATE = text(
    "SELECT session_user, current_user, pg_backend_pid() AS pid, "
    "current_setting('app.la_code', true) AS la_code, current_setting('app.actor', true) AS actor, "
    "current_setting('transaction_read_only') AS read_only"
)
TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1"
)


async def state(session: AsyncSession) -> Any:
    return (await session.execute(STATE)).one()


async def role(session: AsyncSession) -> str:
    return str((await state(session)).current_user)


async def record_one(session: WriteSession) -> None:
    await service.record_providers(session, OPERATOR, [make_provider()])


async def providers(owner: asyncpg.Connection) -> int:
    return int(await owner.fetchval("SELECT count(*) FROM providers"))


async def end_backend(owner: asyncpg.Connection, session: AsyncSession) -> None:
    """End the session's backend, as a crash or an operator would, and wait until it is gone."""
    pid = (await state(session)).pid
    await owner.execute("SELECT pg_terminate_backend($1)", pid)
    while await owner.fetchval("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", pid):
        pass


@pytest.fixture
async def single(settings: Settings, database: Database) -> AsyncIterator[Database]:
    """The same database through a pool that hands the same connection out again and again."""
    assert settings.database_url is not None
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    yield replace(database, engine=engine)
    await engine.dispose()


class TestTheLogin:
    async def test_is_refused_at_every_table(
        self, settings: Settings, owner: asyncpg.Connection
    ) -> None:
        tables = [row["relname"] for row in await owner.fetch(TABLES)]
        assert settings.database_url is not None
        login = await asyncpg.connect(settings.database_url.get_secret_value())

        refused = []
        for table in tables:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await login.execute(f"SELECT FROM {table}")
            refused.append(table)
        await login.close()

        assert refused == tables
        assert {"providers", "ledger_head", "register_search", "alembic_version"} <= set(tables)

    async def test_is_what_every_transaction_is_logged_in_as(self, database: Database) -> None:
        async with transaction(database, OPERATOR) as session:
            assert (await state(session)).session_user == "ap_login"


class TestTransaction:
    @pytest.mark.parametrize("role_taken", DbRole)
    async def test_takes_the_role_of_its_actor(
        self, database: Database, role_taken: DbRole
    ) -> None:
        async with transaction(database, Actor("someone", role_taken)) as session:
            assert await role(session) == f"ap_{role_taken}"

    async def test_carries_the_actor_and_its_local_authority(self, database: Database) -> None:
        async with transaction(database, commissioner("331")) as session:
            found = await state(session)

        assert (found.actor, found.la_code, found.read_only) == ("commissioner", "331", "off")

    async def test_leaves_nothing_on_the_connection(self, single: Database) -> None:
        async with transaction(single, commissioner("331")) as session:
            first = await state(session)
        async with single.engine.connect() as connection:
            after = (await connection.execute(STATE)).one()
        async with transaction(single, commissioner()) as session:
            other = await state(session)

        assert first.pid == after.pid == other.pid
        assert after.current_user == after.session_user == "ap_login"
        assert (after.la_code or "", after.actor or "", after.read_only) == ("", "", "off")
        assert other.la_code == ""

    async def test_leaves_nothing_on_the_connection_after_an_error_either(
        self, single: Database
    ) -> None:
        async def fail() -> None:
            async with transaction(single, commissioner("331")) as session:
                await session.execute(text("SELECT 1 / 0"))

        with pytest.raises(DBAPIError, match="division by zero"):
            await fail()
        async with single.engine.connect() as connection:
            after = (await connection.execute(STATE)).one()

        assert after.current_user == "ap_login"
        assert (after.la_code or "") == ""

    async def test_is_committed_when_its_block_has_ended(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            await record_one(session)
            await session.flush()
            assert await providers(owner) == 0

        assert await providers(owner) == 1

    async def test_an_error_in_the_block_undoes_everything(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        async def fail() -> None:
            async with transaction(database, OPERATOR) as session:
                await record_one(session)
                raise RuntimeError("planted")

        with pytest.raises(RuntimeError, match="planted"):
            await fail()

        assert await providers(owner) == 0

    async def test_a_failing_handler_undoes_everything(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        class Recorded(Event):
            pass

        async def fail(session: WriteSession, _: Actor, __: Sequence[Event]) -> None:
            await record_one(session)
            raise RuntimeError("planted")

        async def work() -> None:
            handled = replace(database, handlers={**database.handlers, Recorded: (fail,)})
            async with transaction(handled, OPERATOR) as session:
                await record_one(session)
                announce(session, Recorded())

        with pytest.raises(RuntimeError, match="planted"):
            await work()

        assert await providers(owner) == 0

    async def test_what_is_only_pending_reaches_the_handlers(self, database: Database) -> None:
        seen: list[int] = []

        async def count(session: WriteSession, _: Actor, __: Sequence[Event]) -> None:
            seen.append((await session.execute(text("SELECT count(*) FROM offers"))).scalar_one())

        class Recorded(Event):
            pass

        handled = replace(database, handlers={**database.handlers, Recorded: (count,)})
        async with transaction(handled, OPERATOR) as session:
            await record_one(session)
            announce(session, Recorded())

        assert seen == [1]

    @pytest.mark.parametrize("further_statement", [True, False])
    async def test_a_connection_lost_in_the_middle_leaves_nothing_half_written(
        self, single: Database, owner: asyncpg.Connection, further_statement: bool
    ) -> None:
        async def work() -> None:
            async with transaction(single, OPERATOR) as session:
                await record_one(session)
                await end_backend(owner, session)
                if further_statement:
                    await record_one(session)

        with pytest.raises(DBAPIError) as lost:
            await work()
        async with transaction(single, OPERATOR) as session:
            await record_one(session)

        assert lost.value.connection_invalidated
        assert await providers(owner) == 1


class TestReading:
    async def test_refuses_to_write_whatever_the_role_may(self, database: Database) -> None:
        async def write() -> None:
            async with reading(database, OPERATOR) as session:
                await session.execute(text("INSERT INTO providers DEFAULT VALUES"))

        with pytest.raises(DBAPIError, match="read-only transaction"):
            await write()

    async def test_cannot_be_turned_into_writing(self, database: Database) -> None:
        async def turn() -> None:
            async with reading(database, OPERATOR) as session:
                await session.execute(text("SET TRANSACTION READ WRITE"))

        with pytest.raises(DBAPIError, match="must be set before any query"):
            await turn()

    async def test_does_not_keep_the_next_transaction_from_writing(self, single: Database) -> None:
        async with reading(single, OPERATOR) as session:
            first = await state(session)
        async with transaction(single, OPERATOR) as session:
            second = await state(session)

        assert (first.read_only, second.read_only) == ("on", "off")
        assert first.pid == second.pid

    async def test_is_over_when_its_block_has_ended(self, database: Database) -> None:
        async with reading(database, OPERATOR) as session:
            await state(session)

        with pytest.raises(InvalidRequestError, match="closed"):
            await state(session)


@asynccontextmanager
async def savepoint(session: WriteSession) -> AsyncIterator[None]:
    async with session.begin_nested():
        yield


@asynccontextmanager
async def no_savepoint(_: WriteSession) -> AsyncIterator[None]:
    yield


class TestActingAs:
    async def test_returns_to_the_former_role(self, database: Database) -> None:
        async with transaction(database, OPERATOR) as session:
            async with acting_as(session, DbRole.PUBLISHER):
                inside = await role(session)
            after = await role(session)

        assert (inside, after) == ("ap_publisher", "ap_operator")

    async def test_returns_step_by_step(self, database: Database) -> None:
        seen: list[str] = []
        async with transaction(database, commissioner()) as session:
            async with acting_as(session, DbRole.OPERATOR):
                async with acting_as(session, DbRole.PUBLISHER):
                    seen.append(await role(session))
                seen.append(await role(session))
            seen.append(await role(session))

        assert seen == ["ap_publisher", "ap_operator", "ap_app"]

    async def test_what_was_pending_is_written_as_the_role_that_wrote_it(
        self, database: Database
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            recorded = await service.record_providers(session, OPERATOR, [make_provider()])
            await service.rename_providers(
                session,
                OPERATOR,
                [service.Rename(recorded[0].id, "Example Anvil", LISTED_ON)],
            )
            async with acting_as(session, DbRole.PUBLISHER):
                found = (await session.execute(text("SELECT name FROM providers"))).scalar_one()

        assert found == "Example Anvil"

    @pytest.mark.parametrize("around", [savepoint, no_savepoint])
    async def test_returns_to_the_former_role_when_its_failure_is_caught(
        self,
        database: Database,
        around: Callable[[WriteSession], AbstractAsyncContextManager[None]],
    ) -> None:
        async def fail(session: WriteSession) -> None:
            async with around(session), acting_as(session, DbRole.PUBLISHER):
                raise RuntimeError("planted")

        async with transaction(database, commissioner()) as session:
            with pytest.raises(RuntimeError, match="planted"):
                await fail(session)
            after = await role(session)
            async with acting_as(session, DbRole.OPERATOR):
                pass
            later = await role(session)

        assert (after, later) == ("ap_app", "ap_app")

    async def test_returns_to_the_former_role_when_a_refused_statement_is_undone(
        self, database: Database
    ) -> None:
        async def fail(session: WriteSession) -> None:
            async with savepoint(session), acting_as(session, DbRole.PUBLISHER):
                await session.execute(text("DELETE FROM providers"))

        async with transaction(database, commissioner()) as session:
            with pytest.raises(DBAPIError, match="permission denied"):
                await fail(session)
            after = await role(session)
            async with acting_as(session, DbRole.OPERATOR):
                pass
            later = await role(session)

        assert (after, later) == ("ap_app", "ap_app")
