"""Files of a large register that are made beforehand: jobs of the worker.

A file is of one state: an entry, and how many records were taken out of the log by then. One more
taken out, and none of these files is sent again: who asks, asks for the present count.
"""

import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg

from app import clock, log
from app.access import WORKER
from app.config import ConfigurationError, Settings
from app.db.events import WriteSession
from app.db.read_pool import connect_to_primary
from app.files import store
from app.files.filing import Filing
from app.outbox.service import enqueue
from app.outbox.terms import JobHandler, Payload
from app.register.queries import renditions as queries
from app.register.queries.documents import get_head
from app.register.queries.downloads import snapshot
from app.register.terms import DownloadFormat, Shape, Table
from app.register.whole_files import Wanted, write
from app.values.uuid7 import uuid7

KEEP = "register.keep_files"
MAKE = "register.make_file"
DROP = "register.drop_file"
FOLDER = "renditions"
ORPHANED = timedelta(days=1)
"""How old an object without a row must be; any transaction it could belong to is over by then."""

FILES = {
    Shape.JSONL: Wanted(DownloadFormat.JSONL),
    Shape.CSV_PROVIDERS: Wanted(DownloadFormat.CSV, Table.PROVIDERS),
    Shape.CSV_SITES: Wanted(DownloadFormat.CSV, Table.SITES),
    Shape.CSV_OFFERS: Wanted(DownloadFormat.CSV, Table.OFFERS),
}

_logger = log.get(__name__)


def shape_of(wanted: Wanted) -> Shape:
    """Return under which name a whole file is kept."""
    return next(
        shape
        for shape, one in FILES.items()
        if (one.format, one.table) == (wanted.format, wanted.table)
    )


def key_of(rendition_id: uuid.UUID) -> str:
    """Return where a file lies in the store."""
    return f"{FOLDER}/{rendition_id}"


def keep_files(settings: Settings, filing: Filing) -> JobHandler:
    """Return what sees to it that a large register's files are made, and old ones go."""

    async def do(session: WriteSession, _: Payload) -> None:
        """Ask for files that the head has none of; drop those that may not be sent any more."""
        async with _public(settings) as connection:
            head = await get_head(connection)
        kept = await queries.find_renditions(session)
        large = head["providers"] >= settings.download_kept_from
        good = [one for one in kept if large and _is_good(one, head["tombstones"])]
        await _drop(session, [one.id for one in kept if one not in good])
        newest = {one.shape for one in good if one.entry == head["entry"]}
        for shape in Shape:
            if large and head["entry"] and shape not in newest:
                await enqueue(session, WORKER, MAKE, {"shape": shape.value})
        await _sweep(filing, {key_of(one.id) for one in kept})

    return do


def make_file(settings: Settings, filing: Filing) -> JobHandler:
    """Return what makes one file of the register."""

    async def do(session: WriteSession, payload: Payload) -> None:
        """Make it, unless it is there; then those of earlier states are dropped.

        Whoever is killed meanwhile leaves an object without a row behind, which nobody is sent.
        """
        shape, began = Shape(payload["shape"]), time.monotonic()
        wanted, made = FILES[shape], _Measured()
        identity = uuid7()
        async with _public(settings) as connection, snapshot(connection) as state:
            of_shape = [one for one in await queries.find_renditions(session) if one.shape == shape]
            facts = (state.entry, state.tombstones, wanted.rendering)
            if state.recorded_at is None or any(
                (one.entry, one.tombstones, one.format) == facts for one in of_shape
            ):
                return
            async with (
                aclosing(write(connection, state, wanted)) as chunks,
                aclosing(made.measured(chunks)) as pieces,
            ):
                await store.put_pieces(filing.store, key_of(identity), pieces)
        row = {
            "id": identity,
            "shape": shape.value,
            "entry": state.entry,
            "recorded_at": state.recorded_at,
            "tombstones": state.tombstones,
            "format": wanted.rendering,
            "size": made.size,
            "made_at": clock.now(),
        }
        await queries.add_rendition(session, row)
        await _drop(session, [one.id for one in of_shape])
        ms = round((time.monotonic() - began) * 1_000)
        _logger.info("register.file_made", shape=shape.value, entry=state.entry, ms=ms)

    return do


def drop_file(filing: Filing) -> JobHandler:
    """Return what removes the content of a file that is kept no longer."""

    async def do(_: WriteSession, payload: Payload) -> None:
        """Remove it, by a job of its own: what is undone must not have removed anything."""
        await store.remove(filing.store, key_of(uuid.UUID(payload["rendition_id"])))

    return do


class _Measured:
    """Counts the bytes of what goes by."""

    def __init__(self) -> None:
        self.size = 0

    async def measured(self, chunks: AsyncIterator[Any]) -> AsyncGenerator[bytes, None]:
        async for chunk in chunks:
            self.size += len(chunk.data)
            yield chunk.data


def _is_good(rendition: Any, tombstones: int) -> bool:
    current = FILES[Shape(rendition.shape)].rendering
    return (rendition.tombstones, rendition.format) == (tombstones, current)


async def _drop(session: WriteSession, ids: Sequence[uuid.UUID]) -> None:
    await queries.remove_renditions(session, ids)
    for identity in ids:
        await enqueue(session, WORKER, DROP, {"rendition_id": str(identity)})


async def _sweep(filing: Filing, kept: set[str]) -> None:
    before = clock.now() - ORPHANED
    async for objects in store.objects_in(filing.store, FOLDER):
        old = [one.key for one in objects if one.written_at < before and one.key not in kept]
        await store.remove(filing.store, *old)
    await store.remove_unfinished(filing.store, FOLDER, before)


@asynccontextmanager
async def _public(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    if settings.database_read_url is None:
        message = "DATABASE_READ_URL must be set for files of the register to be made."
        raise ConfigurationError(message)
    # A standby that is behind may not have heard yet of what was taken out.
    connection = await connect_to_primary(settings.database_read_url.get_secret_value())
    try:
        yield connection
    finally:
        await connection.close()
