"""The keyring itself: a file of keys, one of them the current one.

Made at the first start of a demonstration; in production an operator makes it, keeps it outside the
database and its backups, and puts a copy in escrow (`ap-register keyring`).
"""

import base64
import fcntl
import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

KEY_BYTES = 32
_DAMAGED = "The keyring is damaged. Bring back its escrow copy."
_KEY_ID = re.compile(r"k[1-9][0-9]{0,8}", re.ASCII)
_OTHERS = 0o077


class KeyringError(Exception):
    """The keyring is missing, damaged or not the right one. The message never shows a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the ring.

    Attributes:
        id: names it in everything sealed under it.
        secret: 256 random bits; never shown.
        made_at: when; ISO 8601, UTC.
    """

    id: str
    secret: bytes = field(repr=False)
    made_at: str

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without telling the key: the start of a hash of it."""
        return hashlib.sha256(b"ap-register key fingerprint\0" + self.secret).hexdigest()[:16]

    @property
    def number(self) -> int:
        """Which key this is, in the order in which they were made."""
        return int(self.id.removeprefix("k"))


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key that may still be needed, and the one that new things are sealed under."""

    current: Key
    keys: Mapping[str, Key]


def newest(ring: Keyring) -> Key:
    """Return the key that was made last: the current one, or the one that is prepared."""
    return max(ring.keys.values(), key=lambda key: key.number)


def new_keyring(moment: datetime) -> Keyring:
    """Return a ring of one new key."""
    key = _new_key(1, moment)
    return Keyring(key, {key.id: key})


def prepared(ring: Keyring, moment: datetime) -> Keyring:
    """Return the ring with a new key that nothing is sealed under yet.

    A service that runs as several processes learns of the key in all of them first, so that none
    meets what another has sealed under a key it does not have.

    Raises:
        KeyringError: one is prepared already.
    """
    last = newest(ring)
    if last != ring.current:
        raise KeyringError(f"{last.id} is prepared already. Turn the keyring to make it current.")
    key = _new_key(last.number + 1, moment)
    return Keyring(ring.current, {**ring.keys, key.id: key})


def turned(ring: Keyring, moment: datetime) -> Keyring:
    """Return the ring with another current key: the one that was prepared, otherwise a new one.

    The former keys stay until nothing needs them.
    """
    if newest(ring) == ring.current:
        ring = prepared(ring, moment)
    return Keyring(newest(ring), ring.keys)


def without(ring: Keyring, key_id: str) -> Keyring:
    """Return the ring without a key that nothing is sealed under any more.

    Raises:
        KeyringError: it is the current key, or there is none of that name.
    """
    if key_id not in ring.keys:
        raise KeyringError(f"The keyring has no key {key_id}.")
    if key_id == ring.current.id:
        raise KeyringError(f"{key_id} is the current key. Turn the keyring first.")
    return Keyring(ring.current, {i: key for i, key in ring.keys.items() if i != key_id})


def load(path: Path) -> Keyring:
    """Read a keyring.

    Raises:
        KeyringError: it is not there, may be read by others, or is damaged.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            written_there = file.read()
    except FileNotFoundError:
        raise KeyringError(
            f"There is no keyring at {path}. Make one with `ap-register keyring new`, or bring "
            "back the one this database was used with: what it sealed cannot be read without it."
        ) from None
    except OSError as error:
        message = f"The keyring at {path} cannot be read: {error.strerror}."
        raise KeyringError(message) from None
    if mode & _OTHERS:
        raise KeyringError(f"Others may read the keyring at {path}. Run `chmod 600` on it.")
    return parse(written_there.decode("ascii", "replace"))


def save(ring: Keyring, path: Path) -> None:
    """Write a keyring, whole or not at all, for its owner's eyes alone."""
    write_privately(written(ring), path)


def write_privately(text: str, path: Path) -> None:
    """Write a file that nobody else may read, whole or not at all.

    It is on the disk when this returns: what is sealed next would otherwise be lost with the power.
    Where the path is a symbolic link, what it points to is written.
    """
    path = path.resolve()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    with _folder_of(path) as folder:
        os.fsync(folder)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep other commands from changing the keyring there meanwhile; readers are not hindered.

    Two that turned it at once would each write a ring without the other's new key.
    """
    with _folder_of(path.resolve()) as folder:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield


def written(ring: Keyring) -> str:
    """Return a keyring as it lies in its file."""
    keys = {
        key.id: {"secret": base64.b64encode(key.secret).decode(), "made_at": key.made_at}
        for key in ring.keys.values()
    }
    return json.dumps({"current": ring.current.id, "keys": keys}, indent=1) + "\n"


def parse(text: str) -> Keyring:
    """Read a keyring's text.

    Raises:
        KeyringError: it is damaged.
    """
    try:
        told = json.loads(text)
        keys = {
            key_id: Key(key_id, base64.b64decode(one["secret"], validate=True), one["made_at"])
            for key_id, one in told["keys"].items()
        }
        ring = Keyring(keys[told["current"]], keys)
        sound = all(map(_is_sound, keys.values()))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeyringError(_DAMAGED) from None
    if not sound:
        raise KeyringError(_DAMAGED)
    return ring


def _is_sound(key: Key) -> bool:
    datetime.fromisoformat(key.made_at)
    return len(key.secret) == KEY_BYTES and bool(_KEY_ID.fullmatch(key.id))


def _new_key(number: int, moment: datetime) -> Key:
    made_at = moment.isoformat(timespec="seconds")
    return Key(f"k{number}", secrets.token_bytes(KEY_BYTES), made_at)


@contextmanager
def _folder_of(path: Path) -> Iterator[int]:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield folder
    finally:
        os.close(folder)
