"""What is personal of a child, encrypted under the child's own key: AES-256-GCM.

The key lies sealed under the keyring, so turning the keyring wraps keys anew and touches nothing
that they encrypt; and erasing a child is throwing its key away.
"""

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.keyring.ring import KEY_BYTES, Keyring, KeyringError
from app.keyring.sealing import context_of, open_sealed, seal

_NONCE = 12
_PLACE = "children.sealed_key"


def new_key(ring: Keyring, child_id: uuid.UUID) -> tuple[bytes, bytes]:
    """Return a new child's key, and the same sealed as it is kept."""
    key = secrets.token_bytes(KEY_BYTES)
    return key, seal(ring, key, context_of(_PLACE, child_id))


def open_key(ring: Keyring, child_id: uuid.UUID, sealed: bytes) -> bytes:
    """Return a child's key.

    Raises:
        KeyringError: the ring does not open it.
    """
    return open_sealed(ring, sealed, context_of(_PLACE, child_id))


def encrypt(key: bytes, context: str, parts: Mapping[str, Any]) -> bytes:
    """Encrypt personal parts for the one row they lie in.

    Args:
        key: the child's.
        context: see `keyring.sealing.context_of`: `table.column` and the row's key.
        parts: what is personal, as plain JSON values.
    """
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, orjson.dumps(dict(parts)), context.encode())


def decrypt(key: bytes, context: str, encrypted: bytes) -> dict[str, Any]:
    """Return what `encrypt` made unreadable.

    Raises:
        KeyringError: it was changed, moved here from another row, or is under another key.
    """
    try:
        plain = AESGCM(key).decrypt(encrypted[:_NONCE], encrypted[_NONCE:], context.encode())
    except InvalidTag:
        raise KeyringError(f"What is encrypted for {context} does not open.") from None
    parts: dict[str, Any] = orjson.loads(plain)
    return parts
