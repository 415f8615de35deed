"""Appending to the log."""

from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.db.events import ReadSession, WriteSession
from app.ledger import hashing, queries
from app.ledger.errors import LogNotEmptyError
from app.ledger.terms import Draft, Entry

TICK = timedelta(microseconds=1)


async def append(session: WriteSession, drafts: Sequence[Draft]) -> list[Entry]:
    """Append drafts in their order; the last lock of the transaction is taken here.

    The session must have taken the publisher role. Other publishers wait until this transaction
    ends, which is what makes numbers gap-free and in commit order.

    Raises:
        LogNotEmptyError: a draft brings its own time, and this log is not a demonstration.
    """
    head = await queries.lock_head(session)
    number, previous = head.entry, head.recorded_at
    # Read after the lock is held: whoever waited for it must not bring an earlier time.
    present = clock.now()
    appended: list[Entry] = []
    rows: list[queries.NewEntry] = []
    for draft in drafts:
        if draft.simulated_at is not None and not head.demonstration:
            raise LogNotEmptyError("Only a demonstration may be given a past of its own.")
        number += 1
        recorded_at = draft.simulated_at or present
        if previous is not None:
            recorded_at = max(recorded_at, previous + TICK)
        previous = recorded_at
        salt = hashing.new_salt()
        hashed = hashing.record_hash(salt, draft.record)
        entry = Entry(number, recorded_at, draft.effective_on, draft.number, draft.record)
        appended.append(entry)
        leaf = hashing.leaf_hash(number, recorded_at, draft.number, hashed)
        rows.append(queries.NewEntry(entry, salt, hashed, leaf, draft.by))
    if rows:
        await queries.insert_entries(session, rows)
    return appended


async def become_demonstration(session: WriteSession) -> None:
    """Mark the empty log as a demonstration, for good.

    Raises:
        LogNotEmptyError: the log has entries that are not invented.
    """
    head = await queries.lock_head(session)
    if head.demonstration:
        return
    if head.entry > 0:
        raise LogNotEmptyError(
            "This register holds entries that are not invented. "
            "Use another database for a demonstration."
        )
    await queries.mark_demonstration(session)


async def broken_entries(session: ReadSession) -> list[int]:
    """Recompute every hash and return the numbers whose bytes no longer give it.

    Gaps and times that do not rise count as broken, and so does an end before the head; a
    tombstone's record hash is taken as given.
    """
    broken: list[int] = []
    expected, previous = 1, None
    head = await queries.get_head(session)  # read first: entries may be appended meanwhile
    async for row in queries.stream_entries(session):
        hashed = row.record_hash
        if row.record is not None and row.salt is not None:
            hashed = hashing.record_hash(row.salt, row.record)
        leaf = hashing.leaf_hash(row.entry, row.recorded_at, row.number, hashed)
        true_hashes = (hashed, leaf) == (row.record_hash, row.leaf_hash)
        rising = previous is None or row.recorded_at > previous
        if row.entry != expected or not true_hashes or not rising:
            broken.append(row.entry)
        expected, previous = row.entry + 1, row.recorded_at
    return broken if head.entry < expected else [*broken, head.entry]


async def tombstone(session: WriteSession, entries: Sequence[int], reason: str) -> None:
    """Put tombstones in the place of bodies: record and salt go, every hash and proof stays.

    The session must have taken the publisher role and hold the head's lock. What follows from it
    (who may, that the newest record is right) is decided by whoever calls.

    Args:
        session: the transaction.
        entries: their numbers; those that are tombstones already are left as they are.
        reason: why, for the public; never what was taken out.
    """
    await queries.bury(session, entries, reason, clock.now())
