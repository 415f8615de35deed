"""Every statement on the log."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from sqlalchemy import func, insert, select, update

from app.db.events import ReadSession, WriteSession
from app.ledger.models import LedgerBody, LedgerCause, LedgerEntry, LedgerHead
from app.ledger.terms import CHANNEL, ChangedBy, Entry


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry, and what kind of log this is."""

    entry: int
    recorded_at: datetime | None
    epoch: uuid.UUID
    demonstration: bool


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry with its hashes, ready to be stored."""

    entry: Entry
    salt: bytes
    record_hash: bytes
    leaf_hash: bytes
    by: ChangedBy | None


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry with its body; `record` and `salt` are `None` for a tombstone."""

    entry: int
    recorded_at: datetime
    number: str
    record_hash: bytes
    leaf_hash: bytes
    salt: bytes | None
    record: bytes | None


@dataclass(frozen=True, slots=True)
class StoredBody:
    """What an entry published, while it still stands."""

    entry: int
    recorded_at: datetime
    record: bytes


async def lock_head(session: WriteSession) -> Head:
    """Return the head, locked until the transaction ends; waits for whoever holds it."""
    head = (await session.execute(_SELECT_HEAD.with_for_update())).one()
    return Head(head.entry, head.recorded_at, head.epoch, head.demonstration)


async def get_head(session: ReadSession | WriteSession) -> Head:
    """Return the head as last committed."""
    head = (await session.execute(_SELECT_HEAD)).one()
    return Head(head.entry, head.recorded_at, head.epoch, head.demonstration)


async def mark_demonstration(session: WriteSession) -> None:
    """Mark the log as a demonstration."""
    await session.execute(update(LedgerHead).values(demonstration=True))


async def insert_entries(session: WriteSession, rows: Sequence[NewEntry]) -> None:
    """Store entries, bodies and causes, and move the head; whoever listens is told."""
    await session.execute(
        insert(LedgerEntry),
        [
            {
                "entry": row.entry.entry,
                "recorded_at": row.entry.recorded_at,
                "effective_on": row.entry.effective_on,
                "number": row.entry.number,
                "record_hash": row.record_hash,
                "leaf_hash": row.leaf_hash,
            }
            for row in rows
        ],
    )
    await session.execute(
        insert(LedgerBody),
        [{"entry": row.entry.entry, "salt": row.salt, "record": row.entry.record} for row in rows],
    )
    causes = [{"entry": row.entry.entry, "by": row.by.value} for row in rows if row.by]
    if causes:
        await session.execute(insert(LedgerCause), causes)
    last = rows[-1].entry
    moved = update(LedgerHead).values(entry=last.entry, recorded_at=last.recorded_at)
    await session.execute(moved.returning(_TELL))


async def stir(session: WriteSession) -> None:
    """Write the head anew, as it is, and tell whoever listens; they hear of it at commit.

    For what changes public answers without an entry. The head's lock is taken, the last of all.
    """
    await session.execute(update(LedgerHead).values(entry=LedgerHead.entry).returning(_TELL))


async def stir_as_owner(connection: asyncpg.Connection) -> None:
    """Do what `stir` does, on a connection of the tables' owner."""
    await connection.execute("UPDATE ledger_head SET entry = entry")
    await connection.execute("SELECT pg_notify($1, '')", CHANNEL)


async def stream_entries(session: ReadSession, *, after: int = 0) -> AsyncIterator[StoredEntry]:
    """Yield entries with their bodies, by number, from the one after `after`."""
    statement = (
        select(
            LedgerEntry.entry,
            LedgerEntry.recorded_at,
            LedgerEntry.number,
            LedgerEntry.record_hash,
            LedgerEntry.leaf_hash,
            LedgerBody.salt,
            LedgerBody.record,
        )
        .join(LedgerBody, LedgerBody.entry == LedgerEntry.entry)
        .where(LedgerEntry.entry > after)
        .order_by(LedgerEntry.entry)
    )
    rows = await session.stream(statement, execution_options={"yield_per": 500})
    async for row in rows:
        yield StoredEntry(*row)


async def bury(
    session: WriteSession, entries: Sequence[int], reason: str, moment: datetime
) -> None:
    """Replace the bodies of these entries by tombstones; a tombstone stays as it is."""
    await stir(session)
    await session.execute(
        update(LedgerBody)
        .where(LedgerBody.entry.in_(entries), LedgerBody.record.is_not(None))
        .values(record=None, salt=None, redacted_at=moment, redaction_reason=reason)
    )


async def find_bodies(session: WriteSession, number: str) -> Sequence[StoredBody]:
    """Return the entries of one provider that still have their record, newest first."""
    statement = (
        select(LedgerEntry.entry, LedgerEntry.recorded_at, LedgerBody.record)
        .join(LedgerBody, LedgerBody.entry == LedgerEntry.entry)
        .where(LedgerEntry.number == number, LedgerBody.record.is_not(None))
        .order_by(LedgerEntry.entry.desc())
    )
    rows = await session.execute(statement)
    return [StoredBody(row.entry, row.recorded_at, row.record or b"") for row in rows]


_TELL = func.pg_notify(CHANNEL, "")
_SELECT_HEAD = select(
    LedgerHead.entry, LedgerHead.recorded_at, LedgerHead.epoch, LedgerHead.demonstration
)
