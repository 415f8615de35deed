"""Transactions: every one takes a role and an actor, and commits before anybody is told.

The login can do nothing by itself. When a transaction begins, one statement gives it the role, the
actor and, for reads, the promise not to write; all three end with the transaction, so a pooled
connection never carries an earlier actor.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from app.access import Actor, ActorKind, DbRole
from app.db.engine import READ_ONLY
from app.db.events import InsideHandlers, ReadSession, WriteSession, run_handlers
from app.db.roles import role_name

_BEGIN = text(
    "SELECT set_config('role', :role, true), set_config('app.la_code', :la_code, true), "
    "set_config('app.actor', :actor, true), set_config('app.person_id', :person_id, true), "
    "set_config('app.machine_id', :machine_id, true), "
    "set_config('app.organisation_id', :organisation_id, true), "
    "set_config('transaction_read_only', :read_only, true), "
    "set_config('lock_timeout', "
    "coalesce(CAST(:lock_timeout AS text), current_setting('lock_timeout')), true), "
    "set_config('idle_in_transaction_session_timeout', coalesce(CAST(:idle_timeout AS text), "
    "current_setting('idle_in_transaction_session_timeout')), true)"
)
_TAKE_ROLE = text("SELECT set_config('role', :role, true)")
_TEST_NOW = text("SET CONSTRAINTS ALL IMMEDIATE")
_TEST_LATER = text("SET CONSTRAINTS ALL DEFERRED")

LOCK_TIMEOUT = "10s"
"""How long a request waits for a row or a key that another holds; less than it may take in all."""
IDLE_TIMEOUT = "1min"
"""After which PostgreSQL undoes the transaction of a process that is gone without a word."""
_OF_REQUESTS = frozenset({DbRole.APP, DbRole.SIGN_IN})
"""Roles that somebody waits for; imports and jobs wait as long as it takes."""


@dataclass(frozen=True, slots=True)
class Database:
    """A register's database, and what reacts to changes in it.

    Attributes:
        engine: a pool logged in as the login role.
        role_prefix: what comes before the role names.
        handlers: the table of handlers that run inside each transaction.
    """

    engine: AsyncEngine
    role_prefix: str
    handlers: InsideHandlers


@asynccontextmanager
async def transaction(database: Database, actor: Actor) -> AsyncIterator[WriteSession]:
    """Open one transaction as `actor`; run what reacts, then commit, when the block ends well."""
    async with _session(database, actor, read_only=False) as session, session.begin():
        writing = cast("WriteSession", session)
        yield writing
        await session.flush()
        await run_handlers(writing, actor, database.handlers)


@asynccontextmanager
async def reading(database: Database, actor: Actor) -> AsyncIterator[ReadSession]:
    """Open one transaction as `actor` in which PostgreSQL refuses to write."""
    async with _session(database, actor, read_only=True) as session, session.begin():
        yield cast("ReadSession", session)


@asynccontextmanager
async def acting_as(session: WriteSession, role: DbRole) -> AsyncIterator[None]:
    """Take another role for the statements in the block, then the former one again.

    The former role comes back after an error too, because somebody may catch it and go on.
    """
    await session.flush()
    former: DbRole = session.info["role"]
    await _take_role(session, role)
    try:
        yield
        await session.flush()
    except Exception:
        session.info["role"] = former  # what a savepoint begun from here on starts with
        with suppress(SQLAlchemyError):  # where PostgreSQL gave up, undoing brings the role back
            await _take_role(session, former)
        raise
    await _take_role(session, former)


@asynccontextmanager
async def acting_for(session: WriteSession, actor: Actor) -> AsyncIterator[None]:
    """Be another actor for the statements in the block and for what reacts to them, then as before.

    For jobs and commands that do what an organisation would have to do, one after the other in one
    transaction: row security then holds them to that organisation's own.
    """
    former: Actor = session.info["actor"]
    await _be(session, actor)
    yield
    await session.flush()
    await run_handlers(session, actor, session.info["handlers"])
    await session.flush()
    await session.execute(_TEST_NOW)
    await session.execute(_TEST_LATER)
    await _be(session, former)


async def _be(session: WriteSession, actor: Actor) -> None:
    session.info.update(actor=actor, role=actor.role)
    await session.execute(_BEGIN, _settings(session.info))


async def _take_role(session: WriteSession, role: DbRole) -> None:
    name = role_name(session.info["role_prefix"], role)
    await session.execute(_TAKE_ROLE, {"role": name})
    session.info["role"] = role


def _session(database: Database, actor: Actor, *, read_only: bool) -> AsyncSession:
    session = AsyncSession(
        database.engine,
        expire_on_commit=False,
        autoflush=False,
        close_resets_only=False,  # whoever goes on with an ended session would begin a second one
        info={
            "role_prefix": database.role_prefix,
            "role": actor.role,
            "actor": actor,
            "read_only": read_only,
            "handlers": database.handlers,
        },
    )
    event.listen(session.sync_session, "after_begin", _take_role_and_actor)
    return session


def _take_role_and_actor(session: Session, _: SessionTransaction, connection: Connection) -> None:
    connection.info[READ_ONLY] = session.info["read_only"]
    connection.execute(_BEGIN, _settings(session.info))


def _settings(info: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a transaction begins with, or goes on with as somebody else."""
    actor: Actor = info["actor"]
    hurried = actor.role in _OF_REQUESTS
    return {
        "role": role_name(info["role_prefix"], info["role"]),
        "la_code": actor.la_code or "",
        "actor": actor.name,
        "person_id": _id_if(ActorKind.PERSON, actor),
        "machine_id": _id_if(ActorKind.MACHINE, actor),
        "organisation_id": str(actor.organisation_id or ""),
        "read_only": "on" if info["read_only"] else "off",
        "lock_timeout": LOCK_TIMEOUT if hurried else None,
        "idle_timeout": IDLE_TIMEOUT if hurried else None,
    }


def _id_if(kind: ActorKind, actor: Actor) -> str:
    return str(actor.id or "") if actor.kind is kind else ""
