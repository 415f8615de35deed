"""What is sealed under the keyring: how much under which key, wrapped anew, found to open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring, KeyringError
from app.keyring.sealing import check_wrapping, context_of, open_sealed, rewrap
from app.organisations.queries import sealed as queries

BATCH = 200
"""Values that one transaction wraps anew; their rows are held for some milliseconds."""
PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction wrapped anew.

    Attributes:
        values: how many.
        unopened: why each of the others could not be.
        last: the key of the last row looked at; None when there are no more.
    """

    values: int
    unopened: tuple[str, ...]
    last: Any | None


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a keyring opens what is sealed.

    Attributes:
        opened: how many data keys it unwraps.
        faults: why it does not unwrap each of the others.
    """

    opened: int
    faults: tuple[str, ...]


def places() -> tuple[str, ...]:
    """Return every `table.column` that holds sealed values."""
    return tuple(queries.places())


async def count_sealed(session: ReadSession | WriteSession) -> Mapping[str, Mapping[str, int]]:
    """Count what is sealed under each key, by place.

    What is no sealed value at all counts under the empty key id.
    """
    counts: dict[str, dict[str, int]] = {}
    for name, place in queries.places().items():
        for key_id, count in (await queries.count_by_key(session, place)).items():
            counts.setdefault(key_id, {})[name] = count
    return counts


async def rewrap_batch(
    session: WriteSession, actor: Actor, ring: Keyring, place: str, after: Any | None
) -> Batch:
    """Wrap some data keys under the current key; what they encrypt is not touched.

    Safe to be killed, and to run beside the service and beside itself: each value is under its
    former key or the current one, and opens with the ring at every moment.

    Args:
        session: one transaction for one batch.
        actor: who turned the keyring.
        ring: it has the former keys still.
        place: one of `places()`.
        after: the `last` of the batch before.
    """
    where = queries.places()[place]
    found = await queries.lock_sealed_otherwise(session, where, ring.current.id, after, BATCH)
    rows, unopened = [], []
    for key, old in found:
        try:
            rows.append({"of": key, "old": old, "new": rewrap(ring, old, context_of(place, key))})
        except KeyringError as error:
            unopened.append(_told(error, place, key))
    if rows:
        await queries.replace_sealed(session, where, rows)
        after_it = {"place": place, "values": len(rows)}
        subject = Subject("keyring", ring.current.id)
        await record(session, actor, "keyring.rewrapped", subject, after=after_it)
    last = found[-1][0] if len(found) == BATCH else None
    return Batch(len(rows), tuple(unopened), last)


async def check_sealed(session: ReadSession, ring: Keyring) -> Checked:
    """Find out whether a ring unwraps every data key there is; no value is decrypted."""
    opened, faults = 0, []
    for name, place in queries.places().items():
        after: Any | None = None
        while found := await queries.find_sealed(session, place, after, PAGE):
            for key, value in found:
                try:
                    check_wrapping(ring, value, context_of(name, key))
                except KeyringError as error:
                    faults.append(_told(error, name, key))
                else:
                    opened += 1
            after = found[-1][0]
    return Checked(opened, tuple(faults))


async def open_one(session: ReadSession, ring: Keyring) -> str | None:
    """Open the first sealed value there is, to see that it opens; return what it is bound to.

    Raises:
        KeyringError: it does not open with this ring.
    """
    for name, place in queries.places().items():
        for key, value in await queries.find_sealed(session, place, None, 1):
            context = context_of(name, key)
            open_sealed(ring, value, context)
            return context
    return None


async def record_keyring(session: WriteSession, actor: Actor, act: str, key_id: str) -> None:
    """Write down that the keyring was changed; it lies in a file, which keeps no record itself.

    Args:
        session: the file is changed before this commits.
        actor: who changed it.
        act: `keyring.turned`, `keyring.key_prepared` or `keyring.key_dropped`.
        key_id: the key that it is about.
    """
    await record(session, actor, act, Subject("keyring", key_id))


def _told(error: KeyringError, place: str, key: Any) -> str:
    """Say which value it is, where the error does not."""
    context = context_of(place, key)
    return str(error) if context in str(error) else f"{context}: {error}"
