"""The whole register as it is, or as it was with an entry, as the public's read role."""

import uuid
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from app.register.queries.documents import get_head

SORTING_MS = 60_000
"""How long PostgreSQL may take to put an earlier state of a large register in order."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the register.

    Attributes:
        entry: the last that counts; 0 for an empty register.
        recorded_at: when the log learned it.
        epoch: of the log.
        demonstration: whether every provider is invented.
        tombstones: how many records were taken out of the log by now.
        providers: how many the register holds now.
        head: the newest entry by now.
    """

    entry: int
    recorded_at: datetime | None
    epoch: uuid.UUID
    demonstration: bool
    tombstones: int
    providers: int
    head: int

    @property
    def is_present(self) -> bool:
        """Whether nothing was recorded after it."""
        return self.entry == self.head


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file of the register that is ready to be sent.

    Attributes:
        id: names its object in the store.
        entry: the head it was made of.
        recorded_at: that entry's time.
        size: its bytes.
    """

    id: uuid.UUID
    entry: int
    recorded_at: datetime
    size: int


@asynccontextmanager
async def snapshot(
    connection: asyncpg.Connection, known: datetime | int | None = None
) -> AsyncIterator[Snapshot]:
    """Open one state of the register; what is read in the block is of it.

    Args:
        connection: the public's.
        known: a moment before which entries were recorded, or the last that counts; `None` for all.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head = await get_head(connection)
        entry, recorded_at = head["entry"], head["recorded_at"]
        if known is not None:
            last = await connection.fetchrow(
                "SELECT entry, recorded_at FROM ledger_entries "
                "WHERE ($1::timestamptz IS NULL OR recorded_at < $1) "
                "AND ($2::bigint IS NULL OR entry <= $2) ORDER BY recorded_at DESC LIMIT 1",
                None if isinstance(known, int) else known,
                known if isinstance(known, int) else None,
            )
            entry, recorded_at = (last["entry"], last["recorded_at"]) if last else (0, None)
        yield Snapshot(
            entry,
            recorded_at,
            head["epoch"],
            head["demonstration"],
            head["tombstones"],
            head["providers"],
            head["entry"],
        )


async def stream_present(
    connection: asyncpg.Connection, at_a_time: int
) -> AsyncGenerator[list[asyncpg.Record], None]:
    """Yield `summary` and `document` of every provider by number, within a transaction."""
    cursor = await connection.cursor(
        "SELECT summary, document FROM register_documents ORDER BY number"
    )
    while rows := await cursor.fetch(at_a_time):
        yield rows


async def stream_known(
    connection: asyncpg.Connection, entry: int, at_a_time: int
) -> AsyncGenerator[list[asyncpg.Record], None]:
    """Yield the newest records up to an entry, by number, within a transaction.

    Each has `record`, and `entry` and `recorded_at` of its own. A provider whose newest was taken
    out is left out: what stood before it must not come back.
    """
    await connection.execute(
        "SELECT set_config('statement_timeout', $1::text, true)", str(SORTING_MS)
    )
    cursor = await connection.cursor(
        "SELECT n.entry, n.recorded_at, b.record FROM ("
        "SELECT DISTINCT ON (number) number, entry, recorded_at FROM ledger_entries "
        "WHERE entry <= $1 ORDER BY number, entry DESC) n "
        "JOIN ledger_bodies b USING (entry) WHERE b.record IS NOT NULL ORDER BY n.number",
        entry,
        timeout=SORTING_MS / 1_000,
    )
    while rows := await cursor.fetch(at_a_time, timeout=SORTING_MS / 1_000):
        yield rows


async def find_rendition(
    connection: asyncpg.Connection, shape: str, rendering: int
) -> Rendition | None:
    """Return the newest file of a shape that is ready, made after the last tombstone."""
    row = await connection.fetchrow(
        "SELECT id, entry, recorded_at, size FROM register_renditions "
        "WHERE shape = $1 AND format = $2 AND tombstones = "
        "(SELECT count(*) FROM ledger_bodies WHERE redacted_at IS NOT NULL) "
        "ORDER BY entry DESC LIMIT 1",
        shape,
        rendering,
    )
    return Rendition(*row) if row else None
