"""Jobs that care for evidence files: scan what could not be, remove what belongs to nothing."""

import time
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from app import clock, log
from app.access import WORKER
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.files import queries, store
from app.files.errors import FileContentLostError
from app.files.events import FileSpoiled
from app.files.filing import Filing
from app.files.scanning import scan
from app.files.service import SCAN, subject_of
from app.files.terms import FileState
from app.outbox.errors import GiveUpError
from app.outbox.service import enqueue
from app.outbox.terms import JobHandler, Payload

SWEEP = "files.sweep"
REMOVE = "files.remove"
ORPHANED = timedelta(days=1)
"""How old an object without a file must be; any transaction it could belong to is over by then."""
SWEEP_SECONDS = 20.0
"""After which a sweep asks for another, to go on where it stopped; an attempt has 50."""
WAITING = (FileState.QUARANTINED, FileState.UNSCANNED)
"""States in which no scanner has answered for a file."""
MOST_SCANS = 1_000
"""Asked for by one sweep."""

_logger = log.get(__name__)


def scan_later(filing: Filing) -> JobHandler:
    """Return what has a file scanned that was taken in while the scanner was away."""

    async def do(session: WriteSession, payload: Payload) -> None:
        """Scan it; fails, and is tried again, while the scanner is away."""
        file = await queries.lock_file(session, uuid.UUID(payload["file_id"]))
        if filing.scanner is None or file is None or file.state not in WAITING:
            return
        try:
            verdict = await scan(filing.scanner, store.read(filing.store, file.id))
        except FileContentLostError as failure:
            raise GiveUpError(
                "The file's content is not there; see docs/operations/files.md."
            ) from (failure)
        state = FileState.INFECTED if verdict.finding else FileState.CLEAN
        found = {"scanned_at": clock.now(), "scanner": verdict.scanner, "finding": verdict.finding}
        await queries.update_scan(session, file.id, {"state": state.value} | found)
        told = {"state": state.value, "finding": verdict.finding}
        before = {"state": file.state.value, "finding": None}
        await record(session, WORKER, "file.scanned", subject_of(file), before=before, after=told)
        if verdict.finding:
            announce(session, FileSpoiled(file.id))
            # By a job of its own, so that the content goes only once it is written why.
            await enqueue(session, WORKER, REMOVE, {"file_id": str(file.id)})

    return do


def remove_content(filing: Filing) -> JobHandler:
    """Return what removes the content of a file that was found infected."""

    async def do(session: WriteSession, payload: Payload) -> None:
        """Remove it; nothing happens if it is gone, or the file is to be kept."""
        file_id = uuid.UUID(payload["file_id"])
        if file_id not in await queries.find_kept(session, [file_id]):
            await store.remove(filing.store, store.key_of(file_id))

    return do


def sweep(filing: Filing) -> JobHandler:
    """Return what removes objects that belong to no file, and asks for scans that never came."""

    async def do(session: WriteSession, payload: Payload) -> None:
        """Go through the shards from the one the payload names; ask for the rest in time."""
        first = int(payload.get("from", 0))
        if first == 0:
            await _ask_for_scans(session, filing)
        began, removed = time.monotonic(), 0
        for number in range(first, len(store.SHARDS)):
            removed += await _sweep_shard(session, filing, store.SHARDS[number])
            if time.monotonic() - began > SWEEP_SECONDS and number + 1 < len(store.SHARDS):
                await enqueue(session, WORKER, SWEEP, {"from": number + 1})
                break
        _logger.info("files.swept", first=first, removed=removed)

    return do


async def _sweep_shard(session: WriteSession, filing: Filing, shard: str) -> int:
    removed, before = 0, clock.now() - ORPHANED
    async for objects in _batches(filing, shard):
        old = [one for one in objects if one.written_at < before]
        ids = [one.file_id for one in old if one.file_id is not None]
        kept = await queries.find_kept(session, ids)
        orphans = [one.key for one in old if one.file_id not in kept]
        await store.remove(filing.store, *orphans)
        removed += len(orphans)
    return removed


def _batches(filing: Filing, shard: str) -> AsyncIterator[Sequence[store.StoredObject]]:
    return store.objects_in(filing.store, shard)


async def _ask_for_scans(session: WriteSession, filing: Filing) -> None:
    """Of files whose jobs died, or that came before there was a scanner."""
    if filing.scanner is None:
        return
    day = clock.today().isoformat()
    for file_id in await queries.find_waiting(session, WAITING, MOST_SCANS):
        key = f"{SCAN}:{file_id}:{day}"
        await enqueue(session, WORKER, SCAN, {"file_id": str(file_id)}, key=key)
