"""Entries for tests of the log itself, and its hashes once more, from the stored rows alone."""

import hashlib
import struct
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, timedelta

import asyncpg

from app.access import Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.ledger import service
from app.ledger.terms import Draft, Entry

PUBLISHER = Actor("publisher", DbRole.PUBLISHER)
HOLDS_FROM = date(2026, 9, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def publishing(database: Database) -> AbstractAsyncContextManager[WriteSession]:
    """Open a transaction that may append."""
    return transaction(database, PUBLISHER)


def draft(name: str = "Example Forge", simulated_at: datetime | None = None) -> Draft:
    """Return a record about to become an entry."""
    record = b'{"name":"' + name.encode() + b'"}'
    return Draft("AP000001U", HOLDS_FROM, record, simulated_at)


async def append(database: Database, *drafts: Draft) -> Sequence[Entry]:
    """Append drafts in a transaction of their own; one if none is given."""
    async with publishing(database) as session:
        return await service.append(session, drafts or [draft()])


def leaf_from(row: asyncpg.Record) -> bytes:
    """Return the leaf hash that a row of entry and body must have."""
    hashed = hashlib.sha256(row["salt"] + row["record"]).digest()
    microseconds = (row["recorded_at"] - _EPOCH) // timedelta(microseconds=1)
    number = row["number"].encode()
    leaf = struct.pack(">BQQB", 1, row["entry"], microseconds, len(number)) + number + hashed
    return hashlib.sha256(b"\x00" + leaf).digest()


async def stored(owner: asyncpg.Connection) -> list[asyncpg.Record]:
    """Return every entry with its body, by number."""
    return list(
        await owner.fetch(
            "SELECT * FROM ledger_entries JOIN ledger_bodies USING (entry) ORDER BY 1"
        )
    )


async def take_out(owner: asyncpg.Connection, entry: int) -> None:
    """Put a tombstone in a record's place, past the two people who would have to settle it."""
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        await owner.execute(
            "UPDATE ledger_bodies SET record = NULL, salt = NULL, redacted_at = now(), "
            "redaction_reason = 'It named a child.' WHERE entry = $1",
            entry,
        )
