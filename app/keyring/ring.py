"""The keyring itself: a file of keys, one of them the current one.

Made at the first start of a demonstration; in production an operator makes it, keeps it outside the
database and its backups, and puts a copy in escrow (`ap-register keyring`).
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

KEY_BYTES = 32


class KeyringError(Exception):
    """The keyring is missing, damaged or not the right one. The message never shows a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the ring.

    Attributes:
        id: names it in everything sealed under it.
        secret: 256 random bits.
        made_at: when; ISO 8601, UTC.
    """

    id: str
    secret: bytes
    made_at: str

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without telling the key: the start of a hash of it."""
        return hashlib.sha256(b"ap-register key fingerprint\0" + self.secret).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key that may still be needed, and the one that new things are sealed under."""

    current: Key
    keys: Mapping[str, Key]


def new_keyring(moment: datetime) -> Keyring:
    """Return a ring of one new key."""
    key = _new_key("k1", moment)
    return Keyring(key, {key.id: key})


def turned(ring: Keyring, moment: datetime) -> Keyring:
    """Return the ring with a new current key; the former ones stay until nothing needs them."""
    number = max(int(one.removeprefix("k")) for one in ring.keys) + 1
    key = _new_key(f"k{number}", moment)
    return Keyring(key, {**ring.keys, key.id: key})


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
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise KeyringError(
            f"There is no keyring at {path}. Make one with `ap-register keyring new`, or bring "
            "back the one this database was used with: what it sealed cannot be read without it."
        ) from None
    except (OSError, UnicodeError) as error:
        raise KeyringError(f"The keyring at {path} cannot be read: {error}.") from None
    if mode & 0o077:
        raise KeyringError(f"Others may read the keyring at {path}. Run `chmod 600` on it.")
    return parse(text)


def save(ring: Keyring, path: Path) -> None:
    """Write a keyring, whole or not at all, for its owner's eyes alone."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(written(ring))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


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
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyringError("The keyring is damaged. Bring back its escrow copy.") from None
    if any(len(key.secret) != KEY_BYTES or not key.id[1:].isdecimal() for key in keys.values()):
        raise KeyringError("The keyring is damaged. Bring back its escrow copy.")
    return ring


def _new_key(key_id: str, moment: datetime) -> Key:
    return Key(key_id, secrets.token_bytes(KEY_BYTES), moment.isoformat(timespec="seconds"))
