"""Escrow: the whole keyring encrypted under a passphrase, to be kept where the service is not.

One JSON file. In clear it says when it was made and which keys it holds, by fingerprint, so that
anybody can see whether it is current; the keys themselves open with the passphrase alone, from
which scrypt (RFC 7914) derives the key of an AES-256-GCM encryption. What is in clear is bound to
what is encrypted: neither can be changed without its being noticed.
"""

import base64
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.keyring.ring import KEY_BYTES, Keyring, KeyringError, parse, written

FORMAT = "ap-register keyring escrow 1"
LEAST_CHARACTERS, LEAST_DIFFERENT = 16, 6
_SALT, _NONCE = 16, 12
_MOST_MEMORY = 1 << 30
"""What a file may ask for; a damaged one must not take the machine down."""
_MOST_PASSES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one passphrase costs: scrypt's parameters, of which each copy tells its own.

    Attributes:
        n: how often, a power of two; with `r` it also sets the memory, 128 x n x r bytes.
        r: size of a block.
        p: how many times over.
    """

    n: int
    r: int
    p: int


COST = Cost(n=1 << 17, r=8, p=1)
"""128 MiB and about half a second (OWASP's advice for scrypt, 2023)."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What an escrow copy says of itself without its passphrase.

    Attributes:
        made_at: when it was made.
        fingerprints: of each key it holds, by the key's id.
    """

    made_at: datetime
    fingerprints: Mapping[str, str]

    def lacks(self, ring: Keyring) -> list[str]:
        """Return the ids of the ring's keys that this copy would not bring back."""
        kept = self.fingerprints
        return [key.id for key in ring.keys.values() if kept.get(key.id) != key.fingerprint]


def escrow_text(ring: Keyring, passphrase: str, moment: datetime, cost: Cost = COST) -> str:
    """Return an escrow copy of a keyring.

    Raises:
        KeyringError: the passphrase would be guessed too easily.
    """
    _refuse_weak(passphrase)
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    told = {
        "format": FORMAT,
        "made_at": moment.isoformat(timespec="seconds"),
        "keys": {key.id: key.fingerprint for key in ring.keys.values()},
        "scrypt": {"n": cost.n, "r": cost.r, "p": cost.p, "salt": _as_text(salt)},
    }
    key = _derived(passphrase, salt, cost)
    sealed = AESGCM(key).encrypt(nonce, written(ring).encode("ascii"), _bound(told))
    encrypted = {"nonce": _as_text(nonce), "keyring": _as_text(sealed)}
    return json.dumps({**told, "aes_256_gcm": encrypted}, indent=1) + "\n"


def covered(text: str) -> Covered:
    """Read what an escrow copy says of itself; nobody vouches for it before it was opened.

    Raises:
        KeyringError: this is no escrow copy, or a damaged one.
    """
    return _read(text).covered


def open_escrow(text: str, passphrase: str) -> Keyring:
    """Open an escrow copy.

    Raises:
        KeyringError: this is no escrow copy, or a damaged one, or the passphrase is another.
    """
    copy = _read(text)
    key = _derived(passphrase, copy.salt, copy.cost)
    try:
        opened = AESGCM(key).decrypt(copy.nonce, copy.sealed, _bound(copy.told))
    except InvalidTag:
        raise KeyringError(
            "The escrow copy does not open: the passphrase is another, or the copy was changed."
        ) from None
    return parse(opened.decode("ascii", "replace"))


@dataclass(frozen=True, slots=True)
class _Copy:
    told: dict[str, Any]
    covered: Covered
    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def _read(text: str) -> _Copy:
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise KeyringError("This is not an escrow copy that this release can read.")
        encrypted = told.pop("aes_256_gcm")
        cost = told["scrypt"]
        copy = _Copy(
            told,
            Covered(datetime.fromisoformat(told["made_at"]), dict(told["keys"])),
            Cost(cost["n"], cost["r"], cost["p"]),
            _as_bytes(cost["salt"]),
            _as_bytes(encrypted["nonce"]),
            _as_bytes(encrypted["keyring"]),
        )
        sound = _is_sound(copy)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeyringError(
            "This is not an escrow copy of a keyring, or a damaged one. Take another copy."
        ) from None
    if not sound:
        raise KeyringError("The escrow copy is damaged. Take another copy.")
    return copy


def _is_sound(copy: _Copy) -> bool:
    return (
        _is_affordable(copy.cost)
        and copy.covered.made_at.tzinfo is not None
        and (len(copy.salt), len(copy.nonce)) == (_SALT, _NONCE)
    )


def _is_affordable(cost: Cost) -> bool:
    n, r, p = cost.n, cost.r, cost.p
    if not all(isinstance(number, int) for number in (n, r, p)):
        return False
    power_of_two = n > 1 and n & (n - 1) == 0
    return power_of_two and 0 < 128 * n * r <= _MOST_MEMORY and 0 < p <= _MOST_PASSES


def _refuse_weak(passphrase: str) -> None:
    told = unicodedata.normalize("NFKC", passphrase)
    if len(told) < LEAST_CHARACTERS or len(set(told)) < LEAST_DIFFERENT:
        raise KeyringError(
            f"The passphrase is too easily guessed. Take at least {LEAST_CHARACTERS} characters, "
            f"{LEAST_DIFFERENT} of them different: five or six words drawn by lot do well."
        )


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Derive the key; the same letters typed on another keyboard give the same one (NFKC)."""
    told = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=KEY_BYTES, n=cost.n, r=cost.r, p=cost.p).derive(told)


def _bound(told: Mapping[str, Any]) -> bytes:
    """Everything in clear, in one spelling."""
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")


def _as_text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _as_bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
